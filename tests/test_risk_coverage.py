"""The risk-coverage curve, with points and areas worked out by hand."""

import pytest

from qa.evaluation.risk_coverage import Judged, RiskCoverage, RiskPoint, risk_coverage


def test_the_curve_of_ten_questions():
    # Six of ten are answered; the two at 0.8, one of them wrong, can't be told apart; so can't the two at 0.5.
    answers = [
        Judged(0.5, right=False),
        Judged(0.8, right=True),
        Judged(1.0, right=True),
        Judged(0.8, right=False),
        Judged(0.9, right=True),
        Judged(0.5, right=False),
    ]
    curve = risk_coverage(answers, questions=10)
    assert curve.points == (
        RiskPoint(confidence=1.0, coverage=0.1, risk=0),
        RiskPoint(confidence=0.9, coverage=0.2, risk=0),
        RiskPoint(confidence=0.8, coverage=0.4, risk=1 / 4),
        RiskPoint(confidence=0.5, coverage=0.6, risk=3 / 6),
    )
    assert curve.area == pytest.approx(0.2 * 1 / 4 + 0.2 * 3 / 6)


def test_the_order_of_equal_confidences_changes_nothing():
    answers = [Judged(0.7, right=False), Judged(0.7, right=True), Judged(0.7, right=True)]
    assert risk_coverage(answers, 4) == risk_coverage(answers[::-1], 4)
    assert risk_coverage(answers, 4) == RiskCoverage((RiskPoint(0.7, 3 / 4, 1 / 3),), 3 / 4 * (1 / 3))


def test_a_better_order_has_less_area_and_the_same_end():
    answered = {True: 3, False: 1}
    good = [Judged(0.9 if right else 0.2, right) for right, times in answered.items() for _ in range(times)]
    bad = [Judged(0.2 if right else 0.9, right) for right, times in answered.items() for _ in range(times)]
    assert risk_coverage(good, 4).area == pytest.approx(1 / 4 * 1 / 4)
    assert risk_coverage(bad, 4).area == pytest.approx(1 / 4 * 1 + 3 / 4 * 1 / 4)
    ends = [
        (curve.points[-1].coverage, curve.points[-1].risk) for curve in (risk_coverage(good, 4), risk_coverage(bad, 4))
    ]
    assert ends == [(1, 1 / 4), (1, 1 / 4)]


def test_the_risk_at_a_coverage_is_that_of_the_first_point_that_reaches_it():
    curve = risk_coverage([Judged(0.9, right=True), Judged(0.6, right=False), Judged(0.6, right=True)], 5)
    assert [curve.risk_at(share) for share in (0.1, 0.2, 0.3, 0.6, 0.7)] == [0, 0, 1 / 3, 1 / 3, None]


def test_where_everything_is_refused_there_is_no_curve():
    for questions in (0, 3):
        curve = risk_coverage([], questions)
        assert curve == RiskCoverage((), None)
        assert curve.risk_at(0.2) is None
