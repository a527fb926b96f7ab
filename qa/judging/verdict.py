"""Sure, unsure or silent: a calibrated logistic model and two thresholds chosen by what answers are worth.

Weights, thresholds, how they came and what they reach stand in calibration.json beside this file; `python -m
benchmarks.calibration.calibrate` makes it anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from qa.evidence.fit import names_another
from qa.evidence.gathering import Evidence
from qa.judging.features import features_of
from qa.logistic import Logistic
from qa.understanding.question import Question

FILE = Path(__file__).with_name("calibration.json")
_OF_ANOTHER = -1.0
"""What is said of how a name of its own fits where it is wholly that of another."""
Certainty = Literal["sure", "unsure", "silent"]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the model reaches on questions held out."""

    questions: int
    area: float
    """Under the ROC curve of right answers against all others."""
    worth: float
    """The mean of what answers are worth with both thresholds."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """calibration.json."""

    how: str
    figures: dict[str, Figures]
    """By source."""
    model: Logistic
    sure: float
    """Least probability with which an answer is given as certain."""
    unsure: float
    """Least probability with which it is given at all."""


CALIBRATION: TypeAdapter[Calibration] = TypeAdapter(Calibration)


@cache
def calibration() -> Calibration:
    """The weights that this version of the program is shipped with."""
    return CALIBRATION.validate_json(FILE.read_bytes())


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether what was found answers."""

    probability: float
    certainty: Certainty


def judge(question: Question, found: Sequence[Evidence], one_of_several: bool = False) -> Verdict:
    """Whether the best sentences answer the question; silent where there are none.

    They may be those on `one_of_several` things that it names side by side.
    """
    if not found:
        return Verdict(0.0, "silent")
    fitted = calibration()
    probability = fitted.model.probability(features_of(question, found, one_of_several))
    # Of a place or a year that its article never names, or of another thing of the kind, nothing is certain, and little
    # worth saying.
    best = found[0]
    of_another = best.features.locality <= _OF_ANOTHER or names_another(question, best.article)
    strange = min(best.features.place, best.features.year) < 0 or of_another
    if probability >= fitted.sure:
        return Verdict(probability, "unsure" if strange else "sure")
    return Verdict(probability, "unsure" if probability >= fitted.unsure and not strange else "silent")
