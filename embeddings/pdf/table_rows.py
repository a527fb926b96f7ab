"""Rows of tables whose cells stand close to each other: told by the gaps of the row above or below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from embeddings.pdf.lines import PdfLine, text_of

_NEAR = 3.0
"""How many ems the tops of two rows of one table are apart, at most; a cell may have two lines."""


def with_rows(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """The lines, those cut into cells that have a gap over every gap of the row beside them."""
    found = list(lines)
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        step = order.step
        for number in order:
            found[number] = _aligned(found[number], found[number - step])
    return found


def _aligned(line: PdfLine, row: PdfLine) -> PdfLine:
    """The line with the cells of a row above or below it; as it is where its gaps are others, or are not known."""
    if not (line.words and row.words):
        return line
    near = line.page == row.page and abs(line.top - row.top) <= _NEAR * max(line.size, row.size)
    if not near or line.text.count("\t") >= row.text.count("\t"):
        return line
    edges = [
        (one.right, other.left) for one, other in zip(row.words, row.words[1:], strict=False) if other.glue == "\t"
    ]
    cuts = [_gaps_at(line, left, right) for left, right in edges]
    tabs = {number for number, word in enumerate(line.words) if word.glue == "\t"}
    if any(len(cut) != 1 for cut in cuts) or not tabs <= {number for cut in cuts for number in cut}:
        return line
    cells = {number for cut in cuts for number in cut}
    if len(cells) < len(cuts):
        return line
    words = tuple(replace(word, glue="\t" if n in cells else word.glue) for n, word in enumerate(line.words))
    return replace(line, words=words, text=text_of(words))


def _gaps_at(line: PdfLine, left: float, right: float) -> list[int]:
    """The words before which the line has a gap that reaches into this one."""
    pairs = zip(line.words, line.words[1:], strict=False)
    return [n for n, (one, other) in enumerate(pairs, 1) if other.glue and one.right < right and other.left > left]
