"""Parts of one sentence as records: “甲镇上报12件；乙镇上报8件；丙镇未上报”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from embeddings.records.fields import fields_of
from embeddings.records.records import Record, RecordSet
from embeddings.structure.sentences import is_row, paragraphs, sentences
from embeddings.types import Article, Span

_PART = re.compile(r"[^；;]+[；;。]?")
_LEAST_PARTS = 3
_LONGEST_PART = 80
_ANNOUNCES = re.compile(r"[^；;]*?[：:](?=[^；;：:]*[；;])")
_LABELLED = re.compile(r"\s*(?:[（(]?\d{1,2}[）)、.．]|[（(]?[一二三四五六七八九十]+[）)、是]|[①-⑳])")
_WHEN = re.compile(r"(?:截至|截止|目前|今年|去年|其中|上半年|下半年|全年|\d{4}年)[^，,；;]{0,16}[，,：:]")
_KINDS = re.compile(r"^.*[库镇乡村县市区局校院厂站司所店道场园]")
"""What names of one kind end with, before what is measured of them (甲水库, 乙镇)."""
_LONGEST_MEASURE, _SHORTEST_MEASURE = 4, 2
_NAME = re.compile(r"[^，,：:（(\d]{2,20}?(?=[，,：:（(\d已未]|尚未)")


def clause_sets(article: Article) -> Iterator[RecordSet]:
    """The sentences of an article's body, but no rows of tables, that semicolons cut into three parts and more."""
    text = article.text
    for line in paragraphs(text[: article.body_end], article.body_start):
        if is_row(text, line) or not re.search("[；;]", text[line.start : line.end]):
            continue
        for sentence in sentences(text, line):
            if found := _set_of(text, line, sentence):
                yield found


def _set_of(text: str, line: Span, sentence: Span) -> RecordSet | None:
    announces = _ANNOUNCES.match(text, sentence.start, sentence.end) or _WHEN.match(text, sentence.start, sentence.end)
    start = announces.end() if announces else sentence.start
    parts = [_bare(text, Span(*match.span())) for match in _PART.finditer(text, start, sentence.end)]
    fits = all(part.end - part.start <= _LONGEST_PART for part in parts)
    if len(parts) < _LEAST_PARTS or not fits or _LABELLED.match(text, start):
        return None
    names = [_name(text, part) for part in parts]
    measure = _measure([text[name.start : name.end] for name in names])
    records = tuple(_record(text, part, name, measure) for part, name in zip(parts, names, strict=True))
    return RecordSet("clauses", Span(line.start, start), records)


def _bare(text: str, part: Span) -> Span:
    return Span(part.start, part.start + len(text[part.start : part.end].rstrip("；;。 ")))


def _name(text: str, part: Span) -> Span:
    match = _NAME.match(text, part.start, part.end)
    return Span(*match.span()) if match else part


def _measure(names: Sequence[str]) -> str:
    """What all of them end with before their figures: “甲水库蓄水量”, “乙水库蓄水量” are of 蓄水量."""
    first, length = names[0], 0
    while length < _LONGEST_MEASURE and all(
        name.endswith(first[-length - 1 :]) and len(name) > length + 1 for name in names
    ):
        length += 1
    telling = _KINDS.sub("", first[len(first) - length :])
    return telling if len(telling) >= _SHORTEST_MEASURE else ""


def _record(text: str, part: Span, name: Span, measure: str) -> Record:
    behind = Span(name.end if name != part else part.start, part.end)
    if not measure:
        return Record(part, name, fields_of(text, behind))
    fields = fields_of(text, Span(name.end - len(measure), part.end))
    return Record(part, Span(name.start, name.end - len(measure)), fields)
