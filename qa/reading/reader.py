"""Who reads: the protocol, and what a reader makes of a question and an excerpt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from embeddings.types import Span
from qa.reading.excerpts import Excerpt


@dataclass(frozen=True, slots=True)
class UnitReading:
    """What the reader makes of one sentence or table row of an excerpt."""

    belongs: float
    """Logit of the probability that it belongs to the answer."""
    exact: Span
    """The likeliest exact answer in it, characters of `Excerpt.text`; the whole unit where the reader marks none."""
    certain: float
    """How much likelier, as a difference of logits, these characters are than that the excerpt holds no answer."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one excerpt."""

    score: float
    """Logit of the probability that the excerpt answers the question."""
    units: tuple[UnitReading, ...]
    """One for each unit of the excerpt, in their order."""


class Reader(Protocol):
    """What reads; may be called from several threads."""

    def read(self, question: str, earlier: Sequence[str], excerpts: Sequence[Excerpt]) -> tuple[Reading, ...]:
        """Read each excerpt with the question; `earlier` are the questions before a follow-up, oldest first."""
        ...
