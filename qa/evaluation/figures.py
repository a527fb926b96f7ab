"""Figures from what came of each question: retrieval, answers, citations, refusals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean, median

from qa.evaluation.formats import Asked
from qa.evaluation.gold import says
from qa.evaluation.worth import WORTH, Verdict, verdict
from qa.types import Answer

DEPTH = 10
"""Passages of each leg that are looked at."""
_MARKERS = re.compile(r"(?:\[[0-9]+\])+$", re.MULTILINE)
"""Of an extractive answer ours end their line; one elsewhere stands in the article itself."""
_MARKERS_BETWEEN = re.compile(r"\[[0-9]+\]")
"""A generated answer has them behind every sentence."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """How one leg ranks, over the answerable questions; None where there is none.

    recall_at_k: share of questions with a right passage among the first k. mrr_at_10: mean of 1 / rank of the first
    right passage, 0 where none is among the first ten (Voorhees, TREC-8, 1999).
    """

    recall_at_1: float | None
    recall_at_5: float | None
    recall_at_10: float | None
    mrr_at_10: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on some questions; a share of nothing is None."""

    questions: int
    answerable: int
    refused: int
    tentative: int
    """Answered, and said to be unsure."""
    dense: Ranking
    lexical: Ranking
    fused: Ranking
    answer_accuracy: float | None
    """Share of the answerable questions whose answer holds every gold group (see `says`); a refusal holds none."""
    worth: float | None
    """Mean of WORTH over all questions: a wrong answer costs what a right one gains, unsure ones count less."""
    verdicts: dict[Verdict, int]
    """What came of how many questions, in the order of WORTH; what came of none is left out."""
    median_answer_length: float | None
    """Characters of the answers given, without markers: a whole article holds every gold answer."""
    median_seconds: float | None
    """From question to answer or refusal."""
    citation_precision: float | None
    """Share of all quotes cited that are right; none is right for a question that has no answer."""
    refusal_precision: float | None
    """Share of the refused questions that have no answer."""
    refusal_recall: float | None
    """Share of the questions without an answer that were refused."""
    faithful: float | None
    """Share of the sentences that a language model wrote that the articles support; None where it wrote none."""


@dataclass(frozen=True, slots=True)
class FirstRight:
    """Rank, from 1, of each leg's first right passage; None where none is among the first `DEPTH`."""

    dense: int | None
    lexical: int | None
    fused: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question."""

    asked: Asked
    answer: Answer
    ranks: FirstRight
    cited: tuple[bool, ...]
    """For each citation whether it is right."""


def figures_of(outcomes: Sequence[Outcome]) -> Figures:
    """The figures of these outcomes."""
    answerable = [one for one in outcomes if one.asked.answerable]
    refused = [one for one in outcomes if one.answer.abstained]
    answered = [one for one in outcomes if not one.answer.abstained]
    verdicts = [_verdict(one) for one in outcomes]
    return Figures(
        questions=len(outcomes),
        answerable=len(answerable),
        refused=len(refused),
        tentative=sum(one.answer.tentative for one in answered),
        dense=_ranking([one.ranks.dense for one in answerable]),
        lexical=_ranking([one.ranks.lexical for one in answerable]),
        fused=_ranking([one.ranks.fused for one in answerable]),
        answer_accuracy=_share(is_right(one) for one in answerable),
        worth=mean(WORTH[one] for one in verdicts) if verdicts else None,
        verdicts={one: verdicts.count(one) for one in WORTH if one in verdicts},
        median_answer_length=median(len(_said(one.answer)) for one in answered) if answered else None,
        median_seconds=median(one.answer.timings.total for one in outcomes) if outcomes else None,
        citation_precision=_share(right for one in outcomes for right in one.cited),
        refusal_precision=_share(not one.asked.answerable for one in refused),
        refusal_recall=_share(one.answer.abstained for one in outcomes if not one.asked.answerable),
        faithful=_share(
            sentence.support != "unsupported"
            for one in outcomes
            if one.answer.mode == "generated"
            for sentence in one.answer.sentences
        ),
    )


def figures_by_source(outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    """Source -> figures, in the set's order; empty where the set names no two of them."""
    sources: dict[str, list[Outcome]] = {}
    for one in outcomes:
        sources.setdefault(one.asked.source, []).append(one)
    return {source: figures_of(of_source) for source, of_source in sources.items()} if len(sources) > 1 else {}


def is_right(one: Outcome) -> bool:
    """Whether the question was answered, has an answer, and the answer given says one of each gold group."""
    if one.answer.abstained or not one.asked.answerable:
        return False
    said = _said(one.answer)
    return all(any(says(said, gold) for gold in group) for group in one.asked.gold)


def _verdict(one: Outcome) -> Verdict:
    return verdict(one.asked.answerable, one.answer.abstained, one.answer.tentative, is_right(one))


def _ranking(ranks: Sequence[int | None]) -> Ranking:
    return Ranking(
        recall_at_1=_share(rank is not None and rank <= 1 for rank in ranks),
        recall_at_5=_share(rank is not None and rank <= 5 for rank in ranks),
        recall_at_10=_share(rank is not None and rank <= DEPTH for rank in ranks),
        mrr_at_10=mean(1 / rank if rank else 0.0 for rank in ranks) if ranks else None,
    )


def _said(answer: Answer) -> str:
    """What the answer says of the question: without markers, and without the line that it is unsure."""
    markers = _MARKERS if answer.mode == "extractive" else _MARKERS_BETWEEN
    return markers.sub("", answer.text[answer.begins :])


def _share(flags: Iterable[bool]) -> float | None:
    counted = list(flags)
    return sum(counted) / len(counted) if counted else None
