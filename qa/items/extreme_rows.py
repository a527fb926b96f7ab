"""“哪个镇最多”: the rows with the largest or smallest figures, where reading took a row of that table for an answer."""

from __future__ import annotations

from collections.abc import Sequence

from qa.evidence.gathering import Evidence
from qa.items.asked import extreme_asked
from qa.items.figures import figure_columns, is_ordered_by, ordering_column, rank_column
from qa.items.found import ItemsFound, with_extremes
from qa.items.tables_read import tables_read
from qa.understanding.question import Question

_FROM = 5
"""The best sentences, one of which has to be a row of the table."""


def extreme_rows(question: Question, found: Sequence[Evidence]) -> ItemsFound | None:
    """The rows that have most or least, whatever else the question says; None where no one column is meant."""
    action = extreme_asked(question.text)
    if action is None:
        return None
    for article, table in tables_read(found[:_FROM], totals=True):
        columns = figure_columns(article.text, table)
        column = ordering_column(question.text, columns)
        ranks = rank_column(question.text, article.text, table)
        # The last has the largest rank.
        way = action if ranks is None else "most" if action == "least" else "least"
        column = ranks or column
        rows = ItemsFound(way, article, table, table.records, (), (), (), (), "", column)
        if column and is_ordered_by(question.text, column) and (extreme := with_extremes(rows, 1)):
            return extreme
    return None
