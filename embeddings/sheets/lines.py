"""Sheets -> the lines of a page: the name of each, its lines as paragraphs, its tables row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from embeddings.page.blocks import Block, Page
from embeddings.page.cells import joined, joined_name, lines_of_cell
from embeddings.page.front_matter import Stated
from embeddings.sheets.tables import can_name, is_labelled, spans, stretches, texts
from embeddings.sheets.workbook import Sheet, SheetRow

_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
"""What programs call a sheet that nobody named."""
_ATTACHED = re.compile(r"附[件表]?\s*[\d一二三四五六七八九十]*\s*[:：]?")
_MOST_NAMING = 3
"""Rows that may name the columns."""


def page_of(sheets: Sequence[Sheet]) -> Page:
    """The lines of all sheets that have some; the name of a single one only where somebody gave it."""
    filled = [sheet for sheet in sheets if sheet.rows]
    blocks = [block for sheet in filled for block in _sheet(sheet, len(filled) == 1, sheet is filled[0])]
    return Page(blocks=tuple(blocks), stated=Stated(), furnished=False)


def _sheet(sheet: Sheet, alone: bool, first: bool) -> Iterator[Block]:
    if sheet.name and not (alone and _UNNAMED.fullmatch(sheet.name)):
        yield Block(" ".join(sheet.name.split()), level=2, part=True)
    tables = 0
    below_table = False
    for stretch in stretches(sheet.rows):
        if not stretch.tabular:
            blocks = [block for row in stretch.rows for block in _paragraphs(row)]
            # The title of the first sheet is that of the file.
            yield from _titled(blocks) if first and not tables else blocks
        else:
            tables += 1
            if below_table:
                # Rows that follow each other are one table.
                yield Block(f"{sheet.name}（第{tables}个表）")
            yield from map(Block, _table(stretch.rows))
        below_table = stretch.tabular


def _paragraphs(row: SheetRow) -> Iterator[Block]:
    """The lines of a row that is none of a table: those of its only cell, else what its cells say, on one."""
    own = row.own
    if len(own) == 1:
        yield from map(Block, lines_of_cell(own[0].text))
    else:
        yield Block("　".join(joined(lines_of_cell(cell.text)) for cell in own))


def _titled(blocks: Sequence[Block]) -> Iterator[Block]:
    """The lines above a table, the first that can be its title a heading."""
    can = [not (_ATTACHED.fullmatch(block.text) or is_labelled(block.text)) for block in blocks]
    for number, block in enumerate(blocks):
        yield replace(block, level=1) if can[number] and not any(can[:number]) else block


def _table(rows: Sequence[SheetRow]) -> Iterator[str]:
    """The rows of a table, without columns that are empty throughout and without its head where that is repeated."""
    columns = sorted({n for row in rows for n, cell in enumerate(row.places) if cell is not None})
    naming = _naming(rows)
    if not naming:
        # What is in the first row would be read as the columns' names.
        yield "\t".join(f"{_letters(column)}列" for column in columns)
    head = [texts(row) for row in rows[:naming]]
    for number, row in enumerate(rows):
        if number < naming or texts(row) not in head:
            yield "\t".join(_written(row, columns, number < naming))


def _naming(rows: Sequence[SheetRow]) -> int:
    """How many rows at the top name columns: those below the first only where a merged cell leads to them."""
    count = 0
    while count < min(_MOST_NAMING, len(rows)) and can_name(rows[count]):
        count += 1
        if count == len(rows) or not spans(rows[count - 1], rows[count]):
            break
    return count


def _written(row: SheetRow, columns: Sequence[int], names: bool) -> Iterator[str]:
    alone = len(row.own) == 1
    said: list[object] = []
    for column in columns:
        cell = row.places[column] if column < len(row.places) else None
        if cell is None or (alone and cell in said):
            # A line across the table, between its rows, is the first cell of a row.
            yield ""
            continue
        said.append(cell)
        lines = lines_of_cell(cell.text)
        yield joined_name(lines) if names else joined(lines)


def _letters(column: int) -> str:
    """How spreadsheets call a column, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
