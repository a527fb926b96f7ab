"""What a condition makes of each record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from embeddings.types import Span

Meets = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a condition makes of each record, in their order."""

    meets: tuple[Meets, ...]
    rule: str
    """In Chinese, as a note puts it: “目前状态”为“未开工”."""
    covered: tuple[Span, ...]
    """Where the question says it."""
    values: tuple[Span | None, ...]
    """For each record what it was judged by, if anything."""
    named: bool
    """Whether the question names the field, or the value is all that the field says."""
    field: str = ""
    """The name of the field that it was read in, if it has one."""
    state: str = ""
    """What has to be said, or denied; empty of a bound."""
    denied: bool = False
    firm: bool = True
    """Whether the value is a state or figure, and no text in which the words only stand somewhere."""
    of_names: bool = False
    """Whether it is what the records are called that was looked at."""
