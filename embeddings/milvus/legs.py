"""The two legs of a snapshot whose passages are in a Milvus collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import SnapshotError
from embeddings.index.lexical import Scored, tokenize
from embeddings.index.vocabulary import TERMS, Vocabulary, inverse_frequencies
from embeddings.manifest import Manifest
from embeddings.milvus.server import MOST, Server

_TIES = 100
"""Hits asked for beyond those wanted, since a server puts passages of equal scores in any order. Where still more tie
with the last one wanted, which of them come is the server's choice."""


def open_legs(folder: Path, manifest: Manifest) -> tuple[MilvusDense, MilvusLexical]:
    """What searches the collection that a manifest names; `folder` holds the vocabulary.

    Raises:
        SnapshotError: the server can't be reached, or no longer has the passages.
    """
    store, size = manifest.store, manifest.passages
    server = Server(store.uri)
    held = 0
    if server.has(store.collection):
        server.load(store.collection)
        held = server.count(store.collection)
    if held != size:
        raise SnapshotError(
            f"Milvus（{store.uri}）里的 {store.collection} 有 {held} 段，应有 {size} 段。"
            f"请重建：rebuild-index {manifest.folder} --force\n"
            f"That collection does not hold the {size} passages of the index; rebuild it as above."
        )
    vocabulary = Vocabulary(folder / TERMS)
    return (
        MilvusDense(server, store.collection, size, store.spread),
        MilvusLexical(server, store.collection, size, vocabulary),
    )


class MilvusDense:
    """Cosines by an HNSW graph in the collection; those of named passages are exact."""

    def __init__(self, server: Server, collection: str, size: int, spread: float) -> None:
        self._server = server
        self._collection = collection
        self.size = size
        self.spread = spread

    def vector(self, passage: int) -> NDArray[np.float32]:
        """The unit vector of one passage, shape (dimension,)."""
        return np.asarray(self.vectors([passage])[0], dtype=np.float32)

    def vectors(self, passages: Sequence[int]) -> NDArray[np.float32]:
        """The unit vectors of these passages in their order, shape (passages, dimension)."""
        parts = [self._server.vectors(self._collection, part) for part in _parts(passages)]
        return np.concatenate(parts) if parts else np.empty((0, 0), dtype=np.float32)

    def cosines(self, vector: NDArray[np.float32], passages: Sequence[int]) -> NDArray[np.float32]:
        """Cosines of a unit vector of shape (dimension,) and these passages, in their order."""
        if len(passages) == 0:
            return np.empty(0, dtype=np.float32)
        # Computed here, as for a local index: a server's rounding would break ties between equal passages.
        return np.asarray((self.vectors(passages) * vector).sum(axis=1), dtype=np.float32)

    def search(self, vector: NDArray[np.float32], limit: int) -> list[Scored]:
        """The passages nearest to a unit vector of shape (dimension,), with their cosines, best first."""
        count = min(limit, self.size)
        return self._server.nearest(self._collection, vector, min(limit + _TIES, self.size))[:count] if count else []


class MilvusLexical:
    """BM25 as the inner product of the passage's scores by term and the question's counts of them.

    The scores are those that a local index holds, so that both find the same.
    """

    def __init__(self, server: Server, collection: str, size: int, vocabulary: Vocabulary) -> None:
        self._server = server
        self._collection = collection
        self._vocabulary = vocabulary
        self.size = size

    def match(self, question: str) -> MilvusMatches:
        """Match the words of a question, for both its best passages and the scores of any others."""
        counts = Counter(tokenize(question))
        known = self._vocabulary.known(counts)
        weights = {term.number: float(counts[text]) for text, term in known.items()}
        return MilvusMatches(self._server, self._collection, weights)

    def search(self, question: str, limit: int) -> list[Scored]:
        """The best passages that share a term with the question, best first, ties by passage number."""
        return self.match(question).best(limit)

    def holding(self, terms: Iterable[str]) -> NDArray[np.int64]:
        """Numbers, ascending, of the passages that hold every one of these terms; all passages where there is none."""
        wanted = frozenset(terms)
        known = self._vocabulary.known(wanted)
        if not wanted:
            return np.arange(self.size)
        if len(known) < len(wanted):
            return np.empty(0, dtype=np.int64)
        return self._server.holding(self._collection, sorted(term.number for term in known.values()))

    def idf(self, terms: Iterable[str]) -> dict[str, float]:
        """Inverse document frequency of each term, as `LexicalIndex.idf` computes it."""
        return inverse_frequencies(self._vocabulary, self.size, terms)


class MilvusMatches:
    """How well the words of one question match the passages of a collection."""

    def __init__(self, server: Server, collection: str, weights: dict[int, float]) -> None:
        self._server = server
        self._collection = collection
        self._weights = weights
        # What `best` has found, `of` need not ask for again.
        self._found: dict[int, float] = {}

    def best(self, limit: int) -> list[Scored]:
        """The best passages that share a term with the question, best first, ties by passage number."""
        if not self._weights or not limit:
            return []
        found = self._server.matching(self._collection, self._weights, limit + _TIES)
        self._found.update((hit.passage, hit.score) for hit in found)
        return found[:limit]

    def of(self, passages: Sequence[int]) -> NDArray[np.float32]:
        """BM25 of these passages, in their order; 0 where one shares no term with the question."""
        if not self._weights:
            return np.zeros(len(passages), dtype=np.float32)
        for part in _parts([number for number in passages if number not in self._found]):
            found = self._server.matching(self._collection, self._weights, len(part), part)
            self._found.update(dict.fromkeys(part, 0.0) | {hit.passage: hit.score for hit in found})
        return np.array([self._found[number] for number in passages], dtype=np.float32)


def _parts(passages: Sequence[int]) -> Iterator[list[int]]:
    """As many as one request may ask for at a time."""
    for first in range(0, len(passages), MOST):
        yield [int(number) for number in passages[first : first + MOST]]
