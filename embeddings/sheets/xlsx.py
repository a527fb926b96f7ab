"""Workbooks of Excel since 2007 and of WPS, by openpyxl, row by row: nothing is held but what the cells show."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any
from zipfile import ZipFile

from embeddings.packages.parts import Kind, open_package
from embeddings.page.unreadable import UnreadableError
from embeddings.sheets.dates import BUILT_IN
from embeddings.sheets.shown import shown
from embeddings.sheets.workbook import Cell, Limits, Merged, Sheet, SheetReading

_MAIN = "xl/workbook.xml"
_LARGEST = 256 * 1024 * 1024
"""Bytes of all XML once unpacked; 50,000 rows of 20 columns have about 60 MB."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ROWS_END = b"sheetData>"
_NOT_CALCULATED = re.compile(rb'fullCalcOnLoad\s*=\s*"(?:1|true)"')
"""Written by programs that set formulas and leave it to the one that opens the file to work them out: what stands in
such cells is 0 or nothing. ECMA-376, part 1, 18.2.2."""


def read_xlsx(data: bytes, suffix: str, openpyxl: ModuleType) -> list[Sheet]:
    """The sheets that are shown, formulas by their values as they were saved.

    Raises:
        UnreadableError: the file is encrypted, damaged or too large.
    """
    kind = Kind(suffix, "Excel 或 WPS", _MAIN, _LARGEST, older=".xls")
    try:
        with open_package(data, kind) as archive, warnings.catch_warnings():
            # The library tells of what it leaves out, such as rules for input.
            warnings.simplefilter("ignore")
            return _read(data, archive, openpyxl)
    except UnreadableError:
        raise
    # Whatever stands in a file that only looks like a workbook: the library raises what it runs into.
    except Exception as error:
        raise UnreadableError(kind.damaged) from error


def _read(data: bytes, archive: ZipFile, openpyxl: ModuleType) -> list[Sheet]:
    values = _opened(data, openpyxl, values=True)
    calculated = not _NOT_CALCULATED.search(archive.read(_MAIN))
    formulas = None if calculated else _opened(data, openpyxl, values=False)
    limits = Limits()
    try:
        return [
            _sheet(sheet, formulas[sheet.title] if formulas else None, archive, limits, openpyxl)
            for sheet in values.worksheets
            if sheet.sheet_state == "visible"
        ]
    finally:
        values.close()


def _opened(data: bytes, openpyxl: ModuleType, *, values: bool) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)


def _sheet(sheet: Any, formulas: Any | None, archive: ZipFile, limits: Limits, openpyxl: ModuleType) -> Sheet:
    reading = SheetReading(sheet.title, limits)
    for number, row in enumerate(_rows(sheet, formulas)):
        limits.count_places(len(row))
        filled = ((column, cell) for column, cell in enumerate(row) if cell is not None and cell.value is not None)
        cells = ((column, _cell(cell, openpyxl)) for column, cell in filled)
        reading.add(number, {column: cell for column, cell in cells if cell is not None})
    # No public name of the library tells which part a sheet is read from, and merged cells are not read row by row.
    return reading.sheet(_merged(archive.read(sheet._worksheet_path)))


def _rows(sheet: Any, formulas: Any | None) -> Iterator[Sequence[Any]]:
    """The rows, without the cells of formulas that were never worked out."""
    # Some programs write a range of cells that is not the one that they fill.
    sheet.reset_dimensions()
    if formulas is None:
        yield from sheet.iter_rows()
        return
    formulas.reset_dimensions()
    for row, written in zip(sheet.iter_rows(), formulas.iter_rows(), strict=True):
        yield [
            None if formula.data_type == "f" and cell.value in (0, "0") else cell
            for cell, formula in zip(row, written, strict=True)
        ]


def _cell(cell: Any, openpyxl: ModuleType) -> Cell | None:
    built_in = BUILT_IN.get(cell.style_array.numFmtId)
    value, code = cell.value, built_in or cell.number_format
    if built_in and isinstance(value, (int, float)) and not isinstance(value, bool):
        value = openpyxl.utils.datetime.from_excel(value, cell.parent.parent.epoch)
    return shown(value, code)


def _merged(part: bytes) -> Iterator[Merged]:
    """The merged cells, which a sheet's part names behind its rows."""
    for found in _MERGED.finditer(part, part.rfind(_ROWS_END) + 1):
        left, top, right, bottom = (group.decode("ascii") for group in found.groups())
        yield Merged(int(top) - 1, _column(left), int(bottom) - 1, _column(right))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
