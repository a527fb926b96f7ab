"""Documents read by several processes at once, each within limits; one that a document brings down takes only that."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, MutableSequence, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from types import TracebackType

import psutil

from embeddings import pulse
from embeddings.containers.opening import CONTAINERS
from embeddings.formats.known import SUFFIXES, format_of
from embeddings.preparation.limits import Limits
from embeddings.preparation.prepared import ReadFile, Source, read_source
from embeddings.preparation.watch import BEATS, BUSY, Watch, Watched
from embeddings.reading.members import Listing

Read = ReadFile | Listing

_FEW = 200
"""Files of text that are read before processes for them would have started."""
_SMALL = 256 * 1024
"""Bytes of such a file."""
_GIVEN = 8
"""Documents that a process has at a time at most, so that it need not wait for the next."""
_AHEAD = 32
"""Documents for each process that may be read before their turn: what is held in memory beside what is being read."""
_TIRED = 0.5
"""The share of the memory it may take that a process must not keep: another takes its place."""
_CRASHED = "读取时程序崩溃（文件多半已损坏），没有读。"
"""Why a document is set aside whose process ended by itself."""


class Readers:
    """Processes that read; they start when they are first needed, and end with the block."""

    def __init__(self, limits: Limits, processes: int | None = None) -> None:
        """`processes` is one for each core by default."""
        self._most = processes or os.cpu_count() or 1
        self._limits = limits
        self._watch = Watch(limits)
        self._workers: list[_Worker] = []

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watch.end()
        for worker in self._workers:
            worker.end()

    def read(self, sources: Sequence[Source]) -> Iterator[Read]:
        """What came of each, in their order."""
        if len(sources) < _FEW and all(map(_is_small_text, sources)):
            yield from map(read_source, sources)
            return
        waiting, done = deque(range(len(sources))), dict[int, Read]()
        for number in range(len(sources)):
            while number not in done:
                self._give(sources, waiting, number + self._most * _AHEAD)
                self._take(waiting, done)
            yield done.pop(number)

    def _give(self, sources: Sequence[Source], waiting: deque[int], before: int) -> None:
        """Keep every process busy, with no more of them than there are documents, and nothing too far ahead."""
        while len(self._workers) < min(self._most, len(waiting)):
            self._workers.append(_Worker(self._watch, self._limits))
        # The last of them are given singly: none is to wait for a slow one while another process has nothing to do.
        most = min(_GIVEN, 1 + len(waiting) // (2 * max(1, len(self._workers))))
        for worker in self._workers:
            while waiting and waiting[0] < before and len(worker.given) < most:
                number = waiting.popleft()
                worker.give(number, sources[number])

    def _take(self, waiting: deque[int], done: dict[int, Read]) -> None:
        """Wait until a process hands something back, or ends."""
        busy = [worker for worker in self._workers if worker.given]
        ready = wait([worker.connection for worker in busy])
        for worker in (worker for worker in busy if worker.connection in ready):
            stays = True
            try:
                while stays and worker.given and worker.connection.poll():
                    done[worker.given[0]], stays = worker.take()
                    worker.given.popleft()
            except (EOFError, OSError):
                stays = False
                # It has handed back all that it read before: the first that it did not is what it was at.
                if not worker.ended_at_rest:
                    done[worker.given.popleft()] = ReadFile("", b"", reason=worker.ended_for or _CRASHED)
            if not stays:
                waiting.extendleft(reversed(worker.given))
                self._workers.remove(worker)
                worker.end()


def _is_small_text(source: Source) -> bool:
    suffix = source.file.suffix.lower()
    if source.member is not None or suffix in CONTAINERS:
        return False
    if suffix not in SUFFIXES:
        return True  # Nothing will be read of it.
    try:
        return format_of(suffix).plain and source.file.stat().st_size <= _SMALL
    except OSError:
        return True


class _Worker:
    """One process that reads what it is given, in that order."""

    def __init__(self, watch: Watch, limits: Limits) -> None:
        # Not forked: a fork copies other threads' locks as they are, and one of them waits for the model.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._said = context.RawArray("Q", 2)
        arguments = (theirs, self._said, limits.memory * _TIRED)
        self._process = context.Process(target=_serve, args=arguments, daemon=True)
        self._process.start()
        # Held by the process alone, it ends with it.
        theirs.close()
        self.given: deque[int] = deque()
        """Numbers of the documents that it has not handed back."""
        self._watch = watch
        self._watched = Watched(self._process, self._said)
        watch.add(self._watched)

    def give(self, number: int, source: Source) -> None:
        """Have it read the document of this number."""
        self.given.append(number)
        with suppress(OSError):  # It has ended, which what it does not hand back says.
            self.connection.send(source)

    def take(self) -> tuple[Read, bool]:
        """What came of the first that was given, and whether it goes on to the next.

        Raises EOFError or OSError where the process has ended.
        """
        read, stays = self.connection.recv()
        return read, stays

    @property
    def ended_at_rest(self) -> bool:
        """Whether it had begun none of those given, though it was able to: something else ended it."""
        return bool(self._said[BEATS]) and not self._said[BUSY]

    @property
    def ended_for(self) -> str:
        """Why it was ended, a sentence for the user; empty where it ended by itself."""
        return self._watched.ended_for

    def end(self) -> None:
        """End the process, which has nothing to lose."""
        self._watch.remove(self._watched)
        self._process.kill()
        self._process.join()
        self.connection.close()


def _serve(connection: Connection, said: MutableSequence[int], tired: float) -> None:
    """Read what comes until the pipe ends, or so many bytes stay that the next document would be blamed for them."""
    _begin()

    def live() -> None:
        said[BEATS] += 1

    pulse.listen(live)
    here, stays = psutil.Process(), True
    with suppress(EOFError, OSError):
        while stays:
            source = connection.recv()
            said[BUSY] = 1
            live()
            read = read_source(source)
            stays = here.memory_info().rss < tired
            _hand_back(connection, read, stays)
            said[BUSY] = 0


def _hand_back(connection: Connection, read: Read, stays: bool) -> None:
    try:
        connection.send((read, stays))
    except (RecursionError, MemoryError):
        connection.send((ReadFile("", b"", reason="读出的内容层次太深或太多，没有收；请拆成几个文件再试。"), stays))


def _begin() -> None:
    """Ctrl-C is the parent's to handle, and a process whose parent was killed ends too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def end_with_it() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=end_with_it, daemon=True).start()
