"""An even sample of a snapshot's passages with their vectors, for pictures of the whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.snapshot.snapshot import Snapshot
from embeddings.types import Passage


@dataclass(frozen=True, slots=True, eq=False)
class PassageSample:
    """Passages of a corpus, in its order."""

    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32]
    """Their unit vectors, shape (passages, dimension)."""
    of: int
    """How many passages the corpus has."""


def sample_passages(snapshot: Snapshot, limit: int) -> PassageSample:
    """At most `limit` passages, evenly spaced over the corpus from its first to its last."""
    total = snapshot.dense.size
    numbers = np.unique(np.linspace(0, total - 1, min(limit, total)).astype(np.int64)).tolist()
    return PassageSample(snapshot.corpus.passages_at(numbers), snapshot.dense.vectors(numbers), total)
