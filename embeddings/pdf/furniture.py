"""What on the pages of a PDF is no part of its text: numbers of pages, repeated headers and footers, contents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from embeddings.page.characters import fold, is_sentence
from embeddings.pdf.layout import GAP, SAME, Layout
from embeddings.pdf.lines import PdfLine

_MARGIN, _OUTER_MARGIN = 0.12, 0.05
"""The shares of a page's height, at its top and at its bottom, that headers and footers stand in, and only they."""
_OFTEN, _MOST = 1 / 3, 1 / 2
"""The shares of the pages, two and three of them at least, at whose edge a header or footer stands that is some words
set apart from the text, and one that is a sentence or set like the text."""
_LONGEST = 40
"""Characters of a header or footer of a single page."""
_ADDRESS = "://"
_PAGE_NUMBER = re.compile(r"[-—–－·.\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／,，共]{1,2}\s*\d{1,4}\s*页?)?[-—–－·.\s]*")
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_CONTENTS = re.compile(r"(?:[.．·…․‥]\s*){4,}\s*[-—–]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-—–]?$")
"""An entry of a table of contents, dots leading to the number of its page."""


def without_furniture(lines: Sequence[PdfLine], layout: Layout) -> list[PdfLine]:
    """Drop tables of contents, page numbers, and what else is set at the edges of pages and is no part of the text.

    That is what a third of the pages, two at least, have in common but for a number that counts the pages, and a few
    words at the very edge in type smaller than the running text.
    """
    edges = _Edges(lines, layout)
    contents = _contents(lines)
    return [line for number, line in enumerate(lines) if number not in contents and not edges.is_furniture(line)]


def is_printed_page(lines: Sequence[PdfLine], kept: Sequence[PdfLine]) -> bool:
    """Whether a browser printed the document: it sets the address of the page at its edges."""
    ids = {id(line) for line in kept}
    return any(_ADDRESS in line.text for line in lines if id(line) not in ids)


def _contents(lines: Sequence[PdfLine]) -> set[int]:
    """Which lines are a table of contents: those whose words come again, and where half of them do, the others too."""
    entries = {number: found for number, line in enumerate(lines) if (found := _CONTENTS.search(line.text))}
    said = {fold(line.text) for number, line in enumerate(lines) if number not in entries}
    named = {number: fold(lines[number].text[: found.start()]) for number, found in entries.items()}
    again = {number for number, name in named.items() if name and any(text.startswith(name) for text in said)}
    return set(entries) if 2 * len(again) >= len(entries) else again


class _Edges:
    """The lines at the edges of a document's pages, and what they have in common."""

    def __init__(self, lines: Sequence[PdfLine], layout: Layout) -> None:
        self._layout = layout
        pages_with_text = len({line.page for line in lines})
        self._often, self._most = max(2.0, pages_with_text * _OFTEN), max(3.0, pages_with_text * _MOST)
        self._apart = {id(line) for line in _set_apart(lines, layout)}
        pages: defaultdict[tuple[bool, str], set[int]] = defaultdict(set)
        for line in lines:
            for told in _told(line):
                pages[told].add(line.page)
        self._seen = Counter({told: len(where) for told, where in pages.items()})

    def is_furniture(self, line: PdfLine) -> bool:
        told = _told(line)
        if not told:
            return False
        seen = max(self._seen[each] for each in told)
        apart, small = id(line) in self._apart, line.size < self._layout.em * (1 - SAME)
        if _PAGE_NUMBER.fullmatch(line.text):
            return seen > 1 or apart or (small and _is_outermost(line))
        if seen >= self._often:
            # Tables name their columns on every page, several pages may end with one note, and lines may be alike.
            return ((apart or small) and not is_sentence(line.text)) or (seen >= self._most and "\t" not in line.text)
        words = (len(line.text) <= _LONGEST and not is_sentence(line.text)) or _ADDRESS in line.text
        return words and line.size < self._layout.em and _is_outermost(line)


def _is_at_top(line: PdfLine) -> bool | None:
    """Whether a line stands at the top of its page, or at its bottom; None amid it."""
    if line.bottom < line.page_height * _MARGIN:
        return True
    return False if line.top > line.page_height * (1 - _MARGIN) else None


def is_at_edge(line: PdfLine) -> bool:
    """Whether a line stands where headers and footers do."""
    return _is_at_top(line) is not None


def _is_outermost(line: PdfLine) -> bool:
    outer = line.page_height * _OUTER_MARGIN
    return line.bottom < outer or line.top > line.page_height - outer


def _told(line: PdfLine) -> list[tuple[bool, str]]:
    """What a line at the edge of its page may have in common with those of other pages; nothing amid a page.

    That is all of it, or all but one number by how much it is more than that of the page.
    """
    top = _is_at_top(line)
    if top is None:
        return []
    text = " ".join(line.text.split())
    counted = (
        f"{text[: found.start()]}\t{int(found.group()) - line.page}\t{text[found.end() :]}"
        for found in _NUMBER.finditer(text)
    )
    return [(top, text), *((top, each) for each in counted)]


def _set_apart(lines: Sequence[PdfLine], layout: Layout) -> Iterator[PdfLine]:
    """The lines at the edges of pages that a gap parts from the next one towards the middle."""
    by_page: defaultdict[int, list[PdfLine]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    for page in by_page.values():
        downwards = sorted(page, key=lambda line: line.top)
        yield from _before_gap(downwards, True, GAP * layout.pitch)
        yield from _before_gap(downwards[::-1], False, GAP * layout.pitch)


def _before_gap(inwards: Sequence[PdfLine], top: bool, gap: float) -> Sequence[PdfLine]:
    for number, (outer, inner) in enumerate(pairwise(inwards)):
        if _is_at_top(outer) is not top:
            return ()
        if abs(inner.top - outer.top) > gap:
            return inwards[: number + 1]
    return inwards if len(inwards) == 1 else ()
