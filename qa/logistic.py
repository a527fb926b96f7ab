"""A fitted logistic model: what evidence and judging weigh their features by."""

from __future__ import annotations

import math
from dataclasses import dataclass


def chance_of(logit: float) -> float:
    """The probability with this logit, however great it is."""
    return 0.5 * (1 + math.tanh(logit / 2))


@dataclass(frozen=True, slots=True)
class Weight:
    """A feature's standardisation (value - mean) / scale and its weight."""

    mean: float
    scale: float
    weight: float


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights by the names of the features' fields, and the bias."""

    weights: dict[str, Weight]
    bias: float

    def logit(self, features: object) -> float:
        """The weighted, standardised features of an object that has all of them."""
        pairs = ((weight, float(getattr(features, name))) for name, weight in self.weights.items())
        return self.bias + sum(w.weight * (value - w.mean) / w.scale for w, value in pairs)

    def probability(self, features: object) -> float:
        """The logistic function of `logit`."""
        return chance_of(self.logit(features))
