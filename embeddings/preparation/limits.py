"""What reading one file may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take before its process is ended; of recognised pages what each may take."""

    seconds: float = 120.0
    """Of processor time, so that a busy machine sets no file aside. A book of a million characters takes some 20."""
    patience: float = 10.0
    """How many times as long it may take by the clock: a disk or another program may be what it waits for."""
    memory: int = 2 * 1024**3
    """Bytes resident in the process."""
