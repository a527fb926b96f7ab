"""Snapshots on disk: built aside, verified, swapped in atomically; opened; rolled back.

INDEX/CURRENT names the live snapshot; INDEX/snapshots/<id>/ holds each one whole. Nothing in a snapshot
changes once it has its name, so a reader that has it open is never disturbed.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from embeddings.chunking import CHUNKER, embedded_text
from embeddings.corpus_store import CorpusStore, Document, write_corpus
from embeddings.dense import DenseIndex
from embeddings.encoding.encoder import Encoder
from embeddings.errors import SnapshotError
from embeddings.lexical import LexicalIndex
from embeddings.manifest import FORMAT, MANIFEST, Manifest

_CORPUS = "corpus.sqlite"
_VECTORS = "vectors.faiss"
_LEXICAL = "lexical"
_MEND = (
    "请重建：rebuild-index 文章文件夹，或退回上一份：rebuild-index --rollback\n"
    "Rebuild it, or run rebuild-index --rollback"
)
_SAMPLES = 20
"""Passages that a new snapshot has to find again by their own words before it goes live."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One open snapshot."""

    manifest: Manifest
    corpus: CorpusStore
    dense: DenseIndex
    lexical: LexicalIndex


def default_index() -> Path:
    """The folder that SUYUAN_INDEX names, or ./index."""
    return Path(os.environ.get("SUYUAN_INDEX") or "index")


def live_id(index: Path) -> str:
    """Id of the live snapshot.

    Raises:
        SnapshotError: there is no index here.
    """
    try:
        return (index / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SnapshotError(
            f"{index} 里没有索引，请先建立：rebuild-index 文章文件夹 --index {index}\n"
            f"There is no index in {index}; build one: rebuild-index FOLDER --index {index}"
        ) from error


def open_live(index: Path) -> Snapshot:
    """Open the live snapshot of an index.

    Raises:
        SnapshotError: there is none, it is damaged, or a newer version wrote it.
    """
    return _open(index / "snapshots" / live_id(index))


def read_manifest(index: Path, name: str) -> Manifest:
    """What the snapshot `name` of an index says of itself; nothing else of it is opened.

    Raises:
        SnapshotError: there is no such snapshot, its manifest is damaged, or a newer version wrote it.
    """
    return _read_manifest(index / "snapshots" / name)


def open_corpus(index: Path, name: str) -> CorpusStore:
    """The articles of the snapshot `name` of an index, without what searches them."""
    return CorpusStore(index / "snapshots" / name / _CORPUS)


def _read_manifest(folder: Path) -> Manifest:
    try:
        manifest = MANIFEST.validate_json((folder / "manifest.json").read_bytes())
    except (OSError, ValidationError) as error:
        raise SnapshotError(f"索引快照 {folder} 无法读取（{type(error).__name__}）。{_MEND}") from error
    if manifest.format != FORMAT:
        raise SnapshotError(f"索引快照 {folder} 的格式是 {manifest.format}，本程序读 {FORMAT}。{_MEND}")
    return manifest


def _open(folder: Path) -> Snapshot:
    manifest = _read_manifest(folder)
    try:
        corpus = CorpusStore(folder / _CORPUS)
        snapshot = Snapshot(manifest, corpus, DenseIndex.open(folder / _VECTORS), LexicalIndex.open(folder / _LEXICAL))
        counted = corpus.count()
    # FAISS and SQLite each have error classes of their own for a damaged file.
    except Exception as error:
        raise SnapshotError(f"索引快照 {folder} 已损坏（{error}）。{_MEND}") from error
    if counted != (manifest.articles, manifest.passages) or not (
        snapshot.dense.size == snapshot.lexical.size == manifest.passages
    ):
        raise SnapshotError(f"索引快照 {folder} 不完整：篇数或段数与清单不符。{_MEND}")
    return snapshot


def write_snapshot(
    index: Path, folder: str, documents: list[Document], vectors: NDArray[np.float32], encoder: Encoder
) -> Manifest:
    """Write a snapshot, verify it, make it the live one and keep the previous one; all others go.

    `vectors` has shape (passages of all documents, dimension), in their order.

    Raises:
        SnapshotError: what was written can't be opened again or does not find its own passages.
        OSError: the disk is full or the folder can't be written.
    """
    snapshots = index / "snapshots"
    snapshots.mkdir(parents=True, exist_ok=True)
    for leftover in snapshots.glob(".building-*"):
        shutil.rmtree(leftover)
    name = _new_id(snapshots)
    building = snapshots / f".building-{name}"
    building.mkdir()
    try:
        manifest = _write_files(building, name, folder, documents, vectors, encoder)
        _verify(_open(building), documents)
        building.rename(snapshots / name)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    previous = (index / "CURRENT").read_text(encoding="utf-8").strip() if (index / "CURRENT").exists() else ""
    try:
        _swap(index, name)
    except OSError:
        shutil.rmtree(snapshots / name, ignore_errors=True)
        raise
    _prune(snapshots, keep={name, previous})
    return manifest


def _new_id(snapshots: Path) -> str:
    """UTC time, and a number behind it should two fall in one second; ids sort in the order of building."""
    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    taken = [path.name for path in snapshots.iterdir()]
    return next(name for n in range(1, 1000) if (name := stamp if n == 1 else f"{stamp}-{n}") not in taken)


def _write_files(
    building: Path, name: str, folder: str, documents: list[Document], vectors: NDArray[np.float32], encoder: Encoder
) -> Manifest:
    write_corpus(building / _CORPUS, documents)
    _save_vectors(vectors, building / _VECTORS)
    LexicalIndex.build(embedded_text(d.article, p) for d in documents for p in d.passages).save(building / _LEXICAL)
    files = {
        path.relative_to(building).as_posix(): _sha256(path) for path in sorted(building.rglob("*")) if path.is_file()
    }
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
    )
    _write_durably(building / "manifest.json", MANIFEST.dump_json(manifest, indent=1))
    return manifest


