"""What a snapshot is searched through: one leg by meaning, one by words, wherever their data lie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.index.lexical import Scored


class DenseLeg(Protocol):
    """The unit vectors of all passages; may be called from several threads."""

    @property
    def size(self) -> int:
        """How many passages there are."""
        ...

    @property
    def spread(self) -> float:
        """Standard deviation of the cosines between passages: the scale on which this model's cosines differ."""
        ...

    def vector(self, passage: int) -> NDArray[np.float32]:
        """The unit vector of one passage, shape (dimension,)."""
        ...

    def vectors(self, passages: Sequence[int]) -> NDArray[np.float32]:
        """The unit vectors of these passages in their order, shape (passages, dimension)."""
        ...

    def cosines(self, vector: NDArray[np.float32], passages: Sequence[int]) -> NDArray[np.float32]:
        """Cosines of a unit vector of shape (dimension,) and these passages, in their order."""
        ...

    def search(self, vector: NDArray[np.float32], limit: int) -> list[Scored]:
        """The passages nearest to a unit vector of shape (dimension,), with their cosines, best first."""
        ...


class Matches(Protocol):
    """How well the words of one question match the passages."""

    def best(self, limit: int) -> list[Scored]:
        """The best passages that share a term with the question, best first, ties by passage number."""
        ...

    def of(self, passages: Sequence[int]) -> NDArray[np.float32]:
        """BM25 of these passages, in their order; 0 where one shares no term with the question."""
        ...


class LexicalLeg(Protocol):
    """The terms of all passages; may be called from several threads."""

    @property
    def size(self) -> int:
        """How many passages there are."""
        ...

    def match(self, question: str) -> Matches:
        """Match the words of a question, for both its best passages and the scores of any others."""
        ...

    def search(self, question: str, limit: int) -> list[Scored]:
        """The best passages that share a term with the question, best first, ties by passage number."""
        ...

    def holding(self, terms: Iterable[str]) -> NDArray[np.int64]:
        """Numbers, ascending, of the passages that hold every one of these terms; all passages where there is none."""
        ...

    def idf(self, terms: Iterable[str]) -> dict[str, float]:
        """Inverse document frequency of each term, ln(1 + (N - n + 0.5) / (n + 0.5)), for n passages that hold it."""
        ...
