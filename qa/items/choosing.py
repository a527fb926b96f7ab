"""Which items answer a question: of a structure in an article that reading found, every word of the question read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from embeddings.folding import squeeze
from embeddings.records.reading import read_records
from embeddings.records.records import Record, RecordSet
from embeddings.snapshot.snapshot import Snapshot
from embeddings.types import Article, Span
from qa.claims.quantities import quantities
from qa.claims.years import years_in
from qa.evidence.fit import names_another
from qa.evidence.gathering import Evidence
from qa.evidence.subject import is_of_place
from qa.items.asked import COUNTED, MEASURES, ItemsAsked, items_asked
from qa.items.bounds import bounds_met
from qa.items.conditions import states_met
from qa.items.context import Surroundings, surroundings_of, topic_of, unexplained, unread_amounts, with_keys
from qa.items.dated import years_met
from qa.items.figures import (
    FigureColumn,
    figure_columns,
    is_ordered_by,
    meant_column,
    ordering_column,
    said_of,
    unit_of,
)
from qa.items.found import ItemsFound, Unjudged, with_extremes
from qa.items.judged import Judged
from qa.items.meant import are_meant, most_are_named
from qa.items.stated import stated_count, stated_sum
from qa.items.targets import targets_met
from qa.understanding.question import Question

_ARTICLES = 4
"""Articles of the best sentences whose structures are looked through."""
_LONGEST_RECORD = 220
"""Characters of the median record; what is longer is prose under a heading."""
_LEAST_TOPIC = 3
"""Characters of the question that say what its items are, for an article that does not come first."""
_GENERAL = re.compile(r"项目|单位|企业|部门|工程|问题|任务|工作")
_MOST_UNJUDGED = 0.5
"""Share of the items that may be left unjudged."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """How one set of records answers."""

    found: ItemsFound
    weight: float
    """How surely it is this set that is meant."""


def find_items(question: Question, found: Sequence[Evidence], snapshot: Snapshot) -> ItemsFound | None:
    """The items asked for, or None where no structure found is surely meant or a word of the question stays unread."""
    asked = items_asked(question.text)
    if asked is None or question.kind in ("corpus", "metadata"):
        return None
    articles = list(dict.fromkeys(evidence.article for evidence in found))[:_ARTICLES]
    for place, article in enumerate(articles):
        titled = all(squeeze(title) in squeeze(article.title) for title in question.titles)
        if not titled or names_another(question, article) or not is_of_place(article, question):
            continue
        attempts = list(_attempts(question, asked, article, place == 0, snapshot))
        if attempts:
            return _surest(attempts)
    return None


def _surest(attempts: Sequence[_Attempt]) -> ItemsFound | None:
    """The best attempt; None where another that is as good comes to other items."""
    best = max(attempts, key=lambda attempt: attempt.weight)
    equal = [one for one in attempts if one.weight == best.weight and one is not best]
    return None if any(one.found.chosen != best.found.chosen for one in equal) else best.found


def _attempts(
    question: Question, asked: ItemsAsked, article: Article, best: bool, snapshot: Snapshot
) -> Iterator[_Attempt]:
    outline = snapshot.corpus.outline(article.id)
    for records in read_records(article, outline):
        lengths = [record.span.end - record.span.start for record in records.records]
        if records.kind not in ("rows", "columns") and median(lengths) > _LONGEST_RECORD:
            continue
        by = surroundings_of(article, outline, records)
        if attempt := _attempt(question, asked, article, records, by, best):
            yield attempt


def _attempt(
    question: Question, asked: ItemsAsked, article: Article, records: RecordSet, by: Surroundings, best: bool
) -> _Attempt | None:
    bounds = bounds_met(asked, article.text, records)
    states = states_met(asked, article.text, records, by.all)
    if bounds is None or states is None:
        return None
    named = any(not name.isdigit() for name in question.names)
    if named and question.count not in (None, len(records.records)):
        return None
    text = article.text
    judged = [*bounds, *states, *years_met(asked, text, records), *targets_met(asked, text, records)]
    chosen, unjudged = _sorted_out(article, records, judged)
    if not chosen or len(unjudged) > _MOST_UNJUDGED * len(records.records):
        return None
    found = ItemsFound(
        action=asked.action,
        article=article,
        records=records,
        chosen=chosen,
        unjudged=unjudged,
        rules=tuple(one.rule for one in judged),
        states=tuple((one.state, one.denied) for one in judged if one.state),
        fields=tuple(dict.fromkeys(one.field for one in judged if one.field)),
        unit=asked.unit,
    )
    done = _done(asked, found, judged)
    if done is None or not _is_read(question, asked, done, judged, by, best):
        return None
    return _Attempt(done, _weight(asked, done, judged))


def _is_read(
    question: Question, asked: ItemsAsked, found: ItemsFound, judged: Sequence[Judged], by: Surroundings, best: bool
) -> bool:
    """Whether every word of the question asks, is part of a condition, or says what the items are."""
    covered = [*asked.words, *(span for one in judged for span in one.covered)]
    # “17个项目总投资一共多少”, of seventeen.
    all_of = (one for one in quantities(asked.text) if one.value == len(found.records.records))
    covered += [Span(one.start, one.end) for one in all_of]
    keys = [*found.fields, *([found.column.name] if found.column else [])]
    keys += [asked.noun] if most_are_named(asked.noun, found) else []
    about = with_keys(by.all if judged else by.near, keys)
    if unread_amounts(asked.text, covered) or unexplained(asked.text, covered, about):
        return False
    said = {year for one in judged for year in years_in(" ".join((*_values(found.article, one), one.field)))}
    if not said.union(years_in(by.near)).issuperset(question.years) or not are_meant(asked, found, judged, by):
        return False
    return best or len(_GENERAL.sub("", topic_of(asked.text, covered))) >= _LEAST_TOPIC


def _values(article: Article, judged: Judged) -> Iterator[str]:
    return (article.text[value.start : value.end] for value in judged.values if value)


def _sorted_out(
    article: Article, records: RecordSet, judged: Sequence[Judged]
) -> tuple[tuple[Record, ...], tuple[Unjudged, ...]]:
    """Those that meet all conditions, and those of which that can't be said."""
    chosen: list[Record] = []
    unjudged: list[Unjudged] = []
    for n, record in enumerate(records.records):
        meets = [one.meets[n] for one in judged]
        if all(one == "yes" for one in meets):
            chosen.append(record)
        elif "no" not in meets:
            value = next((one.values[n] for one in judged if one.meets[n] == "unknown"), None)
            unjudged.append(Unjudged(record, article.text[value.start : value.end] if value else ""))
    return tuple(chosen), tuple(unjudged)


