"""Facts, and whatever no outline holds: the best sentence, where it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from embeddings.outline import section_path
from embeddings.snapshot import Snapshot
from embeddings.types import Hit
from qa.abstain import judge
from qa.citations import Statement, quote_of
from qa.explanations import explain
from qa.facts import Evidence, best_sentences, shortest_answer
from qa.finding import Finding
from qa.names import numbered_name
from qa.question import Question

_EXPLAINS = re.compile(r"[:：]|即|是指|指的是|分别|包括|分为|就是")


def answer_by_sentences(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> Finding:
    """The sentence or clauses that say it; for how and why those that follow too; a reason where none says it."""
    found = best_sentences(question, hits, snapshot)
    best = found[0] if found else None
    verdict = judge(question, best, hits, snapshot)
    if best is None or verdict.reason:
        return Finding((), verdict.reason, confidence=verdict.probability)
    if question.kind == "explanation":
        return Finding(tuple(explain(best, snapshot)), confidence=verdict.probability)
    if best.span in best.article.bylines:
        bylines = (Statement(best.article, span) for span in best.article.bylines)
        return Finding(tuple(bylines), confidence=verdict.probability)
    spans = dict.fromkeys(
        (e.article, shortest_answer(question, e, snapshot)) for e in _announced(best, found, snapshot)
    )
    statements = tuple(Statement(article, span) for article, span in spans)
    return Finding(statements, confidence=verdict.probability, note=_only_mentioned(question, statements))


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
