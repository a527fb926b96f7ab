"""How the running text of a PDF is set: its size, the distance of its lines, the edges of its columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from embeddings.pdf.lines import PdfLine

SAME = 0.12
"""Relative difference of two sizes that are one."""
GAP = 1.45
"""Distance of two lines, in that of the running text, from which on something ends between them."""
_NEAR = 2
"""How many ems apart lines of one column begin: a paragraph's first is indented by two."""
_INDENT = (1.5, 2.6)
_ENOUGH = 3
"""How many lines make a habit."""


@dataclass(frozen=True, slots=True)
class Column:
    """The edges that the lines which begin near a place keep to, in points."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Layout:
    """What is usual in a document."""

    em: float
    """The size of the running text, in points."""
    pitch: float
    """The distance of its lines, top to top, in points."""
    marked: bool
    """Whether its paragraphs can be told by an indent or by a gap before them."""
    columns: dict[int, Column]
    """The column of every place, counted in ems, that a line of the running text begins at."""

    def column(self, line: PdfLine) -> Column | None:
        """The column that a line of the running text stands in; None for other lines that begin elsewhere."""
        return self.columns.get(round(line.left / self.em))

    def is_body(self, line: PdfLine) -> bool:
        """Whether the line is set in the size of the running text."""
        return abs(line.size - self.em) <= self.em * SAME


def measure(lines: Sequence[PdfLine]) -> Layout:
    """Measure a document's lines."""
    em = _usual_size(lines)
    bare = Layout(em, 1.6 * em, False, {})
    # A row of a ruled table keeps to the sides of its table, and is as high as its cells.
    body = [line for line in lines if bare.is_body(line) and line.row is None]
    columns = _columns(body, em)
    steps = [
        line.top - before.top
        for before, line in pairwise(lines)
        if before.page == line.page
        and bare.is_body(line)
        and bare.is_body(before)
        and line.row is None
        and before.row is None
    ]
    steps = [step for step in steps if 0.5 * em < step < 4 * em]
    pitch = median(steps) if steps else bare.pitch
    indents = (line.left - columns[round(line.left / em)].left for line in body)
    indented = sum(_INDENT[0] * em < indent < _INDENT[1] * em for indent in indents)
    spaced = sum(step > GAP * pitch for step in steps)
    return Layout(em, pitch, max(indented, spaced) >= _ENOUGH, columns)


def _usual_size(lines: Iterable[PdfLine]) -> float:
    """The size that most characters are set in, to half a point."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0) or 1.0


def _columns(body: Iterable[PdfLine], em: float) -> dict[int, Column]:
    by_place: dict[int, list[PdfLine]] = defaultdict(list)
    for line in body:
        by_place[round(line.left / em)].append(line)
    found = {}
    for place in by_place:
        peers = [line for other in range(place - _NEAR, place + _NEAR + 1) for line in by_place.get(other, [])]
        found[place] = Column(min(line.left for line in peers), _usual_right(peers, em))
    return found


def _usual_right(peers: Sequence[PdfLine], em: float) -> float:
    """The edge at which the lines end; one that a single long line alone reaches beyond is none."""
    ends = Counter(round(line.right / em) for line in peers)
    enough = max(2, len(peers) // 50)
    edge = max((end for end in ends if ends[end] + ends[end - 1] >= enough), default=max(ends))
    return max(line.right for line in peers if round(line.right / em) == edge)
