"""Pages with tables drawn with lines: each row of these a line, read cell by cell; all else as on other pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

from embeddings.page.characters import is_sentence
from embeddings.pdf.cells import CellText, cell_text
from embeddings.pdf.columns import in_reading_order
from embeddings.pdf.glyphs import Glyph
from embeddings.pdf.lines import PdfLine, RuledCell, RuledRow, beside_each_other, line_of, page_lines
from embeddings.pdf.rows import Row, is_seen, rows_of
from embeddings.ruling.grids import OUTSIDE, Grid

_LONGEST_CELL = 1500
_LONGEST_ROW = 4000
"""Rows and cells with more characters are layout, not data; as of web pages."""
_OF_PAGE = 0.6
"""Paragraphs of running text in one cell, with more than this share of the page's text, are its article."""
_SHORT_ARTICLE = 300
"""Characters; a page may have little more on it than the end of a table."""
_COLUMN = 4
"""Lines that make a column of running text; two of them beside each other, and nothing above or below, are no row."""
_MOST_NAMING = 3
"""Rows that may name the columns."""
_PADDING = 8.0
"""Points between the side of a cell and its text, at most."""
_BREAK = Glyph("\n", generated=True)


def lines_with_tables(glyphs: Iterable[Glyph], grids: Sequence[Grid], page: int, height: float) -> Iterator[PdfLine]:
    """The lines of a page `height` points high, of its characters in reading order and the grids drawn on it."""
    if not grids:
        yield from page_lines(glyphs, page, height)
        return
    characters = list(glyphs)
    tables = [table for table in _Stream(characters, grids).tables(page, height) if table.is_one]
    if not tables:
        yield from page_lines(characters, page, height)
        return
    kept = _Stream(characters, [table.grid for table in tables])
    total = sum(map(is_seen, characters))
    stood = {number: list(table.lines(number, total)) for number, table in enumerate(tables)}
    for rows in in_reading_order(list(kept.lines())):
        number = kept.table_of(rows)
        yield from [line_of(rows, page, height)] if number is None else stood[number]


class _Stream:
    """The characters of a page, those in the cells of grids apart from the others."""

    def __init__(self, glyphs: Iterable[Glyph], grids: Sequence[Grid]) -> None:
        self._grids = grids
        self.cells: list[dict[int, list[Glyph]]] = [{} for _ in grids]
        self._runs: list[list[Glyph] | int] = []
        """What stands outside, and where among it the tables first come, by their number."""
        self._places: dict[int, int] = {}
        """The number of a table, by the id of the row that stands for it."""
        self._held: list[Row] = []
        at: tuple[int, int] | None = None
        for glyph in glyphs:
            # Blanks and breaks belong to what they stand behind.
            now = self._place(glyph) if is_seen(glyph) else at
            into = self._into(now)
            if now != at and into:
                into.append(_BREAK)
            into.append(glyph)
            at = now

    def _place(self, glyph: Glyph) -> tuple[int, int] | None:
        x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
        for number, grid in enumerate(self._grids):
            if (cell := grid.cell_at(x, y)) != OUTSIDE:
                return number, cell
        return None

    def _into(self, place: tuple[int, int] | None) -> list[Glyph]:
        if place is not None:
            number, cell = place
            if not self.cells[number]:
                self._runs.append(number)
            return self.cells[number].setdefault(cell, [])
        if not self._runs or isinstance(self._runs[-1], int):
            self._runs.append([])
        run = self._runs[-1]
        return run if isinstance(run, list) else []

    def tables(self, page: int, height: float) -> list[_Table]:
        """The tables that the grids may be, with what their cells say."""
        return [_Table(grid, cells, page, height) for grid, cells in zip(self._grids, self.cells, strict=True)]

    def lines(self) -> Iterator[list[Row]]:
        """The lines outside, and for each table a row as large as it is, where its first character comes."""
        for run in self._runs:
            if isinstance(run, int):
                grid = self._grids[run]
                row = Row((), grid.columns[0], grid.columns[-1], grid.rows[0], grid.rows[-1], 1.0)
                self._held.append(row)
                self._places[id(row)] = run
                yield [row]
            else:
                yield from beside_each_other(rows_of(run))

    def table_of(self, rows: Sequence[Row]) -> int | None:
        """The number of the table that a line stands for; None of a line of text."""
        return self._places.get(id(rows[0]))


