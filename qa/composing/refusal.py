"""Why there is no answer, truly: what was read, and what of it comes nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from embeddings.snapshot import Snapshot
from embeddings.types import Article
from qa.citations import Statement
from qa.composing.finding import Finding
from qa.composing.premises import other_premise
from qa.evidence.gathering import Evidence
from qa.reading.passages import PassageRead
from qa.understanding.question import Question

_NEAREST = 3
_LONGEST_TITLE = 24


def refuse(
    question: Question,
    found: Sequence[Evidence],
    probability: float,
    read: tuple[PassageRead, ...],
    snapshot: Snapshot,
) -> Finding:
    """No statements; the reason, and the nearest sentences of those found, best first."""
    if not found:
        return Finding((), "语料里没有可读的文章", confidence=probability, read=read)
    if premise := other_premise(question, _articles(read), snapshot):
        return replace(premise, confidence=probability, read=read)
    nearest = tuple(Statement(evidence.article, evidence.span) for evidence in found[:_NEAREST])
    reason = f"读了最接近的 {len(read)} 段，没有一句回答了它，最接近的在《{_short(found[0].article.title)}》里"
    return Finding((), reason, nearest, confidence=probability, read=read)


def says_otherwise(question: Question, read: Sequence[PassageRead], snapshot: Snapshot) -> bool:
    """Whether the articles read say the question's name with another number, and none says it as asked."""
    return other_premise(question, _articles(read), snapshot) is not None


def _articles(read: Sequence[PassageRead]) -> list[Article]:
    return list(dict.fromkeys(passage.article for passage in read))


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…"
