"""What one way of answering hands back: statements, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass

from qa.composing.citations import Statement
from qa.reading.passages import PassageRead


@dataclass(frozen=True, slots=True)
class Finding:
    """The statements of an answer, or none, the reason (in Chinese) and what comes nearest."""

    statements: tuple[Statement, ...]
    reason: str = ""
    nearest: tuple[Statement, ...] = ()
    note: str = ""
    """What a reader must know beside the statements, in Chinese: counts that disagree, articles without a date."""
    confidence: float | None = None
    """Probability, by the calibration, that the statements answer; None where structure decided."""
    contradicted: bool = False
    """Whether there is no answer because the articles say otherwise than the question takes for granted."""
    tentative: bool = False
    """Whether the statements only probably answer."""
    computed: bool = False
    """Whether structure counted, ordered or summed them up: no other wording makes them truer."""
    read: tuple[PassageRead, ...] = ()
    """The passages that were read on the way."""
    rests_on: Statement | None = None
    """The sentence that answers most probably, where reading decided."""

    @property
    def best(self) -> tuple[Statement, ...]:
        """The statements; of a silence what comes nearest."""
        return self.statements or self.nearest[:1]
