"""Fits the model that decides whether to answer, and says by cross-validation what it reaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

from benchmarks.askings import MAIN_SOURCE, Sample
from qa.evidence.abstain import Model, Weight, probability
from qa.evidence.features import OF_THE_READER, Features

FOLDS = 5
DRAWINGS = 10
"""The five folds are drawn ten times over: with 150 questions one drawing moves the share refused by 0.05."""
SHARES = (0.01, 0.02, 0.05, 0.1, 0.2)
"""Shares of the answerable questions refused, at which the curve is given."""
MAIN_SHARE = 0.4
"""What RGB counts in the fit: the more, the more of its unanswerable questions are refused, and the more of those that
a corpus answers once, in one article, as most do."""
_PENALTY = 0.3
"""C of scikit-learn's LogisticRegression; from 0.1 to 1 the figures hardly move."""
BY_WORDS = 2 / 3
"""What the model of words and vectors counts where there is a reader: of 0, 1/2, 0.65 and 0.8 the least with which the
seed questions on the real articles are all answered. On RGB 0.47, 0.49, 0.45 and 0.40 are refused at 5%."""
_RESAMPLES = 500


def balance(samples: Sequence[Sample]) -> NDArray[np.float64]:
    """Weight of each sample in the fit, shape (samples,), mean 1.

    RGB counts as MAIN_SHARE of all, the other sources alike; within a source what is answerable counts as much
    as what is not, and of that each way of leaving the answer out as much as the others.
    """
    cells = [(sample.source, sample.answerable, sample.situation) for sample in samples]
    sizes = Counter(cells)
    ways = Counter((source, answerable) for source, answerable, _ in sizes)
    others = len({source for source, _, _ in sizes} - {MAIN_SOURCE})
    of_main = MAIN_SHARE if others else 1.0
    of_source = {source: of_main if source == MAIN_SOURCE else (1 - MAIN_SHARE) / others for source, _, _ in sizes}
    weights = np.array([of_source[cell[0]] / ways[cell[:2]] / sizes[cell] for cell in cells])
    return np.asarray(weights * (len(samples) / weights.sum()))


def feature_names(reader: bool) -> tuple[str, ...]:
    """The features that a model is fitted on, with a reader or without one."""
    return tuple(field.name for field in fields(Features) if reader or field.name not in OF_THE_READER)


def fit(samples: Sequence[Sample], reader: bool) -> Model:
    """Answerable and rightly answered against unanswerable; what was answered wrongly teaches nothing.

    With a reader the model is the weighted mean of one on all features and one on those of words and vectors alone. The
    public sets are made of questions such as the reader was trained on, and there it makes the others all but
    superfluous; it is less sure of what people ask of reports and speeches.
    """
    by_words = _fit(samples, feature_names(False))
    if not reader:
        return by_words
    by_all = _fit(samples, feature_names(True))
    unheard = Weight(0.0, 1.0, 0.0)
    weights = {
        name: replace(weight, weight=_mean(weight.weight, by_words.weights.get(name, unheard).weight))
        for name, weight in by_all.weights.items()
    }
    return Model(weights, _mean(by_all.bias, by_words.bias))


def _mean(by_all: float, by_words: float) -> float:
    return round((1 - BY_WORDS) * by_all + BY_WORDS * by_words, 4)


def _fit(samples: Sequence[Sample], names: Sequence[str]) -> Model:
    used = [s for s in samples if s.features and (s.right or not s.answerable)]
    counts = balance(used)
    x = np.array([[float(getattr(s.features, name)) for name in names] for s in used])
    mean = np.average(x, axis=0, weights=counts)
    scale = np.maximum(np.sqrt(np.average((x - mean) ** 2, axis=0, weights=counts)), 1e-6)
    logistic = LogisticRegression(C=_PENALTY, max_iter=1000)
    logistic.fit((x - mean) / scale, [s.answerable for s in used], sample_weight=counts)
    weights = {
        name: Weight(round(float(m), 4), round(float(s), 4), round(float(c), 4))
        for name, m, s, c in zip(names, mean, scale, logistic.coef_[0], strict=True)
    }
    return Model(weights, round(float(logistic.intercept_[0]), 4))


def scores(samples: Sequence[Sample], model: Model) -> NDArray[np.float64]:
    """Probabilities, shape (samples,); 0 where nothing was found."""
    return np.array([probability(s.features, model) if s.features else 0.0 for s in samples])


def cross_validated(samples: Sequence[Sample], reader: bool) -> NDArray[np.float64]:
    """Probabilities, shape (DRAWINGS, samples): each under a model fitted without any asking of the same question."""
    numbers = {question: n for n, question in enumerate(sorted({s.question for s in samples}))}
    number = np.array([numbers[s.question] for s in samples])
    out = np.zeros((DRAWINGS, len(samples)))
    for drawing in range(DRAWINGS):
        fold = np.random.default_rng(drawing).permutation(len(numbers))[number] % FOLDS
        for held_out in range(FOLDS):
            model = fit([s for s, f in zip(samples, fold, strict=True) if f != held_out], reader)
            rows = np.flatnonzero(fold == held_out).tolist()
            out[drawing, rows] = scores([samples[row] for row in rows], model)
    return out


def refused_at(row: NDArray[np.float64], answerable: NDArray[np.bool_], share: float) -> float:
    """The share of the unanswerable refused by the threshold that refuses this share of the answerable."""
    return float((row[~answerable] < np.quantile(row[answerable], share)).mean())


def curve(drawings: NDArray[np.float64], answerable: NDArray[np.bool_]) -> list[float]:
    """`refused_at` each of SHARES, mean over the drawings, shape (drawings, samples)."""
    return [float(np.mean([refused_at(row, answerable, share) for row in drawings])) for share in SHARES]


def area(drawings: NDArray[np.float64], answerable: NDArray[np.bool_]) -> float:
    """Area under the ROC curve, mean over the drawings, shape (drawings, samples)."""
    return float(np.mean([roc_auc_score(answerable, row) for row in drawings]))


def standard_error(drawings: NDArray[np.float64], samples: Sequence[Sample], share: float) -> float:
    """Of `refused_at`, by drawing the questions anew with replacement."""
    rows: dict[str, list[int]] = {}
    for row, sample in enumerate(samples):
        rows.setdefault(sample.question, []).append(row)
    groups = [np.array(group) for group in rows.values()]
    answerable = np.array([sample.answerable for sample in samples])
    rng = np.random.default_rng(0)
    figures: list[float] = []
    for resample in range(_RESAMPLES):
        drawn = np.concatenate([groups[i] for i in rng.integers(len(groups), size=len(groups))])
        figures.append(refused_at(drawings[resample % len(drawings)][drawn], answerable[drawn], share))
    return float(np.std(figures))
