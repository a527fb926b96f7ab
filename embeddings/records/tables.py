"""Tables as records: each row under the name in its first telling cell; each column where rows are what is measured."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from embeddings.records.records import Field, Record, RecordSet
from embeddings.structure.sentences import paragraphs
from embeddings.structure.tables import Row, tables_within
from embeddings.types import Article, Span

TOGETHER = re.compile(r"[合总小共]\s*计|平均|^(?:总[数体额]|累计|均值|全[县市区镇乡村省国校院厂年])")
"""What a row that sums up others is called."""
_SERIAL = re.compile(r"^(?:序号|编号|序|号|No\.?|№)$", re.IGNORECASE)
_DIGITS = re.compile(r"[\d０-９]+[.．、]?")
_FIGURE = re.compile(r"[-+]?\d[\d,，.]*\s*[^\W\d_]{0,4}[%％‰]?")
_LEAST_ROWS, _LEAST_COLUMNS = 2, 2
_BEFORE = 2
"""Lines before a table that may announce it."""


def table_sets(article: Article) -> Iterator[RecordSet]:
    """The tables of an article's body whose columns are named."""
    text = article.text
    for table in tables_within(text, Span(article.body_start, article.body_end)):
        named = [row for row in table if any(row.columns)]
        if len(named) < _LEAST_ROWS or max(len(row.cells) for row in named) < _LEAST_COLUMNS:
            continue
        before = _before(article, table[0].span.start)
        yield from _of_rows(text, named, before)
        yield from _of_columns(text, named, before)


def _before(article: Article, start: int) -> Span:
    lines = list(paragraphs(article.text[:start], article.body_start))
    return Span(lines[-_BEFORE:][0].start, start) if lines else Span(start, start)


def _of_rows(text: str, rows: Sequence[Row], before: Span) -> Iterator[RecordSet]:
    place = _naming_place(text, rows)
    records: list[Record] = []
    totals: list[Record] = []
    for row in rows:
        if place >= len(row.cells) or not _said(text, row.cells[place]):
            continue
        fields = tuple(
            Field(_names(text, names), cell)
            for n, (cell, names) in enumerate(zip(row.cells, row.columns, strict=True))
            if n != place and _said(text, cell)
        )
        record = Record(row.span, row.cells[place], fields)
        together = any(TOGETHER.search(_said(text, cell)) for cell in row.cells[: place + 1])
        (totals if together else records).append(record)
    if len(records) >= _LEAST_ROWS:
        yield RecordSet("rows", before, tuple(records), _names(text, rows[0].columns[place]), tuple(totals))


def _of_columns(text: str, rows: Sequence[Row], before: Span) -> Iterator[RecordSet]:
    """Each column as a record, where all of its cells are figures: “指标 | 一季度 | 二季度”."""
    width = min(len(row.cells) for row in rows)
    figures = [n for n in range(1, width) if all(_FIGURE.fullmatch(_said(text, row.cells[n])) for row in rows)]
    # Cells of one row share a unit, not those of one column: its rows measure different things.
    if len(figures) != width - 1 or width <= _LEAST_COLUMNS or any(not row.columns[n] for row in rows for n in figures):
        return
    records: list[Record] = []
    totals: list[Record] = []
    for n in figures:
        head = rows[0].columns[n][0]
        fields = tuple(Field(_said(text, row.cells[0]), row.cells[n]) for row in rows)
        record = Record(Span(rows[0].span.start, rows[-1].span.end), head, fields)
        (totals if TOGETHER.search(_said(text, head)) else records).append(record)
    if len(records) >= _LEAST_COLUMNS:
        yield RecordSet("columns", before, tuple(records), "", tuple(totals))


def _naming_place(text: str, rows: Sequence[Row]) -> int:
    """The column whose cells name the rows: the first that is no serial number and tells them apart, else the first."""
    width = max(len(row.cells) for row in rows)
    telling = [n for n in range(width) if not _is_serial(text, rows, n)]
    for n in telling:
        said = [_said(text, row.cells[n]) for row in rows if n < len(row.cells) and _said(text, row.cells[n])]
        if len(set(said)) == len(said) == len(rows) and not all(_FIGURE.fullmatch(one) for one in said):
            return n
    return telling[0] if telling else 0


def _is_serial(text: str, rows: Sequence[Row], place: int) -> bool:
    if place >= len(rows[0].columns):
        return False
    cells = [_said(text, row.cells[place]) for row in rows if place < len(row.cells)]
    numbered = all(_DIGITS.fullmatch(cell) or not cell or TOGETHER.search(cell) for cell in cells)
    return numbered and bool(_SERIAL.match(_names(text, rows[0].columns[place])))


def _names(text: str, names: Sequence[Span]) -> str:
    return " ".join(text[one.start : one.end] for one in names)


def _said(text: str, span: Span) -> str:
    return text[span.start : span.end].strip()
