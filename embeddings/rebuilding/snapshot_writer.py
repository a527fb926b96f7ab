"""New snapshots: built aside, verified, swapped in atomically; the previous one brought back."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path

from embeddings.disk.durable_files import write_durably
from embeddings.encoding.encoder import Encoder
from embeddings.errors import SnapshotError
from embeddings.index.lexical import tokenize
from embeddings.manifest import FORMAT, MANIFEST, Manifest, Origin, Store
from embeddings.preparation.corpus import PreparedCorpus
from embeddings.progress import Running, Tell, silent
from embeddings.rebuilding.milvus_collections import drop_unused, settle
from embeddings.rebuilding.snapshot_files import WrittenFiles, hash_files, write_files
from embeddings.snapshot.snapshot import Snapshot, check_snapshot, live_id, open_files, open_snapshot, previous_id

_UNKNOWN = Origin()
_LOCAL = Store()
_SAMPLES = 20
"""Passages that a new snapshot has to find again by their own words before it goes live."""
_AMONG = 10
"""Fewer passages than this may fit a passage's own words better than it does."""


@dataclass(frozen=True, slots=True)
class Written:
    """A new live snapshot."""

    manifest: Manifest
    embedded: int
    """Passages whose vectors had to be computed; the others were kept."""


def write_snapshot(
    index: Path,
    folder: str,
    corpus: PreparedCorpus,
    encoder: Callable[[], Encoder],
    origin: Origin = _UNKNOWN,
    tell: Tell = silent,
    store: Store = _LOCAL,
) -> Written:
    """Write a snapshot, verify it, make it the live one and keep the previous one; all others go.

    `encoder` gives the model once that is needed, so that it can be loaded while the rest is written. With
    Milvus as the `store` what is searched goes there once it is verified.

    Raises:
        SnapshotError: what was written can't be opened again or does not find its own passages.
        OSError, sqlite3.Error: the disk is full or the folder can't be written.
    """
    snapshots = index / "snapshots"
    snapshots.mkdir(parents=True, exist_ok=True)
    for leftover in snapshots.glob(".building-*"):
        shutil.rmtree(leftover)
    drop_unused(index)
    name = _new_id(snapshots)
    # Asked before the new one stands beside them, which might be taken for the one before.
    previous = _previous(index)
    building = snapshots / f".building-{name}"
    building.mkdir()
    try:
        written = write_files(index, building, corpus, encoder, tell)
        checking = Running("checking", 2, 0, tell)
        manifest = _write_manifest(building, name, folder, corpus, written, origin)
        checking.advance()
        _verify(open_files(building, manifest), corpus)
        checking.advance()
        if store.kind == "milvus":
            # Only here, for it imports what an installation without the extra lacks.
            from embeddings.rebuilding.milvus_publishing import publish

            manifest = publish(index, building, replace(manifest, store=store), tell)
        building.rename(snapshots / name)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    try:
        _swap(index, name)
    except OSError:
        shutil.rmtree(snapshots / name, ignore_errors=True)
        raise
    _prune(snapshots, keep={name, previous})
    settle(index)
    return Written(manifest, written.embedded)


def _previous(index: Path) -> str:
    """The snapshot to keep beside the new one: the live one or, where that is damaged, what stood in for it."""
    if not (index / "CURRENT").exists():
        return ""
    live = live_id(index)
    for name in (live, previous_id(index)):
        try:
            if name is not None:
                return check_snapshot(index, name).id
        except SnapshotError as damage:
            logging.getLogger(__name__).debug("not to be kept: %s", damage)
    return live


def _new_id(snapshots: Path) -> str:
    """UTC time, and a number behind it should two fall in one second; ids sort in the order of building."""
    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    taken = [path.name for path in snapshots.iterdir()]
    return next(name for n in range(1, 1000) if (name := stamp if n == 1 else f"{stamp}-{n}") not in taken)


def _write_manifest(
    building: Path, name: str, folder: str, corpus: PreparedCorpus, searched: WrittenFiles, origin: Origin
) -> Manifest:
    manifest = Manifest(
        format=FORMAT,
        id=name,
        model=searched.encoder.name,
        revision=searched.encoder.revision,
        dimension=searched.encoder.dimension,
        articles=corpus.articles,
        passages=corpus.passages,
        folder=folder,
        files=hash_files(building, searched.hashes),
        origin=origin,
        dense=searched.dense,
    )
    write_durably(building / "manifest.json", MANIFEST.dump_json(manifest, indent=1))
    return manifest


def _verify(snapshot: Snapshot, corpus: PreparedCorpus) -> None:
    """Both legs must find sampled passages: the lexical one by their own words, the dense one by their vectors."""
    sample = range(0, corpus.passages, max(1, corpus.passages // _SAMPLES))
    for number, text in zip(sample, corpus.texts(sample), strict=True):
        # Passages of equal text tie, so what is compared is the score, not the number.
        nearest = snapshot.dense.search(snapshot.dense.vector(number), 1)
        matches = snapshot.lexical.match(text)
        own = matches.of([number])[0]
        better = sum(hit.score > own for hit in matches.best(_AMONG))
        dense_finds = nearest and nearest[0].score > 0.99
        lexical_finds = own > 0 or not tokenize(text)
        if not dense_finds or not lexical_finds or better >= _AMONG:
            leg = "词汇检索" if dense_finds else "向量检索"
            raise SnapshotError(
                f"新索引自检未通过：{leg}找不到第 {number} 段，原索引未动。\n"
                "The new index failed its self-check; the live one is untouched."
            )


def _swap(index: Path, name: str) -> None:
    aside = index / "CURRENT.new"
    write_durably(aside, f"{name}\n".encode())
    aside.replace(index / "CURRENT")


def _prune(snapshots: Path, keep: set[str]) -> None:
    for path in snapshots.iterdir():
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def roll_back(index: Path) -> str:
    """Make the previous snapshot the live one again and return its id; a second call undoes the first.

    Raises:
        SnapshotError: there is no index, no previous snapshot, or it is damaged.
    """
    previous = previous_id(index)
    if previous is None:
        raise SnapshotError(f"{index} 里没有上一份快照可退回。\nThere is no previous snapshot in {index}.")
    open_snapshot(index, previous)
    _swap(index, previous)
    settle(index)
    return previous
