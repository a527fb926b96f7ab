"""The structure of Chinese official prose: headings, runs of parallel lead sentences, enumerated parts.

Three passes over the paragraphs: paragraphs that are headings (一、 （一） 1. 第一， or an unnumbered 小标题)
open nested sections; within a section, paragraphs whose first sentences run parallel become parts of it;
inside a paragraph, enumerations (一是…二是…) become its parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from embeddings.enumerations import read_items
from embeddings.sentences import clauses, paragraphs, sentences
from embeddings.types import Article, Outline, Section, SectionKind, Span

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_Enumerator: TypeAlias = tuple[str, re.Pattern[str]]
_ENUMERATORS: tuple[_Enumerator, ...] = (
    ("chinese", re.compile(rf"{_NUMERAL}、")),
    ("bracketed", re.compile(rf"[（(]{_NUMERAL}[）)]、?")),
    ("arabic", re.compile(r"\d{1,2}(?:[.．](?!\d)|、)")),
    ("bracketed arabic", re.compile(r"[（(]\d{1,2}[）)]")),
    ("ordinal", re.compile(rf"第{_NUMERAL}[，,、：:]")),
    ("chapter", re.compile(rf"第{_NUMERAL}[章节部分篇]{{1,2}}[\s：:、]?")),
    ("verb", re.compile(rf"{_NUMERAL}[是要]")),
)
_LONGEST_HEADING = 50
_LONGEST_TITLE_LINE = 40
_LONGEST_LEAD = 34
"""Longest heading paragraph, unnumbered 小标题 and lead sentence, in characters."""
_SENTENCE_MARKS = ("。", "！", "？", "；", "，", "、", "：", "!", "?", ";", ",", ":", "…", "。”", "！”")
_LARGEST_GAP = 2
"""Between two parallel lead sentences up to this many paragraphs may go on with the first."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    span: Span
    style: str
    """The kind of enumerator, "title" for an unnumbered 小标题, "" for running text."""
    label: str
    heading: Span


def read_outline(article: Article) -> Outline:
    """The sections of the article's body; bylines belong to none."""
    return Outline(_nest(article.text, _paragraphs(article)))


def _paragraphs(article: Article) -> list[_Paragraph]:
    bylines = {span.start for span in article.bylines}
    spans = [span for span in paragraphs(article.text, article.body_start) if span.start not in bylines]
    enumerators = (*_ENUMERATORS, ("verb", _verbs_of_paragraphs(article.text, spans)))
    return [
        _classify(article.text, span, following, enumerators)
        for span, following in zip(spans, [*spans[1:], None], strict=True)
    ]


def _verbs_of_paragraphs(text: str, spans: list[Span]) -> re.Pattern[str]:
    """一抓, 二抓…: what follows 一 at the head of one paragraph and 二 at the head of a later one."""
    heads = [text[span.start : span.start + 2] for span in spans]
    verbs = [head[1:] for i, head in enumerate(heads) if head[:1] == "一" and f"二{head[1:]}" in heads[i + 1 :]]
    return re.compile(rf"{_NUMERAL}[{re.escape(''.join(verbs))}]") if verbs else re.compile(r"(?!)")


def _classify(text: str, span: Span, following: Span | None, enumerators: tuple[_Enumerator, ...]) -> _Paragraph:
    line = text[span.start : span.end]
    for style, pattern in enumerators:
        match = pattern.match(line)
        # A paragraph that goes on with 二是 holds the enumeration and is no part of one.
        if match and not read_items(text, span):
            return _Paragraph(span, style, match.group().strip(), _numbered_heading(text, span))
    is_short = len(line) <= _LONGEST_TITLE_LINE and not line.endswith(_SENTENCE_MARKS)
    if is_short and following and _opens(text[following.start : following.end], len(line)):
        return _Paragraph(span, "title", "", span)
    return _Paragraph(span, "", "", span)


def _numbered_heading(text: str, span: Span) -> Span:
    """The whole paragraph where it is one short sentence, else its first sentence or, where that is long, clause."""
    lead = sentences(text, span)[0]
    return lead if lead.end - lead.start <= _LONGEST_HEADING else Span(span.start, clauses(text, span)[0].end)


def _opens(following: str, length: int) -> bool:
    """Whether a short line before this paragraph can be its 小标题: more text follows, or numbered parts do."""
    return len(following) > length or any(pattern.match(following) for _, pattern in _ENUMERATORS)


