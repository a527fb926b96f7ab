"""All that `benchmarks.speed.rebuilding` measures at one size of the corpus."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import TypeAdapter

from benchmarks.speed.asking_speed import read_questions
from benchmarks.speed.child_process import run_module
from benchmarks.speed.page_memory import page_memory
from benchmarks.speed.pipelines import Corpus, Rebuilt, rebuild
from benchmarks.speed.rebuilding_figures import Asked, Grown, Part
from embeddings.errors import SuyuanError
from embeddings.snapshot.snapshot import live_id
from material.corpora import NEWS

_REPEATS = 3
"""Rebuilds with nothing changed, and with one article changed."""
_PAGE_ASKED = 20
"""Questions asked of the page."""


def measure_growth(
    corpus: Corpus, questions: Path, cache: Path | None, machine: str, say: Callable[[str], None]
) -> Grown:
    """Rebuild the corpus from nothing, or from embeddings that are there, and again and again; then ask it.

    Raises:
        SuyuanError: a process failed, or a rebuild did not do what it was expected to.
    """
    shutil.rmtree(corpus.index, ignore_errors=True)
    corpus.index.mkdir(parents=True)
    if cache:
        shutil.copy(cache, corpus.index / cache.name)
    say(f"{corpus.files} files: rebuild{' with ' + str(cache) if cache else ''}")
    first = rebuild(corpus.folder, corpus.index)
    say(f"{corpus.files} files: nothing changed")
    unchanged = [_expect(False, rebuild(corpus.folder, corpus.index)) for _ in range(_REPEATS)]
    say(f"{corpus.files} files: one article changed")
    changed = [_change(corpus, n) for n in range(_REPEATS)]
    say(f"{corpus.files} files: asking")
    asking = run_module("benchmarks.speed.asking_speed", corpus.index, questions)
    say(f"{corpus.files} files: the page")
    page_peak = page_memory(corpus.index, read_questions(questions)[:_PAGE_ASKED])
    return Grown(
        machine=machine,
        files=corpus.files,
        asked=TypeAdapter(Asked).validate_json(asking.output),
        rebuild_seconds=first.ran.seconds,
        rebuild_peak=first.ran.peak,
        embedded=first.embedded,
        unchanged_seconds=_median(unchanged),
        changed_seconds=_median(changed),
        changed_embedded=changed[-1].embedded,
        changed_peak=max((one.ran.peak for one in changed if one.ran.peak), default=None),
        asking_peak=asking.peak,
        page_peak=page_peak,
        snapshot=tuple(_parts(corpus.index / "snapshots" / live_id(corpus.index))),
    )


def _change(corpus: Corpus, number: int) -> Rebuilt:
    """Add a sentence that was never there to one of the articles, each time to another, and rebuild."""
    files = sorted((corpus.folder / NEWS).glob("*.txt"))
    file = files[number * (len(files) - 1) // max(_REPEATS - 1, 1)]
    said = f"{file.read_text(encoding='utf-8')}\n编辑部在第{time.time_ns()}次校对时补充了这一句话，其余内容没有改动。"
    file.write_text(said, encoding="utf-8")
    return _expect(True, rebuild(corpus.folder, corpus.index))


def _expect(changed: bool, rebuilt: Rebuilt) -> Rebuilt:
    if rebuilt.changed != changed:
        raise SuyuanError(
            "rebuild-index 没有发现改动，或没有改动却重建了。\nrebuild-index missed a change, or saw one that was none."
        )
    return rebuilt


def _median(rebuilt: Sequence[Rebuilt]) -> float:
    return statistics.median(one.ran.seconds for one in rebuilt)


def _parts(snapshot: Path) -> list[Part]:
    """The files and folders of a snapshot and their bytes."""
    return [
        Part(part.name, sum(file.stat().st_size for file in (part, *part.rglob("*")) if file.is_file()))
        for part in sorted(snapshot.iterdir())
    ]
