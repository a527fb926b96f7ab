"""What lies in the folder of articles: every file that a rebuild would look at, and whether it may be removed."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from embeddings.errors import SuyuanError
from embeddings.reading.files import LOOKED_AT


class FolderError(SuyuanError):
    """The folder of articles can't be read or written, or has no such file."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of the folder of articles."""

    path: str
    """In the folder, with forward slashes, NFC: as an article's `path`."""
    size: int
    """Bytes."""
    changed: datetime
    """When its content or its place last changed; UTC."""
    removable: bool
    """False for what lies beyond a link to a place outside of the folder."""


def list_files(folder: Path) -> tuple[StoredFile, ...]:
    """Every file that a rebuild would look at, in the order of the paths.

    Raises:
        FolderError: the folder is missing or can't be listed.
    """
    try:
        files = (_stored(folder, file, removable) for file, removable in walk_files(folder))
        return tuple(sorted((file for file in files if file), key=lambda file: file.path))
    except OSError as error:
        raise FolderError(f"无法读取文章文件夹 {folder}（{error.strerror}）。Can't list the folder.") from error


def walk_files(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Every file, and whether it lies in the folder itself: links to other folders are followed, as when reading.

    Raises OSError where the folder is missing or can't be listed.
    """
    inside = folder.resolve(strict=True)
    # A link may lead back to where it came from: no folder is entered twice.
    entered: set[Path] = set()
    for root, folders, names in os.walk(folder, onerror=_raise_at(folder), followlinks=True):
        here = Path(root).resolve()
        if here in entered:
            folders.clear()
            continue
        entered.add(here)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() in LOOKED_AT:
                yield Path(root, name), here.is_relative_to(inside)


def _raise_at(folder: Path) -> Callable[[OSError], None]:
    def raise_it(error: OSError) -> None:
        if error.filename == str(folder):
            raise error

    return raise_it


def _stored(folder: Path, file: Path, removable: bool) -> StoredFile | None:
    try:
        about = file.stat()
    except OSError:
        try:
            about = file.lstat()  # a link that leads nowhere can still be removed
        except OSError:
            return None  # removed since it was listed
    changed = datetime.fromtimestamp(max(about.st_mtime, about.st_ctime), timezone.utc)
    return StoredFile(shown_path(folder, file), about.st_size, changed, removable)


def shown_path(folder: Path, file: Path) -> str:
    """Where a file lies in the folder, with forward slashes, NFC, what is no UTF-8 as escapes."""
    relative = os.fsencode(file.relative_to(folder)).decode("utf-8", errors="backslashreplace")
    return unicodedata.normalize("NFC", relative.replace(os.sep, "/"))
