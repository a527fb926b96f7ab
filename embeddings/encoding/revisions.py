"""Which model made some vectors, where its files can't be seen: by what it makes of two fixed texts."""

from __future__ import annotations

import base64
import binascii

import numpy as np
from numpy.typing import NDArray

PROBES = (
    "二〇二四年，泰安市的空气质量优良天数比例是多少？",
    "The recipe asks for two eggs, some butter and a warm oven.",
)
"""Unlike each other, so that what all vectors of a model have in common falls out of their difference."""
_MARK = "probe:"
_COMPONENTS = 64
_SAME = 0.99
"""Cosine of two sketches. Numbers in half precision, other batches and other devices leave it above 0.999."""


def probed_revision(vectors: NDArray[np.float32]) -> str:
    """A sketch of a model by its vectors of `PROBES`, shape (2, dimension): part of their difference, in 8 bits each.

    The same model on other hardware has another sketch, but one that `same_revision` knows as its own.
    """
    difference = (vectors[0] - vectors[1])[:_COMPONENTS]
    largest = float(np.abs(difference).max()) or 1.0
    return _MARK + base64.b64encode(np.round(difference / largest * 127).astype(np.int8).tobytes()).decode("ascii")


def same_revision(one: str, other: str) -> bool:
    """Whether two revisions of one name are of the same model."""
    if one == other:
        return True
    first, second = _sketch(one), _sketch(other)
    if first is None or second is None or first.shape != second.shape:
        return False
    return float(first @ second) >= _SAME * float(np.linalg.norm(first) * np.linalg.norm(second)) > 0


def _sketch(revision: str) -> NDArray[np.float64] | None:
    if not revision.startswith(_MARK):
        return None
    try:
        return np.frombuffer(base64.b64decode(revision[len(_MARK) :], validate=True), np.int8).astype(np.float64)
    except binascii.Error:
        return None
