"""What the benchmark of the check of replies alters: sentences of articles."""

from __future__ import annotations

from dataclasses import dataclass

from embeddings.structure.sentences import clauses
from embeddings.types import Article, Span


@dataclass(frozen=True, slots=True)
class Original:
    """A sentence of an article as it stands there."""

    article: Article
    span: Span
    text: str
    following: str
    """The next sentence of its paragraph, or empty."""
    answers: tuple[str, ...] = ()
    """Words of it that somebody was asked for, where that is known: names of people, places and things."""


@dataclass(frozen=True, slots=True)
class Altered:
    """The sentence in other words, or made false."""

    how: str
    text: str


def clauses_of(text: str) -> list[str]:
    """The clauses of a sentence with their punctuation."""
    return [text[span.start : span.end] for span in clauses(text, Span(0, len(text)))]
