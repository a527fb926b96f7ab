"""The folder of articles beside the index made of it: which file is in the index, under which title."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Literal

from embeddings.containers.opening import CONTAINERS
from embeddings.snapshot.snapshot import live_id, open_corpus, previous_id, read_manifest
from ui.folder.listing import StoredFile, list_files
from ui.folder.owner import Owner

_ON_A_PAGE = 50
State = Literal["indexed", "changed", "outside"]


@dataclass(frozen=True, slots=True)
class Row:
    """One file as the list shows it."""

    file: StoredFile
    title: str
    """Empty where the file is not in the index, or is none but holds some."""
    inside: tuple[str, ...]
    """Titles of the articles in an archive or a mail."""
    state: State
    """`changed`: it is in the index, but was written to since; `outside`: added since, or set aside."""


@dataclass(frozen=True, slots=True)
class FilesPage:
    """One page of the list."""

    rows: tuple[Row, ...]
    number: int
    """From 0."""
    pages: int
    matching: int
    """Files that the filter lets through."""
    waiting: int
    """Files that are not in the index as they are now."""
    gone: int
    """Files in the index that are no longer in the folder."""


@dataclass(frozen=True, slots=True)
class BuiltIndex:
    """What is known of one snapshot without opening it."""

    id: str
    built: datetime | None
    """UTC."""
    articles: int
    passages: int


def files_page(owner: Owner, wanted: str = "", number: int = 0) -> FilesPage:
    """The page `number`, or the last there is, of the files whose path or title has every word of `wanted`.

    Raises:
        FolderError: the folder can't be listed.
        SnapshotError: there is no index.
    """
    live = live_id(owner.index)
    titles = _titles(owner.index, live)
    built = built_at(live)
    files = list_files(owner.folder)
    indexed = _indexed(titles, {file.path for file in files})
    rows = [_row(file, indexed, built) for file in files]
    words = wanted.casefold().split()
    matching = [row for row in rows if all(word in _said(row) for word in words)]
    pages = max(1, -(-len(matching) // _ON_A_PAGE))
    number = min(max(number, 0), pages - 1)
    return FilesPage(
        rows=tuple(matching[number * _ON_A_PAGE : (number + 1) * _ON_A_PAGE]),
        number=number,
        pages=pages,
        matching=len(matching),
        waiting=sum(row.state != "indexed" for row in rows),
        gone=len(indexed.keys() - {row.file.path for row in rows}),
    )


@lru_cache(maxsize=2)
def _titles(index: Path, snapshot: str) -> dict[str, str]:
    # A snapshot never changes.
    return open_corpus(index, snapshot).titles_by_path()


def _indexed(titles: Mapping[str, str], files: Container[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Files in the index, each with its own title and with those of the articles in it."""
    own: dict[str, str] = {}
    held: dict[str, list[str]] = {}
    for path, title in titles.items():
        # A folder may be called like an archive: what lies in it is a file by itself.
        holder = "" if path in files else _holder(path)
        if holder:
            held.setdefault(holder, []).append(title)
        else:
            own[path] = title
    return {path: (own.get(path, ""), tuple(held.get(path, ()))) for path in own.keys() | held.keys()}


def _holder(path: str) -> str:
    """The archive or mail that holds what is at a path; empty where there is none."""
    parts = path.split("/")
    ends = (n for n, part in enumerate(parts[:-1], 1) if posixpath.splitext(part)[1].lower() in CONTAINERS)
    return "/".join(parts[: next(ends, 0)])


def _row(file: StoredFile, indexed: Mapping[str, tuple[str, tuple[str, ...]]], built: datetime | None) -> Row:
    if file.path not in indexed:
        return Row(file, "", (), "outside")
    # An id has whole seconds.
    is_newer = built is not None and file.changed.replace(microsecond=0) > built
    return Row(file, *indexed[file.path], "changed" if is_newer else "indexed")


def _said(row: Row) -> str:
    return " ".join((row.file.path, row.title, *row.inside)).casefold()


def built_at(snapshot: str) -> datetime | None:
    """When a snapshot was built, which its id says; None for an id that was not given by a rebuild."""
    stamp = re.match(r"\d{8}T\d{6}Z", snapshot)
    return datetime.strptime(stamp[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc) if stamp else None


def built_indexes(index: Path) -> tuple[BuiltIndex, BuiltIndex | None]:
    """The live snapshot and the one that a rollback would make live.

    Raises:
        SnapshotError: there is no index, or one of the two is damaged.
    """
    previous = previous_id(index)
    return _built(index, live_id(index)), None if previous is None else _built(index, previous)


def _built(index: Path, name: str) -> BuiltIndex:
    manifest = read_manifest(index, name)
    return BuiltIndex(name, built_at(name), manifest.articles, manifest.passages)
