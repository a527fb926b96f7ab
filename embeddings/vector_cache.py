"""Embeddings kept by content, so that a rebuild embeds only text that is new and an interrupted one goes on."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from embeddings.encoding.encoder import Encoder

T = TypeVar("T")

_BATCH = 256
"""Passages embedded and committed at a time: what a killed run loses at most."""
_LOOKUP = 500
"""Keys asked for in one statement; SQLite's oldest limit on parameters is 999."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of shape (texts, dimension), and how many of them had to be computed."""

    vectors: NDArray[np.float32]
    computed: int


class VectorCache:
    """(model, sha256 of the embedded text) -> unit vector, in one SQLite file; a damaged one is begun anew."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            self._create()
        except sqlite3.DatabaseError as error:
            self._begin_anew(error)

    def _create(self) -> None:
        with closing(self._connect()) as connection, connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS vectors"
                " (model TEXT, digest BLOB, vector BLOB, PRIMARY KEY (model, digest)) WITHOUT ROWID"
            )

    def _begin_anew(self, error: sqlite3.DatabaseError) -> None:
        # SQLite says a damaged file by the base class; a full disk, a lock and the like have classes of their own.
        if type(error) is not sqlite3.DatabaseError:
            raise error
        for file in (self._file, self._file.with_name(f"{self._file.name}-journal")):
            file.unlink(missing_ok=True)
        self._create()

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file)

    def embed(self, encoder: Encoder, texts: Sequence[str], progress: Callable[[int], object]) -> Embedded:
        """The vectors of the texts, from the cache where it has them.

        `progress` is told the number of texts done since it was last told.
        """
        try:
            return self._embed(encoder, texts, progress)
        except sqlite3.DatabaseError as error:
            self._begin_anew(error)
            return self._embed(encoder, texts, progress)

    def _embed(self, encoder: Encoder, texts: Sequence[str], progress: Callable[[int], object]) -> Embedded:
        model = f"{encoder.name}@{encoder.revision}"
        digests = [hashlib.sha256(text.encode("utf-8")).digest() for text in texts]
        vectors = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
        with closing(self._connect()) as connection:
            known = self._known(connection, model, digests, encoder.dimension)
            missing: dict[bytes, int] = {}
            for row, digest in enumerate(digests):
                if digest not in known:
                    missing.setdefault(digest, row)
            progress(len(texts) - len(missing))
            for batch in _batches(sorted(missing.items(), key=lambda item: len(texts[item[1]])), _BATCH):
                computed = encoder.encode_passages([texts[row] for _, row in batch])
                fresh = {digest: vector for (digest, _), vector in zip(batch, computed, strict=True)}
                with connection:
                    connection.executemany(
                        "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                        [(model, digest, vector.astype("<f4").tobytes()) for digest, vector in fresh.items()],
                    )
                known.update(fresh)
                progress(len(batch))
        for row, digest in enumerate(digests):
            vectors[row] = known[digest]
        return Embedded(vectors, len(missing))

    @staticmethod
    def _known(
        connection: sqlite3.Connection, model: str, digests: Sequence[bytes], dimension: int
    ) -> dict[bytes, NDArray[np.float32]]:
        known: dict[bytes, NDArray[np.float32]] = {}
        for batch in _batches(sorted(set(digests)), _LOOKUP):
            marks = ",".join("?" * len(batch))
            rows = connection.execute(
                f"SELECT digest, vector FROM vectors WHERE model = ? AND digest IN ({marks})",  # noqa: S608
                [model, *batch],
            )
            for digest, blob in rows:
                vector = np.frombuffer(blob, dtype="<f4")
                if vector.shape == (dimension,):
                    known[digest] = vector
        return known


def _batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
