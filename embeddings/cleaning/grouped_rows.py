"""Rows of tables whose first cell is left empty because the row above says it of them too."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SUMS_UP = re.compile(r"[合总小共]\s*计|平均")
_SEVERAL = 2
"""Cells left empty at least; the names above them, and that of the column, are more."""


def filled_down(rows: Sequence[str]) -> list[str]:
    """The rows of a table, cells between tabs, the first cell repeated where it is left empty below one that is not.

    So are those of cells that span rows in pages. Several are left empty, below several that are not, and nothing else
    of such a row is missing.
    """
    cells = [row.split("\t") for row in rows]
    empty = [not row[0].strip() for row in cells]
    said = {row[0] for row, is_empty in zip(cells, empty, strict=True) if not is_empty}
    if sum(empty) < _SEVERAL or len(said) <= _SEVERAL or empty[0]:
        return list(rows)
    filled: list[str] = []
    above = ""
    for row, is_empty in zip(cells, empty, strict=True):
        fills = is_empty and len(row) > 1 and all(cell.strip() for cell in row[1:]) and not _SUMS_UP.search(row[1])
        filled.append("\t".join([above, *row[1:]] if fills else row))
        above = above if is_empty else row[0]
    return filled
