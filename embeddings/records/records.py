"""Records: rows of a table, numbered parts, lines and blocks of one form, with their fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from embeddings.types import Span

RecordKind = Literal["rows", "columns", "parts", "lines", "blocks", "clauses", "names"]
"""Rows of a table; its columns, where its rows are what is measured; parts of the outline; lines of one form; blocks of
“名称：…” lines; parts of a sentence that semicolons separate; names that a sentence lists."""
HEADING = "小标题"
"""The name of the field that holds what a record stands under."""


@dataclass(frozen=True, slots=True)
class Field:
    """What is said of a record under one name."""

    name: str
    """As written (目前状态, 受理量（件）); empty where nothing names it."""
    value: Span


@dataclass(frozen=True, slots=True)
class Record:
    """One item."""

    span: Span
    """All of it that is shown and cited."""
    name: Span
    """What it is called."""
    fields: tuple[Field, ...]
    heading: Span | None = None
    """The heading above it, where the items stand under several."""


@dataclass(frozen=True, slots=True)
class RecordSet:
    """Items of one form, in the order of the text."""

    kind: RecordKind
    before: Span
    """The text that announces them: from the beginning of their section, or of the lines that lead to them; may be
    empty."""
    records: tuple[Record, ...]
    head: str = ""
    """What the records are called all together where a column or key says it (乡镇, 企业名称)."""
    totals: tuple[Record, ...] = ()
    """Rows of the table that sum up others."""

    @property
    def span(self) -> Span:
        """From the first record to the end of the last."""
        return Span(self.records[0].span.start, max(record.span.end for record in self.records))
