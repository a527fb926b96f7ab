"""The vectors of a snapshot's passages: kept ones from the cache, the others by the model."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.encoding.encoder import Encoder, passages_at_once
from embeddings.progress import Running, Tell
from embeddings.rebuilding.vector_cache import VectorCache

_WINDOW = 16_384
"""Passages sorted by length at a time, so that those embedded together are alike; their texts are in memory."""
Texts = Callable[[Sequence[int]], Iterator[str]]
"""Gives the texts of passages, whose numbers ascend, in that order."""


def embed(
    encoder: Encoder, cache: VectorCache, digests: Sequence[bytes], texts: Texts, out: NDArray[np.float32], tell: Tell
) -> int:
    """Fill `out`, of shape (passages, dimension), and return how many vectors had to be computed.

    `digests` are what the passages' vectors are kept by. A damaged cache is begun anew.
    """
    try:
        return _embed(encoder, cache, digests, texts, out, tell)
    except sqlite3.DatabaseError as error:
        cache.begin_anew(error)
        return _embed(encoder, cache, digests, texts, out, tell)


def _embed(
    encoder: Encoder, cache: VectorCache, digests: Sequence[bytes], texts: Texts, out: NDArray[np.float32], tell: Tell
) -> int:
    missing = cache.fill(encoder, digests, out)
    # Kept as they come: what a killed run loses at most.
    at_once = passages_at_once(encoder)
    window_size = max(_WINDOW, at_once)
    stage = Running("embedding", len(digests), len(digests) - len(missing), tell)
    for start in range(0, len(missing), window_size):
        window = missing[start : start + window_size]
        unsorted = zip(window, texts([rows[0] for rows in window]), strict=True)
        waiting = sorted(unsorted, key=lambda each: len(each[1]))
        for at in range(0, len(waiting), at_once):
            batch = waiting[at : at + at_once]
            vectors = encoder.encode_passages([text for _, text in batch])
            cache.add(encoder, [digests[rows[0]] for rows, _ in batch], vectors)
            for (rows, _), vector in zip(batch, vectors, strict=True):
                out[rows] = vector
            stage.advance(len(batch))
    return len(missing)
