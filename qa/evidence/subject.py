"""What an article is about, and whether it can be what a question means."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from embeddings.folding import squeeze
from embeddings.reading.places import find_places, province_of
from embeddings.types import Article
from qa.understanding.question import Question

_SHORTEST_LEAD = 40
"""A first line shorter than this, in characters, is a byline or heading before the lead."""
_OPENING = 40
"""Characters of the lead that name whom the article is about; what they did comes behind."""


def subject_of(article: Article) -> str:
    """What says whom and what the article is about: its title, place, authors, source and the opening of its lead."""
    return " ".join((article.place, article.title, *article.authors, article.source, lead_of(article)[:_OPENING]))


def lead_of(article: Article) -> str:
    """The article's first paragraph, which introduces what the later ones only call by a short name."""
    end = article.text.find("\n", article.body_start + _SHORTEST_LEAD)
    return article.text[article.body_start : end if end >= 0 else None]


@lru_cache(maxsize=128)
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
