"""The tables of which reading took a row for an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from embeddings.records.records import RecordSet
from embeddings.records.tables import table_sets
from embeddings.types import Article
from qa.evidence.gathering import Evidence


def tables_read(found: Sequence[Evidence], totals: bool) -> Iterator[tuple[Article, RecordSet]]:
    """The tables that have one of these sentences as a row, as records by row; `totals`: or as a row that sums up."""
    for evidence in found:
        for table in table_sets(evidence.article):
            rows = (*table.records, *table.totals) if totals else table.records
            if table.kind == "rows" and evidence.span in {row.span for row in rows}:
                yield evidence.article, table
