"""Tables in an article's text: its rows are lines whose cells tabs separate, under rows that name the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, pairwise

from embeddings.structure.enumerators import enumerator_end
from embeddings.structure.sentences import CELL, is_row, paragraphs
from embeddings.types import Span

__all__ = ["CELL", "Row", "is_row", "rows_within", "tables_within"]

_FIGURE = re.compile(r"\d(?!\d{3}年?度?$|\d?月份?$|月份?$|季度$)")
"""A figure, but not a year, month or quarter, which names a column."""
_AGE = r"[\d—–~～至到-]+周?岁"
_AMOUNT = re.compile(
    rf"(?!(?:19|20)\d\d(?:年|$)|\d{{1,2}}月|第?\d季|{_AGE})[-+−]?\d[\d,，.—-]*\s*[^\W\d_]{{0,3}}[%％‰]?"
)
"""A figure with its unit, or a telephone number, and no year, month, quarter or age."""
_VALUE = re.compile("[，。；：“]")
_LONG_VALUE = 14
"""Characters of a cell beside another that are too many for what a column is called."""
_MOST_NAMING = 3
"""Rows that may name the columns."""
_LONGEST_CAPTION = 40
_UNIT = re.compile(r"[（(]?\s*(?:计量)?单位\s*[:：]")
"""A line that says the unit of a table stands between its caption and its rows."""
_NO_CAPTION = re.compile(
    r"^(?:索[取引]号|.{0,2}文号|编号|来源|.{0,4}(?:时间|日期)|.{0,4}编辑|作者|浏览.{0,2})\s*[:：]|[。！？；：，!?;:,]$|\d{1,2}\s*[日号]$|\d{4}-\d{1,2}-\d{1,2}$"
)
"""A sentence, what announces more than the table, and a line that ends in a date."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    span: Span
    cells: tuple[Span, ...]
    columns: tuple[tuple[Span, ...], ...]
    """For each cell where its column is named: in one cell, or in several where names stand above names; empty where
    nothing names it, as of the row of names itself."""
    caption: tuple[Span, ...] = ()
    """The short lines above its table that say what of it is, and in which unit."""


def rows_within(text: str, within: Span) -> tuple[Row, ...]:
    """The table rows in a stretch of the text, with the names of their columns, wherever those stand.

    Of a row that lies in it in part, that part.
    """
    return tuple(_rows(text, within))


def tables_within(text: str, within: Span) -> tuple[tuple[Row, ...], ...]:
    """The tables that stand in a stretch of the text, each with all of its rows, those that name columns among them."""
    tables: list[list[Row]] = []
    for row in rows_within(text, within):
        if tables and row.span.start - tables[-1][-1].span.end <= 1:
            tables[-1].append(row)
        else:
            tables.append([row])
    return tuple(map(tuple, tables))


def _rows(text: str, within: Span) -> Iterator[Row]:
    start = text.rfind("\n", 0, within.start) + 1
    lines = paragraphs(text[: within.end], start)
    for tabular, run in groupby(lines, key=lambda line: is_row(text, line)):
        if tabular:
            yield from _table(text, list(run), within)


def _table(text: str, lines: Sequence[Span], within: Span) -> Iterator[Row]:
    head = _head(text, lines[0].start)
    naming = _naming(text, head)
    stop = head[naming - 1][-1].end if naming else 0
    names = [_said(text, cells) for cells in head[:naming]]
    columns: list[tuple[Span, ...]] = []
    caption = _caption(text, text.rfind("\n", 0, head[0][0].start) + 1)
    for line in lines:
        cells = _cells(text, line)
        # Where a page ends in a table its names are said again.
        named = line.start > stop and _said(text, cells) not in names
        while named and len(columns) < len(cells):
            columns.append(tuple(dict.fromkeys(_named(text, head[:naming], len(columns)))))
        begin = max(line.start, within.start)
        first = text.count(CELL, line.start, begin)
        part = [Span(max(cell.start, begin), max(cell.end, begin)) for cell in cells[first:]]
        names_of = tuple(columns[first : len(cells)]) if named else ((),) * len(part)
        yield Row(Span(begin, line.end), tuple(part), names_of, caption)


