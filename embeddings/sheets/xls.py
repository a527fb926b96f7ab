"""Workbooks of Excel before 2007, by xlrd."""

from __future__ import annotations

import io
from types import ModuleType
from typing import Any

from embeddings.packages.compound import ENCRYPTED, holds_encrypted
from embeddings.page.unreadable import UnreadableError
from embeddings.sheets.dates import BUILT_IN
from embeddings.sheets.shown import shown
from embeddings.sheets.workbook import Cell, Limits, Merged, Sheet, SheetReading

_DAMAGED = "文件已损坏，不是完整的 .xls；请用 Excel 或 WPS 打开后另存为 .xlsx。"


def read_xls(data: bytes, xlrd: ModuleType) -> list[Sheet]:
    """The sheets that are shown, formulas by their values as they were saved.

    Raises:
        UnreadableError: the file is encrypted, damaged or too large.
    """
    if holds_encrypted(data):
        raise UnreadableError(ENCRYPTED)
    try:
        # What the library says of odd files goes nowhere.
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
        limits = Limits()
        numbers = [number for number in range(book.nsheets) if not _is_hidden(book, number)]
        return [_sheet(book.sheet_by_index(number), book, limits, xlrd) for number in numbers]
    except UnreadableError:
        raise
    # Whatever stands in a file that only looks like a workbook: the library raises what it runs into.
    except Exception as error:
        encrypted = isinstance(error, xlrd.XLRDError) and "encrypted" in str(error)
        raise UnreadableError(ENCRYPTED if encrypted else _DAMAGED) from error


def _is_hidden(book: Any, number: int) -> bool:
    return bool(book.sheet_by_index(number).visibility)


def _sheet(sheet: Any, book: Any, limits: Limits, xlrd: ModuleType) -> Sheet:
    reading = SheetReading(sheet.name, limits)
    for number in range(sheet.nrows):
        limits.count_places(sheet.row_len(number))
        cells = ((column, _cell(cell, book, xlrd)) for column, cell in enumerate(sheet.row(number)))
        reading.add(number, {column: cell for column, cell in cells if cell is not None})
    merged = (Merged(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells)
    return reading.sheet(merged)


def _cell(cell: Any, book: Any, xlrd: ModuleType) -> Cell | None:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return shown(xlrd.error_text_from_code.get(cell.value, "#N/A"), "General")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value), "General")
    key = book.xf_list[cell.xf_index].format_key
    code = BUILT_IN.get(key) or book.format_map[key].format_str
    if cell.ctype != xlrd.XL_CELL_DATE:
        return shown(cell.value, code)
    try:
        return shown(xlrd.xldate.xldate_as_datetime(cell.value, book.datemode), code)
    except (OverflowError, ValueError):
        return shown(cell.value, "General")
