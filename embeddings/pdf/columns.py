"""Columns set beside each other: a file that gives their lines in turn is read one column after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from embeddings.pdf.rows import Row

_LEAST_LINES = 4
"""Lines of running text that make a column."""
_LEAST_WIDTH = 10.0
"""How many ems wide a line of running text is, at least: cells of tables are narrower."""
_FULL = 0.8
"""Share of its column that a full line fills; half of the lines of running text are full."""
_IN_TURN = 0.6
"""Share of the lines that are followed by one of the other column where a file gives the columns in turn."""

_Line = Sequence[Row]


def in_reading_order(lines: Sequence[_Line]) -> list[_Line]:
    """The lines of a page, each the stretches that stand beside each other; those of columns, one column at a time."""
    gutter = _gutter([row for line in lines for row in line])
    if gutter is None:
        return list(lines)
    ordered: list[_Line] = []
    for apart, run in groupby(lines, key=lambda line: _is_apart(line, gutter)):
        group = list(run)
        ordered.extend(_one_after_the_other(group, gutter) if apart else group)
    return ordered


def _gutter(rows: Sequence[Row]) -> float | None:
    """Where the second of two columns of running text begins; None where there are none."""
    wide = [row for row in rows if row.right - row.left >= _LEAST_WIDTH * row.size]
    found = {
        row.left: min(len(_before(wide, row.left)), len(_behind(wide, row.left)))
        for row in wide
        if _are_columns(_before(wide, row.left), _behind(wide, row.left))
    }
    # Of places that divide as well, the leftmost is the edge that the lines of the second column keep to.
    return min(found, key=lambda place: (-found[place], place), default=None)


def _before(rows: Sequence[Row], gutter: float) -> list[Row]:
    return [row for row in rows if row.right <= gutter]


def _behind(rows: Sequence[Row], gutter: float) -> list[Row]:
    return [row for row in rows if row.left >= gutter]


def _are_columns(one: Sequence[Row], other: Sequence[Row]) -> bool:
    """Whether both are running text, and stand at one height."""
    if min(len(one), len(other)) < _LEAST_LINES or not (_is_running(one) and _is_running(other)):
        return False
    return min(_top(one), _top(other)) > max(_bottom(one), _bottom(other))


def _is_running(rows: Sequence[Row]) -> bool:
    width = max(row.right for row in rows) - min(row.left for row in rows)
    return sum(row.right - row.left >= _FULL * width for row in rows) * 2 >= len(rows)


def _top(rows: Sequence[Row]) -> float:
    return max(row.top for row in rows)


def _bottom(rows: Sequence[Row]) -> float:
    return min(row.bottom for row in rows)


def _is_apart(line: _Line, gutter: float) -> bool:
    """Whether a line has at most one stretch on either side, and none across; a row of a table has more."""
    before, behind = _before(line, gutter), _behind(line, gutter)
    return len(before) + len(behind) == len(line) and len(before) <= 1 and len(behind) <= 1


def _one_after_the_other(run: Sequence[_Line], gutter: float) -> Iterator[_Line]:
    """The lines as they are where the file gives one column after the other."""
    stretches = [[row] for line in run for row in line]
    sides = [row.left >= gutter for line in run for row in line]
    turns = sum(one != other for one, other in pairwise(sides))
    if turns < _IN_TURN * len(sides):
        yield from run
        return
    yield from (stretch for stretch, behind in zip(stretches, sides, strict=True) if not behind)
    yield from (stretch for stretch, behind in zip(stretches, sides, strict=True) if behind)
