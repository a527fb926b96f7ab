"""What a snapshot is made of, as one digest: where it is that of the live snapshot, there is nothing to do."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from embeddings.converting.libreoffice import find_libreoffice
from embeddings.reading.files import FoundFile

_READERS = (
    "beautifulsoup4", "bm25s", "datasketch", "faiss-cpu", "lxml", "mammoth", "markdown-it-py", "opencc", "openpyxl",
    "pypdfium2", "python-pptx", "xlrd",
)  # fmt: skip
"""Packages that decide what is read out of a file."""
_OF_EXTRAS = ("onnxruntime", "rapidocr")
"""Those of them that need not be there."""


def inputs_digest(program: str, folder: Path, found: Iterable[FoundFile]) -> str:
    """Digest of the program and of the files found below `folder`, told by their paths and stamps."""
    parts = [program.encode(), os.fsencode(folder.resolve())]
    for each in found:
        parts += [each.name, each.stamp.encode(), each.problem.encode()]
    return _digest(parts)


def program_digest() -> str:
    """Digest of the program's code that makes an index, and of the packages that decide what is read."""
    return _digest((*_code(), *_packages()))


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _code() -> Iterator[bytes]:
    home = Path(__file__).parents[1]
    for file in sorted(home.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(home).as_posix().encode()
            yield file.read_bytes()


def _packages() -> Iterator[bytes]:
    yield b"LibreOffice" if find_libreoffice() else b"no LibreOffice"
    for package in (*_READERS, *_OF_EXTRAS):
        try:
            yield f"{package}=={version(package)}".encode()
        except PackageNotFoundError:
            yield f"no {package}".encode()
