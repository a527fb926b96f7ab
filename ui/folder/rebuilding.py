"""Rebuilding the index in a process of its own: a crash or a full memory never takes the page down."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Literal

from pydantic import TypeAdapter, ValidationError

from embeddings.errors import LockedError
from embeddings.progress import PROGRESS, Stage
from embeddings.rebuilding.rebuild import RebuildReport
from embeddings.snapshot.snapshot import live_id, read_manifest

State = Literal[Stage, "idle", "starting", "done", "stopped", "failed"]

_ENDED: frozenset[State] = frozenset({"idle", "done", "stopped", "failed"})
_REPORT: TypeAdapter[RebuildReport] = TypeAdapter(RebuildReport)
_KEPT_LINES = 20
_PATIENCE = 5
"""Seconds that a process gets to end before it is killed."""


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """How far a rebuild is, or how the last one ended."""

    stage: State = "idle"
    done: int = 0
    """Files read, passages embedded or steps taken."""
    total: int | None = None
    """Of how many; None where that isn't known."""
    remaining: float | None = None
    """Seconds until this stage ends; None where that isn't known."""
    seconds: float = 0.0
    report: RebuildReport | None = None
    """Where it is done."""
    message: str = ""
    """What it said, where it failed."""

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.stage not in _ENDED


def rebuild_command(index: Path, folder: Path) -> list[str]:
    """The command that rebuilds the index from the folder with the model that it has now.

    Raises:
        SnapshotError: there is no index.
    """
    model = read_manifest(index, live_id(index)).model
    options = ["--index", str(index), "--model", model, "--json"]
    return [sys.executable, "-m", "embeddings.rebuild_command", *options, "--", str(folder)]


class Rebuilder:
    """Runs one rebuild at a time; may be asked from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state = Rebuilding()
        self._started = 0.0
        self._process: subprocess.Popen[bytes] | None = None
        self._follower: threading.Thread | None = None
        self._stopping = False

    @property
    def state(self) -> Rebuilding:
        """How far it is now."""
        with self._lock:
            state = self._state
            return replace(state, seconds=time.monotonic() - self._started) if state.is_running else state

    def start(self, command: Sequence[str]) -> None:
        """Start the command, which is one of `rebuild_command`, and return at once.

        Raises:
            LockedError: one is running already.
        """
        with self._lock:
            if self._state.is_running:
                raise LockedError("正在重建，等它结束或先停止。It is being rebuilt; wait, or stop it.")
            self._state, self._started, self._stopping = Rebuilding("starting"), time.monotonic(), False
            # The report has no bound: a pipe that nobody empties would hold the process up.
            output = tempfile.TemporaryFile()  # noqa: SIM115
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module; no shell
                    command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE
                )
            except OSError as error:
                output.close()
                self._state = Rebuilding("failed", message=f"无法启动 can't start: {error}")
                return
            self._follower = threading.Thread(target=self._follow, args=(self._process, output), daemon=True)
            self._follower.start()

    def stop(self) -> None:
        """End the rebuild, if one runs; the live index stays as it is. Returns once it has ended."""
        with self._lock:
            process, follower = self._process, self._follower
            self._stopping = process is not None
        if process is None or follower is None:
            return
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        follower.join(_PATIENCE)

    def forget(self) -> None:
        """Say no more of how the last one ended; one that runs goes on."""
        with self._lock:
            if not self._state.is_running:
                self._state = Rebuilding()

    def _follow(self, process: subprocess.Popen[bytes], output: IO[bytes]) -> None:
        said: list[str] = []
        with output, process:
            for line in _lines(process.stderr):
                state = progress(line)
                if state:
                    with self._lock:
                        self._state = state
                elif line.strip():
                    said = [*said, line][-_KEPT_LINES:]
            code = process.wait()
            output.seek(0)
            report = output.read()
        with self._lock:
            ended = _stopped() if self._stopping and code else _ended(code, report, "\n".join(said))
            self._state = replace(ended, seconds=time.monotonic() - self._started)
            self._process = None


def _lines(stream: IO[bytes] | None) -> Iterator[str]:
    """Lines as they come, whatever bytes they are."""
    if stream is not None:
        yield from (line.rstrip("\n") for line in io.TextIOWrapper(stream, encoding="utf-8", errors="replace"))


def progress(line: str) -> Rebuilding | None:
    """What a line says of how far the rebuild is; None where it says something else."""
    try:
        told = PROGRESS.validate_json(line)
    except ValidationError:
        return None
    return Rebuilding(told.stage, told.done, told.total, told.remaining)


def _stopped() -> Rebuilding:
    return Rebuilding("stopped")


def _ended(code: int, output: bytes, said: str) -> Rebuilding:
    if code == 0:
        try:
            return Rebuilding("done", report=_REPORT.validate_json(output))
        except ValidationError:
            return Rebuilding("failed", message="重建没有给出报告 / the rebuild gave no report")
    if code < 0:
        said = f"{said}\n重建被系统终止（信号 {-code}），多半是内存不足。Ended by signal {-code}; likely out of memory."
    return Rebuilding("failed", message=said.strip().removeprefix("rebuild-index: ") or f"exit code {code}")
