"""A cell's value and its format -> what the sheet shows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from embeddings.packages.number_formats import shown_number, shown_text
from embeddings.sheets.dates import shown_date
from embeddings.sheets.workbook import Cell


def shown(value: object, code: str) -> Cell | None:
    """The cell that shows this value in this format; None for one that shows nothing."""
    if isinstance(value, bool):
        text, figure = str(value).upper(), False
    elif isinstance(value, (int, float)):
        text, figure = shown_number(value, code), True
    elif isinstance(value, (datetime, date, time, timedelta)):
        text, figure = shown_date(value, code), True
    else:
        text, figure = shown_text(str(value), code), False
    return Cell(text, figure) if text.strip() else None
