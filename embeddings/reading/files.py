"""The files below a folder that are read, or named as set aside: found, stamped, their bytes taken."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

from embeddings.containers.opening import CONTAINERS, OTHER_CONTAINERS, digest_of, not_opened
from embeddings.errors import CorpusError
from embeddings.formats.known import NAMED, OTHER_DOCUMENTS, SUFFIXES, format_of, not_read
from embeddings.page.unreadable import UnreadableError

LOOKED_AT = SUFFIXES | OTHER_DOCUMENTS.keys() | CONTAINERS | OTHER_CONTAINERS
"""The extensions of files that are read, opened, or named as set aside; all others are passed over."""
_T = TypeVar("_T")
_TRIES = 3
"""How often a file is read that changes meanwhile."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file below the folder of articles, or a folder there that can't be looked into."""

    path: str
    """Its path in the folder, with forward slashes, in NFC, bytes that aren't UTF-8 escaped."""
    name: bytes
    """The same as the system has it."""
    file: Path
    stamp: str
    """What tells that it has changed, see `stamp_of`; of a folder empty."""
    problem: str = ""
    """Of a folder: why nothing below it could be read, a sentence for the user."""

    @property
    def suffix(self) -> str:
        """Its extension in lower case, with the dot."""
        return self.file.suffix.lower()


def find_files(folder: Path) -> tuple[FoundFile, ...]:
    """Every file below `folder` with a document's extension, without hidden ones and the locks of Word, by path.

    Links to folders are followed, but no folder is entered twice.

    Raises:
        CorpusError: `folder` is no folder that can be listed.
    """
    _check(folder)
    return tuple(sorted(_walk(folder), key=lambda found: (found.path, found.name)))


def _check(folder: Path) -> None:
    name = _shown(os.fspath(folder))
    if not folder.exists():
        raise CorpusError(
            f"找不到文章文件夹 {name}：请检查路径，或先建立它并放入文章（{NAMED}）。"
            f" Folder not found: check the path, or create it and put articles in it ({NAMED})."
        )
    if not folder.is_dir():
        raise CorpusError(
            f"{name} 不是文件夹：请给出存放文章的文件夹，而不是单个文件。"
            " Not a folder: name the folder that holds the articles, not a single file."
        )
    if not os.access(folder, os.R_OK | os.X_OK):
        raise CorpusError(
            f"没有权限读取文件夹 {name}：请修改权限后重试。 No permission to read the "
            f"folder: change its permissions and try again."
        )


def _walk(folder: Path) -> Iterator[FoundFile]:
    # A stack of its own: os.walk calls itself before Python 3.12, and gives up a thousand folders deep.
    # Strings and not paths, which take most of the time where there are many thousand files.
    waiting, entered = [(os.fspath(folder), "")], set[tuple[int, int]]()
    while waiting:
        here, within = waiting.pop()
        try:
            found = os.stat(here)  # noqa: PTH116
            if (found.st_dev, found.st_ino) in entered:
                continue
            entered.add((found.st_dev, found.st_ino))
            with os.scandir(here) as entries:
                listed = [entry for entry in entries if not entry.name.startswith((".", "~$"))]
        except OSError as error:
            problem = f"文件夹打不开（{error.strerror}），里面的文件都没有读。"
            yield FoundFile(_shown(within), os.fsencode(within), Path(here), "", problem)
            continue
        for entry in listed:
            if _is_folder(entry):
                waiting.append((entry.path, f"{within}{entry.name}{os.sep}"))
            elif os.path.splitext(entry.name)[1].lower() in LOOKED_AT:  # noqa: PTH122
                name = within + entry.name
                yield FoundFile(_shown(name), os.fsencode(name), Path(entry.path), stamp_of(entry.path))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link that leads back to itself: with a document's extension it is set aside like any broken link.
        return False


def stamp_of(file: str | Path) -> str:
    """What a file is told by without opening it: inode, size and times.

    Nobody can set the last of these (ctime): not even a file of the same size and time that was put in another's place
    goes unnoticed, nor one written while the clock was behind. A file that can't be asked is told by its error.
    """
    try:
        found = os.stat(file)  # noqa: PTH116
    except OSError as error:
        return f"errno {error.errno}"
    stamp = (found.st_dev, found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    return " ".join(map(str, stamp))


def read_bytes(file: Path) -> tuple[bytes, str]:
    """The content of a file as it was at one moment, and the stamp it had then.

    Raises:
        OSError: it can't be read, or is no longer there.
        UnreadableError: it is none that is read, too large for an article, or does not stay the same.
    """
    suffix = file.suffix.lower()
    if suffix in OTHER_DOCUMENTS:
        raise UnreadableError(not_read(suffix))
    if suffix in OTHER_CONTAINERS:
        raise UnreadableError(not_opened(suffix))
    most = format_of(suffix).largest

    def take(stream: BinaryIO) -> bytes:
        data = stream.read(most + 1)
        if len(data) > most:
            raise UnreadableError(f"文件太大（超过 {most // 1024 // 1024} MB），不像一篇文章。")
        return data

    return taken_whole(file, take)


def read_digest(file: Path) -> tuple[bytes, str]:
    """The sha256 of a file as it was at one moment, and the stamp it had then; raises what `read_bytes` does."""
    if file.suffix.lower() in CONTAINERS:
        return taken_whole(file, digest_of)
    data, stamp = read_bytes(file)
    return hashlib.sha256(data).digest(), stamp


def taken_whole(file: Path, take: Callable[[BinaryIO], _T]) -> tuple[_T, str]:
    """What `take` makes of a file as it was at one moment, and the stamp it had then; raises what `read_bytes` does."""
    if not file.is_file():
        raise UnreadableError("不是普通文件（链接失效，或是设备、管道），或读取时已被删除。")
    for _ in range(_TRIES):
        stamp = stamp_of(file)
        with file.open("rb") as stream:
            taken = take(stream)
        if stamp_of(file) == stamp:
            return taken, stamp
    raise UnreadableError("读取时一直在变，等它写完再重建。")


def printable(path: str | Path) -> str:
    """The path with bytes that aren't UTF-8 escaped: neither JSON nor SQLite could hold them, nor a terminal show."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")


def _shown(path: str) -> str:
    return unicodedata.normalize("NFC", printable(path).replace(os.sep, "/"))
