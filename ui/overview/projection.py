"""Vectors of many dimensions laid out on a plane: principal component analysis."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def project(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Where the vectors, shape (n, dimension), fall along the two directions they differ most in, shape (n, 2).

    The directions are the leading right singular vectors of the mean-centred matrix (Pearson 1901; Jolliffe,
    Principal Component Analysis, 2002, section 3.5). A direction and its opposite fit equally well; taken is the
    one whose largest component is positive, so that equal vectors always give the same picture. A direction that
    nothing differs in is all zeros.
    """
    placed = np.zeros((len(vectors), 2))
    if len(vectors) < 2:
        return placed
    centred = np.asarray(vectors, dtype=np.float64) - np.mean(vectors, axis=0, dtype=np.float64)
    _, lengths, directions = np.linalg.svd(centred, full_matrices=False)
    for axis in range(min(2, len(directions))):
        direction = directions[axis]
        if lengths[axis] > np.finfo(np.float32).eps * max(lengths[0], 1.0):
            placed[:, axis] = centred @ (direction * np.sign(direction[np.argmax(np.abs(direction))]))
    return placed
