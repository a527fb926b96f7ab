"""Sentences of sources, read once for all the sentences of a reply that are held against them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from embeddings.folding import fold
from embeddings.places.places import find_places, province_of
from embeddings.structure.sentences import clauses, sentences
from embeddings.types import Article, Outline, Span
from qa.checking.sources import Source
from qa.claims.anchors import Anchor, anchors_of
from qa.claims.claims import Claims, claims_of, spelt
from qa.claims.quantities import Quantity, quantities, relative_years
from qa.claims.wording import holds

_SHORT_NAME = re.compile(r"简称(?:为)?[：:“「\"]?([\u4e00-\u9fff]{2,12})")
"""What an article calls somebody from there on: “……监督管理局（以下简称北海局）”."""


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """One sentence of a source: article.text[span.start:span.end]. Each is equal to itself alone."""

    article: Article
    span: Span
    text: str
    spelt: str
    """As names are spelt, to find them in."""
    claims: Claims
    anchors: tuple[Anchor, ...]
    held: frozenset[str]
    """The pairs and characters that it holds."""
    clauses: tuple[StatedClause, ...]


@dataclass(frozen=True, slots=True)
class StatedClause:
    """A clause of such a sentence."""

    text: str
    held: frozenset[str]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What holds of every sentence of an article: what its title, headings and page say."""

    held: frozenset[str]
    spelt: str
    places: frozenset[str]
    quantities: tuple[Quantity, ...]
    """Numbers of its title and headings, and the day it was published."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One article as far as the sources show it."""

    article: Article
    about: About
    outline: Outline
    sentences: tuple[Stated, ...]
    held: frozenset[str]
    """All pairs and characters of its sentences and of what it says of itself."""


def read_paper(outline: Outline, sources: Sequence[Source], sentences: tuple[Stated, ...]) -> Paper:
    """The sentences of the sources, all of one article, with what it says of itself."""
    about = _read_about(sources[0].article, sources)
    return Paper(
        sources[0].article, about, outline, sentences, about.held.union(*(stated.held for stated in sentences))
    )


def read_source(source: Source) -> tuple[Stated, ...]:
    """The sentences of a source, in order."""
    return tuple(_stated(source.article, span) for span in sentences(source.article.text, source.span))


def _read_about(article: Article, sources: Sequence[Source]) -> About:
    """What the article says of itself, with the headings of the sources that are parts of it."""
    headings = dict.fromkeys(heading for source in sources for heading in source.headings)
    page = (article.title, article.place, article.author, article.author_post, article.source)
    page = (*page, *_SHORT_NAME.findall(article.text))
    said = "\n".join((*page, *article.editors, *headings))
    where = {article.place, province_of(article.place), *find_places(f"{article.title}\n{' '.join(headings)}")}
    stated = (*quantities(said), *quantities(article.published))
    return About(holds(said), spelt(said), frozenset(where - {""}), stated)


def year_before(stated: Stated) -> Decimal | None:
    """The year that a sentence speaks of without saying so: the last one said before it in its article."""
    said = [q.value for q in quantities(stated.article.text[: stated.span.start]) if q.is_year]
    return said[-1] if said else None


def _stated(article: Article, span: Span) -> Stated:
    text = article.text[span.start : span.end]
    claims = claims_of(text)
    claims = replace(claims, quantities=(*claims.quantities, *relative_years(fold(text), article.published)))
    parts = tuple(text[part.start : part.end] for part in clauses(text, Span(0, len(text))))
    return Stated(
        article,
        span,
        text,
        spelt(text),
        claims,
        anchors_of(text, claims),
        holds(text),
        tuple(StatedClause(part, holds(part), quantities(part)) for part in parts),
    )
