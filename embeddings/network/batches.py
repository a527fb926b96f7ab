"""Which texts go through a model together: of one length nearly, and as many as are fast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_TOKENS = 4096
"""On a CPU: 16 to 32 passages of usual length."""
_TOKENS_ELSEWHERE = 32_768
"""On other devices, which larger batches keep busy; chosen without one at hand."""


def tokens_at_once(device: str) -> int:
    """How many tokens a batch has on a device, named as PyTorch names its kind."""
    return _TOKENS if device == "cpu" else _TOKENS_ELSEWHERE


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
