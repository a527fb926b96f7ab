"""What the owner does to the folder of articles: adding, removing to a hidden folder, restoring."""

from __future__ import annotations

import filecmp
import os
import shutil
import tempfile
import threading
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import count
from pathlib import Path

from ui.folder.listing import FolderError, shown_path, walk_files
from ui.folder.names import numbered, safe_name

_TRASH = ".trash"
"""Hidden, so that the articles in it are read no more."""
_writing = threading.Lock()
"""Several visitors' requests run in threads of one process."""


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
        for file, removable in walk_files(folder):
            if removable and shown_path(folder, file) == path:
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
                found.append((RemovedFile(at, shown_path(trash / at, file)), file))
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
    return shown_path(folder, restored)


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
