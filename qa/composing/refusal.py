"""Why there is no answer, truly: what was read, and what of it comes nearest."""

from __future__ import annotations

from collections.abc import Sequence

from qa.composing.citations import Statement
from qa.composing.finding import Finding
from qa.evidence.gathering import Evidence

_NEAREST = 3
_LONGEST_TITLE = 24


def refuse(found: Sequence[Evidence], read: int) -> Finding:
    """No statements; the reason, and the nearest sentences of those found in so many passages read, best first."""
    if not found:
        return Finding((), "语料里没有可读的文章")
    nearest = tuple(Statement(evidence.article, evidence.span) for evidence in found[:_NEAREST])
    reason = f"读了最接近的 {read} 段，没有一句回答了它，最接近的在《{_short(found[0].article.title)}》里"
    return Finding((), reason, nearest)


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…"
