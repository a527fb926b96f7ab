"""Lines as set on pages -> paragraphs as written: by indents, short lines, gaps and sizes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from embeddings.page.signs import page_turn
from embeddings.pdf.layout import GAP, SAME, Column, Layout
from embeddings.pdf.lines import SOFT_HYPHEN, PdfLine

SLACK = 0.5
"""By how many ems the estimated width of what did not fit on a line may be wrong."""
_ALIKE = 0.5
"""How many ems apart two lines begin that begin alike."""
_ASIDE = 4.0
"""How many ems apart two lines begin that belong to different things: running text and a line set in the middle."""
_UNBROKEN = re.compile(r"[（“‘《〈【〔「『]*(?:[\x21-\x7e]+|.)[，。、；：！？）”’》〉】〕」』%％…—]*")
"""What no line is broken within: a word, a number or one Chinese character, with the marks that cling to it."""
SENTENCE_ENDS = re.compile(r"[。！？!?；;：:]['”’」』）)]*$|[.][\"')]*$")
ITEM = re.compile(
    r"\d{1,2}[.、)）．]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|[-*+•●■◆▪]"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条]"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines joined."""

    text: str
    """With signs where it goes on to another page."""
    page: int
    """The page it begins on, counted from 0."""
    size: float
    """The size of its first line, in points."""
    recognised: bool = False
    """Whether any of it was recognised in a picture."""
    ruled: bool = False
    """Whether it is a row of a table drawn with lines."""


def join_lines(lines: Sequence[PdfLine], layout: Layout) -> list[Paragraph]:
    """Return the paragraphs that the lines of a document make up."""
    joined: list[list[PdfLine]] = []
    for line in lines:
        if joined and _continues(joined[-1], line, layout):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [
        Paragraph(
            text=joined_text(group),
            page=group[0].page,
            size=group[0].size,
            recognised=any(line.recognised for line in group),
            ruled=group[0].row is not None,
        )
        for group in joined
    ]


def _continues(paragraph: Sequence[PdfLine], line: PdfLine, layout: Layout) -> bool:
    last = paragraph[-1]
    below = line.page == last.page and line.top > last.top
    # A row of a table stands alone.
    if line.row is not None or last.row is not None:
        return False
    if abs(line.size - last.size) > last.size * SAME or "\t" in line.text or "\t" in last.text:
        return False
    if below and line.top - last.top > GAP * layout.pitch * max(1.0, line.size / layout.em):
        return False
    if line.size > layout.em * (1 + SAME):
        return below and not ITEM.match(line.plain) and not SENTENCE_ENDS.search(last.plain)
    return _runs_on(paragraph, line, layout, below)


def _runs_on(paragraph: Sequence[PdfLine], line: PdfLine, layout: Layout, below: bool) -> bool:
    """Tell whether running text goes on; where its next line is not `below`, a column or a page ends between them."""
    last = paragraph[-1]
    here, there = layout.column(last), layout.column(line)
    if here is None or there is None:
        return False
    if last.right + (first_width(line.plain) + SLACK) * layout.em < here.right:
        return False  # there was room for more: the paragraph ended
    ended = SENTENCE_ENDS.search(last.plain) is not None
    item = ITEM.match(line.plain) is not None
    if ended and item and (not layout.marked or _is_heading(line, there, layout.em)):
        return False
    indented = line.left > there.left + layout.em
    if below and abs(line.left - last.left) < _ALIKE * layout.em:
        # Two lines indented alike: lines of one quotation, or two paragraphs of a line each.
        return not (ended and indented)
    if below and abs(line.left - last.left) > _ASIDE * layout.em:
        return False
    hanging = below and ITEM.match(paragraph[0].text) is not None and last.left < line.left and not item
    return hanging or not indented


def _is_heading(line: PdfLine, column: Column, em: float) -> bool:
    """Whether a line that begins with a number ends before its column does, and is no sentence."""
    return line.right + em < column.right and not SENTENCE_ENDS.search(line.plain)


def first_width(text: str) -> float:
    """About how many ems the next line's beginning would have taken on the line before."""
    unbroken = _UNBROKEN.match(text)
    return sum(0.5 if character.isascii() else 1.0 for character in unbroken.group()) if unbroken else 1.0


def joined_text(lines: Sequence[PdfLine]) -> str:
    """The text of lines that follow each other, as it was before it was set; signs say where another page begins."""
    text = lines[0].text
    for before, line in pairwise(lines):
        hyphened = text.endswith(SOFT_HYPHEN)
        # Chinese has no space where a line breaks.
        apart = not hyphened and before.plain[-1:].isascii() and line.plain[:1].isascii()
        turn = page_turn(line.page + 1) if line.page != before.page else ""
        text = text.removesuffix(SOFT_HYPHEN) + (" " if apart else "") + turn + line.text
    return text.removesuffix(SOFT_HYPHEN)
