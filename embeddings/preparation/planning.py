"""What a folder holds -> the articles of a snapshot: named, reprints joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from embeddings.preparation.corpus import Planned
from embeddings.preparation.reading import FolderRead
from embeddings.preparation.store import PreparedStore
from embeddings.reading.articles import ArticleIds
from embeddings.reading.reprints import Fingerprint, group_reprints, is_reprint, with_reprints
from embeddings.types import Article, SetAside


@dataclass(frozen=True, slots=True)
class FolderPlan:
    """The articles of a folder, reprints joined."""

    planned: tuple[Planned, ...]
    set_aside: tuple[SetAside, ...]
    """Both in the order of the paths."""
    reprints: int
    """Files that hold an article which another file holds too."""


def plan_folder(read: FolderRead, store: PreparedStore) -> FolderPlan:
    """Name the articles and join reprints."""
    contents = {each.number: each for each in store.contents(file.content for file in read.files if file.content)}
    set_aside: list[SetAside] = []
    named: list[_Named] = []
    ids = ArticleIds()
    for file in read.files:
        content = contents[file.content] if file.content is not None else None
        reason = content.reason if content else file.reason
        if content is None or content.fingerprint is None or reason:
            set_aside.append(SetAside(file.path, reason))
        if content is not None and content.fingerprint is not None:
            named.append(_Named(ids.take(file.path), file.path, content.number, content.place, content.fingerprint))
    groups = group_reprints(
        [each.path for each in named],
        [each.fingerprint for each in named],
        lambda one, other: _is_reprint(named[one].content, named[other].content, store),
    )
    planned = tuple(
        _planned(named[number], [named[other] for other in others], store) for number, others in groups.items()
    )
    return FolderPlan(planned, tuple(set_aside), len(named) - len(planned))


@dataclass(frozen=True, slots=True)
class _Named:
    """An article in a file."""

    article_id: str
    path: str
    content: int
    place: str
    fingerprint: Fingerprint

    def article(self, store: PreparedStore) -> Article:
        return replace(store.article(self.content), id=self.article_id, path=self.path)


def _is_reprint(one: int, other: int, store: PreparedStore) -> bool:
    return one == other or store.compare(one, other, is_reprint)


def _planned(named: _Named, others: Sequence[_Named], store: PreparedStore) -> Planned:
    if not others:
        return Planned(named.article_id, named.path, named.content, named.place)
    article = with_reprints(named.article(store), [other.article(store) for other in others])
    return Planned(named.article_id, named.path, named.content, article.place, article)
