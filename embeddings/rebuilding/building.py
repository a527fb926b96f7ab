"""A new live snapshot of a folder in which something has changed."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from embeddings.disk.begin_anew import throw_away_if_damaged
from embeddings.encoding.encoder import Encoder
from embeddings.errors import CorpusError, SnapshotError
from embeddings.formats.known import NAMED
from embeddings.manifest import Manifest, Origin, Store
from embeddings.preparation.corpus import PreparedCorpus
from embeddings.preparation.limits import Limits
from embeddings.preparation.planning import FolderPlan, plan_folder
from embeddings.preparation.reading import read_files_into
from embeddings.preparation.store import PreparedStore
from embeddings.progress import Tell
from embeddings.reading.files import FoundFile, printable
from embeddings.rebuilding.snapshot_files import EMBEDDINGS
from embeddings.rebuilding.snapshot_writer import write_snapshot
from embeddings.rebuilding.vector_cache import VectorCache
from embeddings.snapshot.snapshot import live_id, read_manifest

PREPARED = "prepared.sqlite"
"""File of an index that keeps what was read out of the files."""
_FEW = 20
"""Articles of an index below which losing half of them is nothing out of the ordinary."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rebuild was asked for, and what it found."""

    folder: Path
    index: Path
    tell: Tell
    force: bool
    store: Store
    found: tuple[FoundFile, ...]
    program: str
    inputs: str
    limits: Limits
    """What reading one document may take."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was done."""

    manifest: Manifest
    parsed: int
    """Files whose content had to be read out."""
    embedded: int
    """Passages that had to be embedded."""


def build(asked: Asked, encoder: Callable[[], Encoder]) -> Built:
    """Read what is new in the folder, embed what is new of that, and make all of it the live snapshot.

    `encoder` gives the model once that is needed. Raises what `rebuild` says.
    """
    try:
        return _build(asked, encoder)
    except sqlite3.DatabaseError as error:
        throw_away_if_damaged(asked.index / PREPARED, error)
        return _build(asked, encoder)


def _build(asked: Asked, encoder: Callable[[], Encoder]) -> Built:
    with PreparedStore(asked.index / PREPARED, asked.program) as store:
        read = read_files_into(store, asked.found, asked.tell, asked.limits)
        plan = plan_folder(read, store)
        _check_articles(asked, plan)
        corpus = PreparedCorpus(store, plan.planned)
        origin = Origin(asked.inputs, plan.reprints, plan.set_aside)
        folder = printable(asked.folder)
        written = write_snapshot(asked.index, folder, corpus, encoder, origin, asked.tell, asked.store)
        _tidy(asked, store, corpus)
    return Built(written.manifest, read.parsed, written.embedded)


def _tidy(asked: Asked, store: PreparedStore, corpus: PreparedCorpus) -> None:
    """Forget what is kept of files that are gone: only now, for until the swap the folder might be the wrong one."""
    try:
        store.forget_others(file.name for file in asked.found)
        VectorCache(asked.index / EMBEDDINGS).keep_only(corpus.digests())
    except sqlite3.OperationalError as error:
        # The new snapshot is live; what a full disk keeps from being forgotten is forgotten the next time.
        logging.getLogger(__name__).debug("not tidied: %s", error)


def _check_articles(asked: Asked, plan: FolderPlan) -> None:
    """There has to be an article; and a folder that was not mounted, or half copied, must not replace a good index."""
    folder, articles = asked.folder, len(plan.planned)
    if not articles:
        reasons = "".join(f"\n  {item.path}：{item.reason}" for item in plan.set_aside[:10])
        raise CorpusError(
            f"{folder} 里没有可读的文章（{NAMED}）；现有索引未动。{reasons}\n"
            f"No readable article in {folder}; the live index is untouched."
        )
    try:
        manifest = read_manifest(asked.index, live_id(asked.index))
    except SnapshotError:
        return
    if not asked.force and manifest.articles >= _FEW and articles * 2 < manifest.articles:
        raise SnapshotError(
            f"{folder} 里只有 {articles} 篇文章，现有索引有 {manifest.articles} 篇，少了一半以上；现有索引未动。"
            "请检查文件夹是否完整；确实要这样，请加 --force。\n"
            "It has less than half the articles of the live index, which is untouched; check it, or add --force."
        )
