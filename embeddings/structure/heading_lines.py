"""Which paragraphs announce a section: those that begin with an enumerator (一、 （一） 1. 第一，) and 小标题."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from embeddings.structure.enumerations import COUNTED, read_items
from embeddings.structure.enumerators import ENUMERATORS, announcement
from embeddings.structure.nested_lines import depths_of, items_below
from embeddings.structure.numerals import CHINESE_NUMERAL, label_number
from embeddings.structure.sentences import is_row, paragraphs
from embeddings.structure.title_lines import LABEL, OF_PAGES, SENTENCE_MARKS, can_be_title
from embeddings.types import Article, Section, Span

_BY_RANK = ("chapter", "chinese", "bracketed", "arabic", "half bracketed", "bracketed arabic", "circled")
"""Outermost first, as GB/T 9704-2012 (7.3.3) orders 一、 （一） 1. （1）."""
_IN_BRACKETS = re.compile(r"【(?!本报|本網|本网|来源|來源|打印|关闭|责任|编辑|字[号体])[^】\n]{2,16}】[：:]?")
"""What heads a section or its first sentence: 【特色做法】; where two paragraphs and more begin so."""
_FEWEST_LABELLED = 3
"""Paragraphs one after the other that are called by names: two may be a talk."""
_FIGURE_BEHIND = re.compile(r"(?P<number>\d{1,2})[.．](?=\d)")
"""An enumerator with a figure right behind it, or a number of two levels."""
_NEAR = 4
"""The first part of a list may go on for some paragraphs before its second."""
_LEADER = re.compile(r"\s*[.．·…]{2,}\s*\d*$|\s+\d{1,3}$")
"""What fills a line of a table of contents up to its page number."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or what follows an enumerator inside one, and what it announces."""

    span: Span
    style: str
    """The kind of enumerator, "title" for an unnumbered 小标题, "" for running text."""
    label: str
    number: int | None
    heading: Span
    below: tuple[Section, ...] = ()
    """The items of lists that lie under it."""

    @property
    def stop(self) -> int:
        """Where it ends, with the lists under it."""
        return self.below[-1].end if self.below else self.span.end

    @property
    def is_heading(self) -> bool:
        """Whether it is nothing but an announcement."""
        return bool(self.style) and self.heading == self.span


def read_paragraphs(article: Article) -> list[Paragraph]:
    """The paragraphs of the body in order, without bylines, each with what it announces and the lists under it."""
    bylines = {span.start for span in article.bylines}
    body = article.text[: article.body_end]
    lines = [span for span in paragraphs(body, article.body_start) if span.start not in bylines]
    headings, items = (_among(article.text, lines, marked) for marked in (article.headings, article.items))
    depths = depths_of(article.text, lines, items, headings)
    opens = {one.start for one, other in pairwise(lines) if depths[other.start] == 1 and other.start in items} - items
    spans = [span for span in lines if not depths[span.start]] or lines
    enumerators = ENUMERATORS | {"other verb": _verbs_of_paragraphs(article.text, spans)}
    if sum(_IN_BRACKETS.match(article.text, span.start, span.end) is not None for span in spans) > 1:
        enumerators["brackets"] = _IN_BRACKETS
    below = items_below(article.text, lines, depths)
    # What a list lies under is an item: the text behind the list is not below it.
    behind = [None if one.start in below else other for one, other in zip(spans, [*spans[1:], None], strict=True)]
    labelled = _labelled(article.text, spans)
    read = [
        replace(
            _plain(span)
            if span.start in items
            else _classify(
                article.text, span, following, span.start in headings | opens, enumerators, labelled.get(span.start)
            ),
            below=below.get(span.start, ()),
        )
        for span, following in zip(spans, behind, strict=True)
    ]
    read = _with_figures_behind(article.text, read)
    return _without_single(article.text, _begun_inside(article.text, _without_contents(article.text, read)))


def _among(text: str, lines: Sequence[Span], marked: Sequence[Span]) -> frozenset[int]:
    """Where those of the lines begin that are marked, without their indents."""
    starts = {span.start for span in marked}
    return frozenset(line.start for line in lines if text.rfind("\n", 0, line.start) + 1 in starts)


def outermost(block: list[Paragraph]) -> str:
    """The style whose paragraphs divide the block: the first one's, unless a numbering of higher rank comes later."""
    styles = list(dict.fromkeys(paragraph.style for paragraph in block if paragraph.style))
    if styles and styles[0] in _BY_RANK:
        return min((style for style in styles if style in _BY_RANK), key=_BY_RANK.index)
    return styles[0] if styles else ""


def _verbs_of_paragraphs(text: str, spans: list[Span]) -> re.Pattern[str]:
    """一抓, 二抓…: what follows 一 at the head of one paragraph and 二 at the head of a later one."""
    heads = [text[span.start : span.start + 2] for span in spans]
    verbs = [
        head[1:]
        for i, head in enumerate(heads)
        if re.match(rf"一[^\W\d_{COUNTED}]", head) and f"二{head[1:]}" in heads[i + 1 :]
    ]
    return re.compile(rf"{CHINESE_NUMERAL}[{re.escape(''.join(verbs))}]") if verbs else re.compile(r"(?!)")


def _labelled(text: str, spans: list[Span]) -> dict[int, Span]:
    """Where paragraphs begin that have names of their own, three and more one after the other, and the names."""
    found: dict[int, Span] = {}
    matches = [None if is_row(text, span) else LABEL.match(text, span.start, span.end) for span in spans]
    own = [match if match and not OF_PAGES.match(match["word"]) else None for match in matches]
    for named, run in groupby(own, key=bool):
        labels = [match for match in run if match]
        if named and len(labels) >= _FEWEST_LABELLED and len({match["word"] for match in labels}) == len(labels):
            found |= {match.start(): Span(*match.span()) for match in labels}
    return found


