"""A folder of files -> articles, and the files that can't be read with the reason why."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain, count
from pathlib import Path

from embeddings.cleaning.cleaning import clean_page
from embeddings.containers.member import Member
from embeddings.containers.opening import CONTAINERS
from embeddings.formats.known import read_document
from embeddings.page.unreadable import UnreadableError
from embeddings.places.places import infer_place
from embeddings.reading.files import FoundFile, find_files, read_bytes
from embeddings.reading.members import list_container, path_of, read_member
from embeddings.types import Article, SetAside


def read_articles(folder: Path) -> Iterator[Article | SetAside]:
    """Yield every article below `folder` in the order of the paths, and every file that had to be set aside.

    Those in archives and mails are named by the paths within. Hidden files and folders are skipped. Raises CorpusError
    where `folder` is no folder that can be listed; what is wrong with a single file never raises.
    """
    return _articles(find_files(folder))


def _articles(files: Iterable[FoundFile]) -> Iterator[Article | SetAside]:
    ids = ArticleIds()
    for path, read in _documents(files):
        try:
            article = read()
        except UnreadableError as error:
            yield SetAside(path, str(error))
        else:
            yield replace(article, id=ids.take(path), path=path)


def _documents(files: Iterable[FoundFile]) -> Iterator[tuple[str, Callable[[], Article]]]:
    """The path of every document, and what reads it."""
    for found in files:
        if found.suffix not in CONTAINERS or found.problem:
            yield found.path, partial(read_article, found)
            continue
        try:
            listing = list_container(found.file)
        except (OSError, UnreadableError) as error:
            yield found.path, partial(_refuse, _said(error))
            continue
        if listing.reason:
            yield found.path, partial(_refuse, listing.reason)
        for member in listing.members:
            read = partial(_refuse, member.reason) if member.reason else partial(_read_member, found.file, member)
            yield path_of(found.path, member), read


def _refuse(reason: str) -> Article:
    raise UnreadableError(reason)


def _read_member(file: Path, member: Member) -> Article:
    try:
        data = read_member(file, member)
    except OSError as error:
        raise UnreadableError(cannot_be_read(error)) from error
    return parse_article(data, member.suffix)


def _said(error: OSError | UnreadableError) -> str:
    return cannot_be_read(error) if isinstance(error, OSError) else str(error)


class ArticleIds:
    """Gives each article its id: the path of its file without the extension, where that is not taken."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, path: str) -> str:
        """The id of the article in the file of this path; asked in the order of the paths."""
        # Of a.md and a.txt the later keeps its extension; where NFC and NFD names meet, even that may be taken.
        article_id = posixpath.splitext(path)[0]
        if article_id in self._taken:
            candidates = chain((path,), (f"{path}~{n}" for n in count(2)))
            article_id = next(name for name in candidates if name not in self._taken)
        self._taken.add(article_id)
        return article_id


def read_article(found: FoundFile) -> Article:
    """The article in a file, which has neither id nor path yet.

    Raises:
        UnreadableError: there is none; the message says why.
    """
    if found.problem:
        raise UnreadableError(found.problem)
    try:
        data, _ = read_bytes(found.file)
    except OSError as error:
        raise UnreadableError(cannot_be_read(error)) from error
    return parse_article(data, found.suffix)


def cannot_be_read(error: OSError) -> str:
    """Why a file that the system does not give is set aside."""
    return f"无法读取文件（{error.strerror or '系统错误'}）。"


def parse_article(data: bytes, suffix: str) -> Article:
    """The article in the content of a file with this extension; it has neither id nor path yet.

    Raises:
        UnreadableError: there is none; the message says why.
    """
    page = read_document(data, suffix)
    clean = clean_page(page)
    if clean is None:
        raise UnreadableError("除去网页的导航、版权等内容后，没有正文。")
    return Article(
        id="",
        title=clean.title,
        text=clean.text,
        path="",
        body_start=clean.body_start,
        authors=clean.authors,
        author_post=clean.author_post,
        bylines=clean.bylines,
        credits=clean.credits,
        parts=clean.parts,
        headings=clean.headings,
        items=clean.items,
        page_lines=clean.page_lines,
        recognised=clean.recognised,
        unread=page.unread,
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
        pages=clean.pages,
    )
