"""An answer without a language model: understand, retrieve, extract, check, or say that the corpus does not say."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from embeddings.snapshot import Snapshot
from embeddings.types import Hit, Span
from qa.answering.extract import answer_from
from qa.answering.finding import Finding
from qa.citations import Composed, cite, compose
from qa.retriever import PASSAGES, Retriever
from qa.suggestions import suggested_questions
from qa.tracing import trace
from qa.types import Answer, Citation, Timings
from qa.understanding.followup import Interpretation
from qa.understanding.question import Question, understand

_NEAREST = 3


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


def answer_keyless(question: str, meanings: Iterable[Interpretation], retriever: Retriever, started: float) -> Grounds:
    """Answer the question by the first of its meanings, likeliest first, that has an answer.

    `started` is when it was asked, on the monotonic clock.
    """
    tried: list[_Tried] = []
    for meaning in meanings:
        tried.append(_try(meaning, retriever))
        if tried[-1].finding.statements:
            break
    best = tried[-1]
    finding, statements, snapshot = best.finding, best.finding.statements, retriever.snapshot
    composed = compose(statements, snapshot.manifest.id, finding.note) if statements else _refusal(finding.reason)
    ended = time.monotonic()
    answer = Answer(
        question=question,
        standalone=best.meaning.standalone,
        text=composed.text,
        citations=composed.citations,
        nearest=() if statements else _nearest(finding, best.hits, snapshot),
        abstained=not statements,
        reason=finding.reason,
        confidence=finding.confidence if finding.confidence is not None else float(bool(statements)),
        mode="extractive",
        answer_spans=composed.answer_spans,
        sentences=composed.sentences,
        trace=trace(best.question, best.hits, finding.readings, composed.citations, snapshot.corpus),
        suggestions=suggested_questions(best.meaning.standalone, composed.citations, snapshot.corpus),
        timings=Timings(sum(t.retrieve for t in tried), sum(t.compose for t in tried), ended - started),
    )
    return Grounds(answer, best.question, best.hits, finding, retriever)


@dataclass(frozen=True, slots=True)
class _Tried:
    """One way to understand a question and what came of it; seconds spent."""

    meaning: Interpretation
    question: Question
    hits: tuple[Hit, ...]
    finding: Finding
    retrieve: float
    compose: float


def _try(meaning: Interpretation, retriever: Retriever) -> _Tried:
    started = time.monotonic()
    hits = retriever.retrieve(meaning.standalone, PASSAGES)
    retrieved = time.monotonic()
    question = understand(meaning.standalone, asked=meaning.asked)
    finding = answer_from(question, hits, retriever)
    return _Tried(meaning, question, hits, finding, retrieved - started, time.monotonic() - retrieved)


def _refusal(reason: str) -> Composed:
    return Composed(f"语料中没有找到这个问题的答案：{reason}。", ())


def _nearest(finding: Finding, hits: Sequence[Hit], snapshot: Snapshot) -> tuple[Citation, ...]:
    """What comes nearest: what the extraction names as such, else the best passages."""
    if finding.nearest:
        return compose(finding.nearest, snapshot.manifest.id).citations
    return tuple(
        cite(
            snapshot.corpus.article(hit.passage.article_id),
            Span(hit.passage.start, hit.passage.end),
            number,
            snapshot.manifest.id,
        )
        for number, hit in enumerate(hits[:_NEAREST], 1)
    )
