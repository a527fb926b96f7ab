"""What becomes of memory that was freed: kept for the next batch, or given back, as a process needs it."""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD = -1
_MMAP_THRESHOLD = -3
_MMAP_MAX = -4
"""Parameters of glibc's mallopt(3)."""
_LARGE = 131_072
"""Bytes: glibc's default, which it raises by itself to 32 MB unless it is set."""


def keep_freed_memory() -> None:
    """Let this process, which computes with tensors of one size after another, reuse their memory.

    By default glibc gives tensors of some megabytes back at once, and the system clears every page of the next one:
    much of the time of a small model. Where the C library has no such settings, nothing happens.
    """
    _set((_MMAP_MAX, 0), (_TRIM_THRESHOLD, 2**31 - 1))


def give_back_freed_memory() -> None:
    """Let this process, which serves many threads for days, give tensors back to the system as soon as they are freed.

    Otherwise each thread comes to keep memory of its own. Where the C library has no such settings, nothing happens.
    """
    _set((_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _LARGE))


def _set(*settings: tuple[int, int]) -> None:
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        for parameter, value in settings:
            mallopt(parameter, value)
