"""How much of a question a stretch of text says: idf-weighted share of the question's terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from embeddings.folding import fold
from embeddings.lexical import LexicalIndex
from embeddings.reading.places import find_places, province_of
from embeddings.types import Article
from qa.question import Question

_PUNCTUATION = re.compile(r"[\s“”‘’「」『』《》\"'·•,，]")
_SHORTEST_LEAD = 40
"""A first line shorter than this, in characters, is a byline or heading before the lead."""
_OPENING = 40
"""Characters of the lead that name whom the article is about; what they did comes behind."""
_UNSEEN_SHARE = 0.5
"""An unseen pair of characters beside a known one is likely to straddle two words and counts half."""


@dataclass(frozen=True, slots=True)
class TermWeights:
    """The terms of one question and their idf in one snapshot."""

    weights: dict[str, float]

    @classmethod
    def of(cls, terms: Sequence[str], lexical: LexicalIndex) -> TermWeights:
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


def squeeze(text: str) -> str:
    """The folded text without quotation marks and blanks, so that “五个聚焦” is found as 五个聚焦."""
    return _PUNCTUATION.sub("", fold(text))


def subject_of(article: Article) -> str:
    """What says whom and what the article is about: its title, place, authors, source and the opening of its lead."""
    return " ".join((article.place, article.title, *article.authors, article.source, lead_of(article)[:_OPENING]))


def lead_of(article: Article) -> str:
    """The article's first paragraph, which introduces what the later ones only call by a short name."""
    end = article.text.find("\n", article.body_start + _SHORTEST_LEAD)
    return article.text[article.body_start : end if end >= 0 else None]


def whole_article(article: Article) -> str:
    """Everything an article says of itself and its subject, squeezed."""
    about = (article.title, article.place, article.source, article.published, *article.authors)
    return squeeze("\n".join((*about, article.text)))


def is_about(article: Article, question: Question, names: Sequence[str] | None = None) -> bool:
    """Whether the article can be what the question means: its places, numbers, names and years occur in it.

    `names` are those that must occur, by default all of the question's.
    """
    said = whole_article(article)
    required = question.names if names is None else names
    return (
        all(place in said for place in question.places[:1])
        and (not question.owner or any(term in said for term in question.owner))
        and all(squeeze(name) in said for name in required)
        and all(year in said for year in question.years)
        and all(
            term in said
            for term in question.terms
            if term.isascii() and (question.chinese or term.isdigit()) and not _within(term, question.names)
        )
    )


def is_of_place(article: Article, question: Question) -> bool:
    """Whether the article is about the place asked for, one in it, or the province around it; true where none is."""
    if not question.places:
        return True
    about = {article.place, province_of(article.place), *find_places(f"{article.title} {lead_of(article)}")}
    return not about.isdisjoint(question.places)


def _within(term: str, names: Sequence[str]) -> bool:
    return any(term in name for name in names)
