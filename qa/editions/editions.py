"""The editions of a rule among the articles, newest first, and the one in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from embeddings.snapshot.snapshot import Snapshot
from embeddings.types import Article
from qa.editions.repeals import begins, endings
from qa.editions.titles import base_of, is_seldom_revised, year_of
from qa.evidence.mentions import articles_saying

Standing = Literal["in force", "ended", "superseded", "to come"]
"""ended: a later edition says so; superseded: there is a later one, which does not speak of it."""

_MOST = 6
"""Editions of one rule; of more titles that are alike nothing is made."""
_READ = 24
"""Articles that name a rule that are looked through for a sentence that ends it."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a rule."""

    article: Article
    year: str
    """Of its title, else of its beginning or its page; may be empty."""
    begins: str
    """The ISO date from which it applies, where that is known."""
    standing: Standing


@dataclass(frozen=True, slots=True)
class Editions:
    """The editions of one rule, newest first; two at least."""

    all: tuple[Edition, ...]

    @property
    def in_force(self) -> Edition:
        """The one that applies today."""
        return next(one for one in self.all if one.standing == "in force")


def editions_of(article: Article, snapshot: Snapshot, today: date) -> Editions | None:
    """The editions of the rule that an article holds, or None where it holds none or the only one.

    Found by titles that differ in year and edition alone, and by sentences that end or revise a rule by its title.
    """
    members = {article.id: article}
    for one in (*_of_same_title(article, snapshot), *_ended_by(article, snapshot), *_ending(article, snapshot)):
        members.setdefault(one.id, one)
    if not 1 < len(members) <= _MOST:
        return None
    ordered = sorted(members.values(), key=_since, reverse=True)
    since = [_since(one) for one in ordered]
    if len(set(since)) < len(since):
        return None
    found = Editions(tuple(_standing(ordered, today)))
    said = any(one.standing == "ended" for one in found.all)
    return found if said or not is_seldom_revised(article.title) else None


def _since(article: Article) -> str:
    """When it began, as far as is known; else when it was published, else the year of its title."""
    return begins(article) or article.published or year_of(article.title)


def _standing(ordered: Sequence[Article], today: date) -> Iterator[Edition]:
    newer: list[Article] = []
    found = False
    for n, article in enumerate(ordered):
        since = _since(article)
        is_last = n == len(ordered) - 1
        if not found and since > today.isoformat() and not is_last:
            standing: Standing = "to come"
        elif not found:
            standing, found = "in force", True
            newer.append(article)
        else:
            standing = "ended" if any(_ends(one, article) for one in newer) else "superseded"
            newer.append(article)
        yield Edition(article, year_of(article.title) or since[:4], begins(article), standing)


def _ends(later: Article, earlier: Article) -> bool:
    """Whether a later edition says that the earlier one no longer holds."""
    base, year = base_of(earlier.title), year_of(earlier.title) or _since(earlier)[:4]
    ends = [one for one in endings(later) if one.ends]
    return any(base in one.bases or (not one.bases and (year in one.years or one.of_its_own)) for one in ends)


def _of_same_title(article: Article, snapshot: Snapshot) -> Iterator[Article]:
    if base := base_of(article.title):
        for head in snapshot.corpus.heads():
            if head.id != article.id and head.place == article.place and base_of(head.title) == base:
                yield snapshot.corpus.article(head.id)


def _ended_by(article: Article, snapshot: Snapshot) -> Iterator[Article]:
    """The articles of the rules that this one ends by their titles."""
    bases = {base for one in endings(article) if one.ends for base in one.bases}
    for head in snapshot.corpus.heads() if bases else ():
        if head.id != article.id and base_of(head.title) in bases:
            yield snapshot.corpus.article(head.id)


def _ending(article: Article, snapshot: Snapshot) -> Iterator[Article]:
    """The articles that end this one by its title."""
    base = base_of(article.title)
    if not base:
        return
    for article_id in articles_saying(base, snapshot)[:_READ]:
        other = snapshot.corpus.article(article_id)
        if other.id != article.id and any(one.ends and base in one.bases for one in endings(other)):
            yield other
