"""What an article itself says of how many items there are, or of what their figures come to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from embeddings.folding import squeeze
from embeddings.records.records import Record
from embeddings.structure.sentences import clauses, is_row, sentences
from embeddings.types import Span
from qa.claims.measures import COUNTS_THINGS, same_unit
from qa.claims.quantities import Quantity, quantities
from qa.items.asked import MEASURES, ItemsAsked
from qa.items.figures import figure_in, said_of
from qa.items.found import ItemsFound, Stated
from qa.items.states import stance, words_for

_ALL = re.compile(r"共|总|合计|累计|全[年省市县区镇乡]|[上下]半年|安排|列入|排定|下列|以下")
_TELLS = re.compile(r"[已均都有未不的]|全部|尚|其中")
"""Between a number and a state where the one counts what is in the other, and not “三个验收组”."""
_TIMES = frozenset("年月天季周")
_NEAR = 8
"""Characters between a number and what it counts."""


def stated_count(asked: ItemsAsked, found: ItemsFound) -> Stated | None:
    """The sentence that says how many items meet the conditions; None where none does, or several differ."""
    if len(found.rules) > 1 or len(found.states) != len(found.rules):
        return None
    said = [(span, value) for span in _sentences(found) for value in _counts_in(found.article.text, span, asked, found)]
    values = {value for _, value in said}
    agreeing = [pair for pair in said if pair[1] == len(found.chosen)]
    if not said or (len(values) > 1 and not agreeing):
        return None
    span, value = (agreeing or said)[0]
    return Stated(span, value)


def _sentences(found: ItemsFound) -> Iterator[Span]:
    """The sentences of the article outside its items."""
    article, items = found.article, found.records.span
    for span in sentences(article.text, Span(0, article.body_end)):
        if not is_row(article.text, span) and (span.end <= items.start or span.start >= items.end):
            yield span


def _counts_in(text: str, sentence: Span, asked: ItemsAsked, found: ItemsFound) -> Iterator[Decimal]:
    for clause in clauses(text, sentence):
        said = text[clause.start : clause.end]
        counts = [one for one in quantities(said) if _counts_things(one) and not one.bound]
        if found.rules:
            yield from _by_state(said, counts, found)
        else:
            leads = sentence.end <= found.records.span.start
            yield from (one.value for one in counts if _counts_items(said, one, asked, found, leads))


def _counts_things(one: Quantity) -> bool:
    return one.unit not in _TIMES and (one.unit in COUNTS_THINGS or (one.unit != "" and one.unit in MEASURES))


def _by_state(said: str, counts: Sequence[Quantity], found: ItemsFound) -> Iterator[Decimal]:
    """The number that stands nearest to the words of the condition: “已有5个上报”, “未开工的4个”."""
    for state, denied in found.states:
        places = [said.find(word) for word in words_for(state) if word in said]
        if places and counts and stance(said, state) == ("denies" if denied else "says"):
            near = min(counts, key=lambda one: _distance(one, places[0]))
            told = said[max(0, min(near.start - 3, places[0] - 2)) : max(near.end, places[0])]
            if _distance(near, places[0]) <= _NEAR and _TELLS.search(told):
                yield near.value


def _distance(one: Quantity, place: int) -> int:
    return min(abs(one.end - place), abs(one.start - place))


def _counts_items(said: str, one: Quantity, asked: ItemsAsked, found: ItemsFound, leads: bool) -> bool:
    """Whether a number counts what the question does: “17个重点项目”, “项目共17个”.

    What `leads` to the items counts them with no word for all.
    """
    behind, before = said[one.end : one.end + _NEAR], said[max(0, one.start - _NEAR) : one.start]
    near = any(noun in behind or noun in before for noun in _nouns(asked, found))
    of_kind = asked.noun[:1] in MEASURES and behind.startswith(asked.noun[:1])
    beside = bool(asked.noun) and (of_kind or behind.startswith(asked.noun) or before.endswith(asked.noun))
    if not near and not beside:
        return False
    return one.value == len(found.chosen) or (leads and beside) or bool(_ALL.search(said[: one.start]))


def _nouns(asked: ItemsAsked, found: ItemsFound) -> set[str]:
    """Pairs of characters that the question and what the items are called have in common."""
    own = squeeze(f"{found.article.title} {found.records.head}")
    pairs = (asked.text[n : n + 2] for n in range(len(asked.text) - 1))
    return {pair for pair in pairs if pair in own and not re.search(r"[\d\s]", pair)}


def stated_sum(found: ItemsFound) -> Stated | None:
    """A row of the table that sums the column up, or the sentence that says what it comes to."""
    if found.rules or found.column is None:
        return None
    for record in found.records.totals:
        if stated := _of_row(found, record):
            return stated
    unit, words = found.column.unit, found.column.name
    largest = max(figure.value for _, figure in found.terms)
    differing: list[Stated] = []
    for span in _sentences(found):
        said = found.article.text[span.start : span.end]
        for one in quantities(said):
            if not same_unit(unit, one.unit) or one.bound or not said_of(said, words):
                continue
            if one.value == found.total:
                return Stated(span, one.value)
            if (
                one.value > largest
                and _ALL.search(said[: one.start])
                and len(found.terms) == len(found.records.records)
            ):
                differing.append(Stated(span, one.value))
    return differing[0] if len({stated.value for stated in differing}) == 1 else None


def _of_row(found: ItemsFound, record: Record) -> Stated | None:
    column = found.column
    for field in record.fields:
        if column and field.name == column.name:
            unit = "" if column.written == column.unit and column.scale == 1 else column.written
            if read := figure_in(found.article.text, field.value, unit or column.written):
                return Stated(record.span, read[0].value)
    return None
