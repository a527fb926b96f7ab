"""A command run as a process of its own: how long it took and how much memory it held."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from embeddings.errors import SuyuanError

REPOSITORY = Path(__file__).parents[2]
_PROC = Path("/proc")
_PERIOD = 0.2
"""Seconds between two looks at the memory; of one process the kernel keeps the peak, so that little is missed."""
_PATIENCE = 20.0
"""Seconds that a process may take to end when it is asked to."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A process that ended well."""

    output: str
    seconds: float
    """From its start to its end, so with the interpreter's start and all imports."""
    peak: int | None
    """Bytes, as `Memory.peak`."""


def run_module(module: str, *arguments: str | Path) -> Ran:
    """Run `python -m module` in the repository with this interpreter; what it says on stderr is passed on.

    Raises:
        SuyuanError: it ended with another exit code than 0.
    """
    began = perf_counter()
    with started_module(module, *arguments, stdout=subprocess.PIPE) as child:
        output, _ = child.process.communicate()
        seconds = perf_counter() - began
    if child.process.returncode:
        raise SuyuanError(
            f"{module} 没有做完（退出码 {child.process.returncode}），原因见上；修好后加 --resume 接着测。\n"
            f"{module} failed, see above; run it again with --resume."
        )
    return Ran(output.decode("utf-8"), seconds, child.memory.peak)


@dataclass(frozen=True, slots=True)
class Child:
    """A process that is running, and its memory, which is watched while it does."""

    process: subprocess.Popen[bytes]
    memory: Memory


@contextmanager
def started_module(module: str, *arguments: str | Path, stdout: int = subprocess.DEVNULL) -> Iterator[Child]:
    """Start `python -m module` as `run_module` does; it and all that it started have ended afterwards."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", module, *map(str, arguments)], cwd=REPOSITORY, stdout=stdout, start_new_session=True
    )
    memory = Memory(process.pid)
    watching = threading.Thread(target=memory.watch, daemon=True)
    watching.start()
    try:
        yield Child(process, memory)
    finally:
        memory.ended.set()
        watching.join()
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if process.stdout:
        process.stdout.close()


class Memory:
    """The peak memory of a session of processes, as Linux counts it; elsewhere it is not known.

    Of one process that is VmHWM, the most that was resident, file pages that it maps included. Of several at the same
    time it is the largest sum seen of their proportional set sizes, in which shared pages count once.
    """

    def __init__(self, session: int) -> None:
        self.ended = threading.Event()
        self._session = session
        self._peak = 0

    @property
    def peak(self) -> int | None:
        """Bytes; None where it is not known."""
        return self._peak or None

    def watch(self) -> None:
        """Look at the memory until `ended` is set, and once more."""
        while not self.ended.wait(_PERIOD):
            self.look()
        self.look()

    def look(self) -> None:
        """Look at the memory now."""
        processes = list(_of_session(self._session))
        singles = [_bytes(process / "status", "VmHWM") for process in processes]
        together = sum(_bytes(process / "smaps_rollup", "Pss") for process in processes) if len(processes) > 1 else 0
        self._peak = max([self._peak, together, *singles])


def _of_session(session: int) -> Iterator[Path]:
    for process in _PROC.glob("[0-9]*"):
        try:
            # The name of the program, in brackets, may hold anything.
            fields = (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            yield process


def _bytes(file: Path, key: str) -> int:
    """The kilobytes that a file of /proc gives for a key, as bytes; 0 where the process has ended."""
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{key}:")), 0)
