"""The dense leg: FAISS inner product over unit vectors, that is, cosine similarity."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from embeddings.lexical import Scored

_SAMPLE = 256
"""Passages, evenly spaced, whose cosines with each other give the spread."""
_USUAL_SPREAD = 0.025
"""Of the bundled model, on corpora from 74 passages to 58,000: 0.017 to 0.026."""
_PAIRS_OF_USUAL = 10
"""Pairs of passages that the usual spread counts as: a handful of passages says little of how cosines differ."""


class DenseIndex:
    """Exact inner-product search over the passage vectors of one snapshot."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> DenseIndex:
        """Index unit vectors of shape (passages, dimension); row n is passage n."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    def save(self, file: Path) -> None:
        """Write the index as one FAISS file."""
        faiss.write_index(self._index, str(file))

    @classmethod
    def open(cls, file: Path) -> DenseIndex:
        """Open what `save` wrote.

        Raises:
            RuntimeError: the file is missing or damaged.
        """
        return cls(faiss.read_index(str(file)))

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
        return np.asarray(self._index.reconstruct(passage), dtype=np.float32)

    def vectors(self, passages: Sequence[int]) -> NDArray[np.float32]:
        """The unit vectors of these passages in their order, shape (passages, dimension)."""
        return np.asarray(self._index.reconstruct_batch(np.asarray(passages, dtype=np.int64)), dtype=np.float32)

    @cached_property
    def spread(self) -> float:
        """Standard deviation of the cosines between passages: the scale on which this model's cosines differ."""
        if self.size < 2:
            return _USUAL_SPREAD
        numbers = np.unique(np.linspace(0, self.size - 1, min(_SAMPLE, self.size)).astype(np.int64))
        sample = self._index.reconstruct_batch(numbers)
        cosines = (sample @ sample.T)[np.triu_indices(len(sample), k=1)]
        squares = float(((cosines - cosines.mean()) ** 2).sum())
        usual = _PAIRS_OF_USUAL * _USUAL_SPREAD**2
        return math.sqrt((squares + usual) / (len(cosines) + _PAIRS_OF_USUAL))

    def cosines(self, vector: NDArray[np.float32], passages: Sequence[int]) -> NDArray[np.float32]:
        """Cosines of a unit vector of shape (dimension,) and these passages, in their order."""
        vectors = self.vectors(passages)
        # Summed row by row: a matrix product rounds equal rows differently, and equal passages would not tie.
        return np.asarray((vectors * vector).sum(axis=1), dtype=np.float32)

    def search(self, vector: NDArray[np.float32], limit: int) -> list[Scored]:
        """The passages nearest to a unit vector of shape (dimension,), with their cosines, best first."""
        count = min(limit, self.size)
        if count == 0:
            return []
        scores, numbers = self._index.search(np.ascontiguousarray(vector[None, :], dtype=np.float32), count)
        return [Scored(int(n), float(s)) for n, s in zip(numbers[0], scores[0], strict=True) if n >= 0]
