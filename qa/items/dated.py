"""Which items are of the year that a question names, by a column that says a year of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from embeddings.records.records import RecordSet
from embeddings.types import Span
from qa.claims.years import years_in
from qa.items.asked import ItemsAsked
from qa.items.candidates import SHORT_VALUE, TextColumn, text_columns
from qa.items.figures import said_of
from qa.items.judged import Judged, Meets

_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)年?(?:度|份)?(?P<side>以?[前后]|之[前后]|以来)?")


def years_met(asked: ItemsAsked, text: str, records: RecordSet) -> list[Judged]:
    """What a year of the question makes of the records, in the one column that tells them apart by years.

    Of several such columns the one whose name the question says.
    """
    said = list(_YEAR.finditer(asked.text))
    columns = list(_columns_of_years(text, records)) if len(said) == 1 else []
    named = [column for column in columns if said_of(asked.text, column.name)]
    if len(named or columns) != 1:
        return []
    column = (named or columns)[0]
    years = [_year_of(text, spans) for spans in column.values]
    meets: list[Meets] = ["unknown" if year is None else _holds(said[0], year) for year in years]
    if "yes" not in meets or "no" not in meets:
        return []
    values = tuple(spans[0] if spans else None for spans in column.values)
    rule = f"“{column.name}”{'为' if not said[0]['side'] else '在'}{said[0].group()}"
    return [Judged(tuple(meets), rule, (Span(*said[0].span()),), values, True, column.name)]


def _columns_of_years(text: str, records: RecordSet) -> Iterator[TextColumn]:
    """Those whose every value is a year or a date, of two years at least."""
    for column in text_columns(text, records):
        said = [text[span.start : span.end] for spans in column.values for span in spans]
        years = {year for value in said for year in years_in(value)}
        short = all(len(years_in(value)) == 1 and len(value) <= SHORT_VALUE for value in said)
        if column.name and len(years) > 1 and short:
            yield column


def _year_of(text: str, spans: Sequence[Span]) -> int | None:
    return next((int(year) for span in spans for year in years_in(text[span.start : span.end])), None)


def _holds(said: re.Match[str], year: int) -> Meets:
    wanted, side = int(said["year"]), said["side"] or ""
    if side.endswith("前"):
        return "yes" if year < wanted else "no"
    later = year >= wanted if side else year == wanted
    return "yes" if later else "no"
