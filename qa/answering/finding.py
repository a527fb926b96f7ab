"""What a room that answers one kind of question hands back: statements, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass

from qa.citations import Statement
from qa.evidence.gathering import PassageRead


@dataclass(frozen=True, slots=True)
class Finding:
    """The statements of an answer, or none, the reason (in Chinese) and what comes nearest."""

    statements: tuple[Statement, ...]
    reason: str = ""
    nearest: tuple[Statement, ...] = ()
    note: str = ""
    """What a reader must know beside the statements, in Chinese: parts that are missing, counts that disagree."""
    confidence: float | None = None
    """Probability, by the calibration, that the statements answer; None where structure decided."""
    readings: tuple[PassageRead, ...] = ()
    """What the reader made of the passages that were read on the way."""
