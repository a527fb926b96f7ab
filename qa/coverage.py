"""How much of a question a stretch of text says: idf-weighted share of the question's terms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from embeddings.folding import fold
from embeddings.lexical import LexicalIndex
from embeddings.types import Article
from qa.question import Question

_PUNCTUATION = re.compile(r"[\s“”‘’「」『』《》\"'·•,，]")


@dataclass(frozen=True, slots=True)
class TermWeights:
    """The terms of one question and their idf in one snapshot."""

    weights: dict[str, float]

    @classmethod
    def of(cls, terms: Iterable[str], lexical: LexicalIndex) -> TermWeights:
        """Weigh the terms by the snapshot's own document frequencies."""
        return cls(lexical.idf(terms))

    def found(self, text: str) -> frozenset[str]:
        """The terms that occur in the text."""
        plain = squeeze(text)
        return frozenset(term for term in self.weights if term in plain)

    def share(self, terms: Iterable[str]) -> float:
        """Weight of these terms as a share of all, 0 to 1; 1 for a question without terms."""
        total = sum(self.weights.values())
        return sum(self.weights[term] for term in terms) / total if total else 1.0


def squeeze(text: str) -> str:
    """The folded text without quotation marks and blanks, so that “五个聚焦” is found as 五个聚焦."""
    return _PUNCTUATION.sub("", fold(text))


def whole_article(article: Article) -> str:
    """Everything an article says of itself and its subject, squeezed."""
    about = (article.title, article.place, article.source, article.published, *article.authors)
    return squeeze("\n".join((*about, article.text)))


def is_about(article: Article, question: Question) -> bool:
    """Whether the article can be what the question means: its places, numbers, names and years occur in it.

    A place counts where the article is about it or mentions it; a name that is part of a title does not.
    """
    said = whole_article(article)
    published = article.published[:4]
    return (
        all(place in said for place in question.places[:1])
        and all(squeeze(name) in said for name in question.names)
        and all(year in said or year == published for year in question.years)
        and all(term in said for term in question.terms if term.isascii() and (question.chinese or term.isdigit()))
    )
