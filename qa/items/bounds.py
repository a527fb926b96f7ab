"""Which items are within the bounds that a question sets to their figures."""

from __future__ import annotations

from collections.abc import Sequence

from embeddings.records.records import RecordSet
from qa.items.asked import Comparison, ItemsAsked
from qa.items.figures import FigureColumn, figure_columns, meant_column
from qa.items.judged import Judged, Meets

_BEFORE_BOUND = 14
"""Characters before a bound that name the figure that it is set to."""


def bounds_met(asked: ItemsAsked, text: str, records: RecordSet) -> list[Judged] | None:
    """What the bounds of the question make of the records; None where it isn't clear which figures they are set to."""
    columns = figure_columns(text, records)
    judged = [_bound_met(asked, bound, columns, records) for bound in asked.comparisons]
    return None if None in judged else [one for one in judged if one]


def _bound_met(
    asked: ItemsAsked, bound: Comparison, columns: Sequence[FigureColumn], records: RecordSet
) -> Judged | None:
    before = asked.text[max(0, bound.span.start - _BEFORE_BOUND) : bound.span.start]
    unit = bound.figures[0].unit
    column = meant_column(before, columns, unit) or meant_column(asked.text, columns, unit)
    if column is None:
        return None
    figures = {record.name: figure for record, figure in column.figures}
    found = [figures.get(record.name) for record in records.records]
    meets: list[Meets] = [
        "unknown" if figure is None else "yes" if bound.holds(figure.value, column.scale) else "no" for figure in found
    ]
    values = tuple(figure.span if figure else None for figure in found)
    return Judged(tuple(meets), f"{column.spoken}{bound.words}", (bound.span,), values, True, column.name)
