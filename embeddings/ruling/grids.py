"""Rules that touch each other -> the grid of cells between them, spanning cells in all the places that they cover."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.ruling.rules import Rule, whole
from embeddings.ruling.steps import steps

OUTSIDE = -1
"""The number of a place within the sides of a grid that is none of its cells."""
_TOUCH = 2.0
"""Points between the end of a rule and the one it meets; an underline keeps more from the side of its cell."""
_EDGE = 4.0
"""How many points apart rules lie that are one edge of a grid: no cell with text is narrower or lower."""
_OVERHANG = 6.0
"""Points by which rules may reach beyond the outermost ones across them without ruling one more column or row."""
_SHORT = 2.5
"""Points of its side that a rule may leave open at either end of a cell."""
_MOST_RULES = 1_000
_MOST_GRIDS = 50
_MOST_PLACES = 20_000
"""On one page; beyond these it is a drawing."""
_MOST_OUTSIDE = 0.25
"""Share of its places that are no cells: boxes with arrows between them leave more."""
_MOST_OPEN = 0.1
"""Share of its upper or lower side that no rule closes."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table; lengths in points, from the lower left corner of the page."""

    columns: tuple[float, ...]
    """The sides of its columns, from the left."""
    rows: tuple[float, ...]
    """The sides of its rows, from the top."""
    places: tuple[tuple[int, ...], ...]
    """For each row, column by column, the number of the cell that stands there."""
    closed: bool
    """Whether it has a rule on all sides."""

    def cell_at(self, x: float, y: float) -> int:
        """The number of the cell around a point."""
        if not (self.columns[0] <= x < self.columns[-1] and self.rows[-1] < y <= self.rows[0]):
            return OUTSIDE
        row = bisect_left(self.rows, -y, key=lambda edge: -edge)
        return self.places[max(1, row) - 1][bisect_right(self.columns, x) - 1]

    def encloses(self, other: Grid) -> bool:
        """Whether the other one lies in it."""
        beside = self.columns[0] <= other.columns[0] and other.columns[-1] <= self.columns[-1]
        return beside and self.rows[-1] <= other.rows[-1] and other.rows[0] <= self.rows[0]


def grids_of(drawn: Iterable[Rule]) -> list[Grid]:
    """The grids of two columns and more that the lines drawn on a page rule; a grid around another is layout."""
    rules = whole(drawn)
    if len(rules) > _MOST_RULES:
        return []
    found = [grid for group in _touching(rules) if (grid := _grid(group)) is not None]
    if len(found) > _MOST_GRIDS:
        return []
    return [grid for grid in found if not any(grid is not other and grid.encloses(other) for other in found)]