@dataclass(frozen=True)
class _Table:
    """A grid and the characters in its cells."""

    grid: Grid
    glyphs: dict[int, list[Glyph]]
    page: int
    height: float

    @property
    def is_one(self) -> bool:
        """Whether text stands in most cells of some row, and in rows below each other where the grid has gaps.

        In a chart, whose lines cross too, most places are empty.
        """
        rows = [set(row) - {OUTSIDE} for row in self.grid.places]
        filled = [len(row & self.cells.keys()) for row in rows]
        most = any(count > 1 and 2 * count >= len(row) for count, row in zip(filled, rows, strict=True))
        return most and (self.grid.closed or sum(map(bool, filled)) > 1)

    @cached_property
    def cells(self) -> dict[int, CellText]:
        lines = {
            cell: [line_of(rows, self.page, self.height) for rows in beside_each_other(rows_of(glyphs))]
            for cell, glyphs in self.glyphs.items()
        }
        sides = self._sides()
        gaps = [min(line.left - sides[cell][0], sides[cell][1] - line.right) for cell in lines for line in lines[cell]]
        padding = min(_PADDING, max(0.0, min(gaps, default=0.0)))
        found = {cell: cell_text(lines[cell], sides[cell][0] + padding, sides[cell][1] - padding) for cell in lines}
        return {cell: text for cell, text in found.items() if text.paragraphs}

    def _sides(self) -> dict[int, tuple[float, float]]:
        found: dict[int, tuple[float, float]] = {}
        for row in self.grid.places:
            for column, cell in enumerate(row):
                left = found.get(cell, (self.grid.columns[column],))[0]
                found[cell] = min(left, self.grid.columns[column]), self.grid.columns[column + 1]
        return found

    def lines(self, number: int, total: int) -> Iterator[PdfLine]:
        """Its rows as lines, on a page of so many characters; the number is its own on the page."""
        places = self.grid.places
        if self._is_columns:
            yield from (line for text in self.cells.values() for line in text.lines)
            return
        several = [n for n, row in enumerate(places) if len(set(row)) > 1]
        naming = self._naming(several[0])
        for n, row in enumerate(places):
            own = list(dict.fromkeys(cell for cell in row if not n or cell not in places[n - 1]))
            cells = [self._cell(cell, n in naming) for cell in row]
            one, between = len(set(row)) == 1, several[0] < n < several[-1]
            if one and between:
                # It is the first cell of its row; above or below all others it is a line of its own.
                cells[1:] = [replace(cell, text="") for cell in cells[1:]]
            said = ["\t".join(cell.text for cell in cells)]
            texts = [self.cells[cell] for cell in own if cell in self.cells]
            alone = _is_layout(texts, total) or (one and not between)
            if alone:
                said = [paragraph for text in texts for paragraph in text.paragraphs]
            ruled = RuledRow(tuple(cells), alone, n in naming, number, self.grid.columns, self.page)
            yield from (self._line(n, ruled, text) for text in said if text.strip())

    @property
    def _is_columns(self) -> bool:
        """Whether it is columns of a newspaper that lines stand between and around."""
        return len(self.grid.places) == 1 and sum(len(text.lines) >= _COLUMN for text in self.cells.values()) > 1

    def _cell(self, number: int, names: bool) -> RuledCell:
        text = self.cells.get(number)
        if text is None:
            return RuledCell(number, "", 0.0, 0)
        return RuledCell(number, text.said(names), text.room, len(text.lines))

    def _naming(self, first: int) -> range:
        """The rows that name columns: one, and those that share its spanning cells."""
        places = self.grid.places
        stop = first + 1
        while stop < min(first + _MOST_NAMING, len(places) - 1):
            above, below = places[stop - 1], places[stop]
            if len(set(above)) == len(above) and not set(above) & set(below):
                break
            stop += 1
        return range(first, stop)

    def _line(self, n: int, row: RuledRow, text: str) -> PdfLine:
        numbers = {cell.number for cell in row.cells} & self.cells.keys()
        sizes = [line.size for each in numbers for line in self.cells[each].lines]
        return PdfLine(
            text=text,
            page=self.page,
            left=self.grid.columns[0],
            right=self.grid.columns[-1],
            top=self.height - self.grid.rows[n],
            bottom=self.height - self.grid.rows[n + 1],
            size=median(sizes),
            page_height=self.height,
            row=row,
        )


def _is_layout(texts: Sequence[CellText], total: int) -> bool:
    """Tell the cells of a row that the page is laid out in: their paragraphs are read one after the other."""
    lengths = [sum(map(len, text.paragraphs)) for text in texts]
    if sum(lengths) > _LONGEST_ROW or max(lengths, default=0) > _LONGEST_CELL:
        return True
    running = (
        length for text, length in zip(texts, lengths, strict=True) if sum(map(is_sentence, text.paragraphs)) > 1
    )
    return max(running, default=0) > max(_SHORT_ARTICLE, _OF_PAGE * total)
