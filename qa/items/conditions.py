"""Which items meet the states and words that a question sets as conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from embeddings.records.records import RecordSet
from embeddings.types import Span
from qa.items.asked import ItemsAsked
from qa.items.candidates import SHORT_VALUE, Candidate, candidates, said_keys, text_columns
from qa.items.context import shared, with_keys
from qa.items.figures import said_of
from qa.items.judged import Judged, Meets
from qa.items.states import Stance, stance

_MOST_TOLD = 3
"""Values that a rule tells; of more, the words that they have in common."""


def states_met(asked: ItemsAsked, text: str, records: RecordSet, context: str) -> list[Judged] | None:
    """What the words of the question that stand in values make of the records.

    None where a word that is all that some of them say may as well only say what the items are.
    """
    columns = list(text_columns(text, records))
    taken = [bound.span for bound in asked.comparisons]
    keys = [column.name for column in columns if column.name and not column.answers_key]
    taken += said_keys(asked.text, keys)
    topics = shared(asked.text, with_keys(context, keys))
    told: list[Judged] = []
    for candidate in sorted(candidates(asked.text, text, columns), key=_rank):
        if any(span.start < candidate.span.end and candidate.span.start < span.end for span in taken):
            continue
        judged = _judged(asked.text, text, candidate)
        if _is_topic(candidate, topics):
            if candidate.whole and _tells(judged):
                return None
            continue
        taken.append(candidate.span)
        if _tells(judged):
            told.append(judged)
    return _each_once(told)


def _rank(candidate: Candidate) -> tuple[int, bool, bool]:
    """The longest first, of those as long what is all that a value says, names last."""
    return candidate.span.start - candidate.span.end, not candidate.whole, candidate.column.of_names


def _each_once(told: Sequence[Judged]) -> list[Judged]:
    """The conditions, those that come to the same in one field as one."""
    merged: dict[tuple[str, tuple[Meets, ...]], Judged] = {}
    for one in told:
        key = (one.field or one.rule, one.meets)
        covered = (*merged[key].covered, *one.covered) if key in merged else one.covered
        merged[key] = replace(one, covered=covered)
    return list(merged.values())


def _tells(judged: Judged) -> bool:
    """Whether it tells some records from others."""
    return "yes" in judged.meets and ("no" in judged.meets or "unknown" in judged.meets)


def _is_topic(candidate: Candidate, topics: Sequence[Span]) -> bool:
    """Whether the words only say what the items are, as what stands by them does in a longer stretch, or as long."""
    if candidate.whole and candidate.denied:
        return False
    inside = [span for span in topics if span.start <= candidate.span.start and candidate.span.end <= span.end]
    longest = max((span.end - span.start for span in inside), default=0)
    length = candidate.span.end - candidate.span.start
    return longest > length + 1 if candidate.whole else longest >= length


def _judged(asked: str, text: str, found: Candidate) -> Judged:
    column = found.column
    stances = [
        [stance(text[span.start : span.end], found.state, column.name) for span in spans] for spans in column.values
    ]
    said = {one for each in stances for one in each}
    meets: tuple[Meets, ...] = tuple(
        "unknown" if not spans else "no" if _is_dash(text, spans) and said - {None} else _meets(found, each, said)
        for each, spans in zip(stances, column.values, strict=True)
    )
    values = tuple(_telling(spans, each) for spans, each in zip(column.values, stances, strict=True))
    named = column.short and (found.whole or said_of(asked, column.name) > 0)
    field = "" if column.of_names else column.name
    rule = _rule(text, found, meets, values, said)
    firm = column.short or found.whole or column.of_names or "denies" in said
    return Judged(meets, rule, (found.span,), values, named, field, found.state, found.denied, firm, column.of_names)


def _meets(found: Candidate, stances: Sequence[Stance | None], said: set[Stance | None]) -> Meets:
    own = {one for one in stances if one}
    wanted, other = ("denies", "says") if found.denied else ("says", "denies")
    if own:
        return "unknown" if len(own) > 1 or "neither" in own else "yes" if wanted in own else "no"
    if not found.column.short:
        # A text that does not speak of it says neither, where others deny it.
        return "unknown" if "denies" in said or found.denied else "no"
    if wanted in said:
        return "unknown" if other in said else "no"
    return "yes" if other in said else "unknown"


def _is_dash(text: str, spans: Sequence[Span]) -> bool:
    """Whether a cell holds no more than a dash: there is nothing of the kind to be said of the record."""
    return all(not text[span.start : span.end].strip("-—–－/／ ") for span in spans)


def _telling(spans: Sequence[Span], stances: Sequence[Stance | None]) -> Span | None:
    telling = [span for span, one in zip(spans, stances, strict=True) if one]
    return telling[0] if telling else spans[-1] if spans else None


def _rule(
    text: str, found: Candidate, meets: Sequence[Meets], values: Sequence[Span | None], said: set[Stance | None]
) -> str:
    where = f"“{found.column.name}”" if found.column.name else "名称" if found.column.of_names else ""
    wanted = "denies" if found.denied else "says"
    if wanted not in said:
        return f"{where}不是“{'' if found.denied else '未'}{found.state}”"
    met = [text[v.start : v.end] for v, one in zip(values, meets, strict=True) if v and one == "yes"]
    distinct = list(dict.fromkeys(met))
    if distinct and len(distinct) <= _MOST_TOLD and max(map(len, distinct)) <= SHORT_VALUE:
        return f"{where}{'为' if where else '写的是'}" + "、".join(f"“{one}”" for one in distinct)
    said_so = f"写到“{found.state}”" if not found.denied else f"写到没有“{found.state}”"
    return f"{where}里{said_so}" if where else said_so
