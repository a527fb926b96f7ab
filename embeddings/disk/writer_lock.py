"""One writer at a time for an index, and what is said where it can't write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from embeddings.errors import LockedError, SnapshotError


@contextmanager
def writer_of(index: Path) -> Iterator[None]:
    """Hold the one writer's lock; the operating system frees it even when the process is killed.

    Raises:
        LockedError: another process holds it.
        SnapshotError: within, something could not be written.
    """
    try:
        index.mkdir(parents=True, exist_ok=True)
        with FileLock(index / "lock", timeout=0):
            yield
    except Timeout as error:
        raise LockedError(
            f"另一个 rebuild-index 正在写 {index}，等它结束后再运行。\n"
            f"Another rebuild-index is writing to {index}; wait for it to end."
        ) from error
    except (OSError, sqlite3.Error) as error:
        raise SnapshotError(
            f"索引写不进 {index}：{error}。请检查磁盘空间和权限，或用 --index 换一个文件夹；现有索引未动。\n"
            f"Can't write the index to {index}: check space and permissions, or name another folder with --index."
        ) from error
