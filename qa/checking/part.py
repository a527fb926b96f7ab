"""A sentence of a reply, or some of its clauses, read once to be held against many sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from embeddings.index.legs import LexicalLeg
from embeddings.structure.sentences import clauses
from embeddings.types import Span
from qa.claims.anchors import Anchor, anchors_of
from qa.claims.claims import Claims, claims_of
from qa.claims.quantities import Quantity, quantities
from qa.claims.wording import terms
from qa.retrieving.term_weights import TermWeights

_BESIDE_ALL = 0.5
"""Weight of the clauses around a number or name, next to the words beside it."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a reply and its terms."""

    text: str
    terms: tuple[str, ...]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a reply, what it claims, and what its words weigh."""

    text: str
    claims: Claims
    places: tuple[str, ...]
    """The places that it speaks of: its own, else those of what it follows."""
    terms: tuple[str, ...]
    """Without numbers and places, which are claims."""
    anchors: tuple[Anchor, ...]
    clauses: tuple[Clause, ...]
    weights: Mapping[str, float]

    def share(self, wanted: Sequence[str], held: frozenset[str]) -> float:
        """Weight of the wanted terms that are held, as a share of all; 1 where none is wanted."""
        total = sum(self.weights[term] for term in wanted)
        return sum(self.weights[term] for term in wanted if term in held) / total if total else 1.0

    def likeness(self, own: Anchor, other: Anchor) -> float:
        """How much of what stands beside and around a number or name stands there in a source too, 0 to 1.5."""
        around = self.share(own.around, other.held_around)
        return (self.share(own.beside, other.held_beside) if own.beside else around) + _BESIDE_ALL * around


def read_part(text: str, lexical: LexicalLeg, known: Iterable[str] = (), places: tuple[str, ...] = ()) -> Part:
    """Read a stretch of a reply.

    `known` are places that articles are about, which count wherever their names stand (the gazetteer is careful);
    `places` are those that what stands before it names.
    """
    claims = claims_of(text)
    claims = replace(
        claims, places=tuple(dict.fromkeys((*claims.places, *(place for place in known if place in text))))
    )
    bare = _without_places(_without_numbers(text, claims), claims.places)
    anchors = anchors_of(text, claims)
    spans = clauses(bare, Span(0, len(bare)))
    read = tuple(_clause(text[span.start : span.end], bare[span.start : span.end]) for span in spans)
    said = terms(bare)
    weights = TermWeights.of(said, lexical).weights
    others = [term for anchor in anchors for term in (*anchor.beside, *anchor.around)]
    others.extend(term for clause in read for term in clause.terms)
    return Part(text, claims, claims.places or places, said, anchors, read, lexical.idf(others) | weights)


def _clause(text: str, bare: str) -> Clause:
    return Clause(text, terms(bare), quantities(text))


def _without_numbers(text: str, claims: Claims) -> str:
    characters = list(text)
    for quantity in claims.quantities:
        characters[quantity.start : quantity.end] = " " * (quantity.end - quantity.start)
    return "".join(characters)


def _without_places(text: str, places: Sequence[str]) -> str:
    """The text, as long as before, with blanks for the places."""
    for place in places:
        text = re.sub(rf"{place}[省市县]?", lambda match: " " * len(match.group()), text)
    return text