def _caption(text: str, start: int) -> tuple[Span, ...]:
    """The line above a table, and of one that says its unit the line above that too; none that is no caption."""
    found: list[Span] = []
    while start and (not found or (len(found) == 1 and _UNIT.match(text, found[0].start))):
        end = start - 1
        start = text.rfind("\n", 0, end) + 1
        line = Span(end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip()))
        said = text[line.start : line.end]
        if not said or len(said) > _LONGEST_CAPTION or CELL in said or not start or _NO_CAPTION.search(said):
            break
        if enumerator_end(text, line) > line.start:
            break  # a heading: what stands below it says it of itself
        found.insert(0, line)
    return tuple(found)


def _head(text: str, start: int) -> list[list[Span]]:
    """The cells of the first rows of the table with a row that starts here: those that may name columns, and one."""
    while start and is_row(text, above := _line_before(text, start)):
        start = above.start
    return [_cells(text, line) for line in islice(_following_rows(text, start), _MOST_NAMING + 1)]


def _line_before(text: str, start: int) -> Span:
    return Span(text.rfind("\n", 0, start - 1) + 1, start - 1)


def _following_rows(text: str, start: int) -> Iterator[Span]:
    """The rows from here on, up to a line that is none."""
    while start < len(text):
        end = text.find("\n", start)
        line = Span(start, len(text) if end < 0 else end)
        if not is_row(text, line):
            return
        yield line
        start = line.end + 1


def _cells(text: str, line: Span) -> list[Span]:
    cells, at = [], line.start
    for cell in text[line.start : line.end].split(CELL):
        left = at + len(cell) - len(cell.lstrip())
        cells.append(Span(left, max(left, at + len(cell.rstrip()))))
        at += len(cell) + 1
    return cells


def _said(text: str, cells: Sequence[Span]) -> list[str]:
    return [text[cell.start : cell.end] for cell in cells]


def _naming(text: str, table: Sequence[Sequence[Span]]) -> int:
    """How many rows at the top name columns: none of a single row or where the first row already holds values.

    Else the first and those sharing its spanning cells.

    Where a name spans several columns or rows, its cell is repeated: a row of names that repeats one is followed by
    another.
    """
    if len(table) < 2 or len(table[0]) < 2 or _holds_values(text, table):
        return 0
    count = 1
    while count < min(_MOST_NAMING, len(table) - 1):
        above = [text[cell.start : cell.end] for cell in table[count - 1]]
        below = [text[cell.start : cell.end] for cell in table[count]]
        spans_columns = any(one and one == other for one, other in pairwise(above))
        spans_rows = any(one and one == other for one, other in zip(above, below, strict=False))
        if not (spans_columns or spans_rows) or any(_FIGURE.match(cell) for cell in below[1:]):
            break
        count += 1
    return count


def _holds_values(text: str, table: Sequence[Sequence[Span]]) -> bool:
    """Whether the first row names nothing: of two columns the first names what the second says (办结时限 | 30天)."""
    first, *others = _said(text, table[0])
    if all(len(row) == 2 for row in table):
        return bool(_AMOUNT.match(others[0]) or _VALUE.search(others[0]) or len(others[0]) >= _LONG_VALUE)
    figures = sum(_AMOUNT.fullmatch(cell) is not None for cell in others)
    return 2 * figures > len(others) and not _AMOUNT.match(first)


def _named(text: str, names: Sequence[Sequence[Span]], place: int) -> Iterator[Span]:
    """The names above a cell, each text once."""
    said: set[str] = set()
    for row in names:
        if place < len(row) and (name := text[row[place].start : row[place].end]) and name not in said:
            said.add(name)
            yield row[place]
