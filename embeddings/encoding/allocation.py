"""Memory that a computing process has freed is kept for its next step instead of going back to the system."""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD = -1
_MMAP_MAX = -4
"""Parameters of glibc's mallopt(3)."""


def keep_freed_memory() -> None:
    """Let this process, which computes with tensors of one size after another, reuse their memory.

    By default glibc gives tensors of some megabytes back at once, and the system clears every page of the next one:
    a third of the time of a small model. Where the C library has no such settings, nothing happens.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_MMAP_MAX, 0)
        mallopt(_TRIM_THRESHOLD, 2**31 - 1)