def _touching(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The rules that touch each other, a group at a time; what touches nothing across it rules nothing."""
    level = [n for n, rule in enumerate(rules) if rule.level]
    upright = [n for n, rule in enumerate(rules) if not rule.level]
    if not level or not upright:
        return
    at, start, end = (np.array([(rule.at, rule.start, rule.end) for rule in rules])).T
    meets = (at[level][:, None] >= start[upright] - _TOUCH) & (at[level][:, None] <= end[upright] + _TOUCH)
    meets &= (at[upright] >= start[level][:, None] - _TOUCH) & (at[upright] <= end[level][:, None] + _TOUCH)
    ones, others = np.nonzero(meets)
    groups: defaultdict[int, list[Rule]] = defaultdict(list)
    pairs = ((level[one], upright[other]) for one, other in zip(ones, others, strict=True))
    for number, group in enumerate(_labels(len(rules), pairs)):
        groups[group].append(rules[number])
    yield from (group for group in groups.values() if len({rule.level for rule in group}) == 2)


def _labels(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """For each of so many things the number of the group that these pairs of them make it part of."""
    # SciPy's would add 30 MB and a fifth of a second to every process that reads a file.
    found = list(range(count))
    for pair in pairs:
        one, other = sorted(_first(found, each) for each in pair)
        found[other] = one
    return [_first(found, each) for each in range(count)]


def _first(found: list[int], each: int) -> int:
    while found[each] != each:
        found[each] = found[found[each]]
        each = found[each]
    return each


def _grid(rules: Sequence[Rule]) -> Grid | None:
    sides = _Sides(rules)
    if sides.width < 2 or sides.width * sides.height > _MOST_PLACES:
        return None
    if min(sides.open_above(0), sides.open_above(sides.height)) > _MOST_OPEN:
        return None
    places = _cells(sides)
    if sum(row.count(OUTSIDE) for row in places) > _MOST_OUTSIDE * sides.width * sides.height:
        return None
    rows = [n for n, row in enumerate(places) if not n or row != places[n - 1]]
    across = list(zip(*places, strict=True))
    columns = [n for n, column in enumerate(across) if not n or column != across[n - 1]]
    if len(columns) < 2:
        return None
    return Grid(
        columns=(*(sides.columns[n] for n in columns), sides.columns[-1]),
        rows=(*(sides.rows[n] for n in rows), sides.rows[-1]),
        places=tuple(tuple(places[row][column] for column in columns) for row in rows),
        closed=sides.closed,
    )


class _Sides:
    """Where the rules of one group run, and which of them stand between two places."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        level, upright = [rule for rule in rules if rule.level], [rule for rule in rules if not rule.level]
        self.columns = _edges(upright, level)
        self.rows = _edges(level, upright)[::-1]
        self.width, self.height = len(self.columns) - 1, len(self.rows) - 1
        self._upright = _at_edges(upright, self.columns)
        self._level = _at_edges(level, self.rows)

    def left_of(self, row: int, column: int) -> bool:
        """Whether a rule closes the left side of a place; that of the column behind the last is the grid's right."""
        return _closes(self._upright[column], self.rows[row + 1], self.rows[row])

    def above(self, row: int, column: int) -> bool:
        """Whether a rule closes the upper side of a place."""
        return _closes(self._level[row], self.columns[column], self.columns[column + 1])

    def open_above(self, row: int) -> float:
        """The share of the width that no rule closes above a row."""
        left_open = sum(self.columns[n + 1] - self.columns[n] for n in range(self.width) if not self.above(row, n))
        return left_open / (self.columns[-1] - self.columns[0])

    def is_open(self, row: int, column: int) -> bool:
        """Whether a place lies at a side of the grid that has no rule there."""
        return (
            (row == 0 and not self.above(0, column))
            or (row == self.height - 1 and not self.above(self.height, column))
            or (column == 0 and not self.left_of(row, 0))
            or (column == self.width - 1 and not self.left_of(row, self.width))
        )

    @property
    def closed(self) -> bool:
        return not any(self.is_open(row, column) for row in range(self.height) for column in range(self.width))


def _edges(rules: Sequence[Rule], across: Sequence[Rule]) -> list[float]:
    """Where these rules run; the outermost edges are where those across them end, if that is well beyond."""
    runs = steps((rule.at for rule in rules), _EDGE, float)
    found = [sum(run) / len(run) for run in runs]
    first, last = min(rule.start for rule in across), max(rule.end for rule in across)
    before = [first] if first < found[0] - _OVERHANG else []
    return [*before, *found, *([last] if last > found[-1] + _OVERHANG else [])]


def _at_edges(rules: Sequence[Rule], edges: Sequence[float]) -> list[list[Rule]]:
    found: list[list[Rule]] = [[] for _ in edges]
    for rule in rules:
        found[min(range(len(edges)), key=lambda n: abs(edges[n] - rule.at))].append(rule)
    return found


def _closes(rules: Sequence[Rule], start: float, end: float) -> bool:
    return any(rule.start <= start + _SHORT and rule.end >= end - _SHORT for rule in rules)


def _cells(sides: _Sides) -> list[list[int]]:
    """For each place the number of its cell: places without a rule between them are one."""
    width, height = sides.width, sides.height
    beside = [(n, n - 1) for n in range(width * height) if n % width and not sides.left_of(n // width, n % width)]
    below = [(n, n - width) for n in range(width, width * height) if not sides.above(n // width, n % width)]
    labels = _labels(width * height, [*beside, *below])
    places = [labels[row * width : (row + 1) * width] for row in range(height)]
    where: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for row in range(height):
        for column in range(width):
            where[places[row][column]].add((row, column))
    for found in where.values():
        rows, columns = {row for row, _ in found}, {column for _, column in found}
        if len(found) == (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1):
            continue
        # Not a rectangle: what lies around the grid, or a cell with a piece of its side missing, cut at its rows.
        outside = any(sides.is_open(row, column) for row, column in found)
        for row, column in sorted(found):
            begins = column == 0 or (row, column - 1) not in found
            places[row][column] = (
                OUTSIDE if outside else (len(labels) + row * width + column if begins else places[row][column - 1])
            )
    return places
