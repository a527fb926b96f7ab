"""A container -> the documents in it, those of containers within it included; and the content of each."""

from __future__ import annotations

import hashlib
import io
import posixpath
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from embeddings.containers.archive import Archive
from embeddings.containers.mailbox import Attachments
from embeddings.containers.member import Budget, Container, Member
from embeddings.formats.known import OTHER_DOCUMENTS, SUFFIXES, format_of, not_read
from embeddings.page.unreadable import UnreadableError

_OPENED: dict[str, Callable[[BinaryIO], Container]] = {".zip": Archive, ".eml": Attachments}
_LARGEST = {".zip": 2 * 1024**3, ".eml": 100 * 1024**2}
"""Bytes of the largest container that is opened: an archive is not read into memory, mail servers take 50 MB."""
_LARGEST_WITHIN = 100 * 1024**2
"""Bytes of the largest that lies in another, and is held in memory."""
_PIECE = 1024**2
"""Bytes read at a time."""

CONTAINERS = frozenset(_OPENED)
"""The extensions of files that are opened, in lower case with the dot. A mail is a document, too."""

OTHER_CONTAINERS = frozenset({".rar", ".7z"})
"""Containers that are not opened: named as set aside, for there may be documents in them."""

_LOOKED_AT = SUFFIXES | OTHER_DOCUMENTS.keys() | CONTAINERS | OTHER_CONTAINERS


def largest(suffix: str) -> int:
    """Bytes of the largest container with this extension that is opened."""
    return _LARGEST[suffix]


def not_opened(suffix: str) -> str:
    """Why a container with this extension, one of OTHER_CONTAINERS, is set aside."""
    return f"打不开 {suffix} 压缩包；请解压后把文章放进文件夹，或改用 .zip 打包。"


def digest_of(stream: BinaryIO) -> bytes:
    """The sha256 of what a stream holds from its beginning; it stands at its beginning again."""
    digest = hashlib.sha256()
    stream.seek(0)
    while piece := stream.read(_PIECE):
        digest.update(piece)
    stream.seek(0)
    return digest.digest()


def list_members(stream: BinaryIO, suffix: str) -> tuple[Member, ...]:
    """Every document in the container that `stream` holds, in its order, each with its digest or why it is set aside.

    Containers in it are opened too, those in them are not. Files that are no documents are passed over, as in a folder.

    Raises:
        UnreadableError: the container itself can't be opened.
    """
    own = (Member("", (), suffix, digest_of(stream)),) if suffix in SUFFIXES else ()
    return (*own, *_members(_OPENED[suffix](stream), Member("", (), suffix), Budget()))


def _members(container: Container, place: Member, budget: Budget) -> Iterator[Member]:
    """The documents in a container, which lies in this place."""
    for number, entry in budget.open(container):
        suffix = posixpath.splitext(entry.name)[1].lower()
        if suffix not in _LOOKED_AT:
            continue
        found = Member(f"{place.path}/{entry.name}".removeprefix("/"), (*place.at, number), suffix)
        try:
            if problem := entry.problem or _not_read(suffix):
                raise UnreadableError(problem)
            most = format_of(suffix).largest if suffix in SUFFIXES else _LARGEST_WITHIN
            data = budget.unpack(container, number, entry, most)
            inner = tuple(_inner(data, found, budget)) if suffix in CONTAINERS else ()
        except UnreadableError as error:
            yield replace(found, reason=str(error))
            continue
        if suffix in SUFFIXES:
            yield replace(found, digest=hashlib.sha256(data).digest())
        yield from inner


def _inner(data: bytes, place: Member, budget: Budget) -> Iterator[Member]:
    """The documents in a container that lies in another; of one deeper still only that it was not opened."""
    container = _OPENED[place.suffix](io.BytesIO(data))
    if len(place.at) == 1:
        yield from _members(container, place, budget)
    elif container.entries():
        yield replace(place, reason="在两层压缩包或邮件里面，其中的文件没有打开；请解压后把文章放进文件夹。")


def _not_read(suffix: str) -> str:
    if suffix in OTHER_DOCUMENTS:
        return not_read(suffix)
    return not_opened(suffix) if suffix in OTHER_CONTAINERS else ""


def member_content(file: Path, stamp: str, at: tuple[int, ...]) -> bytes:
    """The content of a member by where it lies in a file; `stamp` tells the file as it is now.

    Raises:
        OSError: the file can't be read, or is no longer there.
        UnreadableError: the member can't be unpacked any more.
        IndexError: there is none any more.
    """
    return _container(file, stamp, at[:-1]).read(at[-1]) if at else file.read_bytes()


@lru_cache(maxsize=2)
def _container(file: Path, stamp: str, at: tuple[int, ...]) -> Container:
    """A container opened for its members, which are read one after the other."""
    if not at:
        return _OPENED[file.suffix.lower()](file.open("rb"))
    outer = _container(file, stamp, at[:-1])
    suffix = posixpath.splitext(outer.entries()[at[-1]].name)[1].lower()
    return _OPENED[suffix](io.BytesIO(outer.read(at[-1])))
