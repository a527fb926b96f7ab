"""What a snapshot is made of, as one digest: where it is that of the live snapshot, there is nothing to do."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from embeddings.reading.articles import article_files

_READERS = (
    "beautifulsoup4", "bm25s", "datasketch", "faiss-cpu", "lxml", "mammoth", "markdown-it-py", "opencc", "pypdfium2",
)  # fmt: skip
"""Packages that decide what is read out of a file; some are optional."""


def inputs_digest(folder: Path) -> str:
    """Digest of the files below `folder` and of the program that reads them.

    A file is told by its path, size, inode and times, of which nobody can set the last (ctime): not even a file of the
    same size that was put in another's place goes unnoticed. It is not opened.

    Raises:
        CorpusError: `folder` is no folder that can be listed.
    """
    digest = hashlib.sha256()
    for part in (*_program(), os.fsencode(folder.resolve()), *_stamps(folder)):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _program() -> Iterator[bytes]:
    home = Path(__file__).parent
    for file in sorted(home.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(home).as_posix().encode()
            yield file.read_bytes()
    for package in _READERS:
        try:
            yield f"{package}=={version(package)}".encode()
        except PackageNotFoundError:
            yield f"no {package}".encode()


def _stamps(folder: Path) -> Iterator[bytes]:
    for file in sorted(article_files(folder)):
        yield os.fsencode(file.relative_to(folder))
        try:
            found = file.stat()
        except OSError as error:
            # It can't be read either, and is set aside as long as that is so.
            yield f"errno {error.errno}".encode()
        else:
            stamp = (found.st_dev, found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
            yield repr(stamp).encode()
