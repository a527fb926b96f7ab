"""The lines in a cell of a ruled table -> what it says in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from embeddings.page.cells import joined, joined_name
from embeddings.page.characters import tidy
from embeddings.pdf.lines import PdfLine
from embeddings.pdf.paragraphs import ITEM, SENTENCE_ENDS, SLACK, first_width, joined_text

_CENTRED = 0.5
"""By how many ems the room on both sides of a line set in the middle may differ."""


@dataclass(frozen=True, slots=True)
class CellText:
    """The paragraphs that stand in a cell."""

    lines: tuple[PdfLine, ...]
    paragraphs: tuple[str, ...]
    room: float
    """How many ems are left behind the last line."""

    def said(self, names: bool) -> str:
        """All of it in one line; in a cell that `names` a column, a line's end only wraps it."""
        return joined_name(self.paragraphs) if names else joined(self.paragraphs)


def cell_text(lines: Sequence[PdfLine], left: float, right: float) -> CellText:
    """What lines say that stand between two edges, in points from the left."""
    paragraphs = (tidy(joined_text(each)) for each in _apart(lines, left, right))
    return CellText(tuple(lines), tuple(filter(None, paragraphs)), _room(lines[-1], left, right) / lines[-1].size)


def _apart(lines: Sequence[PdfLine], left: float, right: float) -> Iterator[list[PdfLine]]:
    held: list[PdfLine] = []
    for line in lines:
        if held and not _goes_on(held, line, left, right):
            yield held
            held = []
        held.append(line)
    if held:
        yield held


def _goes_on(held: Sequence[PdfLine], line: PdfLine, left: float, right: float) -> bool:
    """Whether a line goes on with the words of the one above it: these left no room for its first word."""
    last = held[-1]
    if _room(last, left, right) >= (first_width(line.plain) + SLACK) * last.size:
        return False
    begins = ITEM.match(line.plain) is not None or line.left > min(each.left for each in held) + last.size
    return not (begins and SENTENCE_ENDS.search(last.plain))


def _room(line: PdfLine, left: float, right: float) -> float:
    """How many points are left between two edges beside a line."""
    before, behind = line.left - left, right - line.right
    return before + behind if abs(before - behind) < _CENTRED * line.size else behind
