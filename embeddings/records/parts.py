"""Parts of an outline as records: headed items with what stands below them, enumerated parts of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from embeddings.records.fields import KEY, fields_of, keyed
from embeddings.records.records import Field, Record, RecordSet
from embeddings.structure.enumerators import without_enumerator
from embeddings.structure.part_groups import PartGroup, part_groups
from embeddings.structure.sentences import is_row, paragraphs, trim_clause_end
from embeddings.types import Article, Outline, Section, Span

_NAME_END = re.compile(r"[：:，,。；;（(\s]|——?|\t")
_NAMING = re.compile(r"(?:名称|名字|姓名|项目|企业|单位|标题|题目)$")
"""Keys whose value is what a record is called, whatever follows."""
_KEY_AGAIN = re.compile(rf"[\s；;，,。]{KEY}\s*[：:]\s*\S")
_LONGEST_NAME = 40
_LONGEST_BEFORE = 400
"""Characters before the parts that may announce them; of more, the last ones."""


def part_sets(article: Article, outline: Outline) -> Iterator[RecordSet]:
    """The groups of parts of an article, each part a record."""
    for group in part_groups(article, outline):
        if not _is_name(group, outline) and not _are_lines(article.text, group):
            yield _set_of(article, group)


def _are_lines(text: str, group: PartGroup) -> bool:
    """Whether the parts only look like headings: lines without a number that say something of what they name."""
    return any(not part.label and keyed(text, part.heading) for part in group.parts)


def _is_name(group: PartGroup, outline: Outline) -> bool:
    """Whether the parts are those that a name numbers (“四会”，即：…): words of which nothing is said."""
    pending = list(outline.sections)
    while pending:
        section = pending.pop()
        if section.kind == "name" and section.children[:1] == group.parts[:1]:
            return True
        pending.extend(section.children)
    return False


def _set_of(article: Article, group: PartGroup) -> RecordSet:
    text = article.text
    lengths = [_lines(text, part.start, part.end) for part in group.parts]
    # What stands behind the list is taken for its last part's: no longer than the longest of the others.
    most = max(len(lines) for lines in lengths[:-1])
    ends = [lines[-1].end for lines in (*lengths[:-1], lengths[-1][:most])]
    records = tuple(record_of(text, part, end) for part, end in zip(group.parts, ends, strict=True))
    before = Span(max(group.before.start, group.before.end - _LONGEST_BEFORE), group.before.end)
    return RecordSet("parts", before, records, _head(text, group.parts))


def _lines(text: str, start: int, end: int) -> list[Span]:
    """The lines of a part that are no rows, up to the first row behind them."""
    lines: list[Span] = []
    for line in paragraphs(text[:end], start):
        if lines and is_row(text, line):
            break
        lines.append(line)
    return lines


def record_of(text: str, part: Section, end: int) -> Record:
    """A part up to `end` as a record: its name is its heading, its first value or its first words."""
    content = without_label(text, part.label, Span(part.start, end))
    name, behind = name_of(text, content)
    return Record(content, name, _unnamed(fields_of(text, Span(behind, end)), name))


def without_label(text: str, label: str, span: Span) -> Span:
    """The span without the enumerator it begins with."""
    if label and text.startswith(label, span.start):
        start = span.start + len(label)
        while start < span.end and text[start].isspace():
            start += 1
        return Span(start, span.end) if start < span.end else span
    return without_enumerator(text, span)


def name_of(text: str, content: Span) -> tuple[Span, int]:
    """Its first value, its key, its heading or its first words; and where what is said of it begins."""
    line_end = text.find("\n", content.start, content.end)
    first = Span(content.start, line_end if line_end >= 0 else content.end)
    if key := keyed(text, first):
        if _NAMING.search(key["key"]) or _KEY_AGAIN.search(text, key.end(), content.end):
            return fields_of(text, content)[0].value, content.start
        return Span(content.start, content.start + len(key["key"])), key.end()
    said = trim_clause_end(text, first)
    if line_end >= 0 and said.end - said.start <= _LONGEST_NAME and "。" not in text[said.start : said.end]:
        return said, line_end + 1
    end = next((m for m in _NAME_END.finditer(text, first.start + 1, first.end)), None)
    if end is None or end.start() - first.start > _LONGEST_NAME:
        return said, first.end
    bracketed = text[end.start()] in "（("
    return Span(first.start, end.start()), end.start() if bracketed else end.end()


def _unnamed(fields: Sequence[Field], name: Span) -> tuple[Field, ...]:
    """The fields without the one that is the record's name."""
    return tuple(field for field in fields if field.value != name)


def _head(text: str, parts: Sequence[Section]) -> str:
    """The key that names every part (项目名称), if any."""
    keys = set()
    for part in parts:
        content = without_label(text, part.label, Span(part.start, part.end))
        match = keyed(text, content)
        keys.add(match["key"] if match else "")
    return keys.pop() if len(keys) == 1 else ""