def _nest(text: str, block: list[_Paragraph]) -> tuple[Section, ...]:
    """Sections of a block of paragraphs: those that its first heading's style opens, else parallel leads."""
    style = next((paragraph.style for paragraph in block if paragraph.style), "")
    if not style:
        return _leads(text, block)
    starts = [i for i, paragraph in enumerate(block) if paragraph.style == style]
    sections = list(_leads(text, block[: starts[0]]))
    for begin, end in zip(starts, [*starts[1:], len(block)], strict=True):
        opening, inner = block[begin], block[begin + 1 : end]
        children = _nest(text, inner)
        if not children:
            children = _only_enumeration(text, [opening, *inner] if opening.heading != opening.span else inner)
        kind: SectionKind = "heading" if opening.heading == opening.span else "lead"
        stop = block[end - 1].span.end
        sections.append(Section(kind, opening.label, opening.heading, opening.span.start, stop, children))
    return tuple(sections)


def _only_enumeration(text: str, block: list[_Paragraph]) -> tuple[Section, ...]:
    """The enumeration of the one paragraph of a section that holds any; parts of several are kept in order."""
    return tuple(item for paragraph in block for item in read_items(text, paragraph.span))


def _leads(text: str, block: list[_Paragraph]) -> tuple[Section, ...]:
    """Runs of paragraphs with parallel lead sentences, and enumerations of the paragraphs outside them."""
    sections: list[Section] = []
    position = 0
    while position < len(block):
        run = _parallel_run(text, block, position)
        if len(run) < 2:
            sections.extend(read_items(text, block[position].span))
            position += 1
            continue
        for index, following in zip(run, [*run[1:], run[-1] + 1], strict=True):
            lead = sentences(text, block[index].span)[0]
            children = _only_enumeration(text, block[index:following])
            stop = block[following - 1].span.end
            sections.append(Section("lead", "", lead, block[index].span.start, stop, children))
        position = run[-1] + 1
    return tuple(sections)


def _parallel_run(text: str, block: list[_Paragraph], first: int) -> list[int]:
    """Indices, from `first` on, of the paragraphs whose lead sentences run parallel to the first one's."""
    model = _lead(text, block[first].span)
    if model is None:
        return []
    run = [first]
    for index in range(first + 1, len(block)):
        if index - run[-1] > _LARGEST_GAP + 1:
            break
        lead = _lead(text, block[index].span)
        if lead is not None and _parallel(text, model, lead):
            run.append(index)
    return run


def _lead(text: str, span: Span) -> Span | None:
    """The first sentence where it announces what the rest of the paragraph says: short, and no figure in it."""
    lead = sentences(text, span)[0]
    length = lead.end - lead.start
    announces = 4 <= length <= _LONGEST_LEAD and span.end - lead.end > length
    return lead if announces and not re.search(r"\d", text[lead.start : lead.end]) else None


def _parallel(text: str, one: Span, other: Span) -> bool:
    """As many clauses and alike in length, or the same first two characters."""
    if text[one.start : one.start + 2] == text[other.start : other.start + 2]:
        return True
    shorter, longer = sorted((one.end - one.start, other.end - other.start))
    return len(clauses(text, one)) == len(clauses(text, other)) and longer <= 2 * shorter


def without_enumerator(text: str, span: Span) -> Span:
    """The span without the enumerator it begins with (“一、”, “（二）”), if any."""
    matches = [match for _, pattern in _ENUMERATORS if (match := pattern.match(text, span.start, span.end))]
    start = matches[0].end() if matches else span.start
    while start < span.end and text[start].isspace():
        start += 1
    return Span(start, span.end) if start < span.end else span


def section_path(outline: Outline, span: Span) -> tuple[Section, ...]:
    """The sections that hold text[span], outermost first."""
    path: list[Section] = []
    level = outline.sections
    while inside := next((s for s in level if s.start <= span.start and span.end <= s.end), None):
        path.append(inside)
        level = inside.children
    return tuple(path)


def headings_at(article: Article, outline: Outline, span: Span) -> tuple[str, ...]:
    """The announcements of the sections that hold text[span], outermost first; not one that stands in the span."""
    return tuple(
        article.text[section.heading.start : section.heading.end].strip()
        for section in section_path(outline, span)
        if not span.start <= section.heading.start < span.end
    )
