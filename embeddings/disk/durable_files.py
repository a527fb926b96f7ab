"""Files that are on the disk, and not only on their way to it, before anything relies on them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO


def write_durably(file: Path, content: bytes) -> None:
    """Write a whole file."""
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def flushed_sha256(file: Path) -> str:
    """Flush a file that something else wrote; returns the hex digest of its content."""
    # Opened for writing too, because Windows refuses to flush a file that is only read.
    with file.open("r+b") as stream:
        os.fsync(stream.fileno())
        return sha256_of(stream)


def sha256_of(stream: BinaryIO) -> str:
    """Hex digest of what is left to read of an open file."""
    digest = hashlib.sha256()
    while block := stream.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()