def _done(asked: ItemsAsked, found: ItemsFound, judged: Sequence[Judged]) -> ItemsFound | None:
    """What is asked of the items that were chosen, done; None where it can't be done surely."""
    if asked.action in ("most", "least"):
        return _ordered(asked, found)
    if asked.action == "first":
        return replace(found, chosen=found.chosen[: asked.number]) if asked.number else None
    column = _summed(asked, found)
    if asked.action == "sum" and (column or not asked.unit):
        if column is None:
            return None
        summed = replace(found, column=column)
        return replace(summed, stated=stated_sum(summed)) if len(summed.terms) > 1 else None
    if (found.records.kind == "columns" and not judged) or _asks_a_value(asked, found, judged):
        return None
    if asked.action == "list":
        return None if any(_is_name(found, one) for one in judged) else found
    if asked.unit not in COUNTED or _states_the_unit(asked, found):
        return None
    counted = replace(found, action="count")
    return replace(counted, stated=stated_count(asked, counted))


def _states_the_unit(asked: ItemsAsked, found: ItemsFound) -> bool:
    """Whether most items say themselves how many they have (红色库9座): it is not they that are counted."""
    if asked.unit in ("个", "项") or found.records.kind in ("rows", "columns"):
        return False
    text, records = found.article.text, found.records.records
    said = [quantities(text[record.span.start : record.span.end]) for record in records]
    return 2 * sum(any(one.unit == asked.unit for one in each) for each in said) > len(records)


def _ordered(asked: ItemsAsked, found: ItemsFound) -> ItemsFound | None:
    """The items with the largest or smallest figures."""
    columns = figure_columns(found.article.text, found.records)
    column = ordering_column(asked.text, columns)
    if column is None or not is_ordered_by(asked.text, column):
        return None
    return with_extremes(replace(found, column=column), asked.number or 1)


def _summed(asked: ItemsAsked, found: ItemsFound) -> FigureColumn | None:
    """The column of figures that the question asks the sum of."""
    columns = [column for column in figure_columns(found.article.text, found.records) if column.sums_up]
    unit = "" if asked.unit in MEASURES and not any(column.unit == asked.unit for column in columns) else asked.unit
    column = meant_column(asked.text, columns, re.sub("^[万亿]", "", unit))
    if column is None and unit:
        column = next((one for one in columns if one.counts_only and one.unit == unit), None)
    return column if column and (column.counts_only or said_of(asked.text, column.name)) else None


def _asks_a_value(asked: ItemsAsked, found: ItemsFound, judged: Sequence[Judged]) -> bool:
    """Whether “多少件” asks for a figure that an item states, and not for how many items there are."""
    if asked.action == "list":
        return False
    records = found.records.records
    text = found.article.text
    names = {field.name for record in records for field in record.fields}
    names |= {text[record.name.start : record.name.end] for record in records}
    names -= {one.field for one in judged}
    own = any(unit_of(name) == asked.unit and said_of(asked.text, name) for name in names)
    return own or (len(judged) == 1 and judged[0].of_names)


def _is_name(found: ItemsFound, judged: Judged) -> bool:
    """Whether what was taken for a condition is all that one item is called: then it is that one that is asked of."""
    text = found.article.text
    names = {squeeze(text[record.name.start : record.name.end]) for record in found.records.records}
    return judged.of_names and judged.state in names


def _weight(asked: ItemsAsked, found: ItemsFound, judged: Sequence[Judged]) -> float:
    """Conditions in fields that the question names, words of the question right where the items are announced."""
    text = found.article.text
    own = " ".join((text[found.records.before.start : found.records.before.end], found.records.head, *found.fields))
    named = sum(one.named for one in judged) + bool(found.column and said_of(asked.text, found.column.name))
    return named - len(unexplained(asked.text, (), squeeze(own))) / 100
