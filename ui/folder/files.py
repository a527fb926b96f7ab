"""The folder of articles as its owner sees it: what is in it, adding, removing to a hidden folder, restoring."""

from __future__ import annotations

import filecmp
import os
import shutil
import tempfile
import threading
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import count
from pathlib import Path

from embeddings.errors import SuyuanError
from embeddings.reading.files import LOOKED_AT
from ui.folder.names import numbered, safe_name

_TRASH = ".trash"
"""Hidden, so that the articles in it are read no more."""
_writing = threading.Lock()
"""Several visitors' requests run in threads of one process."""


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


@dataclass(frozen=True, slots=True)
class RemovedFile:
    """One file that was removed and can be restored."""

    at: str
    """Name of the folder it was moved to: the UTC time."""
    path: str
    """Where it was, in the folder of articles."""


@dataclass(frozen=True, slots=True)
class Added:
    """Where a file was put."""

    name: str
    is_new: bool
    """False where a file of this name with the same content was there already."""


def list_files(folder: Path) -> tuple[StoredFile, ...]:
    """Every file that a rebuild would look at, in the order of the paths.

    Raises:
        FolderError: the folder is missing or can't be listed.
    """
    try:
        files = (_stored(folder, file, removable) for file, removable in _files(folder))
        return tuple(sorted((file for file in files if file), key=lambda file: file.path))
    except OSError as error:
        raise FolderError(f"无法读取文章文件夹 {folder}（{error.strerror}）。Can't list the folder.") from error


def _files(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Every file, and whether it lies in the folder itself: links to other folders are followed, as when reading."""
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
    return StoredFile(_shown(folder, file), about.st_size, changed, removable)


def _shown(folder: Path, file: Path) -> str:
    relative = os.fsencode(file.relative_to(folder)).decode("utf-8", errors="backslashreplace")
    return unicodedata.normalize("NFC", relative.replace(os.sep, "/"))


def add_file(folder: Path, given_name: str, content: Path) -> Added:
    """Copy the file `content` into the folder under a safe form of its name.

    It appears whole or not at all. Where a file of that name has other content, the new one gets a number; where it
    has the same, nothing is written.

    Raises:
        NameRefusedError: there is no safe form of the name, or its extension is not of an article.
        FolderError: the folder can't be written.
    """
    name = safe_name(given_name)
    try:
        with _writing:
            return _add(folder, name, content)
    except OSError as error:
        raise FolderError(f"“{name}”没能放进 {folder}（{error.strerror}）。The file was not added.") from error


def _add(folder: Path, name: str, content: Path) -> Added:
    handle, aside = tempfile.mkstemp(prefix=".adding-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as target, content.open("rb") as source:
            shutil.copyfileobj(source, target)
            target.flush()
            os.fsync(target.fileno())
        for number in count(1):
            target_name = numbered(name, number)
            if _claimed(folder / target_name):
                # Whoever may read the folder may read the article; mkstemp lets nobody else.
                Path(aside).chmod(0o644)
                Path(aside).replace(folder / target_name)
                return Added(target_name, is_new=True)
            if _is_same(folder / target_name, Path(aside)):
                return Added(target_name, is_new=False)
        raise AssertionError("count() has no end")
    finally:
        Path(aside).unlink(missing_ok=True)


def _claimed(file: Path) -> bool:
    """Whether the name was free: an empty file then holds it against any other process."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
    except FileExistsError:
        return False
    return True


def _is_same(file: Path, other: Path) -> bool:
    return file.is_file() and filecmp.cmp(file, other, shallow=False)


def remove_file(folder: Path, path: str) -> RemovedFile:
    """Move a file of `list_files` to the hidden folder .trash, from where `restore_file` brings it back.

    Raises:
        FolderError: the list has no such file that may be removed, or it can't be moved.
    """
    with _writing:
        file = _find(folder, path)
        try:
            at = _new_trash(folder)
            target = folder / _TRASH / at / file.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
        except OSError as error:
            raise FolderError(f"“{path}”没能移走（{error.strerror}）。The file was not removed.") from error
    return RemovedFile(at, path)


def _find(folder: Path, path: str) -> Path:
    # Only what was found by walking the folder is touched: a path from outside is compared, never followed.
    try:
        for file, removable in _files(folder):
            if removable and _shown(folder, file) == path:
                return file
    except OSError as error:
        raise FolderError(f"无法读取文章文件夹 {folder}（{error.strerror}）。Can't list the folder.") from error
    raise FolderError(f"文件夹里没有可以移走的“{path}”。No such file in the folder.")


def _new_trash(folder: Path) -> str:
    trash = folder / _TRASH
    if trash.is_symlink():
        raise FolderError(f"{trash} 是链接：请换成普通文件夹。{trash} is a link: make it a folder.")
    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    for number in count(1):
        at = stamp if number == 1 else f"{stamp}-{number}"
        try:
            (trash / at).mkdir(parents=True)
        except FileExistsError:
            continue
        return at
    raise AssertionError("count() has no end")


def list_removed(folder: Path) -> tuple[RemovedFile, ...]:
    """Every file that can be restored, the latest removed first."""
    return tuple(removed for removed, _ in _removed(folder))


def _removed(folder: Path) -> list[tuple[RemovedFile, Path]]:
    trash = folder / _TRASH
    if trash.is_symlink():
        return []
    found: list[tuple[RemovedFile, Path]] = []
    for root, _, names in os.walk(trash):
        for name in names:
            file = Path(root) / name
            at, *inner = file.relative_to(trash).parts
            if inner:
                found.append((RemovedFile(at, _shown(trash / at, file)), file))
    return sorted(found, key=lambda item: (item[0].at, item[0].path), reverse=True)


def restore_file(folder: Path, at: str, path: str) -> str:
    """Bring a file of `list_removed` back to where it was; returns its path, with a number where that was taken.

    Raises:
        FolderError: there is no such file, or it can't be moved.
    """
    with _writing:
        file = next((file for removed, file in _removed(folder) if (removed.at, removed.path) == (at, path)), None)
        if file is None:
            raise FolderError(f"回收处没有“{path}”。No such file was removed.")
        try:
            restored = _restore(folder, file, file.relative_to(folder / _TRASH / file.relative_to(folder).parts[1]))
        except OSError as error:
            raise FolderError(f"“{path}”没能恢复（{error.strerror}）。The file was not restored.") from error
    return _shown(folder, restored)


def _restore(folder: Path, file: Path, inner: Path) -> Path:
    parent = folder / inner.parent
    if not parent.resolve().is_relative_to(folder.resolve()):
        raise FolderError(f"{parent} 已在文件夹之外。{parent} now lies outside of the folder.")
    parent.mkdir(parents=True, exist_ok=True)
    target = next(target for number in count(1) if _claimed(target := parent / numbered(inner.name, number)))
    file.replace(target)
    emptied = file.parent
    while emptied != folder / _TRASH and not any(emptied.iterdir()):
        emptied.rmdir()
        emptied = emptied.parent
    return target
