"""Fits logistic models to features: of sentences against each other, of answers by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.model_selection import GroupKFold  # type: ignore[import-untyped]

from qa.logistic import Logistic, Weight

FOLDS = 5
_STRENGTH = 0.3
"""Of the questions beside the penalty on weights: scikit-learn's C."""
_RIDGE = 0.01


@dataclass(frozen=True, slots=True)
class Signs:
    """Which features may only raise a chance, and which only lower it: no question is refused for its own words."""

    rising: frozenset[str]
    falling: frozenset[str]

    def bounds(self, names: Sequence[str]) -> list[tuple[float | None, float | None]]:
        """The least and the greatest weight of each feature."""
        return [(0.0 if name in self.rising else None, 0.0 if name in self.falling else None) for name in names]


def ranked(
    features: NDArray[np.float64],
    gold: NDArray[np.bool_],
    starts: NDArray[np.int64],
    names: Sequence[str],
    signs: Signs,
) -> Logistic:
    """A conditional logit (McFadden 1973): of the sentences found for one question those that belong score highest.

    `starts` are the rows at which a question's sentences begin. Scaled afterwards, by one factor and a bias, to
    the chance that a sentence belongs.
    """
    means, scales = _spread(features)
    standard = (features - means) / scales

    def loss(weights: NDArray[np.float64]) -> float:
        logits = standard @ weights
        every = np.logaddexp.reduceat(logits, starts)
        belonging = np.logaddexp.reduceat(np.where(gold, logits, -1e9), starts)
        return float((every - belonging).mean() + _RIDGE * weights @ weights)

    weights = minimize(loss, np.zeros(len(names)), method="L-BFGS-B", bounds=signs.bounds(names)).x
    scaled = LogisticRegression(C=1e6).fit((standard @ weights)[:, None], gold)
    factor, bias = float(scaled.coef_[0, 0]), float(scaled.intercept_[0])
    return _logistic(names, means, scales, weights * factor, bias)


def _spread(features: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and scale of each feature; 1 is the scale of one that never varies."""
    means, scales = features.mean(axis=0), features.std(axis=0)
    scales[scales < 1e-6] = 1.0
    return means, scales


def _logistic(
    names: Sequence[str],
    means: NDArray[np.float64],
    scales: NDArray[np.float64],
    weights: NDArray[np.float64],
    bias: float,
) -> Logistic:
    figures = zip(names, means, scales, weights, strict=True)
    return Logistic({name: Weight(*(round(float(v), 4) for v in one)) for name, *one in figures}, round(bias, 4))


def held_out_logits(
    features: NDArray[np.float64],
    labels: NDArray[np.bool_],
    groups: NDArray[np.str_],
    names: Sequence[str],
    signs: Signs,
) -> NDArray[np.float64]:
    """The logits of each row by a model that did not see its group, five folds."""
    scores = np.zeros(len(labels))
    for train, test in GroupKFold(FOLDS).split(features, labels, groups):
        scores[test] = logits_of(fit(features[train], labels[train], names, signs), features[test])
    return scores


def values_of(features: object) -> list[float]:
    """The values of a dataclass of features, in the order of its fields."""
    return [float(getattr(features, field.name)) for field in fields(features)]  # type: ignore[arg-type]


def fit(features: NDArray[np.float64], labels: NDArray[np.bool_], names: Sequence[str], signs: Signs) -> Logistic:
    """Logistic regression with standardised features, L2 penalty and weights of the given signs."""
    means, scales = _spread(features)
    standard = np.column_stack([(features - means) / scales, np.ones(len(labels))])
    side = np.where(labels, 1.0, -1.0)
    penalised = np.append(np.ones(len(names)), 0.0)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = side * (standard @ weights)
        slope = standard.T @ (side * expit(-margins))
        value = _STRENGTH * np.logaddexp(0, -margins).sum() + (penalised * weights) @ weights / 2
        return float(value), penalised * weights - _STRENGTH * slope

    bounds = [*signs.bounds(names), (None, None)]
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    return _logistic(names, means, scales, found[:-1], float(found[-1]))


def logits_of(model: Logistic, features: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logits of rows of features, (rows, features)."""
    weights = list(model.weights.values())
    columns = [w.weight * (features[:, n] - w.mean) / w.scale for n, w in enumerate(weights)]
    return np.asarray(model.bias + np.sum(columns, axis=0))
