"""BM25 scores of all passages for all terms: what an index looks up instead of computing.

Counts come in blocks that are asked for twice, and scores go into arrays that may lie in files, so that neither has to
fit in memory: as Python lists, which bm25s itself takes, the counts of 265,700 passages need ten gigabytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

_BLOCK = 16_384
"""Passages whose counts are sorted by term at a time; about 100 MB."""

_HELD = 256 * 1024 * 1024
"""Bytes of counts that are kept for the second time they are needed, rather than asked for again."""


@dataclass(frozen=True, slots=True)
class TermBlock:
    """How often terms stand in some consecutive passages."""

    terms: NDArray[np.int32]
    """Numbers of the terms of the first passage, ascending, then of the second, …"""
    counts: NDArray[np.uint16]
    """How often each of `terms` stands in its passage."""
    distinct: NDArray[np.int32]
    """How many of `terms` are of each passage."""
    lengths: NDArray[np.int32]
    """All terms of each passage, counted as often as they stand there."""

    def to_bytes(self) -> bytes:
        """The block as `from_bytes` takes it."""
        head = np.array([len(self.distinct), len(self.terms)], dtype="<i4")
        parts = (head, self.distinct.astype("<i4"), self.lengths.astype("<i4"), self.terms.astype("<i4"))
        return b"".join(part.tobytes() for part in (*parts, self.counts.astype("<u2")))

    @classmethod
    def from_bytes(cls, data: bytes) -> TermBlock:
        """The block that `to_bytes` wrote."""
        passages, terms = np.frombuffer(data, dtype="<i4", count=2)
        numbers = np.frombuffer(data, dtype="<i4", count=2 * passages + terms, offset=8)
        counts = np.frombuffer(data, dtype="<u2", offset=8 + numbers.nbytes)
        return cls(numbers[2 * passages :], counts, numbers[:passages], numbers[passages : 2 * passages])


@dataclass(frozen=True, slots=True)
class ScoreMatrix:
    """The scores by columns (CSC): of column c, data[starts[c]:starts[c + 1]], of passages[starts[c]:starts[c + 1]]."""

    terms: NDArray[np.int64]
    """Number of each column's term, ascending: only terms that stand somewhere have one."""
    data: NDArray[np.float32]
    passages: NDArray[np.int32]
    """Ascending within a column."""
    starts: NDArray[np.int64]
    size: int
    """How many passages there are, those without a term included."""


class Allocate(Protocol):
    """Makes an array, in memory or in a file."""

    def __call__(self, name: str, length: int, dtype: type[np.generic]) -> NDArray[Any]:
        """A one-dimensional array that `name` tells from others."""
        ...


def count_terms(passages: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], TermBlock]:
    """The distinct terms of these passages, and how often each stands in each; terms are numbered as they come."""
    number: dict[str, int] = {}
    counted: list[tuple[NDArray[np.int32], NDArray[np.intp]]] = []
    lengths: list[int] = []
    for terms in passages:
        numbers = np.fromiter((number.setdefault(term, len(number)) for term in terms), dtype=np.int32)
        counted.append(np.unique(numbers, return_counts=True))
        lengths.append(len(numbers))
    return tuple(number), TermBlock(
        np.concatenate([terms for terms, _ in counted] or [np.empty(0, np.int32)]).astype(np.int32),
        np.concatenate([counts for _, counts in counted] or [np.empty(0, np.intp)]).clip(max=65535).astype(np.uint16),
        np.array([len(terms) for terms, _ in counted], dtype=np.int32),
        np.array(lengths, dtype=np.int32),
    )


def in_memory(name: str, length: int, dtype: type[np.generic]) -> NDArray[Any]:
    """Allocate without a file."""
    return np.empty(length, dtype=dtype)


def score_matrix(
    blocks: Callable[[], Iterable[TermBlock]], k1: float, b: float, allocate: Allocate = in_memory
) -> ScoreMatrix:
    """The scores by Lucene's variant of BM25 (Kamphuis et al., ECIR 2020).

    `blocks` is called once or twice and has to give the same blocks, in the order of the passages.
    """
    held: list[TermBlock] = []
    holding, lengths = _measure(_remembered(_joined(blocks()), held))
    terms = np.flatnonzero(holding)
    starts = allocate("starts", len(terms) + 1, np.int64)
    starts[0] = 0
    np.cumsum(holding[terms], out=starts[1:])
    size, entries = len(lengths), int(starts[-1])
    idf = np.log(1 + (size - holding + 0.5) / (holding + 0.5))
    damping = k1 * (1 - b + b * lengths / max(lengths.mean() if size else 0.0, 1e-9))
    data, passages = allocate("data", entries, np.float32), allocate("passages", entries, np.int32)
    matrix = ScoreMatrix(terms, data, passages, starts, size)
    _fill(matrix, held or _joined(blocks()), idf, damping)
    return matrix


def _remembered(blocks: Iterable[TermBlock], held: list[TermBlock]) -> Iterator[TermBlock]:
    """The blocks, all of which are in `held` afterwards, or none where they take too much memory."""
    size, fits = 0, True
    for block in blocks:
        size += block.terms.nbytes + block.counts.nbytes
        fits = fits and size <= _HELD
        if fits:
            held.append(block)
        else:
            held.clear()
        yield block


def _measure(blocks: Iterable[TermBlock]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """In how many passages each term stands, and how many terms stand in each passage."""
    holding, lengths = np.zeros(0, dtype=np.int64), [np.zeros(0, dtype=np.int32)]
    for block in blocks:
        counted = np.bincount(block.terms, minlength=len(holding))
        counted[: len(holding)] += holding
        holding = counted
        lengths.append(block.lengths)
    return holding, np.concatenate(lengths)


def _joined(blocks: Iterable[TermBlock]) -> Iterator[TermBlock]:
    """The same counts in blocks of a few thousand passages, which numpy works through faster."""
    waiting: list[TermBlock] = []
    passages = 0
    for block in blocks:
        waiting.append(block)
        passages += len(block.distinct)
        if passages >= _BLOCK:
            yield _one(waiting)
            waiting, passages = [], 0
    if waiting:
        yield _one(waiting)


def _one(blocks: Sequence[TermBlock]) -> TermBlock:
    return TermBlock(
        np.concatenate([block.terms for block in blocks]),
        np.concatenate([block.counts for block in blocks]),
        np.concatenate([block.distinct for block in blocks]),
        np.concatenate([block.lengths for block in blocks]),
    )


def _fill(
    matrix: ScoreMatrix, blocks: Iterable[TermBlock], idf: NDArray[np.float64], damping: NDArray[np.float64]
) -> None:
    column = np.zeros(len(idf), dtype=np.int64)
    column[matrix.terms] = np.arange(len(matrix.terms))
    free = np.array(matrix.starts[:-1])
    first = 0
    for block in blocks:
        dampings = np.repeat(damping[first : first + len(block.distinct)], block.distinct)
        scores = idf[block.terms] * block.counts / (dampings + block.counts)
        rows = np.concatenate(([0], np.cumsum(block.distinct)))
        # Counting sort in C, several times as fast as sorting the terms.
        by_term = csr_matrix((scores.astype(np.float32), block.terms, rows), (len(rows) - 1, len(idf))).tocsc()
        terms = np.flatnonzero(np.diff(by_term.indptr))
        begin, count = by_term.indptr[terms], np.diff(by_term.indptr)[terms]
        columns = column[terms]
        places = np.repeat(free[columns] - begin, count) + np.arange(by_term.nnz)
        matrix.data[places] = by_term.data
        matrix.passages[places] = by_term.indices + first
        free[columns] += count
        first += len(block.distinct)
