"""Where the tables of a sheet begin and end, and what stands above and below them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from embeddings.sheets.workbook import Cell, SheetRow

_LABELLED = re.compile(r"\s*[^\d\s:：][^:：]{0,19}[:：].*", re.DOTALL)
"""“填报单位：某局”, but not “8:30”."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"(?:19|20)\d\d\s*[-/.年].*", re.DOTALL)
_WIDER = 2
"""How many times more cells than what stands above it a row that names columns has."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of a sheet that follow each other."""

    rows: tuple[SheetRow, ...]
    tabular: bool
    """They are a table; else lines above, between and below tables."""


def stretches(rows: Sequence[SheetRow]) -> Iterator[Stretch]:
    """The rows as tables and as lines, in their order.

    A table begins where a row has several cells that don't only say what stands around tables. Rows of one cell above
    and below it are lines, and belong to it where its rows go on behind them.
    """
    tabular = [_is_tabular(row, below) for row, below in zip(rows, [*rows[1:], None], strict=True)]
    at = 0
    while at < len(rows):
        stop = at + 1
        if tabular[at]:
            stop = _table_end(rows, tabular, at)
        else:
            while stop < len(rows) and not tabular[stop]:
                stop += 1
        yield Stretch(tuple(rows[at:stop]), tabular[at])
        at = stop


def is_labelled(text: str) -> bool:
    """Whether a cell says a label and what it labels."""
    return _LABELLED.fullmatch(text) is not None


def _is_tabular(row: SheetRow, below: SheetRow | None) -> bool:
    """Whether a row is one of a table: it has several cells, and they are not who filled it in, when, in what unit."""
    own = row.own
    labelled = [is_labelled(cell.text) for cell in own]
    if len(own) < 2 or all(one or _DATE.fullmatch(cell.text) for one, cell in zip(labelled, own, strict=True)):
        return len(own) > 1 and not any(labelled)
    return not (any(labelled) and below is not None and len(below.own) >= _WIDER * len(own))


def can_name(row: SheetRow) -> bool:
    """Whether a row may name the columns of the rows below it: it has no figures but years."""
    return not any(cell.figure and not _YEAR.fullmatch(cell.text) for cell in row.own)


def texts(row: SheetRow) -> list[str]:
    """What stands in each place of a row."""
    return ["" if cell is None else cell.text for cell in row.places]


class _Figures:
    """Which columns of a table hold figures in most of their rows, counted as the table is gone through."""

    def __init__(self) -> None:
        self._figures: Counter[int] = Counter()
        self._rows = 0

    def count(self, row: SheetRow) -> None:
        self._rows += 1
        self._figures.update(_columns(row, figures=True))

    def columns(self) -> set[int]:
        return {column for column, count in self._figures.items() if count * 2 > self._rows}


def _table_end(rows: Sequence[SheetRow], tabular: Sequence[bool], start: int) -> int:
    """Where the rows of a table end: before the next one, before the lines below it, or with the sheet."""
    figures = _Figures()
    last = start
    for number in range(start + 1, len(rows)):
        if not tabular[number]:
            continue
        beside = rows[number].number - rows[last].number == 1
        below = rows[number + 1] if number + 1 < len(rows) and tabular[number + 1] else None
        if not beside and below and _begins(rows[number], below, rows[start], figures):
            break
        figures.count(rows[number])
        last = number
    return last + 1


def _begins(row: SheetRow, below: SheetRow, head: SheetRow, figures: _Figures) -> bool:
    """Whether a row below a gap or a line names the columns of another table than the one with this head."""
    if not can_name(row) or texts(row) == texts(head):
        return False
    here = _columns(row)
    # Where the table has figures, here are words with figures below them; or columns that the table doesn't have.
    return bool(here & figures.columns() & _columns(below, figures=True)) or not here <= _columns(head)


def _columns(row: SheetRow, figures: bool = False) -> set[int]:
    return {n for n, cell in enumerate(row.places) if cell is not None and (cell.figure or not figures)}


def spans(row: SheetRow, below: SheetRow) -> bool:
    """Whether a cell of a row is merged with its neighbour in it, or with one below."""
    return any(_same(one, other) for one, other in zip(row.places, row.places[1:], strict=False)) or any(
        _same(one, other) for one, other in zip(row.places, below.places, strict=False)
    )


def _same(one: Cell | None, other: Cell | None) -> bool:
    return one is not None and one is other
