"""A folder of articles -> a new live snapshot, where anything has changed."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from tqdm import tqdm

from embeddings.chunking import cut_passages, embedded_text
from embeddings.corpus_store import Document
from embeddings.encoding import bundled
from embeddings.encoding.encoder import load_encoder
from embeddings.errors import CorpusError, LockedError, SnapshotError
from embeddings.inputs import inputs_digest
from embeddings.manifest import Manifest, Origin, Store
from embeddings.milvus.choosing import same_store, store_of
from embeddings.outline import read_outline
from embeddings.reading.articles import read_articles
from embeddings.reading.reprints import merge_reprints
from embeddings.snapshot import live_id, open_snapshot, read_manifest
from embeddings.snapshot_writer import roll_back, write_snapshot
from embeddings.types import Article, SetAside
from embeddings.vector_cache import VectorCache

READING = "读取 reading"
EMBEDDING = "向量 embedding"
"""Names of the progress bars."""
_FEW = 20
"""Articles of an index below which losing half of them is nothing out of the ordinary."""


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild did."""

    snapshot: str
    articles: int
    passages: int
    embedded: int
    """Passages that had to be embedded; the others came from the cache."""
    reprints: int
    """Files that hold an article which another file holds too."""
    set_aside: tuple[SetAside, ...]
    seconds: float
    changed: bool = True
    """Whether there was anything to do: else the live snapshot, which this report is of, was left as it is."""


def rebuild(
    folder: Path,
    index: Path,
    model: str | None = None,
    show_progress: bool = False,
    force: bool = False,
    store: Store | None = None,
) -> RebuildReport:
    """Read the articles under `folder` and make them the live snapshot of `index`.

    `model` is a sentence-transformers model (hub name or folder); None is the bundled one. Progress bars
    go to stderr. The live snapshot stays as it is until the new one is complete and verified. With `force` the new one
    may have less than half its articles, and is built though nothing has changed. `store` says where what is searched
    goes; None: where that of the live snapshot is.

    Raises:
        CorpusError: the folder is missing or holds no readable article.
        ModelError: the model can't be loaded.
        LockedError: another rebuild of this index is running.
        SnapshotError: the index can't be written, lost more than half its articles, or failed its self-check; or the
            Milvus server can't be reached.
    """
    started = time.monotonic()
    # Before anything is read, so that what changes meanwhile is noticed next time.
    inputs = inputs_digest(folder)
    store = store_of(index, store)
    if not force and (live := _made_of(index, inputs, model, store)):
        return _report(live, False, 0, started)
    articles, set_aside = _read(folder, show_progress)
    merged = merge_reprints(articles)
    with _writer_of(index):
        if not force:
            _check_size(index, folder, len(merged))
        encoder = load_encoder(model)
        documents = [_document(article) for article in merged]
        texts = [embedded_text(d.article, passage) for d in documents for passage in d.passages]
        with tqdm(total=len(texts), desc=EMBEDDING, unit="段", disable=not show_progress) as bar:
            embedded = VectorCache(index / "embeddings.sqlite").embed(encoder, texts, bar.update)
        origin = Origin(inputs, len(articles) - len(merged), tuple(set_aside))
        manifest = write_snapshot(index, _printable(folder), documents, embedded.vectors, encoder, origin, store)
    return _report(manifest, True, embedded.computed, started)


def _made_of(index: Path, inputs: str, model: str | None, store: Store) -> Manifest | None:
    """What the live snapshot says of itself, if it was made of the same by the bundled model and is whole.

    Any other model may have changed under the same name, which only loading it shows.
    """
    if model not in (None, bundled.MODEL_NAME):
        return None
    made = (inputs, bundled.MODEL_NAME, bundled.REVISION)
    try:
        manifest = read_manifest(index, live_id(index))
        same = (manifest.origin.inputs, manifest.model, manifest.revision) == made and same_store(manifest.store, store)
        return open_snapshot(index, manifest.id).manifest if same else None
    except SnapshotError:
        return None


def _report(manifest: Manifest, changed: bool, embedded: int, started: float) -> RebuildReport:
    return RebuildReport(
        snapshot=manifest.id,
        articles=manifest.articles,
        passages=manifest.passages,
        embedded=embedded,
        reprints=manifest.origin.reprints,
        set_aside=manifest.origin.set_aside,
        seconds=round(time.monotonic() - started, 2),
        changed=changed,
    )


def _read(folder: Path, show_progress: bool) -> tuple[list[Article], list[SetAside]]:
    articles: list[Article] = []
    set_aside: list[SetAside] = []
    for read in tqdm(read_articles(folder), desc=READING, unit="篇", disable=not show_progress):
        if isinstance(read, Article):
            articles.append(read)
        else:
            set_aside.append(read)
    if not articles:
        reasons = "".join(f"\n  {item.path}：{item.reason}" for item in set_aside[:10])
        raise CorpusError(
            f"{folder} 里没有可读的文章（.txt .md .html .htm .docx .pdf）；现有索引未动。{reasons}\n"
            f"No readable article in {folder}; the live index is untouched."
        )
    return articles, set_aside


def _check_size(index: Path, folder: Path, articles: int) -> None:
    """A folder that was not mounted, or half copied, must not take the place of a good index."""
    try:
        manifest = read_manifest(index, live_id(index))
    except SnapshotError:
        return
    if manifest.articles >= _FEW and articles * 2 < manifest.articles:
        raise SnapshotError(
            f"{folder} 里只有 {articles} 篇文章，现有索引有 {manifest.articles} 篇，少了一半以上；现有索引未动。"
            "请检查文件夹是否完整；确实要这样，请加 --force。\n"
            "It has less than half the articles of the live index, which is untouched; check it, or add --force."
        )


def _printable(path: Path) -> str:
    """The path with bytes that aren't UTF-8 escaped: neither JSON nor SQLite could hold them."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")


def _document(article: Article) -> Document:
    outline = read_outline(article)
    return Document(article, outline, cut_passages(article, outline))


@contextmanager
def _writer_of(index: Path) -> Iterator[None]:
    """Hold the one writer's lock; the operating system frees it even when the process is killed."""
    try:
        index.mkdir(parents=True, exist_ok=True)
        with FileLock(index / "lock", timeout=0):
            yield
    except Timeout as error:
        raise LockedError(
            f"另一个 rebuild-index 正在写 {index}，等它结束后再运行。\n"
            f"Another rebuild-index is writing to {index}; wait for it to end."
        ) from error
    except (OSError, sqlite3.Error) as error:
        raise SnapshotError(
            f"索引写不进 {index}：{error}。请检查磁盘空间和权限，或用 --index 换一个文件夹；现有索引未动。\n"
            f"Can't write the index to {index}: check space and permissions, or name another folder with --index."
        ) from error


def roll_back_index(index: Path) -> str:
    """Make the previous snapshot of the index live again; returns its id.

    Raises:
        SnapshotError: there is no index or no previous snapshot.
        LockedError: a rebuild is running.
    """
    if not index.is_dir():
        return roll_back(index)
    with _writer_of(index):
        return roll_back(index)
