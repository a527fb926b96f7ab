"""Several things asked in one question: each answered, and what is left unanswered said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from embeddings.snapshot import Snapshot
from embeddings.types import Hit
from qa.abstain import judge
from qa.citations import Statement, quote_of
from qa.coverage import TermWeights, subject_of
from qa.facts import Evidence, best_sentences, shortest_answer, type_bonus
from qa.finding import Finding
from qa.parts import standing_alone
from qa.question import Question, understand

_PART_SHARE = 0.5
"""Least share of the terms of one of several things asked in the sentence that answers it."""


def answer_several(
    question: Question, hits: Sequence[Hit], snapshot: Snapshot, answer_one: Callable[[Question], Finding]
) -> Finding:
    """Each of the things asked, in their order; `answer_one` answers one that stands by itself.

    Facts asked together stand together, if at all: they are first looked for in the article of the best sentence for
    the whole question.
    """
    found = best_sentences(question, hits, snapshot)
    verdict = judge(question, found[0] if found else None, hits, snapshot)
    findings: list[Finding] = []
    notes: list[str] = []
    for part in question.parts:
        asked = understand(standing_alone(part, question.text))
        beside = _said_beside(asked, found, snapshot) if asked.kind == "fact" and not verdict.reason else None
        if beside:
            statement = Statement(beside.article, shortest_answer(asked, beside, snapshot))
            findings.append(Finding((statement,), confidence=verdict.probability))
        else:
            findings.append(answer_one(asked))
        notes.append(findings[-1].note if findings[-1].statements else f"没有找到“{part}”的答案。")
    statements = tuple(dict.fromkeys(statement for finding in findings for statement in finding.statements))
    confidence = min((f.confidence for f in findings if f.confidence is not None), default=None)
    if not statements:
        return Finding((), verdict.reason or "没有句子说到所问的事", confidence=confidence)
    return Finding(statements, note="".join(notes), confidence=confidence)


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
