"""How much of a question a text says: the idf-weighted share of the question's terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from embeddings.folding import squeeze
from embeddings.index.legs import LexicalLeg

_UNSEEN_SHARE = 0.5
"""An unseen pair of characters beside a known one is likely to straddle two words and counts half."""


@dataclass(frozen=True, slots=True)
class TermWeights:
    """The terms of one question and their idf in one snapshot."""

    weights: dict[str, float]

    @classmethod
    def of(cls, terms: Sequence[str], lexical: LexicalLeg) -> TermWeights:
        """Weigh the terms, given in the order of the question, by the snapshot's own document frequencies."""
        weights = lexical.idf(terms)
        unseen = max(lexical.idf([""]).values())
        known = {term for term in terms if weights[term] < unseen}
        for before, term, behind in zip(["", *terms], terms, [*terms[1:], ""], strict=False):
            overlaps = (before in known and before[-1:] == term[0]) or (behind in known and behind[:1] == term[-1])
            if term not in known and overlaps:
                weights[term] *= _UNSEEN_SHARE
        return cls(weights)

    def found(self, text: str) -> frozenset[str]:
        """The terms that occur in the text."""
        plain = squeeze(text)
        return frozenset(term for term in self.weights if term in plain)

    def share(self, terms: Iterable[str]) -> float:
        """Weight of these terms as a share of all, 0 to 1; 1 for a question without terms."""
        total = sum(self.weights.values())
        return sum(self.weights[term] for term in terms) / total if total else 1.0

    def without(self, terms: Iterable[str]) -> TermWeights:
        """The weights of all other terms."""
        left = set(terms)
        return TermWeights({term: weight for term, weight in self.weights.items() if term not in left})
