"""New snapshots: built aside, verified, swapped in atomically; the previous one brought back."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.chunking import CHUNKER, embedded_text
from embeddings.corpus_store import Document, write_corpus
from embeddings.dense import DenseIndex
from embeddings.durable_files import flushed_sha256, write_durably
from embeddings.encoding.encoder import Encoder
from embeddings.errors import SnapshotError
from embeddings.lexical import LexicalIndex
from embeddings.manifest import FORMAT, MANIFEST, Manifest, Origin, Store
from embeddings.milvus.collections import drop_unused, settle
from embeddings.snapshot import (
    CORPUS,
    LEXICAL,
    VECTORS,
    Snapshot,
    live_id,
    open_files,
    open_live,
    open_snapshot,
    previous_id,
)

_UNKNOWN = Origin()
_LOCAL = Store()
_SAMPLES = 20
"""Passages that a new snapshot has to find again by their own words before it goes live."""


def write_snapshot(
    index: Path,
    folder: str,
    documents: list[Document],
    vectors: NDArray[np.float32],
    encoder: Encoder,
    origin: Origin = _UNKNOWN,
    store: Store = _LOCAL,
) -> Manifest:
    """Write a snapshot, verify it, make it the live one and keep the previous one; all others go.

    `vectors` has shape (passages of all documents, dimension), in their order. With Milvus as the `store` what is
    searched goes there once it is verified.

    Raises:
        SnapshotError: what was written can't be opened again or does not find its own passages.
        OSError: the disk is full or the folder can't be written.
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
        manifest = _write_files(building, name, folder, documents, vectors, encoder, origin)
        _verify(open_files(building, manifest), documents)
        if store.kind == "milvus":
            # Only here, for it imports what an installation without the extra lacks.
            from embeddings.milvus.publish import publish

            manifest = publish(index, building, replace(manifest, store=store))
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
    return manifest


def _previous(index: Path) -> str:
    """The snapshot to keep beside the new one: the live one or, where that is damaged, what stood in for it."""
    if not (index / "CURRENT").exists():
        return ""
    try:
        return open_live(index).manifest.id
    except SnapshotError:
        return live_id(index)


def _new_id(snapshots: Path) -> str:
    """UTC time, and a number behind it should two fall in one second; ids sort in the order of building."""
    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    taken = [path.name for path in snapshots.iterdir()]
    return next(name for n in range(1, 1000) if (name := stamp if n == 1 else f"{stamp}-{n}") not in taken)


def _write_files(
    building: Path,
    name: str,
    folder: str,
    documents: list[Document],
    vectors: NDArray[np.float32],
    encoder: Encoder,
    origin: Origin,
) -> Manifest:
    write_corpus(building / CORPUS, documents)
    _save_vectors(vectors, building / VECTORS)
    LexicalIndex.build(embedded_text(d.article, p) for d in documents for p in d.passages).save(building / LEXICAL)
    written = sorted(path for path in building.rglob("*") if path.is_file())
    files = {path.relative_to(building).as_posix(): flushed_sha256(path) for path in written}
    manifest = Manifest(
        format=FORMAT,
        id=name,
        model=encoder.name,
        revision=encoder.revision,
        dimension=encoder.dimension,
        chunker=CHUNKER,
        articles=len(documents),
        passages=len(vectors),
        folder=folder,
        files=files,
        origin=origin,
    )
    write_durably(building / "manifest.json", MANIFEST.dump_json(manifest, indent=1))
    return manifest


def _save_vectors(vectors: NDArray[np.float32], file: Path) -> None:
    try:
        DenseIndex.build(vectors).save(file)
    except RuntimeError as error:
        # FAISS says “write error” whatever the system said; by far the likeliest is that the disk is full.
        raise OSError(errno.ENOSPC, f"{os.strerror(errno.ENOSPC)}?", str(file)) from error


def _verify(snapshot: Snapshot, documents: list[Document]) -> None:
    """Both legs must find sampled passages: the lexical one from their own words, the dense one from their vectors."""
    texts = [embedded_text(document.article, p) for document in documents for p in document.passages]
    step = max(1, len(texts) // _SAMPLES)
    for number in range(0, len(texts), step):
        # Passages of equal text tie, so what is compared is the score, not the number.
        nearest = snapshot.dense.search(snapshot.dense.vector(number), 1)
        dense_finds = nearest and nearest[0].score > 0.99
        lexical_finds = any(hit.passage == number for hit in snapshot.lexical.search(texts[number], 10))
        if not dense_finds or not lexical_finds:
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
