"""The `rebuild-index` command: a folder of articles -> a new live snapshot."""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from tqdm import tqdm

from embeddings import console
from embeddings.chunking import cut_passages, embedded_text
from embeddings.corpus_store import Document
from embeddings.encoding.encoder import load_encoder
from embeddings.errors import CorpusError, LockedError, SnapshotError
from embeddings.outline import read_outline
from embeddings.reading.articles import read_articles
from embeddings.reading.reprints import merge_reprints
from embeddings.snapshot import default_index, live_id, read_manifest
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


def rebuild(
    folder: Path, index: Path, model: str | None = None, show_progress: bool = False, force: bool = False
) -> RebuildReport:
    """Read the articles under `folder` and make them the live snapshot of `index`.

    `model` is a sentence-transformers model (hub name or folder); None is the bundled one. Progress bars
    go to stderr. The live snapshot stays as it is until the new one is complete and verified. With `force` the new one
    may have less than half its articles.

    Raises:
        CorpusError: the folder is missing or holds no readable article.
        ModelError: the model can't be loaded.
        LockedError: another rebuild of this index is running.
        SnapshotError: the index can't be written, lost more than half its articles, or failed its self-check.
    """
    started = time.monotonic()
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
        manifest = write_snapshot(index, _printable(folder), documents, embedded.vectors, encoder)
    return RebuildReport(
        snapshot=manifest.id,
        articles=manifest.articles,
        passages=manifest.passages,
        embedded=embedded.computed,
        reprints=len(articles) - len(merged),
        set_aside=tuple(set_aside),
        seconds=round(time.monotonic() - started, 2),
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rebuild-index", description="把一个文件夹的文章建成索引 / Build the index of a folder of articles"
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="文章文件夹 / folder of articles")
    parser.add_argument("--index", type=Path, default=default_index(), metavar="DIR", help="索引位置 (%(default)s)")
    parser.add_argument("--model", metavar="NAME", help="sentence-transformers 模型名或文件夹；默认用内置模型")
    parser.add_argument(
        "--force",
        action="store_true",
        help="文章少了一半以上也重建 / rebuild though half the articles are gone",
    )
    parser.add_argument("--json", action="store_true", help="结果输出为一个 JSON 对象 / print the report as JSON")
    parser.add_argument(
        "--rollback", action="store_true", help="退回上一份索引 / make the previous snapshot live again"
    )
    parser.add_argument(
        "--progress", action="store_true", help="stderr 不是终端也显示进度 / show progress though stderr is no terminal"
    )
    return parser


def _print_report(report: RebuildReport, index: Path) -> None:
    print(f"索引已更新 Index rebuilt: {index}  快照 snapshot {report.snapshot}")
    print(f"  文章 articles {report.articles}    段落 passages {report.passages}（新算 embedded {report.embedded}）")
    if report.reprints:
        print(f"  转载合并 reprints merged {report.reprints}")
    print(f"  搁置 set aside {len(report.set_aside)}    用时 seconds {report.seconds}")
    for item in report.set_aside:
        print(f"    {item.path}：{item.reason}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    return console.run(
        "rebuild-index",
        lambda: _run(arguments),
        interrupted="已中断；现有索引未动，再次运行会接着做。Interrupted; run it again to go on.",
    )


def _run(arguments: Sequence[str] | None) -> int:
    parser = _parser()
    args = parser.parse_args(arguments)
    if args.rollback == bool(args.folder):
        parser.error("请给出一个文章文件夹，或只给 --rollback / name a folder of articles, or --rollback alone")
    if args.rollback:
        snapshot = roll_back_index(args.index)
        print(json.dumps({"snapshot": snapshot}) if args.json else f"已退回 Rolled back to {snapshot}")
        return 0
    show_progress = args.progress or sys.stderr.isatty()
    report = rebuild(args.folder, args.index, args.model, show_progress, args.force)
    if args.json:
        print(json.dumps(asdict(report), ensure_ascii=False))
    else:
        _print_report(report, args.index)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
