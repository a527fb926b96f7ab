"""What a workbook holds, whichever program wrote it: its sheets, their rows, and how much of them is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from embeddings.page.unreadable import UnreadableError

MOST_ROWS = 50_000
"""Rows with something in them, of all sheets together."""
_MOST_CELLS = 1_000_000
"""Cells with something in them, of all sheets together: 50,000 rows of 20 columns."""
_MOST_CHARACTERS = 10_000_000
_MOST_PLACES = 20_000_000
"""Cells, empty ones included, that the program goes through: rows may be said to be 16,384 cells wide."""
_LEAST_PLACES = 10
"""As how many an empty row counts: it takes its time, too."""
_MOST_SPREAD = 5_000_000
"""Cells, empty ones included, that merged ones cover."""


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell, which stands in several places of a table where it is merged; told from others by its identity."""

    text: str
    """As the sheet shows it, with line breaks."""
    figure: bool
    """It is a number or a date."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that are shown as one, rows and columns counted from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with something in it: the cell in each of its places, from the sheet's first column on."""

    number: int
    """Counted from 0."""
    places: tuple[Cell | None, ...]

    @property
    def own(self) -> list[Cell]:
        """Its cells, each once."""
        return list({id(cell): cell for cell in self.places if cell is not None}.values())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is shown."""

    name: str
    rows: tuple[SheetRow, ...]


@dataclass(slots=True)
class Limits:
    """How much of a workbook was read; counted while it is read, so that what is too much stops there."""

    rows: int = 0
    cells: int = 0
    characters: int = 0
    places: int = 0

    def count_places(self, number: int) -> None:
        """Count the places of a row, of which none need hold anything.

        Raises:
            UnreadableError: there are too many.
        """
        self.places += max(number, _LEAST_PLACES)
        if self.places > _MOST_PLACES:
            raise UnreadableError(
                f"表格太大（超过 {_MOST_PLACES:,} 个单元格，空的也算）；请删去空行空列，或拆成几个文件。"
            )

    def count_row(self, cells: Collection[Cell]) -> None:
        """Count a row with these cells.

        Raises:
            UnreadableError: there are too many rows, cells or characters.
        """
        self.rows += 1
        self.cells += len(cells)
        self.characters += sum(len(cell.text) for cell in cells)
        if self.rows > MOST_ROWS:
            raise UnreadableError(f"表格太长（超过 {MOST_ROWS:,} 行）；请拆成几个文件，或只留要问的行。")
        if self.cells > _MOST_CELLS:
            raise UnreadableError(
                f"表格太大（超过 {_MOST_CELLS:,} 个有内容的单元格）；请拆成几个文件，或只留要问的列。"
            )
        if self.characters > _MOST_CHARACTERS:
            raise UnreadableError(f"表格太大（超过 {_MOST_CHARACTERS:,} 字）；请拆成几个文件，或只留要问的列。")


@dataclass(slots=True)
class SheetReading:
    """A sheet as it is read, row by row."""

    name: str
    limits: Limits
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    """Number of a row -> number of a column -> what stands there."""

    def add(self, number: int, cells: Mapping[int, Cell]) -> None:
        """Add the cells of a row that say something, if any.

        Raises:
            UnreadableError: there are too many rows or characters.
        """
        if cells:
            self.limits.count_row(cells.values())
            self.rows[number] = dict(cells)

    def sheet(self, merged: Iterable[Merged]) -> Sheet:
        """The sheet, every merged cell in all places that it covers in rows with something in them.

        Raises:
            UnreadableError: so many are merged that no program made them.
        """
        self._spread(merged)
        return Sheet(self.name, tuple(self._row(number) for number in sorted(self.rows)))

    def _row(self, number: int) -> SheetRow:
        cells = self.rows[number]
        return SheetRow(number, tuple(cells.get(column) for column in range(max(cells) + 1)))

    def _spread(self, merged: Iterable[Merged]) -> None:
        last = max(self.rows, default=-1)
        width = max((max(cells) for cells in self.rows.values()), default=-1)
        spread = 0
        for one in merged:
            cell = self.rows.get(one.top, {}).get(one.left)
            rows = range(one.top, min(one.bottom, last) + 1)
            columns = range(one.left, min(one.right, width) + 1)
            spread += len(rows) * len(columns)
            if spread > _MOST_SPREAD:
                raise UnreadableError("合并的单元格太多，不像一张表格；请取消合并后另存。")
            if cell is None:
                continue
            for number, column in product(rows, columns):
                if number in self.rows:
                    self.rows[number].setdefault(column, cell)
