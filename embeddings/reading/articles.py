"""A folder of files -> articles, and the files that can't be read with the reason why."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain, count
from pathlib import Path, PurePosixPath

from embeddings.errors import CorpusError
from embeddings.reading.blocks import Page
from embeddings.reading.cleaning import clean_page
from embeddings.reading.decoding import DecodingError, decode
from embeddings.reading.markup import read_page
from embeddings.reading.office import OFFICE_SUFFIXES, read_office
from embeddings.reading.places import infer_place
from embeddings.reading.unreadable import UnreadableError
from embeddings.types import Article, SetAside

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm"}) | OFFICE_SUFFIXES
OTHER_DOCUMENTS = frozenset(
    {".doc", ".docm", ".wps", ".rtf", ".odt", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".dps", ".ofd"}
)
"""Documents of formats that are not read: named as set aside, for their owner meant them to be."""
_LARGEST = 20 * 1024 * 1024
"""Bytes; the longest novels have a tenth of it, so a larger file is no article."""
_LARGEST_OFFICE = 100 * 1024 * 1024
"""Bytes of a Word or PDF file, which may be full of pictures."""


def read_articles(folder: Path) -> Iterator[Article | SetAside]:
    """Yield every article below `folder` in the order of the paths, and every file that had to be set aside.

    Hidden files and folders are skipped. Raises CorpusError where `folder` is no folder that can be listed; what is
    wrong with a single file never raises.
    """
    return _read_all(sorted((_relative(folder, file), file) for file in article_files(folder)))


def article_files(folder: Path) -> Iterator[Path]:
    """Every file below `folder` that is read, or named as set aside.

    Raises:
        CorpusError: `folder` is no folder that can be listed.
    """
    _check(folder)
    return _files(folder)


def _check(folder: Path) -> None:
    if not folder.exists():
        raise CorpusError(
            f"找不到文章文件夹 {_shown(folder)}：请检查路径，或先建立它并放入 .txt、.md、.html、.docx 或 .pdf 文件。"
            " Folder not found: check the path, or create it and put .txt, .md, .html, .docx or .pdf files in it."
        )
    if not folder.is_dir():
        raise CorpusError(
            f"{_shown(folder)} 不是文件夹：请给出存放文章的文件夹，而不是单个文件。"
            " Not a folder: name the folder that holds the articles, not a single file."
        )
    if not os.access(folder, os.R_OK | os.X_OK):
        raise CorpusError(
            f"没有权限读取文件夹 {_shown(folder)}：请修改权限后重试。 No permission to read the "
            f"folder: change its permissions and try again."
        )


def _read_all(files: Sequence[tuple[str, Path]]) -> Iterator[Article | SetAside]:
    taken: set[str] = set()
    for path, file in files:
        article_id = str(PurePosixPath(path).with_suffix(""))
        # Of a.md and a.txt the later keeps its extension; where NFC and NFD names meet, even that may be taken.
        candidates = chain((article_id, path), (f"{path}~{number}" for number in count(2)))
        article_id = next(name for name in candidates if name not in taken)
        result = read_article(file, path=path, article_id=article_id)
        if isinstance(result, Article):
            taken.add(article_id)
        yield result


def read_article(file: Path, *, path: str, article_id: str) -> Article | SetAside:
    """Return the article in `file`, or why there is none; `path` is its path in the folder, with forward slashes."""
    try:
        page = _read_file(file)
    except OSError as error:
        return SetAside(path, f"无法读取文件（{error.strerror or '系统错误'}）。")
    except (DecodingError, UnreadableError) as error:
        return SetAside(path, str(error))
    clean = clean_page(page)
    if clean is None:
        return SetAside(path, "除去网页的导航、版权等内容后，没有正文。")
    return Article(
        id=article_id,
        title=clean.title,
        text=clean.text,
        path=path,
        body_start=clean.body_start,
        authors=clean.authors,
        author_post=clean.author_post,
        bylines=clean.bylines,
        editors=clean.editors,
        uploader=clean.uploader,
        source=clean.source,
        published=clean.published,
        url=clean.url,
        place=infer_place(
            title=clean.title,
            author_post=clean.author_post,
            authors=clean.authors,
            body=clean.body,
            source=clean.source,
            footer=clean.footer,
        ),
        tags=clean.tags,
    )


def _read_file(file: Path) -> Page:
    suffix = file.suffix.lower()
    if suffix in OTHER_DOCUMENTS:
        raise UnreadableError(f"读不了 {suffix} 文件；请用 Word、WPS 等打开，另存为 .docx 或 .txt。")
    if not file.is_file():
        raise UnreadableError("不是普通文件（链接失效，或是设备、管道）。")
    largest = _LARGEST_OFFICE if suffix in OFFICE_SUFFIXES else _LARGEST
    if file.stat().st_size > largest:
        raise UnreadableError(f"文件太大（超过 {largest // 1024 // 1024} MB），不像一篇文章。")
    data = file.read_bytes()
    return read_office(data, suffix) if suffix in OFFICE_SUFFIXES else read_page(decode(data), suffix)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files with a document's extension, without hidden ones and the locks of Word.

    Links to folders are followed, but no folder is entered twice.
    """
    entered: set[tuple[int, int]] = set()
    for root, folders, files in os.walk(folder, followlinks=True):
        here = Path(root).stat()
        if (here.st_dev, here.st_ino) in entered:
            folders.clear()
            continue
        entered.add((here.st_dev, here.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            known = Path(name).suffix.lower() in SUFFIXES | OTHER_DOCUMENTS
            if known and not name.startswith((".", "~$")):
                yield Path(root) / name


def _relative(folder: Path, file: Path) -> str:
    return unicodedata.normalize("NFC", _shown(file.relative_to(folder)))


def _shown(path: Path) -> str:
    """Return the path with bytes that aren't UTF-8 escaped: it must be printable and storable."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace").replace(os.sep, "/")
