"""The answer of the keyless way, and what it was made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from embeddings.snapshot.snapshot import Snapshot
from embeddings.types import Hit, Span
from qa.composing.citations import Composed, cite, compose
from qa.composing.finding import Finding
from qa.composing.suggestions import suggested_questions
from qa.judging.tracing import trace
from qa.retrieving.retriever import Retriever
from qa.types import TENTATIVE, Answer, Citation, Timings
from qa.understanding.question import Question

_NEAREST = 3
"""Passages that a silence names where nothing nearer is known."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """The answer and what it was made of."""

    answer: Answer
    question: Question
    """As understood."""
    hits: tuple[Hit, ...]
    finding: Finding
    """The statements of the answer, what was read on the way, or why there is no answer."""
    retriever: Retriever
    """Over the snapshot, and the articles of it, that were asked."""

    @property
    def is_sure(self) -> bool:
        """Whether the answer is given as certain."""
        return not (self.answer.abstained or self.answer.tentative)


def grounds_of(
    asked: str, question: Question, hits: Sequence[Hit], finding: Finding, retriever: Retriever, timings: Timings
) -> Grounds:
    """The answer that the finding comes to, with what it was made of; `asked` is the question as it was typed."""
    answer = _answer(asked, question, hits, finding, retriever, timings)
    return Grounds(answer, question, tuple(hits), finding, retriever)


def unsure_answer(grounds: Grounds) -> Answer:
    """The answer as one that is not certain, where somebody else who read the same says that nothing answers."""
    given, finding = grounds.answer, replace(grounds.finding, tentative=True)
    return _answer(given.question, grounds.question, grounds.hits, finding, grounds.retriever, given.timings)


def _answer(
    asked: str, question: Question, hits: Sequence[Hit], finding: Finding, retriever: Retriever, timings: Timings
) -> Answer:
    statements, snapshot = finding.statements, retriever.snapshot
    lead = TENTATIVE if finding.tentative else ""
    composed = compose(statements, snapshot.manifest.id, finding.note, lead) if statements else _silence(finding.reason)
    return Answer(
        question=asked,
        standalone=question.text,
        text=composed.text,
        citations=composed.citations,
        nearest=() if statements else _nearest(finding, hits, snapshot),
        abstained=not statements,
        reason=finding.reason,
        confidence=finding.confidence if finding.confidence is not None else float(bool(statements)),
        mode="extractive",
        answer_spans=composed.answer_spans,
        sentences=composed.sentences,
        trace=trace(question, hits, finding.read, composed.citations, snapshot.corpus),
        suggestions=suggested_questions(question.text, composed.citations, snapshot.corpus),
        tentative=finding.tentative,
        timings=timings,
    )


def _silence(reason: str) -> Composed:
    return Composed(f"语料中没有找到这个问题的答案：{reason}。", ())


def _nearest(finding: Finding, hits: Sequence[Hit], snapshot: Snapshot) -> tuple[Citation, ...]:
    """What comes nearest: what the finding names as such, else the best passages."""
    if finding.nearest:
        return compose(finding.nearest, snapshot.manifest.id).citations
    passages = (hit.passage for hit in hits[:_NEAREST])
    spans = ((snapshot.corpus.article(one.article_id), Span(one.start, one.end)) for one in passages)
    return tuple(cite(article, span, n, snapshot.manifest.id) for n, (article, span) in enumerate(spans, 1))
