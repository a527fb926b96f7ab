"""Whether what was found answers the question, or the corpus does not say: a calibrated logistic model.

The model's weights, how they came and what they reach stand in calibration.json beside this file;
`python -m benchmarks.calibrate` makes it anew.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from embeddings.snapshot import Snapshot
from embeddings.types import Hit
from qa.citations import quote_of
from qa.evidence.facts import type_bonus
from qa.evidence.features import Features, features_of, paragraph_of
from qa.evidence.gathering import Gathered
from qa.evidence.missing import left_out
from qa.term_weights import TermWeights
from qa.understanding.question import Question, topic

_LEAST_FOCUS = 0.2
"""Share of the thing asked for below which no probability counts: a judgement, not fitted. The public sets have few
questions on what an article of the right subject leaves out (a telephone number, a name); our users ask them."""
FILE = Path(__file__).with_name("calibration.json")


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
class Fitted:
    """One model and what it reaches."""

    figures: dict[str, Figures]
    """By source and by what was left out of the index."""
    model: Model
    threshold: float
    """Least probability with which an answer is given."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """calibration.json."""

    how: str
    without_reader: Fitted
    with_reader: Fitted | None = None
    """Fitted to the views of the reader that is shipped."""

    def fitted(self, reader: bool) -> Fitted:
        """The model for a program with or without a reader; one that nothing was fitted to is not heard on refusal."""
        return self.with_reader if reader and self.with_reader else self.without_reader


CALIBRATION: TypeAdapter[Calibration] = TypeAdapter(Calibration)


@cache
def calibration() -> Calibration:
    """The weights that this version of the program is shipped with."""
    return CALIBRATION.validate_json(FILE.read_bytes())


def probability(features: Features, model: Model) -> float:
    """The model's probability that the evidence answers: logistic of the weighted, standardised features."""
    pairs = ((weight, float(getattr(features, name))) for name, weight in model.weights.items())
    return 1 / (1 + math.exp(-model.bias - sum(w.weight * (value - w.mean) / w.scale for w, value in pairs)))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the evidence answers."""

    probability: float
    """The model's probability that it does."""
    reason: str = ""
    """Why it does not, in Chinese; empty where it does."""


def judge(question: Question, gathered: Gathered, hits: Sequence[Hit], snapshot: Snapshot) -> Verdict:
    """Whether the best of what was gathered answers the question."""
    best = gathered.best
    if best is None and question.owner and not question.places:
        return Verdict(0.0, f"没有文章说到“{topic(question.text)}”")
    if best is None:
        missing = [f"“{word}”" for word in dict.fromkeys([*question.places, *question.names, *question.years])]
        together = "同时" if len(missing) > 1 else ""
        return Verdict(0.0, f"没有文章{together}说到{'、'.join(missing)}" if missing else "没有文章说到所问的事")
    fitted = calibration().fitted(gathered.read is not None)
    answers = probability(features_of(question, gathered, hits, snapshot), fitted.model)
    focus = TermWeights.of(question.focus, snapshot.lexical)
    no_place = question.wants == "place" and not type_bonus(question, quote_of(best.article, best.span))
    silent = focus.share(focus.found(paragraph_of(best))) < _LEAST_FOCUS
    if answers >= fitted.threshold and not no_place and not silent:
        return Verdict(answers)
    return Verdict(answers, left_out(question, best, snapshot))
