"""Workbooks of Excel since 2007 and of WPS, by openpyxl, row by row: nothing is held but what the cells show."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
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
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    limits = Limits()
    try:
        shown_sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [_sheet(sheet, archive, limits, openpyxl) for sheet in shown_sheets]
    finally:
        book.close()


def _sheet(sheet: Any, archive: ZipFile, limits: Limits, openpyxl: ModuleType) -> Sheet:
    reading = SheetReading(sheet.title, limits)
    # Some programs write a range of cells that is not the one that they fill.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows()):
        limits.count_places(len(row))
        cells = ((column, _cell(cell, openpyxl)) for column, cell in enumerate(row) if cell.value is not None)
        reading.add(number, {column: cell for column, cell in cells if cell is not None})
    # No public name of the library tells which part a sheet is read from, and merged cells are not read row by row.
    return reading.sheet(_merged(archive.read(sheet._worksheet_path)))


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
