"""Tell the characters that answer exactly from the rest of the sentence, for whoever shows the two differently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from embeddings.types import Span


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that follow each other and are all exact, or all not."""

    text: str
    exact: bool


def runs(text: str, exact: Iterable[Span], begins: int = 0) -> tuple[Run, ...]:
    """Cut `text`, whose first character stands at `begins` in what the spans count in, where exactness changes.

    Joined, the runs are `text`. Spans may reach out of it, touch or overlap.
    """
    found: list[Run] = []
    position = 0
    for span in sorted(exact, key=lambda span: span.start):
        low, high = max(span.start - begins, position), min(span.end - begins, len(text))
        if low >= high:
            continue
        if position < low:
            found.append(Run(text[position:low], exact=False))
        found.append(Run(text[low:high], exact=True))
        position = high
    if position < len(text):
        found.append(Run(text[position:], exact=False))
    return tuple(found)
