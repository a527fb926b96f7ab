"""The tables of which reading took a row for an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from embeddings.records.records import RecordSet
from embeddings.records.tables import table_sets
from embeddings.structure.sentences import is_row
from embeddings.types import Article
from qa.evidence.gathering import Evidence


def tables_read(found: Sequence[Evidence], totals: bool) -> Iterator[tuple[Article, RecordSet]]:
    """The tables that have one of these sentences as a row, as records by row; `totals`: or as a row that sums up.

    Or that have it as the row of the names of their columns.
    """
    for evidence in found:
        text, span = evidence.article.text, evidence.span
        for table in table_sets(evidence.article):
            rows = (*table.records, *table.totals) if totals else table.records
            own = span in {row.span for row in rows}
            heads = is_row(text, span) and not own and table.before.start <= span.start < table.records[0].span.start
            if table.kind == "rows" and (own or heads):
                yield evidence.article, table
