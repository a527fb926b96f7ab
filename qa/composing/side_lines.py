"""What is said of each of several counties, places or years that a question names side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.snapshot.snapshot import Snapshot
from qa.composing.answer_lines import answer_lines
from qa.composing.citations import Statement
from qa.composing.finding import Finding
from qa.evidence.completion import complete_lists
from qa.evidence.sides import Side
from qa.judging.verdict import Verdict, judge

_BESIDE_A_SURE_ONE = 0.5
"""Least probability with which another side is answered where one is sure: the same is asked of both."""


@dataclass(frozen=True, slots=True)
class _Judged:
    side: Side
    verdict: Verdict


def answer_sides(sides: Sequence[Side], snapshot: Snapshot) -> Finding | None:
    """The sides that are answered, in the order of the question, and which are not: then unsure.

    Where none is sure, or one comes near an answer and no nearer, the best sentence of each, unsure; None where none is
    sure and one has none, or one sentence is the best of two.
    """
    judged = [_Judged(side, judge(side.question, side.found, one_of_several=True)) for side in sides]
    given = [one for one in judged if one.verdict.probability >= _BESIDE_A_SURE_ONE]
    statements = tuple(dict.fromkeys(line for one in given for line in _lines(one.side, snapshot)))
    missing = [one for one in judged if one not in given and not _is_said(one.side, statements)]
    is_sure = any(one.verdict.certainty == "sure" for one in judged)
    if any(one.side.kind == "articles" and one.verdict.certainty == "silent" for one in judged):
        return None  # Both things may stand in the other article.
    if not is_sure or any(one.verdict.certainty == "unsure" for one in missing):
        unsure = _unsure(judged, snapshot)
        if unsure or not is_sure:
            return unsure
    names = "、".join(f"“{one.side.name}”" for one in missing)
    return Finding(
        statements,
        note=f"没有找到关于{names}的回答" if missing else "",
        confidence=min(one.verdict.probability for one in given),
        tentative=bool(missing),
    )


def _unsure(judged: Sequence[_Judged], snapshot: Snapshot) -> Finding | None:
    """The best sentence of each side, where each has one of its own that comes near."""
    if not judged or any(one.verdict.certainty == "silent" for one in judged):
        return None
    best = [answer_lines(one.side.question, one.side.found[:1], (), True, snapshot).statements for one in judged]
    statements = tuple(dict.fromkeys(line for lines in best for line in lines))
    if len(statements) < len(judged):
        return None
    return Finding(statements, confidence=min(one.verdict.probability for one in judged), tentative=True)


def _is_said(side: Side, statements: Sequence[Statement]) -> bool:
    """Whether what comes nearest to an answer for this side is given already: one sentence may speak of both."""
    best = [Statement(evidence.article, evidence.span) for evidence in side.found[:1]]
    return any(one.is_within(other) for one in best for other in statements)


def _lines(side: Side, snapshot: Snapshot) -> tuple[Statement, ...]:
    lists = complete_lists(side.question, side.found, snapshot)
    return answer_lines(side.question, side.found, lists, unsure=False, snapshot=snapshot).statements
