"""The files of a folder read into the store; what has not changed since the last time is not read again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from embeddings.containers.member import Member
from embeddings.containers.opening import CONTAINERS
from embeddings.page.unreadable import UnreadableError
from embeddings.preparation.limits import Limits
from embeddings.preparation.prepared import ReadFile, Source
from embeddings.preparation.store import PreparedStore, StoredFile
from embeddings.preparation.workers import Read, Readers
from embeddings.progress import Running, Tell
from embeddings.reading.articles import cannot_be_read
from embeddings.reading.files import FoundFile, read_digest
from embeddings.reading.members import Listing, path_of

_COMMITTED = 200
"""Documents read between two commits: what a killed run loses at most."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """A document of the folder, a file or one in a container, with what came of it."""

    path: str
    content: int | None
    """Number of its content in the store; None where it could not be read."""
    reason: str = ""
    """Why it could not be read."""


@dataclass(frozen=True, slots=True)
class FolderRead:
    """What a folder holds now."""

    files: tuple[FileRead, ...]
    """In the order of the paths; what is in a container in the container's own order."""
    parsed: int
    """Documents whose content had to be read out anew; that of the others was known."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A container of the folder with the documents in it."""

    found: FoundFile
    members: tuple[Member, ...]


def read_files_into(store: PreparedStore, found: Sequence[FoundFile], tell: Tell, limits: Limits) -> FolderRead:
    """Read the files found in a folder into the store, as far as it does not know them; each within the limits."""
    known = store.files()
    files = [_recall(file, known, store) for file in found]
    new = [number for number, file in enumerate(files) if file is None]
    stage = Running("reading", len(found), len(found) - len(new), tell)
    with Readers(limits) as readers:
        read_anew = readers.read([Source(found[number].file) for number in new])
        for count, (number, read) in enumerate(zip(new, read_anew, strict=True), 1):
            files[number] = _kept(found[number], read, store)
            _advance(stage, store, count)
        store.commit()
        read_within, failed = _read_members(
            [file for file in files if isinstance(file, _Opened)], store, readers, stage
        )
    documents = tuple(each for file in files for each in _documents(file, store, failed))
    return FolderRead(documents, sum(found[number].suffix not in CONTAINERS for number in new) + read_within)


def _recall(file: FoundFile, known: Mapping[bytes, StoredFile], store: PreparedStore) -> FileRead | _Opened | None:
    """What is known of a file without reading anything out of it; None where that has to be done."""
    if file.problem:
        return FileRead(file.path, None, file.problem)
    stored = known.get(file.name)
    if stored is not None and stored.stamp == file.stamp:
        return _remembered(file, stored, store)
    try:
        digest, stamp = read_digest(file.file)
    except OSError as error:
        return FileRead(file.path, None, cannot_be_read(error))
    except UnreadableError as error:
        return FileRead(file.path, None, str(error))
    is_container = file.suffix in CONTAINERS
    number = (store.listing_of if is_container else store.content_of)(digest, file.suffix)
    if number is None:
        return None
    stored = StoredFile(stamp, None, number) if is_container else StoredFile(stamp, number, None)
    store.place_file(file.name, stored)
    return _remembered(file, stored, store)


def _remembered(file: FoundFile, stored: StoredFile, store: PreparedStore) -> FileRead | _Opened:
    if stored.listing is None:
        return FileRead(file.path, stored.content)
    return _listed(file, *store.listed(stored.listing))


def _listed(file: FoundFile, members: tuple[Member, ...], reason: str) -> FileRead | _Opened:
    return FileRead(file.path, None, reason) if reason else _Opened(file, members)


def _kept(file: FoundFile, read: Read, store: PreparedStore) -> FileRead | _Opened:
    """Keep what came of reading a file."""
    if isinstance(read, Listing):
        number = store.keep_listing(read.digest, file.suffix, read.members, read.reason)
        store.place_file(file.name, StoredFile(read.stamp, None, number))
        return _listed(file, read.members, read.reason)
    content = None
    if read.digest:
        content = store.keep(read.digest, file.suffix, read.prepared, read.reason)
        store.place_file(file.name, StoredFile(read.stamp, content, None))
    return FileRead(file.path, content, read.reason)


def _read_members(
    opened: Sequence[_Opened], store: PreparedStore, readers: Readers, stage: Running
) -> tuple[int, dict[tuple[bytes, str], str]]:
    """Read what the store does not know of the documents in containers: how many, and why some could not be read."""
    new: dict[tuple[bytes, str], Source] = {}
    for container in opened:
        for member in container.members:
            if member.digest and store.content_of(member.digest, member.suffix) is None:
                new.setdefault((member.digest, member.suffix), Source(container.found.file, member))
    stage.grow(len(new))
    failed: dict[tuple[bytes, str], str] = {}
    for count, (content, read) in enumerate(zip(new, readers.read(list(new.values())), strict=True), 1):
        if isinstance(read, ReadFile) and read.digest:
            store.keep(*content, read.prepared, read.reason)
        else:
            failed[content] = read.reason
        _advance(stage, store, count)
    store.commit()
    return len(new), failed


def _advance(stage: Running, store: PreparedStore, count: int) -> None:
    if count % _COMMITTED == 0:
        store.commit()
    stage.advance()


def _documents(
    file: FileRead | _Opened | None, store: PreparedStore, failed: Mapping[tuple[bytes, str], str]
) -> Iterator[FileRead]:
    """The document that a file is, or those that it holds."""
    if isinstance(file, FileRead):
        yield file
    elif file is not None:
        for member in file.members:
            content = store.content_of(member.digest, member.suffix) if member.digest else None
            reason = member.reason or failed.get((member.digest, member.suffix), "")
            yield FileRead(path_of(file.found.path, member), content, reason)
