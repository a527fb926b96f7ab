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
    """The sides that are answered, in the order of the question, and which are not; None where none is sure."""
    judged = [_Judged(side, judge(side.question, side.found)) for side in sides]
    if not any(one.verdict.certainty == "sure" for one in judged):
        return None
    given = [one for one in judged if one.verdict.probability >= _BESIDE_A_SURE_ONE]
    statements = [statement for one in given for statement in _lines(one.side, snapshot)]
    missing = "、".join(
        f"“{one.side.name}”" for one in judged if one not in given and not _is_said(one.side, statements)
    )
    return Finding(
        tuple(dict.fromkeys(statements)),
        note=f"没有找到关于{missing}的回答" if missing else "",
        confidence=min(one.verdict.probability for one in given),
    )


def _is_said(side: Side, statements: Sequence[Statement]) -> bool:
    """Whether what comes nearest to an answer for this side is given already: one sentence may speak of both."""
    best = [Statement(evidence.article, evidence.span) for evidence in side.found[:1]]
    return any(one.is_within(other) for one in best for other in statements)


def _lines(side: Side, snapshot: Snapshot) -> tuple[Statement, ...]:
    lists = complete_lists(side.question, side.found, snapshot)
    return answer_lines(side.question, side.found, lists, unsure=False, snapshot=snapshot).statements
