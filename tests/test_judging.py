"""How sure an answer is: the logistic by hand, what the features are, and the two thresholds."""

import math
from types import SimpleNamespace

import pytest

from qa.evidence.gathering import _belonging
from qa.judging import verdict
from qa.judging.features import AnswerFeatures, features_of
from qa.judging.verdict import Calibration, Verdict, calibration, judge
from qa.logistic import Logistic, Weight
from qa.understanding.question import understand
from tests.found import NOTHING, evidence, written

TOWER = written("tower", "灯塔高21米。由三人看护。夏天开放。冬天关门。春天刷漆。秋天除锈。")
BRIDGE = written("bridge", "石桥长80米。")


def test_the_logit_is_the_bias_and_each_standardised_feature_by_its_weight():
    model = Logistic({"near": Weight(0.8, 0.05, 1.5), "words": Weight(0.5, 0.25, 2.0)}, -0.5)
    seen = SimpleNamespace(near=0.9, words=0.25, unheard=100)
    # 1.5 * (0.9 - 0.8) / 0.05 = 3, 2 * (0.25 - 0.5) / 0.25 = -2.
    assert model.logit(seen) == pytest.approx(0.5)
    assert model.probability(seen) == pytest.approx(1 / (1 + math.exp(-0.5)))


@pytest.mark.parametrize(("logit", "probability"), [(0.0, 0.5), (900.0, 1.0), (-900.0, 0.0)])
def test_no_logit_is_too_great_for_a_probability(logit, probability):
    assert Logistic({}, logit).probability(None) == pytest.approx(probability)


def test_the_features_are_those_of_the_best_and_how_the_others_lie_beside_it():
    best = evidence(TOWER, "灯塔高21米。", 3.0, belongs=2.5, read=2.0, certain=1.5, around=0.5, cosine=0.9, year=1.0)
    others = [
        evidence(BRIDGE, "石桥长80米。", 1.0),
        evidence(TOWER, "由三人看护。", 0.5),
        evidence(TOWER, "夏天开放。", -1),
    ]
    seen = features_of(understand("2024年有哪些", ["灯塔有多高"]), [best, *others])
    assert (seen.score, seen.belongs, seen.read, seen.certain) == (3.0, 2.5, 2.0, 1.5)
    assert (seen.around, seen.cosine, seen.year) == (0.5, 0.9, 1.0)
    assert (seen.second, seen.lead, seen.likely) == (0.5, 2.0, 2.0)
    assert (seen.follow_up, seen.several) == (1.0, 1.0)


def test_alone_the_best_leads_by_the_most_that_counts():
    seen = features_of(understand("灯塔有多高"), [evidence(TOWER, "灯塔高21米。", 3.0)])
    assert (seen.second, seen.lead, seen.likely) == (-8.0, 6.0, 1.0)
    assert (seen.follow_up, seen.several) == (0.0, 0.0)


def test_sentences_that_likely_belong_count_up_to_four():
    said = ["灯塔高21米。", "由三人看护。", "夏天开放。", "冬天关门。", "春天刷漆。"]
    found = [evidence(TOWER, one, 3.0 - n / 10) for n, one in enumerate(said)]
    assert features_of(understand("灯塔怎样"), found).likely == 4.0


@pytest.mark.parametrize(
    ("score", "certainty"), [(2.0, "sure"), (0.0, "sure"), (-0.1, "unsure"), (-1.0, "unsure"), (-1.2, "silent")]
)
def test_two_thresholds_part_sure_unsure_and_silent(monkeypatch, score, certainty):
    by_score = Calibration("by hand", {}, Logistic({"score": Weight(0.0, 1.0, 1.0)}, 0.0), sure=0.5, unsure=0.25)
    monkeypatch.setattr(verdict, "calibration", lambda: by_score)
    judged = judge(understand("灯塔有多高"), [evidence(TOWER, "灯塔高21米。", score)])
    assert judged == Verdict(pytest.approx(1 / (1 + math.exp(-score))), certainty)


def test_nothing_found_is_silence():
    assert judge(understand("灯塔有多高"), []) == Verdict(0.0, "silent")


def test_the_weights_that_are_shipped_are_of_features_that_there_are():
    shipped = calibration()
    assert shipped.model.weights.keys() <= set(AnswerFeatures.__slots__)
    assert _belonging().weights.keys() <= NOTHING.keys()
    weights = [*shipped.model.weights.values(), *_belonging().weights.values()]
    assert all(weight.scale > 0 for weight in weights)
    assert 0 < shipped.unsure <= shipped.sure < 1
