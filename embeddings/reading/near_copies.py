"""Which of many texts may be near copies of each other, told by small sketches of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from datasketch import MinHash  # type: ignore[import-untyped]
from numpy.typing import NDArray

_PERMUTATIONS = 128
_BANDS, _ROWS = 25, 5
"""What datasketch finds best for telling texts apart at an estimated Jaccard of 0.5, from which two are compared
exactly; low, for only the exact comparison decides."""


def sketch_of(shingles: Iterable[str]) -> NDArray[np.uint32]:
    """The MinHash of a set of strings, shape (128,)."""
    sketch = MinHash(num_perm=_PERMUTATIONS)
    sketch.update_batch([shingle.encode("utf-8") for shingle in sorted(shingles)])
    # datasketch hashes to 32 bits, which it keeps in 64.
    return np.asarray(sketch.hashvalues, dtype=np.uint32)


def copies_of(
    order: Sequence[int], sketches: NDArray[np.uint32], is_copy: Callable[[int, int], bool]
) -> dict[int, tuple[int, ...]]:
    """Originals, each with its copies; a text that has none is an original.

    Texts are numbered by their row in `sketches`, shape (texts, 128). They are taken in the given order, and each is a
    copy of the first original that `is_copy(text, original)` says it is, of those whose sketches are alike.
    """
    shared = _shared_buckets(sketches)
    originals_in: dict[int, list[int]] = {}
    copies: dict[int, list[int]] = {}
    rank = {text: place for place, text in enumerate(order)}
    for text in order:
        buckets = shared.get(text, ())
        alike = {original for bucket in buckets for original in originals_in.get(bucket, ())}
        found = next((one for one in sorted(alike, key=rank.__getitem__) if is_copy(text, one)), None)
        if found is not None:
            copies[found].append(text)
            continue
        copies[text] = []
        for bucket in buckets:
            originals_in.setdefault(bucket, []).append(text)
    return {original: tuple(theirs) for original, theirs in copies.items()}


def _shared_buckets(sketches: NDArray[np.uint32]) -> dict[int, tuple[int, ...]]:
    """The buckets of locality-sensitive hashing that each text shares with another one."""
    shared: dict[int, list[int]] = {}
    first = 0
    for band in range(_BANDS):
        rows = np.ascontiguousarray(sketches[:, band * _ROWS : (band + 1) * _ROWS])
        _, bucket, size = np.unique(
            rows.view(np.dtype((np.void, rows.dtype.itemsize * _ROWS))).ravel(),
            return_inverse=True,
            return_counts=True,
        )
        for text in np.flatnonzero(size[bucket] > 1).tolist():
            shared.setdefault(text, []).append(first + int(bucket[text]))
        first += len(size)
    return {text: tuple(buckets) for text, buckets in shared.items()}
