"""Files read by several processes at once; one that a file brings down takes only that file with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import TypeVar

from embeddings.formats.known import FORMATS
from embeddings.preparation.prepared import ReadFile, read_file

_FEW = 200
"""Files that are read before processes for them would have started."""
_TOGETHER = 8
"""Files that a process is given at a time."""
_AHEAD = 4
"""Such portions that wait for each process: what is held in memory beside what is being read."""
_MAY_CRASH = frozenset(suffix for known in FORMATS if known.may_crash for suffix in known.suffixes)
_CRASHED = "读取时程序崩溃（文件多半已损坏），没有读。"
_T = TypeVar("_T")


def read_files(files: Sequence[Path], processes: int | None = None) -> Iterator[ReadFile]:
    """Read the files, in their order; `processes` is one for each core by default."""
    processes = processes or os.cpu_count() or 1
    if len(files) < _FEW and not any(file.suffix.lower() in _MAY_CRASH for file in files):
        yield from map(read_file, files)
        return
    portions = deque(_portions(files, _TOGETHER))
    while portions:
        try:
            for read in _in_pool(portions, processes):
                portions.popleft()
                yield from read
        except BrokenProcessPool:
            # Any of those under way may have done it: they are read again with nothing beside them.
            for _ in range(min(len(portions), processes * _AHEAD)):
                yield from _read_alone(portions.popleft())


def _in_pool(portions: Iterable[Sequence[Path]], processes: int) -> Iterator[list[ReadFile]]:
    with _pool(processes) as pool:
        waiting: deque[Future[list[ReadFile]]] = deque()
        try:
            for portion in tuple(portions):
                waiting.append(pool.submit(_read_portion, portion))
                if len(waiting) >= processes * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _pool(processes: int) -> ProcessPoolExecutor:
    # Not forked: a fork copies other threads' locks as they are, and one of them waits for the model.
    return ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _begin)


def _begin() -> None:
    """Ctrl-C is the parent's to handle, and a process whose parent was killed ends too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def end_with_it() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=end_with_it, daemon=True).start()


def _read_portion(files: Sequence[Path]) -> list[ReadFile]:
    return [read_file(file) for file in files]


def _read_alone(files: Sequence[Path]) -> list[ReadFile]:
    """Read in a process of their own; where it does not survive that, each in another."""
    with _pool(1) as pool:
        try:
            return pool.submit(_read_portion, files).result()
        except BrokenProcessPool:
            if len(files) == 1:
                return [ReadFile("", b"", reason=_CRASHED)]
    return [read for file in files for read in _read_alone([file])]


def _portions(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(items)
    while portion := list(islice(iterator, size)):
        yield portion
