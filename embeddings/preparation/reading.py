"""The files of a folder -> the corpus of a snapshot; what has not changed since the last time is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from embeddings.page.unreadable import UnreadableError
from embeddings.preparation.corpus import Planned
from embeddings.preparation.store import PreparedStore, StoredFile
from embeddings.preparation.workers import read_files
from embeddings.progress import Running, Tell
from embeddings.reading.articles import ArticleIds, cannot_be_read
from embeddings.reading.files import FoundFile, read_bytes
from embeddings.reading.reprints import Fingerprint, group_reprints, is_reprint, with_reprints
from embeddings.types import Article, SetAside

_COMMITTED = 200
"""Files read between two commits: what a killed run loses at most."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file of the folder with what came of it."""

    path: str
    content: int | None
    """Number of its content in the store; None where it could not be read."""
    reason: str = ""
    """Why it could not be read."""


@dataclass(frozen=True, slots=True)
class FolderRead:
    """What a folder holds now."""

    files: tuple[FileRead, ...]
    """In the order of the paths."""
    parsed: int
    """Files whose content had to be read out anew; that of the others was known."""


@dataclass(frozen=True, slots=True)
class FolderPlan:
    """The articles of a folder, reprints joined."""

    planned: tuple[Planned, ...]
    set_aside: tuple[SetAside, ...]
    """Both in the order of the paths."""
    reprints: int
    """Files that hold an article which another file holds too."""


def read_files_into(store: PreparedStore, found: Sequence[FoundFile], tell: Tell) -> FolderRead:
    """Read the files found in a folder into the store, as far as it does not know them."""
    known = store.files()
    files = [_recall(file, known, store) for file in found]
    new = [number for number, file in enumerate(files) if file is None]
    stage = Running("reading", len(found), len(found) - len(new), tell)
    for count, (number, read) in enumerate(zip(new, read_files([found[n].file for n in new]), strict=True), 1):
        file, content = found[number], None
        if read.digest:
            content = store.keep(read.digest, file.suffix, read.prepared, read.reason)
            store.place_file(file.name, read.stamp, content)
        files[number] = FileRead(file.path, content, read.reason)
        if count % _COMMITTED == 0:
            store.commit()
        stage.advance()
    store.commit()
    return FolderRead(tuple(file for file in files if file), len(new))


def _recall(file: FoundFile, known: Mapping[bytes, StoredFile], store: PreparedStore) -> FileRead | None:
    """What is known of a file without reading anything out of it; None where that has to be done."""
    if file.problem:
        return FileRead(file.path, None, file.problem)
    stored = known.get(file.name)
    if stored is not None and stored.stamp == file.stamp:
        return FileRead(file.path, stored.content)
    try:
        data, stamp = read_bytes(file.file)
    except OSError as error:
        return FileRead(file.path, None, cannot_be_read(error))
    except UnreadableError as error:
        return FileRead(file.path, None, str(error))
    content = store.content_of(hashlib.sha256(data).digest(), file.suffix)
    if content is None:
        return None
    store.place_file(file.name, stamp, content)
    return FileRead(file.path, content)


def plan_folder(read: FolderRead, store: PreparedStore) -> FolderPlan:
    """Name the articles and join reprints."""
    contents = {each.number: each for each in store.contents(file.content for file in read.files if file.content)}
    set_aside: list[SetAside] = []
    named: list[_Named] = []
    ids = ArticleIds()
    for file in read.files:
        content = contents[file.content] if file.content is not None else None
        if content is None or content.fingerprint is None:
            set_aside.append(SetAside(file.path, content.reason if content else file.reason))
        else:
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
