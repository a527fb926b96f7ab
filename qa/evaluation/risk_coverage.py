"""The risk-coverage curve of a selective answerer (El-Yaniv and Wiener, JMLR 11, 2010)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer that was given, and whether it is right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """What comes of giving only the answers of a confidence or above."""

    confidence: float
    """The least one that is given, 0 to 1."""
    coverage: float
    """Share of all questions asked that get an answer."""
    risk: float
    """Share of these answers that are wrong."""


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """The curve, from the most confident answers on.

    It ends at the share of questions that were answered. Of those that were refused it shows nothing: neither how many
    should have been answered, nor how wrong the answers would have been. So a lower area is better only between curves
    that reach equally far.
    """

    points: tuple[RiskPoint, ...]
    """By growing coverage; answers of equal confidence can't be told apart and make one point."""
    area: float | None
    """AURC (Geifman, Uziel and El-Yaniv, ICLR 2019) up to the last point: each answer of the set counts with the risk
    of its point, over all questions; None where nothing was answered."""

    def risk_at(self, coverage: float) -> float | None:
        """The risk of answering at least this share of the questions; None where the curve ends before."""
        return next((point.risk for point in self.points if point.coverage >= coverage), None)


def risk_coverage(answers: Sequence[Judged], questions: int) -> RiskCoverage:
    """The curve of the answers given to a number of questions, the others having been refused."""
    points: list[RiskPoint] = []
    given = wrong = 0
    ranked = sorted(answers, key=attrgetter("confidence"), reverse=True)
    for confidence, equal in groupby(ranked, key=attrgetter("confidence")):
        judged = list(equal)
        given += len(judged)
        wrong += sum(not one.right for one in judged)
        points.append(RiskPoint(confidence, given / questions, wrong / given))
    steps = pairwise([0.0, *(point.coverage for point in points)])
    area = sum((end - start) * point.risk for (start, end), point in zip(steps, points, strict=True))
    return RiskCoverage(tuple(points), area if points else None)
