"""All records of an article, whatever form they have."""

from __future__ import annotations

from functools import lru_cache

from embeddings.records.clauses import clause_sets
from embeddings.records.lines import line_sets
from embeddings.records.names import name_sets
from embeddings.records.parts import part_sets
from embeddings.records.records import RecordSet
from embeddings.records.sections import across_sections
from embeddings.records.tables import table_sets
from embeddings.types import Article, Outline

_LABEL = 6
"""Characters of an enumerator and the blank behind it."""


@lru_cache(maxsize=64)
def read_records(article: Article, outline: Outline) -> tuple[RecordSet, ...]:
    """The sets of records in an article's body: tables first, then blocks and lines, parts of the outline, clauses.

    What the same lines make up in two forms is read in the first of them.
    """
    found: list[RecordSet] = [*table_sets(article), *line_sets(article)]
    for one in (*part_sets(article, outline), *clause_sets(article)):
        if not any(_is_read(one, other) for other in found):
            found.append(one)
    return (*across_sections(found), *name_sets(article))


def _is_read(one: RecordSet, other: RecordSet) -> bool:
    """Whether most records of a set begin where those of another do, label or no label."""
    begun = {record.span.start for record in other.records}
    same = sum(any(abs(record.span.start - start) <= _LABEL for start in begun) for record in one.records)
    return 2 * same > len(one.records)
