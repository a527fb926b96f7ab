"""Items as lines of an answer: how many or what they come to, then each of them with its citation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from embeddings.records.records import Record
from embeddings.structure.tables import Row, rows_within
from embeddings.types import Article, Span
from qa.composing.citations import Statement, quote_of
from qa.composing.finding import Finding
from qa.composing.item_notes import items_note
from qa.composing.page_fields import head_of
from qa.composing.row_lines import row_line
from qa.items.found import ItemsFound

_MOST = 40
"""Items listed; of more, how many there are is said."""
_FEW = 5
"""Rows that are given whole however long they are."""
_LONGEST_ROW, _LONGEST_RECORD = 60, 160
"""Characters of a row or record that is given whole; of a longer one its name and what it was judged by."""


def answer_items(found: ItemsFound) -> Finding:
    """The items, each cited, and the rule that they were found by."""
    shown = [record for record, _ in found.terms] if found.action == "sum" else list(found.chosen[:_MOST])
    lines = list(_lines(found, shown))
    return Finding((*_first_lines(found), *lines), note=items_note(found, _MOST), computed=True)


def _lines(found: ItemsFound, shown: Sequence[Record]) -> Iterator[Statement]:
    """Each item, behind the heading that it stands under where there are several."""
    heading: Span | None = None
    for record in shown:
        if record.heading and record.heading != heading:
            heading = record.heading
            yield Statement(found.article, heading)
        yield from _record_lines(found, record)


def _first_lines(found: ItemsFound) -> list[Statement]:
    """What the article says itself, and what was counted or summed up where that is asked for."""
    article = found.article
    stated = [_stated_line(found)] if found.stated else []
    if found.action == "count":
        counted = f"{len(found.chosen)}"
        said = f"逐项数来，{'符合条件的' if found.rules else ''}共 {counted} {found.unit or '项'}。"
        return [*stated, Statement(article, _announcement(found), wording=said, computed=(counted,))]
    if found.action == "sum" and found.column:
        told = found.column.told(found.total)
        terms = [figure.said for _, figure in found.terms]
        said = f"{found.column.spoken}相加得 {told}（{'＋'.join(terms)}，按原文各项算出）。"
        if not (found.stated and found.stated.value == found.total):
            computed = (told, found.column.name, *terms)
            return [*stated, Statement(article, _announcement(found), wording=said, computed=computed)]
    return stated


def _stated_line(found: ItemsFound) -> Statement:
    span = found.stated.span if found.stated else _announcement(found)
    row = next((row for row in rows_within(found.article.text, span) if row.span == span), None)
    return row_line(found.article, row) if row else Statement(found.article, span)


def _announcement(found: ItemsFound) -> Span:
    """What stands before the items, as far as one line goes: the last line, or the title."""
    before = found.records.before
    said = quote_of(found.article, before).rstrip()
    if not said.strip():
        return head_of(found.article)
    start = before.start + said.rfind("\n") + 1
    return Span(start, before.start + len(said))


def _record_lines(found: ItemsFound, record: Record) -> list[Statement]:
    article = found.article
    if found.records.kind == "columns":
        return [_cell_line(article, record, value) for value in _values(found, record)]
    if found.records.kind == "rows":
        row = next(row for row in rows_within(article.text, record.span) if row.span == record.span)
        return [_row_line(found, record, row)]
    span = record.span
    if span.end - span.start <= _LONGEST_RECORD:
        return [Statement(article, span, indent=1)]
    named = [Statement(article, record.name, indent=1)]
    return [*named, *(Statement(article, value, indent=2) for value in _values(found, record))]


def _values(found: ItemsFound, record: Record) -> list[Span]:
    """What the record was judged, ordered or summed up by."""
    wanted = {*found.fields, *([found.column.name] if found.column else [])}
    return [field.value for field in record.fields if field.name in wanted]


def _row_line(found: ItemsFound, record: Record, row: Row) -> Statement:
    """The row, or of a long one or one of many the cells that matter."""
    whole = row_line(found.article, row, indent=1)
    if found.action != "sum" and (len(whole.wording) <= _LONGEST_ROW or len(found.chosen) <= _FEW):
        return whole
    kept = (record.name, *_values(found, record))
    return row_line(found.article, row, indent=1, cells=kept) if len(kept) > 1 else whole


def _cell_line(article: Article, record: Record, value: Span) -> Statement:
    """A cell behind the name of its column, cited by its row."""
    row = next(row for row in rows_within(article.text, record.span) if row.span.start <= value.start < row.span.end)
    name = quote_of(article, record.name)
    return Statement(article, row.span, 1, f"{name}：{quote_of(article, value)}", (name,))
