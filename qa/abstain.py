"""Whether what was found answers the question, or the corpus does not say: a calibrated logistic model.

The model's weights, how they came and what they reach stand in calibration.json beside this file;
`python -m benchmarks.calibrate` makes it anew.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from embeddings.snapshot import Snapshot
from embeddings.types import Hit
from qa.citations import quote_of
from qa.coverage import TermWeights
from qa.facts import Evidence, type_bonus
from qa.features import Features, features_of, paragraph_of
from qa.missing import left_out
from qa.question import Question, topic

_LEAST_FOCUS = 0.2
"""Share of the thing asked for below which no probability counts: a judgement, not fitted. The public sets have few
questions on what an article of the right subject leaves out (a telephone number, a name); our users ask them."""
_FILE = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class Weight:
    """A feature's standardisation (value - mean) / scale and its weight."""

    mean: float
    scale: float
    weight: float


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by the names of Features, and the bias."""

    weights: dict[str, Weight]
    bias: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What the model reaches on questions held out."""

    questions: int
    area: float
    """Under the ROC curve."""
    refused: dict[str, float]
    """Share of the unanswerable questions refused where this share (“5%”) of the answerable ones is."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """calibration.json."""

    how: str
    figures: dict[str, Figures]
    """By source and by what was left out of the index."""
    model: Model
    threshold: float
    """Least probability with which an answer is given."""


CALIBRATION: TypeAdapter[Calibration] = TypeAdapter(Calibration)


@cache
def calibration() -> Calibration:
    """The weights that this version of the program is shipped with."""
    return CALIBRATION.validate_json(_FILE.read_bytes())


def probability(features: Features, model: Model) -> float:
    """The model's probability that the evidence answers: logistic of the weighted, standardised features."""
    names = (field.name for field in fields(features))
    pairs = ((model.weights[name], value) for name, value in zip(names, astuple(features), strict=True))
    return 1 / (1 + math.exp(-model.bias - sum(w.weight * (value - w.mean) / w.scale for w, value in pairs)))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the evidence answers."""

    probability: float
    """The model's probability that it does."""
    reason: str = ""
    """Why it does not, in Chinese; empty where it does."""


def judge(question: Question, best: Evidence | None, hits: Sequence[Hit], snapshot: Snapshot) -> Verdict:
    """Whether the best evidence (None: there is none) answers the question."""
    if best is None and question.owner and not question.places:
        return Verdict(0.0, f"没有文章说到“{topic(question.text)}”")
    if best is None:
        missing = [f"“{word}”" for word in dict.fromkeys([*question.places, *question.names, *question.years])]
        together = "同时" if len(missing) > 1 else ""
        return Verdict(0.0, f"没有文章{together}说到{'、'.join(missing)}" if missing else "没有文章说到所问的事")
    answers = probability(features_of(question, best, hits, snapshot), calibration().model)
    focus = TermWeights.of(question.focus, snapshot.lexical)
    no_place = question.wants == "place" and not type_bonus(question, quote_of(best.article, best.span))
    silent = focus.share(focus.found(paragraph_of(best))) < _LEAST_FOCUS
    if answers >= calibration().threshold and not no_place and not silent:
        return Verdict(answers)
    return Verdict(answers, left_out(question, best, snapshot))
