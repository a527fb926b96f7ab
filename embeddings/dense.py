"""The dense leg: FAISS inner product over unit vectors, that is, cosine similarity."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from embeddings.lexical import Scored


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

    def search(self, vector: NDArray[np.float32], limit: int) -> list[Scored]:
        """The passages nearest to a unit vector of shape (dimension,), with their cosines, best first."""
        count = min(limit, self.size)
        if count == 0:
            return []
        scores, numbers = self._index.search(np.ascontiguousarray(vector[None, :], dtype=np.float32), count)
        return [Scored(int(n), float(s)) for n, s in zip(numbers[0], scores[0], strict=True) if n >= 0]
