"""Whether sentences of one article say what a sentence of a reply says, and which of them do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from embeddings.places.places import province_of
from qa.checking.binding import bound, fit, holds_claim, on_page
from qa.checking.contradiction import contradicted
from qa.checking.details import details_of
from qa.checking.headings import under_its_heading
from qa.checking.material import Paper, Stated
from qa.checking.part import Part
from qa.checking.unheard import names_nothing_new

_MOST, _MOST_OF_LIST = 4, 10
_GAIN, _GAIN_OF_LIST = 0.04, 0.08
"""A further sentence is taken for this share of the terms; beyond four, for the items of a long list, for twice it."""
_NEXT_TO = 0.01
_LEAST_TERMS = 3
"""Terms of a clause from which it says something of its own."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Chosen by `python -m benchmarks.verification` on one half of its articles."""

    least: float = 0.4
    """Share of the terms, by weight, that the supporting sentences, title and headings hold at least."""
    well: float = 0.6
    """The share from which the embedding need be no nearer than `close`; below, it has to be `near`."""
    sure: float = 0.85
    """The share from which the words alone show that the same is said."""
    close: float = 0.9
    near: float = 0.94
    """Cosines of two passages, by the bundled model."""
    own: float = 0.4
    """Share of the terms, those apart that the page says of the article, that the supporting sentences alone hold."""
    clause: float = 0.25
    """Share of the terms of every clause that says something of its own, so that none is added to what is true."""
    margin: float = 0.1
    """By how much better another number or name of the source may fit the place that it has in the reply."""
    unheard: float = 5.0
    """Characters in a row, at most, of which the source holds no pair."""


@dataclass(frozen=True, slots=True)
class Support:
    """The sentences of one article that state all claims of a part, in their order, and how much of its words."""

    sentences: tuple[Stated, ...]
    coverage: float


def find_support(
    part: Part, paper: Paper, asked_places: Sequence[str], thresholds: Thresholds, is_word: Callable[[str], bool]
) -> Support | None:
    """The smallest choice of the paper's sentences that supports the part, or None where they don't."""
    if not paper.sentences or part.share(part.terms, paper.held) < thresholds.least:
        return None
    chosen = _needed(part, paper, _with_claims(part, paper, _covering(part, paper)))
    held = frozenset().union(*(stated.held for stated in chosen))
    around = held | paper.about.held
    coverage = part.share(part.terms, around)
    supported = (
        coverage >= thresholds.least
        and part.share(_specific(part, paper), held) >= thresholds.own
        and all(
            part.share(clause.terms, around) >= thresholds.clause
            for clause in part.clauses
            if len(clause.terms) >= _LEAST_TERMS
        )
        and names_nothing_new(part.terms, around, thresholds.unheard, is_word)
        and _of_places(part, paper, chosen, asked_places)
        and all(any(term in around for term in wanted) for wanted in details_of(part))
        and under_its_heading(part.text, paper, chosen)
        and all(bound(part, anchor, paper, chosen, thresholds.margin) for anchor in part.anchors)
        and not any(contradicted(part, clause, chosen) for clause in part.clauses)
    )
    return Support(tuple(sorted(chosen, key=lambda stated: stated.span.start)), coverage) if supported else None


def _specific(part: Part, paper: Paper) -> Sequence[str]:
    """The terms that say more than whom the article is about, which no sentence of it need repeat; all if none does."""
    return [term for term in part.terms if term not in paper.about.held] or part.terms


def _covering(part: Part, paper: Paper) -> list[Stated]:
    """Sentences that hold the terms, the one that holds most first, each for what those before it don't hold."""
    found = {i: {term for term in part.terms if term in stated.held} for i, stated in enumerate(paper.sentences)}
    total = sum(part.weights[term] for term in part.terms) or 1.0
    chosen: list[int] = []
    while found and len(chosen) < _MOST_OF_LIST:
        gains = {i: sum(part.weights[term] for term in terms) / total for i, terms in found.items()}
        best = max(gains, key=lambda i: gains[i] + (_NEXT_TO if i - 1 in chosen or i + 1 in chosen else 0.0))
        if chosen and gains[best] < (_GAIN if len(chosen) < _MOST else _GAIN_OF_LIST):
            break
        chosen.append(best)
        covered = found.pop(best)
        found = {i: terms - covered for i, terms in found.items()}
    return [paper.sentences[i] for i in chosen]


def _with_claims(part: Part, paper: Paper, chosen: list[Stated]) -> list[Stated]:
    """The sentences, with others for the numbers, names and places that none of them states."""
    for anchor in part.anchors:
        if any(holds_claim(stated, anchor) for stated in chosen):
            continue
        holding = [stated for stated in paper.sentences if holds_claim(stated, anchor)]
        if holding and len(chosen) < _MOST_OF_LIST and not on_page(anchor, paper):
            chosen = [*chosen, max(holding, key=lambda stated: fit(part, anchor, stated))]
    for wanted in details_of(part):
        if not any(term in one.held for term in wanted for one in chosen) and len(chosen) < _MOST_OF_LIST:
            chosen = [*chosen, *[one for one in paper.sentences if any(term in one.held for term in wanted)][:1]]
    for place in part.claims.places:
        if place not in paper.about.places and not any(place in stated.claims.places for stated in chosen):
            chosen = [*chosen, *[stated for stated in paper.sentences if place in stated.claims.places][:1]]
    return chosen


def _needed(part: Part, paper: Paper, chosen: list[Stated]) -> list[Stated]:
    """Those without which a term, number, name, place or detail would be missing; the first stays."""
    for stated in chosen[:0:-1]:
        others = [other for other in chosen if other is not stated]
        held = paper.about.held.union(*(other.held for other in others))
        lost = (
            any(term in stated.held and term not in held for term in part.terms)
            or any(holds_claim(stated, a) and not any(holds_claim(o, a) for o in others) for a in part.anchors)
            or any(place in stated.claims.places for place in part.claims.places)
        )
        if not lost:
            chosen = others
    return chosen


def _of_places(part: Part, paper: Paper, chosen: Sequence[Stated], asked: Sequence[str]) -> bool:
    """Whether the article or the sentences speak of the places that the part, or else the question, speaks of."""
    stated = {place for one in chosen for place in one.claims.places}
    about = paper.about.places | stated | {province_of(place) for place in stated}
    article = chosen[0].article
    if not paper.about.places:
        about = about | {place for place in (*part.places, *asked) if place in article.text}
    if part.claims.places:
        return about.issuperset(part.claims.places)
    wanted = part.places or tuple(asked)
    return not wanted or not paper.about.places or not about.isdisjoint(wanted)
