"""prepared.sqlite of an index: all that was read out of the files, so that nothing unchanged is read again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

import numpy as np
from pydantic import TypeAdapter

from embeddings.containers.member import Member
from embeddings.preparation.prepared import IndexedTexts, Prepared
from embeddings.preparation.vocabulary import Vocabulary
from embeddings.reading.reprints import Fingerprint
from embeddings.snapshot.corpus_store import ARTICLE, OUTLINE
from embeddings.types import Article, Passage

PASSAGES: TypeAdapter[tuple[Passage, ...]] = TypeAdapter(tuple[Passage, ...])
_SCHEMA = """
PRAGMA foreign_keys = ON;
CREATE TABLE IF NOT EXISTS program (digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS contents (
    number INTEGER PRIMARY KEY, digest BLOB NOT NULL, suffix TEXT NOT NULL, reason TEXT NOT NULL,
    article BLOB, outline BLOB, passages BLOB, place TEXT, fullness INTEGER, stated INTEGER, sketch BLOB,
    UNIQUE (digest, suffix));
CREATE TABLE IF NOT EXISTS listings (
    number INTEGER PRIMARY KEY, digest BLOB NOT NULL, suffix TEXT NOT NULL, reason TEXT NOT NULL,
    UNIQUE (digest, suffix));
CREATE TABLE IF NOT EXISTS members (
    listing INTEGER NOT NULL REFERENCES listings ON DELETE CASCADE, position INTEGER NOT NULL, path TEXT NOT NULL,
    at TEXT NOT NULL, suffix TEXT NOT NULL, digest BLOB NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (listing, position)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS members_of_content ON members (digest, suffix);
CREATE TABLE IF NOT EXISTS files (
    path BLOB PRIMARY KEY, stamp TEXT NOT NULL, content INTEGER REFERENCES contents,
    listing INTEGER REFERENCES listings) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_of_content ON files (content);
CREATE INDEX IF NOT EXISTS files_of_listing ON files (listing);
CREATE TABLE IF NOT EXISTS indexed (
    content INTEGER NOT NULL REFERENCES contents ON DELETE CASCADE, place TEXT NOT NULL, digests BLOB NOT NULL,
    terms BLOB NOT NULL, PRIMARY KEY (content, place));
CREATE TABLE IF NOT EXISTS compared (
    one INTEGER NOT NULL REFERENCES contents ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES contents ON DELETE CASCADE,
    same INTEGER NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS compared_with ON compared (other);
CREATE TABLE IF NOT EXISTS vocabulary (first INTEGER PRIMARY KEY, terms TEXT NOT NULL);
"""
_TABLES = ("program", "files", "members", "listings", "compared", "indexed", "contents", "vocabulary")


@dataclass(frozen=True, slots=True)
class Content:
    """What is kept of a file's content, without the article itself."""

    number: int
    reason: str
    """Why there is no article in it, or not all of it; empty where there is all."""
    place: str
    fingerprint: Fingerprint | None
    """None where there is no article."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it was when it was last read."""

    stamp: str
    content: int | None
    """Number of its content; None of a container."""
    listing: int | None
    """Number of what a container listed; None of a document."""


class PreparedStore:
    """Reads and writes one prepared.sqlite; for one process and thread, which holds the writer's lock.

    What another version of the program wrote is forgotten. Every method raises sqlite3.Error where the file is damaged
    (DatabaseError itself) or can't be written (one of its subclasses).
    """

    def __init__(self, file: Path, program: str) -> None:
        """Open the file, or begin it; `program` is the digest of the program that reads."""
        self._connection = sqlite3.connect(file)
        self._vocabulary = Vocabulary(self._connection)
        self._create(program)

    def _create(self, program: str) -> None:
        self._connection.executescript(_SCHEMA)
        if self._connection.execute("SELECT digest FROM program").fetchall() != [(program,)]:
            for table in _TABLES:
                self._connection.execute(f"DROP TABLE {table}")
            self._connection.executescript(_SCHEMA)
            self._connection.execute("INSERT INTO program VALUES (?)", (program,))
            self._connection.commit()

    def __enter__(self) -> PreparedStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What was committed stays, and what was not is prepared again.
        self._connection.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """For what is written out of it with SQL."""
        return self._connection

    def commit(self) -> None:
        """Make sure that a killed run keeps what was said until now."""
        self._vocabulary.save()
        self._connection.commit()

    def files(self) -> dict[bytes, StoredFile]:
        """What the files held when they were last read, by their paths as the system has them."""
        rows = self._connection.execute("SELECT path, stamp, content, listing FROM files")
        return {path: StoredFile(stamp, content, listing) for path, stamp, content, listing in rows}

    def content_of(self, digest: bytes, suffix: str) -> int | None:
        """Number of the content of this digest, read as files with this extension are."""
        row = self._connection.execute("SELECT number FROM contents WHERE digest = ? AND suffix = ?", (digest, suffix))
        return next((int(number) for (number,) in row), None)

    def listing_of(self, digest: bytes, suffix: str) -> int | None:
        """Number of what a container of this digest and extension listed."""
        row = self._connection.execute("SELECT number FROM listings WHERE digest = ? AND suffix = ?", (digest, suffix))
        return next((int(number) for (number,) in row), None)

    def listed(self, listing: int) -> tuple[tuple[Member, ...], str]:
        """The documents that a container listed, and why there are none."""
        (reason,) = self._connection.execute("SELECT reason FROM listings WHERE number = ?", (listing,)).fetchone()
        rows = self._connection.execute(
            "SELECT path, at, suffix, digest, reason FROM members WHERE listing = ? ORDER BY position", (listing,)
        )
        return tuple(Member(path, tuple(map(int, at.split())), *rest) for path, at, *rest in rows), reason

    def keep_listing(self, digest: bytes, suffix: str, members: Sequence[Member], reason: str) -> int:
        """Keep what a container listed and return its number; one that is kept already stays as it is."""
        known = self.listing_of(digest, suffix)
        if known is not None:
            return known
        number = self._connection.execute(
            "INSERT INTO listings (digest, suffix, reason) VALUES (?, ?, ?)", (digest, suffix, reason)
        ).lastrowid
        assert number is not None  # noqa: S101 (a row that was inserted has one)
        self._connection.executemany(
            "INSERT INTO members VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (number, at, each.path, " ".join(map(str, each.at)), each.suffix, each.digest, each.reason)
                for at, each in enumerate(members)
            ),
        )
        return number

    def place_file(self, path: bytes, file: StoredFile) -> None:
        """Remember what a file holds."""
        values = (path, file.stamp, file.content, file.listing)
        self._connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", values)

    def keep(self, digest: bytes, suffix: str, prepared: Prepared | None, reason: str = "") -> int:
        """Keep what came of a content and return its number; one that is kept already stays as it is."""
        known = self.content_of(digest, suffix)
        if known is not None:
            return known
        values: tuple[object, ...] = (None,) * 7
        if prepared is not None:
            values = (
                ARTICLE.dump_json(prepared.article),
                OUTLINE.dump_json(prepared.outline),
                PASSAGES.dump_json(prepared.passages),
                prepared.article.place,
                prepared.fingerprint.fullness,
                prepared.fingerprint.stated,
                prepared.fingerprint.sketch.astype("<u4").tobytes(),
            )
        number = self._connection.execute(
            "INSERT INTO contents (digest, suffix, reason, article, outline, passages, place, fullness, stated, sketch)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (digest, suffix, reason, *values),
        ).lastrowid
        assert number is not None  # noqa: S101 (a row that was inserted has one)
        if prepared is not None:
            self.keep_indexed(number, prepared.article.place, prepared.indexed)
        return number

    def keep_indexed(self, content: int, place: str, indexed: IndexedTexts) -> None:
        """Keep what is indexed of a content's passages where its article is about this place."""
        numbers = self._vocabulary.numbers(indexed.vocabulary)
        block = replace(indexed.block, terms=numbers[indexed.block.terms])
        self._connection.execute(
            "INSERT OR IGNORE INTO indexed VALUES (?, ?, ?, ?)", (content, place, indexed.digests, block.to_bytes())
        )

    def contents(self, numbers: Iterable[int]) -> Iterator[Content]:
        """What is kept of these contents, each once, in any order."""
        wanted = set(numbers)
        rows = self._connection.execute("SELECT number, reason, place, fullness, stated, sketch FROM contents")
        for number, reason, place, fullness, stated, sketch in rows:
            if number in wanted:
                kept = None if sketch is None else Fingerprint(fullness, stated, np.frombuffer(sketch, dtype="<u4"))
                yield Content(number, reason, place or "", kept)

    def article(self, content: int) -> Article:
        """The article in a content; it has neither id nor path."""
        row = self._connection.execute("SELECT article FROM contents WHERE number = ?", (content,)).fetchone()
        return ARTICLE.validate_json(row[0])

    def passages(self, content: int) -> tuple[Passage, ...]:
        """The passages of a content's article."""
        row = self._connection.execute("SELECT passages FROM contents WHERE number = ?", (content,)).fetchone()
        return PASSAGES.validate_json(row[0])

    def compare(self, one: int, other: int, is_same: Callable[[Article, Article], bool]) -> bool:
        """Whether the articles in two contents are the same, as `is_same` said when it was first asked."""
        row = self._connection.execute("SELECT same FROM compared WHERE one = ? AND other = ?", (one, other)).fetchone()
        if row is None:
            row = (is_same(self.article(one), self.article(other)),)
            self._connection.execute("INSERT INTO compared VALUES (?, ?, ?)", (one, other, int(row[0])))
        return bool(row[0])

    def vocabulary(self) -> tuple[str, ...]:
        """All terms, in the order of their numbers."""
        return self._vocabulary.terms()

    def forget_others(self, paths: Iterable[bytes]) -> None:
        """Forget all files but those of these paths, and every content that is no longer anywhere."""
        there = set(paths)
        gone = [(path,) for (path,) in self._connection.execute("SELECT path FROM files") if path not in there]
        self._connection.executemany("DELETE FROM files WHERE path = ?", gone)
        self._connection.execute(
            "DELETE FROM listings WHERE NOT EXISTS (SELECT 1 FROM files WHERE files.listing = listings.number)"
        )
        self._connection.execute(
            "DELETE FROM contents WHERE NOT EXISTS (SELECT 1 FROM files WHERE files.content = contents.number)"
            " AND NOT EXISTS (SELECT 1 FROM members WHERE (members.digest, members.suffix)"
            " = (contents.digest, contents.suffix))"
        )
        self.commit()
