"""Sums, differences, shares and changes that a reply states: worked out again from the figures that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from qa.claims.measures import same_unit
from qa.claims.quantities import Quantity

_MOST_TERMS = 6
"""Of a sum."""
_POINTS = ("百分点", "个百分点")
_MORE = re.compile(r"增|多|涨|上升|提高|高出|高于|更高|扩大|上调")
_LESS = re.compile(r"减|少|降|下降|下跌|低于|更低|回落|缩小|下调")
_COMPARED = re.compile(r"(?P<one>[^，,。；;]{2,})比(?P<other>[^，,。；;]+?)(?:每\w{1,3})?(?=增|多|涨|高|减|少|降|低)")
_FROM_TO = re.compile(r"[从由].+[到至]")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class Term:
    """A figure that was borne out, as the reply writes it."""

    quantity: Quantity
    said: str
    clause: str
    """The clause that it stands in."""


@dataclass(frozen=True, slots=True)
class Computation:
    """How a figure comes out: “456－428＝28”, and the terms that it is made of."""

    text: str
    terms: tuple[Term, ...]

    def holds_as(self, clause: str) -> bool:
        """Whether a clause that says it came to be more, or less, says it of the right one.

        Told by the years that the terms stand with, by what went from one to the other, or by which of them the clause
        compares with which; false where it can't be told.
        """
        more, less = bool(_MORE.search(clause)), bool(_LESS.search(clause))
        if not more and not less:
            return True
        if more == less or len(self.terms) != 2:
            return False
        first, second = self.terms if self.terms[0].quantity.value >= self.terms[1].quantity.value else self.terms[::-1]
        greater, smaller = (first, second) if more else (second, first)
        if compared := _COMPARED.search(clause):
            return _speaks_of(greater, compared["one"]) and _speaks_of(smaller, compared["other"])
        if greater.clause == smaller.clause and _FROM_TO.search(greater.clause):
            return greater.quantity.start > smaller.quantity.start
        years = [_YEAR.findall(term.clause) for term in (greater, smaller)]
        return all(years) and max(years[0]) > max(years[1])


def _speaks_of(term: Term, name: str) -> bool:
    """Whether the clause of the term has the end, or the beginning, of the name."""
    return name[:2] in term.clause or name[-2:] in term.clause


def compute(said: Quantity, terms: Sequence[Term]) -> Computation | None:
    """How the figure comes out of terms of one unit, the latest of them first; None where it does not."""
    alike: list[list[Term]] = []
    for term in terms:
        group = next((g for g in alike if same_unit(g[0].quantity.unit, term.quantity.unit)), None)
        if group is None:
            alike.append([term])
        else:
            group.append(term)
    for group in alike:
        if found := next(_ways(said, group), None):
            return found
    return None


def _ways(said: Quantity, terms: Sequence[Term]) -> Iterator[Computation]:
    unit = terms[0].quantity.unit
    pairs = [(a, b) for a in reversed(terms) for b in reversed(terms) if a is not b]
    if same_unit(said.unit, unit) or (said.unit in _POINTS and unit == "%"):
        yield from _differences(said, pairs)
        yield from _sums(said, terms)
    elif said.unit == "%" and unit != "%":
        yield from _changes(said, pairs)
    elif said.unit == "倍":
        yield from _ratios(said, pairs, 1, "")


def _differences(said: Quantity, pairs: Sequence[tuple[Term, Term]]) -> Iterator[Computation]:
    for a, b in pairs:
        if a.quantity.value - b.quantity.value == said.value:
            yield Computation(f"{a.said}－{b.said}＝{_plain(said, a)}", (a, b))


def _sums(said: Quantity, terms: Sequence[Term]) -> Iterator[Computation]:
    for count in range(2, min(_MOST_TERMS, len(terms)) + 1):
        for chosen in combinations(terms, count):
            if sum(term.quantity.value for term in chosen) == said.value:
                yield Computation(f"{'＋'.join(t.said for t in chosen)}＝{_plain(said, chosen[0])}", chosen)


def _changes(said: Quantity, pairs: Sequence[tuple[Term, Term]]) -> Iterator[Computation]:
    yield from _ratios(said, pairs, 100, "×100%")
    for a, b in pairs:
        if b.quantity.value and _near(abs(a.quantity.value - b.quantity.value) / b.quantity.value * 100, said.value):
            more, less = (a, b) if a.quantity.value >= b.quantity.value else (b, a)
            yield Computation(f"（{more.said}－{less.said}）÷{b.said}×100%≈{said.value.normalize():f}%", (a, b))


def _ratios(said: Quantity, pairs: Sequence[tuple[Term, Term]], factor: int, written: str) -> Iterator[Computation]:
    for a, b in pairs:
        if b.quantity.value and _near(a.quantity.value / b.quantity.value * factor, said.value):
            yield Computation(f"{a.said}÷{b.said}{written}≈{said.value.normalize():f}{said.unit}", (a, b))


def _near(value: Decimal, said: Decimal) -> bool:
    """Whether the one rounds to the other, to as many places as are said."""
    places = max(0, -int(said.as_tuple().exponent))
    return abs(value - said) <= Decimal(5) / Decimal(10) ** (places + 1)


def _plain(said: Quantity, like: Term) -> str:
    """The value in the scale that a term is written in (4.5亿元)."""
    scale, written = next(((n, sign) for n, sign in ((10**8, "亿"), (10**4, "万")) if sign in like.said), (1, ""))
    return f"{(said.value / scale).normalize():f}{written}{said.unit}"