def _save_vectors(vectors: NDArray[np.float32], file: Path) -> None:
    try:
        DenseIndex.build(vectors).save(file)
    except RuntimeError as error:
        # FAISS says “write error” whatever the system said; by far the likeliest is that the disk is full.
        raise OSError(errno.ENOSPC, f"{os.strerror(errno.ENOSPC)}?", str(file)) from error


def _sha256(file: Path) -> str:
    # Opened for writing too, because Windows refuses to flush a file that is only read.
    with file.open("r+b") as stream:
        os.fsync(stream.fileno())
        digest = hashlib.sha256()
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


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


def _write_durably(file: Path, content: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _swap(index: Path, name: str) -> None:
    aside = index / "CURRENT.new"
    _write_durably(aside, f"{name}\n".encode())
    aside.replace(index / "CURRENT")


def _prune(snapshots: Path, keep: set[str]) -> None:
    for path in snapshots.iterdir():
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def previous_id(index: Path) -> str | None:
    """Id of the snapshot that a rollback would make live; None where there is only the live one.

    Raises:
        SnapshotError: there is no index here.
    """
    current = live_id(index)
    others = sorted(p.name for p in (index / "snapshots").iterdir() if p.name != current and p.name[0] != ".")
    # A newer one is what an earlier rollback left or, beside an older one, what a killed run never made live.
    return max((name for name in others if name < current), default=others[-1]) if others else None


def roll_back(index: Path) -> str:
    """Make the previous snapshot the live one again and return its id; a second call undoes the first.

    Raises:
        SnapshotError: there is no index, no previous snapshot, or it is damaged.
    """
    previous = previous_id(index)
    if previous is None:
        raise SnapshotError(f"{index} 里没有上一份快照可退回。\nThere is no previous snapshot in {index}.")
    _open(index / "snapshots" / previous)
    _swap(index, previous)
    return previous
