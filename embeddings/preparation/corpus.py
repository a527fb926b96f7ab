"""The articles of one snapshot as they are kept in prepared.sqlite, in order: what its files are written from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, groupby
from pathlib import Path

from embeddings.index.bm25_matrix import TermBlock
from embeddings.preparation.prepared import index_texts
from embeddings.preparation.store import PreparedStore
from embeddings.snapshot.corpus_store import ARTICLE, CORPUS_SCHEMA
from embeddings.structure.chunking import embedded_text
from embeddings.types import Article

_DIGEST = 32
"""Bytes of a sha256."""


@dataclass(frozen=True, slots=True)
class Planned:
    """An article of the snapshot: the content it is read out of, with its name."""

    article_id: str
    path: str
    content: int
    place: str
    article: Article | None = None
    """Where other files hold it too: the article with what they say of it."""


class PreparedCorpus:
    """The articles of one snapshot and their passages, which are numbered from 0 in the order of the articles."""

    def __init__(self, store: PreparedStore, planned: Iterable[Planned]) -> None:
        """Plan a snapshot of these articles; what is not yet counted of their passages is counted now."""
        self._store = store
        self._connection = store.connection
        self._connection.execute("DROP TABLE IF EXISTS temp.plan")
        self._connection.execute(
            "CREATE TEMP TABLE plan (number INTEGER PRIMARY KEY, id TEXT, path TEXT, content INTEGER, place TEXT,"
            " article BLOB)"
        )
        # In few statements: one for each article would take seconds.
        rows = [
            (number, each.article_id, each.path, each.content, each.place, _json(each.article))
            for number, each in enumerate(planned)
        ]
        self._connection.executemany("INSERT INTO plan VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._index_places()
        store.commit()

    def _index_places(self) -> None:
        """Index the articles anew whose place is told by another file, which is indexed with them."""
        lacking = self._connection.execute(
            "SELECT number, content, place FROM plan WHERE NOT EXISTS (SELECT 1 FROM indexed"
            " WHERE indexed.content = plan.content AND indexed.place = plan.place)"
        ).fetchall()
        for number, content, place in lacking:
            texts = index_texts(self._article(number), self._store.passages(content))
            self._store.keep_indexed(content, place, texts)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        """The number of each article's first passage and, at the end, how many passages there are."""
        counts = (len(digests) // _DIGEST for digests in self._column("digests"))
        return tuple(accumulate(counts, initial=0))

    def _column(self, name: str) -> Iterator[bytes]:
        rows = self._connection.execute(
            f"SELECT {name} FROM plan JOIN indexed USING (content, place) ORDER BY plan.number"  # noqa: S608
        )
        return (value for (value,) in rows)

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return len(self._starts) - 1

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return self._starts[-1]

    def digests(self) -> list[bytes]:
        """What the vector of each passage is kept by."""
        return [
            digests[at : at + _DIGEST] for digests in self._column("digests") for at in range(0, len(digests), _DIGEST)
        ]

    def vocabulary(self) -> tuple[str, ...]:
        """The terms that the blocks number."""
        return self._store.vocabulary()

    def term_blocks(self) -> Iterator[TermBlock]:
        """How often terms stand in the passages, in their order."""
        return map(TermBlock.from_bytes, self._column("terms"))

    def texts(self, passages: Sequence[int]) -> Iterator[str]:
        """What is indexed of these passages, whose numbers ascend."""
        for number, ours in groupby(passages, key=lambda passage: bisect_right(self._starts, passage) - 1):
            article = self._article(number)
            cut = self._store.passages(self._content(number))
            for passage in ours:
                yield embedded_text(article, cut[passage - self._starts[number]])

    def _content(self, number: int) -> int:
        return int(self._connection.execute("SELECT content FROM plan WHERE number = ?", (number,)).fetchone()[0])

    def _article(self, number: int) -> Article:
        row = self._connection.execute(
            "SELECT id, path, COALESCE(plan.article, contents.article) FROM plan"
            " JOIN contents ON contents.number = plan.content WHERE plan.number = ?",
            (number,),
        ).fetchone()
        return replace(ARTICLE.validate_json(row[2]), id=row[0], path=row[1])

    def write_corpus(self, file: Path) -> None:
        """Write corpus.sqlite, see `CorpusStore`.

        Raises:
            sqlite3.Error: the disk is full or the file can't be written.
        """
        connection = self._connection
        connection.execute("ATTACH ? AS snapshot", (str(file),))
        try:
            connection.executescript(CORPUS_SCHEMA.format(database="snapshot"))
            with connection:
                connection.execute(
                    "INSERT INTO snapshot.articles SELECT plan.number, plan.id,"
                    " json_set(CAST(COALESCE(plan.article, contents.article) AS TEXT),"
                    " '$.id', plan.id, '$.path', plan.path), CAST(outline AS TEXT)"
                    " FROM plan JOIN contents ON contents.number = plan.content ORDER BY plan.number"
                )
                connection.execute(
                    "INSERT INTO snapshot.passages SELECT row_number() OVER (ORDER BY plan.number, part.key) - 1,"
                    " plan.id, json_set(part.value, '$.id', plan.id || '#' || part.key,"
                    " '$.article_id', plan.id) FROM plan JOIN contents ON contents.number = plan.content,"
                    " json_each(CAST(contents.passages AS TEXT)) AS part ORDER BY plan.number, part.key"
                )
        finally:
            connection.rollback()
            connection.execute("DETACH snapshot")


def _json(article: Article | None) -> bytes | None:
    return ARTICLE.dump_json(article) if article else None