def _classify(
    text: str,
    span: Span,
    following: Span | None,
    is_set_apart: bool,
    enumerators: dict[str, re.Pattern[str]],
    label: Span | None,
) -> Paragraph:
    line = text[span.start : span.end]
    if is_row(text, span):
        return _plain(span)
    for style, pattern in enumerators.items():
        match = pattern.match(line)
        # A paragraph that goes on with 二是 holds the enumeration and is no part of one.
        if match and not _goes_on(text, span):
            if style == "brackets":
                return Paragraph(span, style, "", None, Span(span.start, span.start + match.end()))
            enumerator = match.group().strip()
            return Paragraph(span, style, enumerator, label_number(enumerator), announcement(text, span))
    opens = following and _opens(text[following.start : following.end], len(line))
    if can_be_title(line) and (opens or is_set_apart):
        return Paragraph(span, "title", "", None, span)
    return Paragraph(span, "labelled", "", None, label) if label else _plain(span)


def _with_figures_behind(text: str, read: list[Paragraph]) -> list[Paragraph]:
    """“3.3名工人没有培训” behind 2. is the third, and no 3.3."""
    found: list[Paragraph] = []
    for paragraph, after in zip(read, [*read[1:], None], strict=True):
        match = _FIGURE_BEHIND.match(text, paragraph.span.start, paragraph.span.end) if not paragraph.style else None
        if match and _follows(text, int(match["number"]), found[-1] if found else None, after):
            label, number = match.group(), int(match["number"])
            heading = announcement(text, paragraph.span)
            paragraph = replace(paragraph, style="arabic", label=label, number=number, heading=heading)
        found.append(paragraph)
    return found


def _follows(text: str, number: int, before: Paragraph | None, after: Paragraph | None) -> bool:
    if number > 1:
        return _is_arabic(before, number - 1)
    of_two_levels = before and (before.style == "arabic" or _FIGURE_BEHIND.match(text, before.span.start))
    return _is_arabic(after, 2) and not of_two_levels


def _is_arabic(paragraph: Paragraph | None, number: int) -> bool:
    return paragraph is not None and paragraph.style == "arabic" and paragraph.number == number


def _plain(span: Span) -> Paragraph:
    return Paragraph(span, "", "", None, span)


def _as_plain(paragraph: Paragraph) -> Paragraph:
    return replace(_plain(paragraph.span), below=paragraph.below)


def _goes_on(text: str, span: Span) -> bool:
    return any(item.start == span.start for item in read_items(text, span))


def _opens(following: str, length: int) -> bool:
    """Whether a short line before this paragraph can be its 小标题: more running text or numbered parts follow."""
    running = any(mark in following for mark in "。！？；，") or ("," in following and len(following) > 20)
    opens_list = following.endswith(("：", ":"))
    is_numbered = any(pattern.match(following) for pattern in ENUMERATORS.values())
    return is_numbered or ((running or opens_list) and len(following) > length)


def _without_contents(text: str, read: list[Paragraph]) -> list[Paragraph]:
    """Lines of a table of contents are no headings: two or more in a row that all come again later."""
    lines = [_LEADER.sub("", text[p.span.start : p.span.end]) for p in read]
    last = {line: index for index, line in enumerate(lines)}
    lone = [p.is_heading or len(line) < p.span.end - p.span.start for p, line in zip(read, lines, strict=True)]
    listed = [bool(p.style) and lone[index] and last[lines[index]] > index for index, p in enumerate(read)]
    beside = [False, *listed, False]
    in_row = [beside[index + 1] and (beside[index] or beside[index + 2]) for index in range(len(read))]
    return [_as_plain(p) if contents else p for p, contents in zip(read, in_row, strict=True)]


def _begun_inside(text: str, read: list[Paragraph]) -> list[Paragraph]:
    """Where paragraphs begin with 二是, 三是 and the one before holds 一是, that one is cut before 一是."""
    found: list[Paragraph] = []
    for paragraph in read:
        cut = _first_inside(text, found, paragraph) if paragraph.number == 2 else None
        if cut is not None:
            rest = Span(cut.start, found[-1].span.end)
            opened = replace(paragraph, span=rest, label=text[cut.start : cut.end], number=1)
            found[-1:] = [
                _plain(Span(found[-1].span.start, cut.start)),
                replace(opened, heading=announcement(text, rest)),
            ]
        found.append(paragraph)
    return found


def _first_inside(text: str, found: list[Paragraph], second: Paragraph) -> Span | None:
    """Where the first enumerator of the second one's form stands in the running text before it."""
    if not found or found[-1].style or any(p.style == second.style and p.number == 1 for p in found[-_NEAR:]):
        return None
    label = second.label.replace("二", "一", 1).replace("2", "1", 1).replace("其次", "首先")
    inside = found[-1].span
    match = re.compile(rf"(?<=[。；;：:！？，,]){re.escape(label)}").search(text, inside.start, inside.end)
    return Span(match.start(), match.end()) if match else None


def _without_single(text: str, read: list[Paragraph]) -> list[Paragraph]:
    """A numbered paragraph that is the only one of its style divides nothing; a heading may stand alone."""
    numbers: dict[str, set[int | None]] = defaultdict(set)
    for paragraph in read:
        numbers[paragraph.style].add(paragraph.number)
    return [
        _as_plain(p) if p.number is not None and len(numbers[p.style]) < 2 and not _stands_alone(text, p) else p
        for p in read
    ]


def _stands_alone(text: str, paragraph: Paragraph) -> bool:
    return paragraph.is_heading and not text[paragraph.span.start : paragraph.span.end].endswith(SENTENCE_MARKS)
