"""“北线是哪两个镇”: the rows that share the cells that a question says, where reading took a row of their table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from embeddings.folding import squeeze
from embeddings.records.records import Record, RecordSet
from qa.evidence.gathering import Evidence
from qa.items.asked import items_asked
from qa.items.found import ItemsFound
from qa.items.tables_read import tables_read
from qa.understanding.names import said_of
from qa.understanding.question import Question

_FROM = 3
"""The best sentences, one of which has to be a row of the table."""
_DENIED = re.compile("没|未|不|除|非|无(?!锡)|以外|之外|只|仅")
"""Asks for others than those that have the cell, or for less than all of them."""
_AND_MORE = re.compile("[及或]?以上(?:学历|文化程度)?$")
"""Behind what a cell asks for at least: who has just that meets it."""
_TELLING = re.compile(r"[^\W\d_]{2}")


def rows_alike(question: Question, found: Sequence[Evidence]) -> ItemsFound | None:
    """The rows, two at least, that have what the question says of a column; None where it asks for no list of them."""
    asked = items_asked(question.text)
    listed = question.kind == "list" or (asked is not None and asked.action == "list" and asked.several)
    bounded = asked is not None and bool(asked.comparisons)
    if not listed or bounded or _DENIED.search(question.text):
        return None
    for article, table in tables_read(found[:_FROM], totals=False):
        chosen, names, rules = _having(article.text, table, squeeze(question.text))
        if names and 1 < len(chosen) < len(table.records):
            return ItemsFound("list", article, table, chosen, (), rules, (), names, "")
    return None


def _having(text: str, table: RecordSet, asked: str) -> tuple[tuple[Record, ...], tuple[str, ...], tuple[str, ...]]:
    """The rows with the cells that are said, the columns of these, and the rules as a note puts them."""
    chosen = list(table.records)
    names: list[str] = []
    rules: list[str] = []
    for name in dict.fromkeys(field.name for row in table.records for field in row.fields):
        cells = {row: _cell(text, row, name) for row in table.records}
        said = said_of({cell for cell in cells.values() if _TELLING.search(cell)}, asked)
        if said and name:
            chosen = [row for row in chosen if cells[row] in said]
            names.append(name)
            rules.append(f"“{name}”为" + "、".join(f"“{one}”" for one in sorted(said)))
    return tuple(chosen), tuple(names), tuple(rules)


def _cell(text: str, row: Record, name: str) -> str:
    values = (text[field.value.start : field.value.end] for field in row.fields if field.name == name)
    return _AND_MORE.sub("", squeeze(next(values, "")))
