"""BM25 scores of all passages for all terms: what an index looks up instead of computing.

Numbers stand in arrays from the start: as Python lists, which bm25s itself takes, the counts of 265,700 passages need
ten gigabytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BLOCK = 4096
"""Passages whose counts are sorted by term at a time."""


@dataclass(frozen=True, slots=True)
class ScoreMatrix:
    """The scores by columns (CSC): of term t, data[starts[t]:starts[t + 1]], of passages[starts[t]:starts[t + 1]]."""

    data: NDArray[np.float32]
    passages: NDArray[np.int32]
    """Ascending within a term."""
    starts: NDArray[np.int64]
    size: int
    """How many passages there are, those without a term included."""


@dataclass(frozen=True, slots=True)
class _Block:
    """How often the terms stand in some consecutive passages."""

    terms: NDArray[np.int32]
    counts: NDArray[np.int32]
    distinct: NDArray[np.int64]
    """How many of the terms are of each passage."""


class TermCounts:
    """Counts the terms of one passage after the other; terms are numbered as they come."""

    def __init__(self) -> None:
        self.vocabulary: dict[str, int] = {}
        self._blocks: list[_Block] = []
        self._open: list[tuple[NDArray[np.int32], NDArray[np.int64]]] = []
        self._lengths: list[int] = []

    def add(self, terms: Sequence[str]) -> None:
        """Count the terms of the next passage."""
        number = self.vocabulary
        numbers = np.fromiter((number.setdefault(term, len(number)) for term in terms), dtype=np.int32)
        self._open.append(np.unique(numbers, return_counts=True))
        self._lengths.append(len(numbers))
        if len(self._open) == _BLOCK:
            self._close()

    def _close(self) -> None:
        if self._open:
            terms, counts = (np.concatenate(arrays) for arrays in zip(*self._open, strict=True))
            distinct = np.array([len(passage) for passage, _ in self._open])
            self._blocks.append(_Block(terms, counts.astype(np.int32), distinct))
            self._open = []

    def scores(self, k1: float, b: float) -> ScoreMatrix:
        """The scores by Lucene's variant of BM25 (Kamphuis et al., ECIR 2020)."""
        self._close()
        size = len(self._lengths)
        holding = np.zeros(len(self.vocabulary), dtype=np.int64)
        for block in self._blocks:
            holding += np.bincount(block.terms, minlength=len(holding))
        starts = np.concatenate(([0], np.cumsum(holding)))
        idf = np.log(1 + (size - holding + 0.5) / (holding + 0.5))
        lengths = np.array(self._lengths, dtype=np.float64)
        damping = k1 * (1 - b + b * lengths / max(lengths.mean() if size else 0.0, 1e-9))
        matrix = ScoreMatrix(np.empty(starts[-1], dtype=np.float32), np.empty(starts[-1], dtype=np.int32), starts, size)
        _fill(matrix, self._blocks, idf, damping)
        return matrix


def _fill(
    matrix: ScoreMatrix, blocks: Sequence[_Block], idf: NDArray[np.float64], damping: NDArray[np.float64]
) -> None:
    free = matrix.starts[:-1].copy()
    first = 0
    for block in blocks:
        passages = np.repeat(np.arange(first, first + len(block.distinct), dtype=np.int32), block.distinct)
        first += len(block.distinct)
        scores = idf[block.terms] * block.counts / (damping[passages] + block.counts)
        by_term = np.argsort(block.terms, kind="stable")
        terms, begin, count = np.unique(block.terms[by_term], return_index=True, return_counts=True)
        places = np.repeat(free[terms] - begin, count) + np.arange(len(by_term))
        matrix.data[places] = scores[by_term]
        matrix.passages[places] = passages[by_term]
        free[terms] += count
