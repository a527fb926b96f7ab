"""Facts, and whatever no outline holds: the best sentence, where it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from embeddings.outline import section_path
from embeddings.snapshot import Snapshot
from embeddings.types import Hit
from qa.answering.explanations import explain
from qa.answering.finding import Finding
from qa.citations import Statement, quote_of
from qa.evidence.abstain import judge
from qa.evidence.facts import Evidence, shortest_answer
from qa.evidence.gathering import Gathered, gather
from qa.retriever import Retriever
from qa.understanding.names import numbered_name
from qa.understanding.question import Question

_EXPLAINS = re.compile(r"[:：]|即|是指|指的是|分别|包括|分为|就是")

_MARKED_SHARE = 0.8


def answer_by_sentences(question: Question, hits: Sequence[Hit], retriever: Retriever) -> Finding:
    """The sentence or clauses that say it; for how and why those that follow too; a reason where none says it."""
    gathered = gather(question, hits, retriever)
    return replace(_finding(question, gathered, hits, retriever.snapshot), readings=gathered.readings)


def _finding(question: Question, gathered: Gathered, hits: Sequence[Hit], snapshot: Snapshot) -> Finding:
    best = gathered.best
    verdict = judge(question, gathered, hits, snapshot)
    if best is None or verdict.reason:
        return Finding((), verdict.reason, confidence=verdict.probability)
    if question.kind == "explanation":
        return Finding(tuple(explain(best, snapshot)), confidence=verdict.probability)
    if best.span in best.article.bylines:
        bylines = (Statement(best.article, span) for span in best.article.bylines)
        return Finding(tuple(bylines), confidence=verdict.probability)
    said = _announced(best, gathered.found, snapshot)
    statements = tuple(dict.fromkeys(fact_statement(question, evidence, snapshot) for evidence in said))
    return Finding(statements, confidence=verdict.probability, note=_only_mentioned(question, statements))


def fact_statement(question: Question, evidence: Evidence, snapshot: Snapshot) -> Statement:
    """The sentence, or the clauses of it that answer, with the exact answer marked where the reader is sure of it."""
    span, answer = shortest_answer(question, evidence, snapshot), evidence.answer
    sure = evidence.certainty is not None and evidence.certainty > 0 and question.kind == "fact"
    if answer is None or not sure or answer.start < span.start or answer.end > span.end:
        return Statement(evidence.article, span)
    # What is most of the line needs no mark.
    short = answer.end - answer.start <= _MARKED_SHARE * (span.end - span.start)
    return Statement(evidence.article, span, answers=(answer,) if short else ())


def _only_mentioned(question: Question, statements: Sequence[Statement]) -> str:
    """Where what a numbered name stands for is asked: that the articles say the name and not its parts."""
    name = next((n for n in question.names if numbered_name(n) and not n.isdigit()), "")
    said = "".join(quote_of(s.article, s.span) for s in statements)
    if not name or question.kind not in ("list", "definition") or _EXPLAINS.search(said) or said.count("、") >= 2:
        return ""
    return f"文章提到了“{name}”，没有逐项列出它的内容。"


def _announced(best: Evidence, found: Sequence[Evidence], snapshot: Snapshot) -> list[Evidence]:
    """Where the best sentence only announces a section: the best one inside it, behind an announcing sentence."""
    path = section_path(snapshot.corpus.outline(best.article.id), best.span)
    if not path or best.span.end != path[-1].heading.end:
        return [best]
    inside = (
        e
        for e in found
        if e.article.id == best.article.id and best.span.end <= e.span.start and e.span.end <= path[-1].end
    )
    said = next(inside, None)
    if said is None:
        return [best]
    return [best, said] if quote_of(best.article, best.span).endswith("。") else [said]
