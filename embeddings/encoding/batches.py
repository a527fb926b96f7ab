"""Which texts go through a model together: of one length nearly, and as many as are fast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def batches_by_length(lengths: Sequence[int], limit: int) -> Iterator[list[int]]:
    """Positions of all texts, shortest first, in batches that are at most `limit` when padded to their longest.

    `lengths` counts tokens, as `limit` does. A text that is longer than the limit is a batch of its own.
    """
    batch: list[int] = []
    for position in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[position] > limit:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch
