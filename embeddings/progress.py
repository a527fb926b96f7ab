"""How far a rebuild is: its stages, each with a rate and the time it still needs."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Literal, NoReturn, TextIO

from pydantic import TypeAdapter
from tqdm import tqdm

Stage = Literal["reading", "lexical", "embedding", "checking", "publishing"]
_SHOWN: dict[Stage, tuple[str, str]] = {
    "reading": ("读取 reading", "篇"),
    "lexical": ("词汇 lexical", "步"),
    "embedding": ("向量 embedding", "段"),
    "checking": ("自检 checking", "步"),
    "publishing": ("上传 publishing", "段"),
}
"""Name and unit of the stages in a terminal."""
_EVERY = 0.5
"""Seconds between two lines of one stage; its first and last state are always told."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one stage is."""

    stage: Stage
    done: int
    """Files read, passages embedded, or steps taken, those included that needed no work."""
    total: int
    rate: float | None = None
    """How many are done in a second; None where none has been."""
    remaining: float | None = None
    """Seconds until the stage ends, at this rate."""


PROGRESS: TypeAdapter[Progress] = TypeAdapter(Progress)
Tell = Callable[[Progress], None]
"""Is told how far a stage is, each time that something is done."""


def silent(progress: Progress) -> None:
    """Tell nobody."""


class Running:
    """One stage that is under way."""

    def __init__(self, stage: Stage, total: int, done: int, tell: Tell) -> None:
        """`done` of all need no work: they count as done, but say nothing of the rate."""
        self._stage, self._total, self._first, self._done, self._tell = stage, total, done, done, tell
        self._started = time.monotonic()
        tell(Progress(stage, done, total))

    def grow(self, count: int) -> None:
        """So many more turned up that are to be done."""
        if count:
            self._total += count
            self._tell(Progress(self._stage, self._done, self._total))

    def advance(self, count: int = 1) -> None:
        """So many more are done."""
        self._done += count
        seconds = time.monotonic() - self._started
        rate = (self._done - self._first) / seconds if seconds > 0 else None
        remaining = (self._total - self._done) / rate if rate else None
        self._tell(Progress(self._stage, self._done, self._total, _rounded(rate), _rounded(remaining)))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


@contextmanager
def shown_in_terminal() -> Iterator[Tell]:
    """A bar for each stage, on stderr."""
    bars: list[tqdm[NoReturn]] = []

    def tell(progress: Progress) -> None:
        name, unit = _SHOWN[progress.stage]
        if not bars or bars[-1].desc != name:
            for bar in bars[-1:]:
                bar.close()
            bars.append(tqdm(total=progress.total, initial=progress.done, desc=name, unit=unit))
        else:
            bars[-1].total = progress.total
            bars[-1].update(progress.done - bars[-1].n)

    try:
        yield tell
    finally:
        for bar in bars[-1:]:
            bar.close()


def as_json_lines(stream: TextIO | None = None) -> Tell:
    """A JSON object a line, at most two a second for a stage, on stderr by default."""
    stream = stream or sys.stderr
    last: list[tuple[Stage, float]] = [("reading", -_EVERY)]

    def tell(progress: Progress) -> None:
        stage, when = last[0]
        now = time.monotonic()
        if progress.stage != stage or progress.done >= progress.total or now - when >= _EVERY:
            last[0] = (progress.stage, now)
            print(json.dumps(asdict(progress), ensure_ascii=False), file=stream, flush=True)

    return tell
