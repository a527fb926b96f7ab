"""Snapshots on disk, opened: what is damaged is not read, and the previous one stands in for it.

INDEX/CURRENT names the live snapshot; INDEX/snapshots/<id>/ holds each one whole. Nothing in a snapshot
changes once it has its name, so a reader that has it open is never disturbed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from embeddings.disk.durable_files import sha256_of
from embeddings.errors import SnapshotError
from embeddings.index.dense import DenseIndex
from embeddings.index.legs import DenseLeg, LexicalLeg
from embeddings.index.lexical import LexicalIndex
from embeddings.manifest import FORMAT, MANIFEST, Manifest
from embeddings.snapshot.corpus_store import CorpusStore

CORPUS = "corpus.sqlite"
VECTORS = "vectors.faiss"
LEXICAL = "lexical"
_MEND = (
    "请重建：rebuild-index 文章文件夹，或退回上一份：rebuild-index --rollback\n"
    "Rebuild it, or run rebuild-index --rollback"
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One open snapshot."""

    manifest: Manifest
    corpus: CorpusStore
    dense: DenseLeg
    lexical: LexicalLeg
    notice: str = ""
    """For the user, where this is not the live snapshot: what is wrong with that one."""


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
    """Open the live snapshot of an index or, where that is damaged, the one before it, which then says so.

    Raises:
        SnapshotError: there is none, both are damaged, or a newer version wrote it.
    """
    try:
        return open_snapshot(index, live_id(index))
    except SnapshotError as damage:
        snapshot = _earlier(index)
        if snapshot is None:
            raise
        name, folder = snapshot.manifest.id, snapshot.manifest.folder
        notice = (
            f"{str(damage).splitlines()[0]} 暂用上一份 {name}：rebuild-index {folder} --index {index}"
            " / The live snapshot can't be read; the one before it answers until the index is rebuilt, as above."
        )
        return replace(snapshot, notice=notice)


def _earlier(index: Path) -> Snapshot | None:
    """The snapshot before the live one, if there is one and it is whole."""
    try:
        earlier = previous_id(index)
        return open_snapshot(index, earlier) if earlier is not None else None
    except (SnapshotError, OSError):
        return None


def open_snapshot(index: Path, name: str) -> Snapshot:
    """Open the snapshot `name` of an index, each of its files having been found as it was written.

    Raises:
        SnapshotError: there is none, it is damaged, or a newer version wrote it.
    """
    return open_files(index / "snapshots" / name, check_snapshot(index, name))


def check_snapshot(index: Path, name: str) -> Manifest:
    """What the snapshot `name` of an index says of itself, each of its files having been found as it was written.

    Raises:
        SnapshotError: there is none, it is damaged, or a newer version wrote it.
    """
    folder = index / "snapshots" / name
    manifest = _read_manifest(folder)
    for file, digest in manifest.files.items():
        try:
            with (folder / file).open("rb") as stream:
                same = sha256_of(stream) == digest
        except OSError as error:
            raise SnapshotError(f"索引快照 {folder} 缺少 {file}，或读不了（{error.strerror}）。{_MEND}") from error
        if not same:
            raise SnapshotError(f"索引快照 {folder} 已损坏：{file} 与建立时不同。{_MEND}")
    return manifest


def read_manifest(index: Path, name: str) -> Manifest:
    """What the snapshot `name` of an index says of itself; nothing else of it is opened.

    Raises:
        SnapshotError: there is no such snapshot, its manifest is damaged, or a newer version wrote it.
    """
    return _read_manifest(index / "snapshots" / name)


def open_corpus(index: Path, name: str) -> CorpusStore:
    """The articles of the snapshot `name` of an index, without what searches them."""
    return CorpusStore(index / "snapshots" / name / CORPUS)


def _read_manifest(folder: Path) -> Manifest:
    try:
        manifest = MANIFEST.validate_json((folder / "manifest.json").read_bytes())
    except (OSError, ValidationError) as error:
        raise SnapshotError(f"索引快照 {folder} 无法读取（{type(error).__name__}）。{_MEND}") from error
    if manifest.format != FORMAT:
        raise SnapshotError(f"索引快照 {folder} 的格式是 {manifest.format}，本程序读 {FORMAT}。{_MEND}")
    return manifest


def open_files(folder: Path, manifest: Manifest) -> Snapshot:
    """Open the files of a snapshot without looking for damage first.

    Raises:
        SnapshotError: one of them can't be opened, or they don't hold what the manifest says.
    """
    try:
        corpus = CorpusStore(folder / CORPUS)
        snapshot = Snapshot(manifest, corpus, *_open_legs(folder, manifest))
        counted = corpus.count()
    except SnapshotError:
        raise
    # FAISS and SQLite each have error classes of their own for a damaged file.
    except Exception as error:
        raise SnapshotError(f"索引快照 {folder} 已损坏（{error}）。{_MEND}") from error
    if counted != (manifest.articles, manifest.passages) or not (
        snapshot.dense.size == snapshot.lexical.size == manifest.passages
    ):
        raise SnapshotError(f"索引快照 {folder} 不完整：篇数或段数与清单不符。{_MEND}")
    return snapshot


def _open_legs(folder: Path, manifest: Manifest) -> tuple[DenseLeg, LexicalLeg]:
    if manifest.store.kind == "milvus":
        # Only here, for it imports what an installation without the extra lacks.
        from embeddings.milvus.legs import open_legs

        return open_legs(folder, manifest)
    return DenseIndex.open(folder / VECTORS, manifest.dense), LexicalIndex.open(folder / LEXICAL)


def previous_id(index: Path) -> str | None:
    """Id of the snapshot that a rollback would make live; None where there is only the live one.

    Raises:
        SnapshotError: there is no index here.
    """
    current = live_id(index)
    others = sorted(p.name for p in (index / "snapshots").iterdir() if p.name != current and p.name[0] != ".")
    # A newer one is what an earlier rollback left or, beside an older one, what a killed run never made live.
    return max((name for name in others if name < current), default=others[-1]) if others else None
