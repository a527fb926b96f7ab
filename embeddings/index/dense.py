"""The dense leg: FAISS inner product over unit vectors, that is, cosine similarity; of a kind that fits the size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from embeddings.index import dense_kinds
from embeddings.index.dense_recall import DEPTH, Probes, make_probes
from embeddings.index.lexical import Scored
from embeddings.manifest import DenseKind

EXACT_UP_TO = 200_000
"""Passages that are all compared. A question for 100 of 80,000, 200,000, 300,000 and 600,000 takes one core (Xeon with
AMX, 384 dimensions) 9, 22, 32 and 64 ms in half precision and 2, 5, 6 and 13 ms by one-bit codes with 400 candidates;
in float32 13, 34 and 51 ms to 300,000. So exact search leaves more than half of the 60 ms that retrieval may take."""
_RECALL = 0.98
"""Of the ten nearest passages, at least so many are found, or more is compared."""
_CANDIDATES = (400, 800, 1600, 3200)
"""Passages that one-bit codes offer for comparison by their full vectors; the first number that reaches the recall."""
_OLDER = DenseKind()
_SAMPLE = 256
"""Passages, evenly spaced, whose cosines with each other give the spread."""
_USUAL_SPREAD = 0.025
"""Of the bundled model, on corpora from 74 passages to 58,000: 0.017 to 0.026."""
_PAIRS_OF_USUAL = 10
"""Pairs of passages that the usual spread counts as: a handful of passages says little of how cosines differ."""


class DenseIndex:
    """Search over the unit vectors of one snapshot's passages by cosine: exact, or nearly so where there are many."""

    def __init__(self, index: faiss.Index, kind: DenseKind) -> None:
        self._index = index
        self._stored = dense_kinds.stored(index)
        self.kind = kind

    @classmethod
    def build(cls, vectors: NDArray[np.floating], exact_up_to: int = EXACT_UP_TO) -> DenseIndex:
        """Index unit vectors of shape (passages, dimension), of float32 or float16; row n is passage n.

        They are read some thousand rows at a time, so they may be a memory map. Of the kinds, the smallest one is taken
        that finds 0.98 of the ten nearest: past `exact_up_to` passages one-bit codes with as many candidates as that
        takes, then half precision, then float32.
        """
        probes = make_probes(vectors)
        if len(vectors) > exact_up_to:
            index = dense_kinds.one_bit(vectors)
            for candidates in _CANDIDATES:
                dense_kinds.set_candidates(index, candidates)
                built = cls(index, DenseKind(dense_kinds.ONE_BIT))._measured(probes, vectors)
                if built.kind.recall >= _RECALL:
                    return built
        built = cls(dense_kinds.exact_fp16(vectors), DenseKind(dense_kinds.EXACT_FP16))._measured(probes, vectors)
        if built.kind.recall >= _RECALL:
            return built
        return cls(dense_kinds.exact_fp32(vectors), DenseKind(dense_kinds.EXACT_FP32))._measured(probes, vectors)

    def _measured(self, probes: Probes, vectors: NDArray[np.floating]) -> DenseIndex:
        found = dense_kinds.nearest_of_each(self._index, probes.vectors, min(DEPTH, self.size))
        return DenseIndex(self._index, replace(self.kind, recall=probes.recall(found, vectors)))

    def save(self, file: Path) -> None:
        """Write the index as one FAISS file.

        Raises:
            RuntimeError: it can't be written, as on a full disk.
        """
        faiss.write_index(self._index, str(file))

    @classmethod
    def open(cls, file: Path, kind: DenseKind = _OLDER) -> DenseIndex:
        """Open what `save` wrote, of the kind that `build` found; the vectors stay in the file, memory-mapped.

        On Linux and macOS it answers on when the file has been removed; Windows keeps the file until it is closed.

        Raises:
            RuntimeError: the file is missing or damaged.
        """
        return cls(faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC), kind)

    @property
    def size(self) -> int:
        """How many passages are indexed."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def vector(self, passage: int) -> NDArray[np.float32]:
        """The unit vector of one passage, shape (dimension,)."""
        return np.asarray(self._stored.reconstruct(passage), dtype=np.float32)

    def vectors(self, passages: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """The unit vectors of these passages in their order, shape (passages, dimension)."""
        return np.asarray(self._stored.reconstruct_batch(np.asarray(passages, dtype=np.int64)), dtype=np.float32)

    @cached_property
    def spread(self) -> float:
        """Standard deviation of the cosines between passages: the scale on which this model's cosines differ."""
        if self.size < 2:
            return _USUAL_SPREAD
        numbers = np.unique(np.linspace(0, self.size - 1, min(_SAMPLE, self.size)).astype(np.int64))
        sample = self._stored.reconstruct_batch(numbers)
        cosines = (sample @ sample.T)[np.triu_indices(len(sample), k=1)]
        squares = float(((cosines - cosines.mean()) ** 2).sum())
        usual = _PAIRS_OF_USUAL * _USUAL_SPREAD**2
        return math.sqrt((squares + usual) / (len(cosines) + _PAIRS_OF_USUAL))

    def cosines(self, vector: NDArray[np.float32], passages: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """Cosines of a unit vector of shape (dimension,) and these passages, in their order."""
        vectors = self.vectors(passages)
        # Summed row by row: a matrix product rounds equal rows differently, and equal passages would not tie.
        return np.asarray((vectors * vector).sum(axis=1), dtype=np.float32)

    def search(self, vector: NDArray[np.float32], limit: int) -> list[Scored]:
        """The passages nearest to a unit vector of shape (dimension,), with their cosines, best first.

        Equal cosines come in the order of the passages, the first of them where the limit falls among them.
        """
        limit = min(limit, self.size)
        count = min(limit + 1, self.size)
        while limit > 0:
            numbers = np.sort(dense_kinds.nearest(self._index, vector, count))
            cosines = self.cosines(vector, numbers)
            order = np.argsort(-cosines, kind="stable")
            # One worse than the last says that all equals of the last are there.
            if count == self.size or cosines[order[-1]] < cosines[order[limit - 1]]:
                return [Scored(int(numbers[i]), float(cosines[i])) for i in order[:limit]]
            count = min(2 * count, self.size)
        return []
