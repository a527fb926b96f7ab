"""Embeddings kept by content, so that a rebuild embeds only text that is new and an interrupted one goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.disk.begin_anew import throw_away_if_damaged
from embeddings.encoding.encoder import Encoder
from embeddings.encoding.revisions import same_revision

_SPARE = 2
"""Vectors no longer used are thrown away once there are more of them than this many times those in use."""


_SCHEMA = """
PRAGMA page_size = 16384;
CREATE TABLE IF NOT EXISTS models (number INTEGER PRIMARY KEY, name TEXT NOT NULL, revision TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS embeddings (
    number INTEGER PRIMARY KEY, model INTEGER NOT NULL, digest BLOB NOT NULL, vector BLOB NOT NULL,
    UNIQUE (digest, model));
DROP TABLE IF EXISTS vectors;
"""
"""Vectors in the tree of the key itself (WITHOUT ROWID), or two on a page of the usual size, would take more room.
They are in a table that an earlier version had, which is not read any more."""


class VectorCache:
    """(model, sha256 of the embedded text) -> unit vector, in one SQLite file; a damaged one is begun anew."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            self._create()
        except sqlite3.DatabaseError as error:
            self.begin_anew(error)

    def _create(self) -> None:
        with closing(self._connect()) as connection, connection:
            connection.executescript(_SCHEMA)

    def begin_anew(self, error: sqlite3.DatabaseError) -> None:
        """Throw the file away where `error` says that it is damaged; any other error is raised again."""
        throw_away_if_damaged(self._file, error)
        self._create()

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file)

    def fill(self, encoder: Encoder, digests: Sequence[bytes], out: NDArray[np.float32]) -> list[list[int]]:
        """Fill the rows of `out`, of shape (texts, dimension), whose vectors are kept, and return the others.

        `digests` are those of the texts. What is returned holds, for each text whose vector has to be computed, the
        rows that it belongs in, ascending.
        """
        rows: dict[bytes, list[int]] = {}
        for row, digest in enumerate(digests):
            rows.setdefault(digest, []).append(row)
        with closing(self._connect()) as connection:
            for digest, vector in _kept(connection, encoder):
                for row in rows.pop(digest, ()):
                    out[row] = np.frombuffer(vector, dtype="<f4")
        return list(rows.values())

    def add(self, encoder: Encoder, digests: Sequence[bytes], vectors: NDArray[np.float32]) -> None:
        """Keep the vectors of these texts; a killed run has them from then on."""
        rows = zip(digests, vectors, strict=True)
        with closing(self._connect()) as connection, connection:
            model = _number_of(connection, encoder)
            connection.executemany(
                "INSERT OR REPLACE INTO embeddings (model, digest, vector) VALUES (?, ?, ?)",
                [(model, digest, vector.astype("<f4").tobytes()) for digest, vector in rows],
            )

    def keep_only(self, digests: Collection[bytes]) -> None:
        """Throw away what is not of these texts, once that is most of the file."""
        with closing(self._connect()) as connection, connection:
            held = connection.execute("SELECT COUNT(*) FROM embeddings").fetchone()[0]
            if held <= (1 + _SPARE) * len(set(digests)):
                return
            connection.execute("CREATE TEMP TABLE used (digest BLOB PRIMARY KEY) WITHOUT ROWID")
            connection.executemany("INSERT OR IGNORE INTO used VALUES (?)", ((digest,) for digest in digests))
            connection.execute("DELETE FROM embeddings WHERE digest NOT IN (SELECT digest FROM used)")


def _number_of(connection: sqlite3.Connection, encoder: Encoder) -> int:
    """Number of the model, which may be there under another fingerprint of it, see `same_revision`."""
    for number, revision in connection.execute("SELECT number, revision FROM models WHERE name = ?", (encoder.name,)):
        if same_revision(revision, encoder.revision):
            return int(number)
    added = connection.execute("INSERT INTO models (name, revision) VALUES (?, ?)", (encoder.name, encoder.revision))
    connection.commit()
    assert added.lastrowid is not None  # noqa: S101 (a row that was inserted has one)
    return added.lastrowid


def _kept(connection: sqlite3.Connection, encoder: Encoder) -> Iterator[tuple[bytes, bytes]]:
    """Digest and vector of every text that the model has embedded.

    One after the other, for most of them are wanted, see `_SPARE`: looking each one up takes many times as long.
    """
    length = encoder.dimension * np.dtype("<f4").itemsize
    yield from connection.execute(
        "SELECT digest, vector FROM embeddings WHERE model = ? AND length(vector) = ? ORDER BY number",
        (_number_of(connection, encoder), length),
    )
