"""What a number or a name in a text belongs to: the words beside it, and the clauses around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.structure.sentences import clauses
from embeddings.types import Span
from qa.claims.claims import Claims, Name
from qa.claims.quantities import Quantity, agrees
from qa.claims.wording import holds, terms

_DELIMITER = re.compile(r"[，,；;：:。！？!?、\n]|(?<=[\d%％])(?:和|与|及)")
_BARE = 2
"""Terms up to which a clause says nothing by itself (2021年，; 去年，): what follows belongs to it."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A number or name and what it belongs to."""

    claim: Quantity | Name
    beside: tuple[str, ...]
    """Terms between it and the next delimiter or anchor of its kind on either side."""
    around: tuple[str, ...]
    """Terms of its clause and of the clauses before and behind, within the text."""
    held_beside: frozenset[str]
    held_around: frozenset[str]
    """All that the same stretches hold, for other texts' terms to be found in."""

    @property
    def start(self) -> int:
        """Where it begins in its text."""
        return self.claim.start


def anchors_of(text: str, claims: Claims) -> tuple[Anchor, ...]:
    """An anchor for each number and name, numbers first."""
    spans = clauses(text, Span(0, len(text)))
    groups: tuple[Sequence[Quantity | Name], ...] = (claims.quantities, claims.names)
    return tuple(_anchor(text, spans, claim, group) for group in groups for claim in group)


def same_claim(said: Quantity | Name, stated: Quantity | Name) -> bool:
    """Whether the one is what the other is: the same number in the same unit, the same name."""
    if isinstance(said, Quantity):
        return isinstance(stated, Quantity) and agrees(said, stated)
    return isinstance(stated, Name) and said.text == stated.text


def rivals(said: Quantity | Name, stated: Quantity | Name) -> bool:
    """Whether the one could stand in the other's place: two years, two other numbers, two quoted terms."""
    if isinstance(said, Quantity):
        return isinstance(stated, Quantity) and said.is_year == stated.is_year
    return isinstance(stated, Name) and said.kind == stated.kind


def _anchor(text: str, spans: Sequence[Span], claim: Quantity | Name, group: Sequence[Quantity | Name]) -> Anchor:
    beside = _beside(text, spans, claim, group)
    around = _around(spans, claim)
    said, context = text[beside.start : beside.end], text[around.start : around.end]
    own = _without(text, beside, group), _without(text, around, group)
    return Anchor(claim, terms(own[0]), terms(own[1]), holds(said), holds(context))


def _without(text: str, span: Span, group: Sequence[Quantity | Name]) -> str:
    """The stretch with blanks for the numbers or quoted terms of the group."""
    characters = list(text[span.start : span.end])
    for claim in group:
        for position in range(max(claim.start, span.start), min(claim.end, span.end)):
            characters[position - span.start] = " "
    return "".join(characters)


def _beside(text: str, spans: Sequence[Span], claim: Quantity | Name, group: Sequence[Quantity | Name]) -> Span:
    if isinstance(claim, Quantity) and claim.is_year and _only_year(spans, claim, group):
        return _years_clauses(text, spans, claim)
    first, last = _run(claim, group)
    delimiters = [match.span() for match in _DELIMITER.finditer(text)]
    others = [(other.start, other.end) for other in group if other.end <= first or other.start >= last]
    left = max((end for _, end in (*delimiters, *others) if end <= first), default=0)
    right = min((start for start, _ in (*delimiters, *others) if start >= last), default=len(text))
    return Span(left, right)


def _only_year(spans: Sequence[Span], claim: Quantity, group: Sequence[Quantity | Name]) -> bool:
    own = _clause_at(spans, claim.start)
    years = [other for other in group if isinstance(other, Quantity) and other.is_year]
    return not any(other is not claim and _clause_at(spans, other.start) == own for other in years)


def _run(claim: Quantity | Name, group: Sequence[Quantity | Name]) -> tuple[int, int]:
    """The claim with those that adjoin it: the year, month and day of a date."""
    first, last = claim.start, claim.end
    for other in sorted(group, key=lambda one: one.start):
        if other.start == last:
            last = other.end
    for other in sorted(group, key=lambda one: -one.start):
        if other.end == first:
            first = other.start
    return first, last


def _years_clauses(text: str, spans: Sequence[Span], claim: Quantity) -> Span:
    """The clause of a year, and the one behind where that says nothing else."""
    index = _clause_at(spans, claim.start)
    own = spans[index]
    if index + 1 < len(spans) and len(terms(text[own.start : own.end])) <= _BARE:
        return Span(own.start, spans[index + 1].end)
    return own


def _around(spans: Sequence[Span], claim: Quantity | Name) -> Span:
    index = _clause_at(spans, claim.start)
    return Span(spans[max(0, index - 1)].start, spans[min(len(spans) - 1, index + 1)].end)


def _clause_at(spans: Sequence[Span], position: int) -> int:
    return next((i for i, span in enumerate(spans) if span.start <= position < span.end), len(spans) - 1)
