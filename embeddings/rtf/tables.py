"""Tables of RTF: their rows, with merged cells in all the places that they cover."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from embeddings.page.cells import joined, joined_name

_SAME = 40
"""Twentieths of a point by which two edges may differ that are one."""
_MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class CellForm:
    """How a cell is defined, before any of its text."""

    right: int
    """Its right edge, in twentieths of a point."""
    above: bool = False
    """It is part of the cell above it."""
    beside: bool = False
    """It is part of the cell before it."""


class Forms:
    """The definitions of a row's cells as they are read."""

    def __init__(self) -> None:
        self.forms: tuple[CellForm, ...] = ()
        self._above = self._beside = False

    def apply(self, word: str, number: int | None) -> bool:
        """Take a control word that defines cells; False for one that does not."""
        match word:
            case "trowd":
                self.forms, self._above, self._beside = (), False, False
            case "clvmrg":
                self._above = True
            case "clmrg":
                self._beside = True
            case "cellx":
                if len(self.forms) < _MOST_COLUMNS:
                    self.forms = (*self.forms, CellForm(number or 0, self._above, self._beside))
                self._above = self._beside = False
            case _:
                return False
        return True


@dataclass(slots=True)
class Row:
    """A row: its cells' lines, and how they are defined."""

    cells: list[list[str]] = field(default_factory=list)
    forms: tuple[CellForm, ...] = ()


def table_lines(rows: Sequence[Row]) -> Iterator[str]:
    """The rows, cells separated by tabs; of a table of one column the lines of its cells."""
    edges = _edges(rows)
    above: list[str] = []
    for number, row in enumerate(rows):
        places = _places(row, edges, above, names=not number)
        if len(edges) < 2 and len(row.cells) < 2:
            yield from (line for cell in row.cells for line in cell)
        elif any(places):
            yield "\t".join(places)
        above = places


def _edges(rows: Sequence[Row]) -> list[int]:
    """The right edges of the columns."""
    found = sorted({form.right for row in rows for form in row.forms})
    return [one for one, following in pairwise([*found, 1 << 40]) if following - one > _SAME][:_MOST_COLUMNS]


def _places(row: Row, edges: Sequence[int], above: Sequence[str], names: bool) -> list[str]:
    """What stands in each column."""
    places: list[str] = []
    for number, lines in enumerate(row.cells):
        text = joined_name(lines) if names else joined(lines)
        form = row.forms[number] if number < len(row.forms) else None
        at = len(places)
        if form is not None and form.above and at < len(above):
            text = above[at]
        elif form is not None and form.beside and places:
            text = places[-1]
        until = at + 1 if form is None else bisect_left(edges, form.right - _SAME) + 1
        places += [text] * max(1, min(until, len(edges)) - at)
    return [*places, *[""] * (len(edges) - len(places))]
