"""Processes watched from outside: one that takes too long or too much memory over a document is ended."""

from __future__ import annotations

import threading
import time
from collections.abc import MutableSequence
from contextlib import suppress
from multiprocessing.process import BaseProcess

import psutil

from embeddings.preparation.limits import Limits
from embeddings.preparation.prepared import TOO_MUCH_MEMORY

BEATS, BUSY = 0, 1
"""What a process says of itself, in two integers that both sides see: how many signs of life, and whether it reads."""
_EVERY = 0.1
"""Seconds between two looks; a process fills some 100 MB meanwhile."""


class Watched:
    """One process, and what it had used when it last gave a sign of life."""

    def __init__(self, process: BaseProcess, said: MutableSequence[int]) -> None:
        """`said` is what it says of itself."""
        self.ended_for = ""
        """Why it was ended, a sentence for the user; empty where nobody ended it."""
        self._process, self._said = process, said
        self._usage = psutil.Process(process.pid)
        self._beats, self._seconds, self._since = 0, 0.0, 0.0

    def look(self, limits: Limits) -> None:
        """End the process if it is over a limit. Raises psutil.Error where it has ended."""
        beats, now = self._said[BEATS], time.monotonic()
        times = self._usage.cpu_times()
        seconds = times.user + times.system
        if not self._said[BUSY] or beats != self._beats:
            self._beats, self._seconds, self._since = beats, seconds, now
        elif self._usage.memory_info().rss > limits.memory:
            self._end(TOO_MUCH_MEMORY)
        elif seconds - self._seconds > limits.seconds or now - self._since > limits.seconds * limits.patience:
            self._end(
                f"读取超时（超过 {limits.seconds:g} 秒），没有读；请拆成几个文件，或用 --file-seconds 放宽再重建。"
            )

    def _end(self, why: str) -> None:
        self.ended_for = why
        self._process.kill()


class Watch:
    """Looks at processes, in a thread of its own."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._watched: list[Watched] = []
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, watched: Watched) -> None:
        """Look at this process too."""
        with self._lock:
            self._watched.append(watched)
        if self._thread is None:
            self._thread = threading.Thread(target=self._look, daemon=True)
            self._thread.start()

    def remove(self, watched: Watched) -> None:
        """Look at this process no more, from now on: it may be waited for, and its number go to another."""
        with self._lock:
            self._watched.remove(watched)

    def end(self) -> None:
        """Look at none any more."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_EVERY):
            with self._lock:
                for watched in self._watched:
                    with suppress(psutil.Error):  # It has ended by itself, which its reader notices.
                        watched.look(self._limits)
