"""corpus.sqlite of a snapshot: its articles, their outlines and passages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from embeddings.disk.read_only_database import ReadOnlyDatabase
from embeddings.types import Article, Outline, Passage

ARTICLE: TypeAdapter[Article] = TypeAdapter(Article)
OUTLINE: TypeAdapter[Outline] = TypeAdapter(Outline)
_PASSAGE: TypeAdapter[Passage] = TypeAdapter(Passage)

_KEPT = 128
"""Articles and outlines kept in memory, some 20 kB each."""
CORPUS_SCHEMA = """
CREATE TABLE {database}.articles
    (number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, article TEXT NOT NULL, outline TEXT NOT NULL);
CREATE TABLE {database}.passages (number INTEGER PRIMARY KEY, article_id TEXT NOT NULL, passage TEXT NOT NULL);
CREATE INDEX {database}.passages_of_article ON passages (article_id, number);
"""
"""The tables; `number` counts from 0 in the order of the articles, and `article`, `outline` and `passage` are JSON."""


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What the page says of an article, without its text; the fields are those of `Article`."""

    id: str
    title: str
    authors: tuple[str, ...]
    author_post: str
    editors: tuple[str, ...]
    uploader: str
    source: str
    published: str
    place: str
    characters: int
    """Length of its title and body."""
    reprints: int
    """How many other files hold near-identical text."""

    @classmethod
    def of(cls, article: Article) -> ArticleHead:
        """The head of one article."""
        return cls(
            article.id,
            article.title,
            article.authors,
            article.author_post,
            article.editors,
            article.uploader,
            article.source,
            article.published,
            article.place,
            article.body_end,
            len(article.reprints),
        )


class CorpusStore:
    """Reads corpus.sqlite, read-only; may be used from several threads."""

    def __init__(self, file: Path) -> None:
        self._database = ReadOnlyDatabase(file)
        self._heads: tuple[ArticleHead, ...] | None = None
        # A snapshot never changes, and one question comes back to the same few articles again and again.
        self._kept_article = lru_cache(maxsize=_KEPT)(self._read_article)
        self._kept_outline = lru_cache(maxsize=_KEPT)(self._read_outline)

    def _rows(self, query: str, *values: str | int) -> list[tuple[str | bytes, ...]]:
        return list(self._database.execute(query, *values))

    def count(self) -> tuple[int, int]:
        """Numbers of articles and of passages."""
        row = self._rows("SELECT (SELECT COUNT(*) FROM articles), (SELECT COUNT(*) FROM passages)")[0]
        return int(row[0]), int(row[1])

    def articles(self) -> tuple[Article, ...]:
        """All articles in the order they were read."""
        return tuple(
            ARTICLE.validate_json(row[0]) for row in self._rows("SELECT article FROM articles ORDER BY number")
        )

    def heads(self) -> tuple[ArticleHead, ...]:
        """What the pages say of all articles, in the order they were read; kept, since a snapshot never changes."""
        if self._heads is None:
            # Of several paths SQLite makes one JSON array, and parses each article once for all of them.
            rows = self._rows(
                "SELECT id, json_extract(CAST(article AS TEXT), '$.title', '$.authors', '$.author_post', '$.editors',"
                " '$.uploader', '$.source', '$.published', '$.place', '$.reprints', '$.page_lines[0].start'),"
                " length(json_extract(CAST(article AS TEXT), '$.text')) FROM articles ORDER BY number"
            )
            self._heads = tuple(_head(str(row[0]), json.loads(row[1]), int(row[2])) for row in rows)
        return self._heads

    def titles_by_path(self) -> dict[str, str]:
        """Title of the article in each file that holds one, its reprints' files included."""
        rows = self._rows(
            "SELECT json_extract(CAST(article AS TEXT), '$.title', '$.path', '$.reprints') FROM articles"
            " ORDER BY number"
        )
        said = [json.loads(row[0]) for row in rows]
        return {path: title for title, own, reprints in said for path in (own, *(r["path"] for r in reprints))}

    def texts(self) -> Iterator[str]:
        """Titles and bodies of all articles in the order they were read, one at a time, for they may be gigabytes."""
        for text, page_start in self._database.execute(
            "SELECT json_extract(CAST(article AS TEXT), '$.text'),"
            " json_extract(CAST(article AS TEXT), '$.page_lines[0].start') FROM articles ORDER BY number"
        ):
            yield str(text)[: _body_end(len(str(text)), page_start)]

    def texts_with(self, passages: Iterable[int]) -> dict[str, str]:
        """Texts of the articles that the numbered passages are of, by article id, in the order they were read."""
        rows = self._rows(
            "SELECT id, json_extract(CAST(article AS TEXT), '$.text') FROM articles WHERE id IN"
            " (SELECT article_id FROM passages WHERE number IN (SELECT value FROM json_each(?))) ORDER BY number",
            json.dumps([int(number) for number in passages]),
        )
        return {str(row[0]): str(row[1]) for row in rows}

    def article(self, article_id: str) -> Article:
        """One article.

        Raises:
            KeyError: there is none of this id.
        """
        return self._kept_article(article_id)

    def _read_article(self, article_id: str) -> Article:
        return ARTICLE.validate_json(self._one("SELECT article FROM articles WHERE id = ?", article_id))

    def outline(self, article_id: str) -> Outline:
        """The outline of one article.

        Raises:
            KeyError: there is none of this id.
        """
        return self._kept_outline(article_id)

    def _read_outline(self, article_id: str) -> Outline:
        return OUTLINE.validate_json(self._one("SELECT outline FROM articles WHERE id = ?", article_id))

    def passage(self, number: int) -> Passage:
        """The passage of this number.

        Raises:
            KeyError: there is none of this number.
        """
        return _PASSAGE.validate_json(self._one("SELECT passage FROM passages WHERE number = ?", number))

    def passages(self, article_id: str) -> tuple[Passage, ...]:
        """The passages of one article in the order of the text."""
        rows = self._rows("SELECT passage FROM passages WHERE article_id = ? ORDER BY number", article_id)
        return tuple(_PASSAGE.validate_json(row[0]) for row in rows)

    def passages_at(self, numbers: Iterable[int]) -> tuple[Passage, ...]:
        """The passages of these numbers, in the order of the numbers; a number that there is none of is left out."""
        rows = self._rows(
            "SELECT passage FROM passages WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number",
            json.dumps([int(number) for number in numbers]),
        )
        return tuple(_PASSAGE.validate_json(row[0]) for row in rows)

    def numbers_of(self, article_ids: Iterable[str]) -> tuple[int, ...]:
        """Numbers of the passages of these articles, ascending."""
        rows = self._rows(
            "SELECT number FROM passages WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY number",
            json.dumps(sorted(article_ids)),
        )
        return tuple(int(row[0]) for row in rows)

    def _one(self, query: str, key: str | int) -> str | bytes:
        rows = self._rows(query, key)
        if not rows:
            raise KeyError(key)
        return rows[0][0]


def _head(article_id: str, said: list[Any], characters: int) -> ArticleHead:
    title, authors, author_post, editors, uploader, source, published, place, reprints, page_start = said
    return ArticleHead(
        article_id,
        title,
        tuple(authors),
        author_post,
        tuple(editors),
        uploader,
        source,
        published,
        place,
        _body_end(characters, page_start),
        len(reprints),
    )


def _body_end(length: int, page_start: int | None) -> int:
    """`Article.body_end`, of the length of the text and where the first of the page's lines in it begins."""
    return length if page_start is None else page_start - 1
