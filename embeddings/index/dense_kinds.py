"""The FAISS indexes that hold the vectors of a snapshot, each searched by one thread and the same at every build.

No HNSW: built by several threads its graph differs from build to build, and by one it takes minutes. No IVF: of
questions, which lie off the passages, 0.98 of the nearest are found only with more than an eighth of the lists, and the
clustering takes longer than all else. `python -m benchmarks.speed.dense` measures both beside what is here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import faiss
import numpy as np
from numpy.typing import NDArray

from embeddings.index.dense_recall import DEPTH, blocks

EXACT_FP16, EXACT_FP32, ONE_BIT = "exact-fp16", "exact-fp32", "rabitq-fp16"
_TRAINED_ON = 65_536
"""Rows, evenly spaced, whose mean the one-bit codes are taken from."""


def exact_fp16(vectors: NDArray[np.floating]) -> faiss.Index:
    """Every vector compared, stored in half the bytes: cosines are within 3e-4 of those by float32."""
    index = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    return _filled(index, vectors)


def exact_fp32(vectors: NDArray[np.floating]) -> faiss.Index:
    """Every vector compared, as it came."""
    return _filled(faiss.IndexFlatIP(vectors.shape[1]), vectors)


def one_bit(vectors: NDArray[np.floating]) -> faiss.IndexRefine:
    """Of every vector one bit a dimension is compared, then of the best, see `set_candidates`, all in half precision.

    The codes are RaBitQ (Gao and Long, SIGMOD 2024), about 60 bytes at 384 dimensions, and stay in memory.
    """
    coarse = faiss.IndexRaBitQFastScan(vectors.shape[1], faiss.METRIC_INNER_PRODUCT)
    coarse.train(np.ascontiguousarray(vectors[:: -(-len(vectors) // _TRAINED_ON)], dtype=np.float32))
    return faiss.IndexRefine(_filled(coarse, vectors), exact_fp16(vectors))


def set_candidates(index: faiss.IndexRefine, candidates: int) -> None:
    """How many passages are compared by their full vectors; the index file keeps it, as a factor of ten results."""
    index.k_factor = candidates / DEPTH


def nearest(index: faiss.Index, vector: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Numbers of the passages nearest to a unit vector of shape (dimension,), in no sure order; at most `count`."""
    question = np.ascontiguousarray(vector[None, :], dtype=np.float32)
    with _one_thread():
        if isinstance(index, faiss.IndexRefine):
            params = faiss.IndexRefineSearchParameters()
            params.k_factor = max(1.0, index.k_factor * DEPTH / count)
            numbers = _found(index.search(question, count, params=params)[1])
            # A question that is the mean of all has no direction to compare codes by, and finds none.
            if len(numbers) == count:
                return numbers
        return _found(stored(index).search(question, count)[1])


def nearest_of_each(index: faiss.Index, vectors: NDArray[np.float32], count: int) -> list[NDArray[np.int64]]:
    """As `nearest`, for each row of `vectors`; by all threads where every vector is compared."""
    if isinstance(index, faiss.IndexRefine) or not len(vectors):
        return [nearest(index, vector, count) for vector in vectors]
    return [_found(numbers) for numbers in index.search(vectors, count)[1]]


def _found(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    return numbers[numbers >= 0]


def stored(index: faiss.Index) -> faiss.Index:
    """The part of an index that gives vectors back."""
    return faiss.downcast_index(index.refine_index) if isinstance(index, faiss.IndexRefine) else index


def _filled(index: faiss.Index, vectors: NDArray[np.floating]) -> faiss.Index:
    for block in blocks(vectors):
        index.add(block)
    return index


@contextmanager
def _one_thread() -> Iterator[None]:
    # One question is one thread's work all the same, and waiting for the idle ones takes longer where others compute.
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
