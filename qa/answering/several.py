"""Several things asked in one question: each answered, and what is left unanswered said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from embeddings.snapshot import Snapshot
from embeddings.types import Hit, Span
from qa.answering.finding import Finding
from qa.answering.sentence_answer import fact_statement
from qa.citations import Statement, quote_of
from qa.evidence.abstain import judge
from qa.evidence.facts import Evidence, type_bonus
from qa.evidence.gathering import gather, read_again
from qa.evidence.subject import subject_of
from qa.retriever import Retriever
from qa.term_weights import TermWeights
from qa.understanding.parts import standing_alone
from qa.understanding.question import Question, understand

_PART_SHARE = 0.5
"""Least share of the terms of one of several things asked in the sentence that answers it."""


def answer_several(
    question: Question, hits: Sequence[Hit], retriever: Retriever, answer_one: Callable[[Question], Finding]
) -> Finding:
    """Each of the things asked, in their order; `answer_one` answers one that stands by itself.

    Facts asked together stand together, if at all: they are first looked for in the article of the best sentence for
    the whole question.
    """
    snapshot = retriever.snapshot
    gathered = gather(question, hits, retriever)
    found = gathered.found
    verdict = judge(question, gathered, hits, snapshot)
    findings: list[Finding] = []
    notes: list[str] = []
    for part in question.parts:
        asked = understand(standing_alone(part, question.text))
        beside = _said_beside(asked, found, snapshot) if asked.kind == "fact" and not verdict.reason else None
        if beside:
            statement = fact_statement(asked, read_again(asked, beside, retriever), snapshot)
            findings.append(Finding((statement,), confidence=verdict.probability))
        else:
            findings.append(answer_one(asked))
        notes.append(findings[-1].note if findings[-1].statements else f"没有找到“{part}”的答案。")
    statements = _each_once(statement for finding in findings for statement in finding.statements)
    confidence = min((f.confidence for f in findings if f.confidence is not None), default=None)
    readings = (*gathered.readings, *(reading for finding in findings for reading in finding.readings))
    if not statements:
        reason = verdict.reason or "没有句子说到所问的事"
        return Finding((), reason, confidence=confidence, readings=readings)
    return Finding(statements, note="".join(notes), confidence=confidence, readings=readings)


def _each_once(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """A sentence that answers two of the things asked stands once, with both answers marked."""
    found: dict[Statement, tuple[Span, ...]] = {}
    for statement in statements:
        bare = replace(statement, answers=())
        found[bare] = tuple(dict.fromkeys((*found.get(bare, ()), *statement.answers)))
    return tuple(
        replace(bare, answers=tuple(sorted(answers, key=lambda span: span.start))) for bare, answers in found.items()
    )


def _said_beside(part: Question, found: Sequence[Evidence], snapshot: Snapshot) -> Evidence | None:
    """The best sentence for one of the things asked, in the article that the best for all of them comes from."""
    weights = TermWeights.of(part.terms, snapshot.lexical)
    specific = weights.without(weights.found(subject_of(found[0].article)))
    rated: list[tuple[float, Evidence]] = []
    for evidence in (e for e in found if e.article.id == found[0].article.id):
        said, bonus = (
            weights.found(quote_of(evidence.article, evidence.span)),
            type_bonus(part, quote_of(evidence.article, evidence.span)),
        )
        share = specific.share(said & specific.weights.keys())
        if bonus if part.unit else share >= _PART_SHARE and (bonus or not part.wants):
            rated.append((weights.share(said) + bonus, evidence))
    return max(rated, key=lambda scored: scored[0])[1] if rated else None
