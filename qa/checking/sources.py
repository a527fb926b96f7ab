"""The numbered passages that a language model is given, and the characters that its sentences were found to rest on."""

from __future__ import annotations

from dataclasses import dataclass

from embeddings.types import Article, Span


@dataclass(frozen=True, slots=True)
class Source:
    """A passage as the prompt numbers it: article.text[span.start:span.end]."""

    number: int
    article: Article
    span: Span
    headings: tuple[str, ...] = ()
    """The headings it stands under, outermost first."""


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """Whole sentences of an article that support a sentence of a reply."""

    article: Article
    span: Span
