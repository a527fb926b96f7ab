"""What an article is about, in its own words."""

from __future__ import annotations

from embeddings.places.places import find_places, province_of
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
    end = article.text.find("\n", article.body_start + _SHORTEST_LEAD, article.body_end)
    return article.text[article.body_start : end if end >= 0 else article.body_end]


def is_of_place(article: Article, question: Question) -> bool:
    """Whether the article is about the place asked for, one in it, or the province around it; true where none is."""
    if not question.places:
        return True
    about = {article.place, province_of(article.place), *find_places(f"{article.title} {lead_of(article)}")}
    return not about.isdisjoint(question.places)
