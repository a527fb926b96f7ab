"""Which items are within the bounds that a question sets to their figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from embeddings.records.records import RecordSet
from embeddings.types import Span
from qa.items.asked import Comparison, ItemsAsked
from qa.items.figures import FigureColumn, figure_columns, implied_column, meant_column
from qa.items.judged import Judged, Meets

_BEFORE_BOUND = 14
"""Characters before a bound that name the figure that it is set to."""
_COUNT = re.compile(r"(?:人数|户数|件数|次数|个数|起数|数量|数)(?:[（(][^（）()]*[）)])?$")
"""What the name of a column adds to the thing that it counts."""
_FREE = re.compile("免费|不要钱|不收[费钱]|不用[交花掏]?钱|不花钱|不用交费")
_FEES = re.compile("费|价|票|租金")
_SHORTEST = 2
"""Characters of such a thing that a question says by no accident."""


def bounds_met(asked: ItemsAsked, text: str, records: RecordSet) -> list[Judged] | None:
    """What the bounds of the question make of the records; None where it isn't clear which figures they are set to."""
    columns = figure_columns(text, records)
    judged = [_bound_met(asked, bound, columns, records) for bound in asked.comparisons]
    if None in judged:
        return None
    return [*(one for one in judged if one), *_having(asked, columns, records), *_free(asked, columns, records)]


def _free(asked: ItemsAsked, columns: Sequence[FigureColumn], records: RecordSet) -> Iterator[Judged]:
    """“免费的”, “不要钱的”: of the one column of fees those that are 0, where both occur."""
    said = _FREE.search(asked.text)
    fees = [column for column in columns if _FEES.search(column.name)]
    if not said or len(fees) != 1:
        return
    figures = {record.name: figure for record, figure in fees[0].figures}
    values = [figures.get(record.name) for record in records.records]
    meets: list[Meets] = ["unknown" if f is None else "yes" if f.value == 0 else "no" for f in values]
    if "yes" in meets and "no" in meets:
        spans = tuple(figure.span if figure else None for figure in values)
        yield Judged(tuple(meets), f"{fees[0].spoken}为 0", (Span(*said.span()),), spans, True, fees[0].name)


def _having(asked: ItemsAsked, columns: Sequence[FigureColumn], records: RecordSet) -> Iterator[Judged]:
    """“有脱管人员的”, “没有投诉的”: what is counted in a column, more than none of it or none; where both occur."""
    for column in columns:
        core = _COUNT.sub("", column.name)
        if core == column.name or len(core) < _SHORTEST:
            continue
        said = re.search(rf"(?P<none>没|无)?有?{re.escape(core)}(?:人员|的人|情况|的)?", asked.text)
        figures = {record.name: figure for record, figure in column.figures}
        values = [figures.get(record.name) for record in records.records]
        occurs = {figure.value > 0 for figure in values if figure}
        if len(occurs) < 2 or not said or "有" not in said.group():
            continue
        none = bool(said["none"])
        meets: list[Meets] = ["unknown" if f is None else "yes" if (f.value > 0) != none else "no" for f in values]
        rule = f"{column.spoken}{'为 0' if none else '大于 0'}"
        spans = tuple(figure.span if figure else None for figure in values)
        yield Judged(tuple(meets), rule, (Span(*said.span()),), spans, True, column.name)


def _bound_met(
    asked: ItemsAsked, bound: Comparison, columns: Sequence[FigureColumn], records: RecordSet
) -> Judged | None:
    before = asked.text[max(0, bound.span.start - _BEFORE_BOUND) : bound.span.start]
    unit = bound.figures[0].unit
    column = meant_column(before, columns, unit) or meant_column(asked.text, columns, unit)
    column = column or implied_column(asked.text, columns)
    if column is None:
        return None
    figures = {record.name: figure for record, figure in column.figures}
    found = [figures.get(record.name) for record in records.records]
    meets: list[Meets] = [
        "unknown" if figure is None else "yes" if bound.holds(figure.value, column.scale) else "no" for figure in found
    ]
    values = tuple(figure.span if figure else None for figure in found)
    return Judged(tuple(meets), f"{column.spoken}{bound.words}", (bound.span,), values, True, column.name)
