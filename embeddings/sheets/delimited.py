"""Tables saved as text, a line a row, with commas, tabs or semicolons between the cells (RFC 4180)."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice

from embeddings.page.unreadable import UnreadableError
from embeddings.sheets.workbook import Cell, Limits, Sheet, SheetReading

_DELIMITERS = (",", "\t", ";")
_LOOKED_AT = 50
"""Rows that tell which of them separates the cells."""
_FIGURE = re.compile(
    r"[-+]?[¥￥$]?\s?\d[\d,]*(?:\.\d+)?\s?[%‰]?|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?: \d{1,2}:\d\d.*)?"
)


def read_delimited(text: str) -> list[Sheet]:
    """The one sheet that a text is, its cells as they are written.

    Raises:
        UnreadableError: it is too large, or a quotation mark opens a cell that nothing closes.
    """
    reading = SheetReading("", limits := Limits())
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for number, row in enumerate(rows):
            limits.count_places(len(row))
            reading.add(number, {column: _cell(said.strip()) for column, said in enumerate(row) if said.strip()})
    except csv.Error as error:
        raise UnreadableError(
            f"第 {rows.line_num} 行读不下去，多半是引号没有成对；请用 Excel 或 WPS 打开后另存为 .xlsx。"
        ) from error
    return [reading.sheet(())]


def _cell(said: str) -> Cell:
    return Cell(said, _FIGURE.fullmatch(said) is not None)


def _delimiter(text: str) -> str:
    """The one that parts most rows into as many cells, several; of equals the first."""
    return max(_DELIMITERS, key=lambda delimiter: _agreeing(text, delimiter))


def _agreeing(text: str, delimiter: str) -> int:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = [len(row) for row in islice(rows, _LOOKED_AT) if len(row) > 1]
    except csv.Error:
        # Whoever reads the rows in earnest comes to the same place and says where it is.
        return 0
    return max(map(widths.count, widths), default=0)
