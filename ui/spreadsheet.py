"""Tables as CSV that a spreadsheet opens as they are meant: in UTF-8, with no cell computed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet takes a cell that begins so for, in half and full width."""


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str]], stream: TextIO) -> None:
    """Write a header and rows as CSV with a byte order mark, which Excel tells UTF-8 by.

    No cell is a formula: one that a spreadsheet would compute gets an apostrophe in front.
    """
    stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_inert(cell) for cell in row] for row in rows)


def _inert(cell: str) -> str:
    """The cell with an apostrophe in front where a spreadsheet would compute it."""
    # A spreadsheet drops the blanks, tabs and line breaks in front before it looks.
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell[:1] in ("\t", "\r") else cell
