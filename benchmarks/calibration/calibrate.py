"""Fits what says which sentences belong to an answer, and how sure the answer is.

    python -m benchmarks.calibration.calibrate SHARED --work DIR [--extra FOLDER ...] [--every N] [--write]

DIR is where material.asked built its index. The questions on the texts that it kept from the reader's training are
asked of it as they are and of a few articles alone, and a part of them with the articles that answer left out of what
is retrieved. Figures: five folds by text.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]
from tqdm import tqdm

import qa
from benchmarks.calibration.fitting import FOLDS, Signs, fit, held_out_logits, ranked, values_of
from benchmarks.calibration.samples import Sample, samples_of
from material.asked import read_written
from qa.evaluation.worth import WORTH
from qa.evidence import gathering
from qa.evidence.gathering import SentenceFeatures
from qa.judging import verdict
from qa.judging.features import AnswerFeatures, features_of
from qa.judging.verdict import CALIBRATION, Calibration, Figures
from qa.logistic import Logistic
from qa.retrieving.retriever import Retriever

_AS_GOOD = 0.005
"""Thresholds whose worth comes this near to the greatest are as good: their middle is taken."""
_SILENT_SHARE = 0.15
"""Of what people ask, how much the corpus does not say: what thresholds are chosen for."""
_SIGNS = Signs(
    rising=frozenset(
        [
            "score",
            "belongs",
            "read",
            "certain",
            "words",
            "around",
            "cosine",
            "rank",
            "year",
            "place",
            "locality",
            "name",
            "lead",
        ]
    ),
    falling=frozenset(("unheard", "other_year", "other_place")),
)
"""Without them near misses, which whoever writes them likes to word as the text does, make the question's own words in
a sentence speak against it; the worth of questions held out is the same."""
_HOW = (
    "Fitted by python -m benchmarks.calibration.calibrate on questions as people type them that name their subject and "
    "whose texts were kept from the reader's training: {questions} askings, of all articles and of a few, {silent} of "
    "which their text does not answer, and {left_out} with their own articles left out. The thresholds are those of "
    "the greatest mean worth, of equals the middle, with {share:.0%} of the questions not answered by the corpus."
)


def main() -> None:
    """Ask, fit, print and, with --write, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--extra", type=Path, nargs="*", default=[])
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="write belonging.json and calibration.json")
    args = parser.parse_args()
    folders = [args.shared / "reading/asked", *args.extra]
    written = [one for folder in folders for one in read_written(folder) if one.held_out][:: args.every]
    retriever = qa.load(args.work / "index", log_unanswered=False).retriever
    samples = [sample for n, one in enumerate(tqdm(written, mininterval=5)) for sample in samples_of(n, one, retriever)]
    belonging, scores = _fit_belonging(samples)
    _print_sentences(samples, scores)
    if args.write:
        gathering.FILE.write_bytes(TypeAdapter(Logistic).dump_json(belonging, indent=1) + b"\n")
    rated = [sample.rated(own) for sample, own in zip(samples, scores, strict=True)]
    calibration = _fit_verdict(rated, retriever)
    if args.write:
        verdict.FILE.write_bytes(CALIBRATION.dump_json(calibration, indent=1) + b"\n")


def _fit_belonging(samples: Sequence[Sample]) -> tuple[Logistic, list[list[float]]]:
    """The model of sentences, and for each sample the scores of its sentences by a model that did not see its text."""
    names = [field.name for field in fields(SentenceFeatures)]
    texts = sorted({sample.one.texts for sample in samples})
    fold_of = {text: number % FOLDS for number, text in enumerate(texts)}
    scores: dict[int, list[float]] = {}
    for fold in range(FOLDS):
        model = _ranked([s for s in samples if fold_of[s.one.texts] != fold and s.teaches], names)
        for n, sample in enumerate(samples):
            if fold_of[sample.one.texts] == fold:
                scores[n] = [model.logit(evidence.features) for evidence in sample.found]
    return _ranked([s for s in samples if s.teaches], names), [scores[n] for n in range(len(samples))]


def _ranked(samples: Sequence[Sample], names: Sequence[str]) -> Logistic:
    features = np.array([values_of(evidence.features) for sample in samples for evidence in sample.found])
    gold = np.array([belongs for sample in samples for belongs in sample.gold])
    return ranked(features, gold, np.cumsum([0, *(len(sample.found) for sample in samples)])[:-1], names, _SIGNS)


def _print_sentences(samples: Sequence[Sample], scores: Sequence[Sequence[float]]) -> None:
    for name, small, follow_up in (
        ("questions by themselves", False, False),
        ("follow-ups", False, True),
        ("questions by themselves, of a few articles", True, False),
        ("follow-ups, of a few articles", True, True),
    ):
        asked = ((n, s) for n, s in enumerate(samples) if s.small == small and bool(s.one.history) == follow_up)
        chosen = [n for n, s in asked if s.answerable]
        rated = [samples[n].rated(scores[n]) for n in chosen]
        best = np.mean([sample.gold[0] for sample in rated])
        whole = {k: np.mean([sample.holds_all(k) for sample in rated]) for k in (2, 3)}
        figures = f"best sentence {best:.3f}, whole answer in two {whole[2]:.3f}, in three {whole[3]:.3f}"
        print(f"{name}: {len(rated)}, {figures}")


def _fit_verdict(samples: Sequence[Sample], retriever: Retriever) -> Calibration:
    named = {sample.one for sample in samples if sample.names_subject}
    samples = [sample for sample in samples if sample.found and sample.one in named]
    features = np.array([values_of(features_of(sample.question, sample.found)) for sample in samples])
    sure = np.array([s.answerable and s.is_answered(False, retriever) for s in samples])
    unsure = np.array([s.answerable and s.is_answered(True, retriever) for s in samples])
    near = np.array([s.answerable and (s.gold[0] or right) for s, right in zip(samples, sure, strict=True)])
    groups = np.array(["+".join(sample.one.texts) for sample in samples])
    names = [field.name for field in fields(AnswerFeatures)]
    logits = held_out_logits(features, near, groups, names, _SIGNS)
    chances = 1 / (1 + np.exp(-logits))
    answerable = np.array([sample.answerable for sample in samples])
    weights = np.where(answerable, (1 - _SILENT_SHARE) / answerable.sum(), _SILENT_SHARE / (~answerable).sum())
    tried = [
        (_worth(chances, answerable, sure, unsure, weights, high, low), high, low)
        for high in np.arange(0.2, 0.9, 0.02)
        for low in np.arange(0.04, high, 0.02)
    ]
    least = max(tried)[0] - _AS_GOOD
    high, low = np.mean([one[1:] for one in tried if one[0] >= least], axis=0).round(2)
    worth = _worth(chances, answerable, sure, unsure, weights, high, low)
    areas = {
        "answerable against all others": roc_auc_score(answerable, chances),
        "answerable against near misses": roc_auc_score(*_against(samples, answerable, chances, False)),
        "answerable against articles left out": roc_auc_score(*_against(samples, answerable, chances, True)),
    }
    for name, area in areas.items():
        print(f"area, {name}: {area:.3f}")
    right = np.mean(sure[answerable])
    print(f"right if all were answered {right:.3f}; worth {worth:.3f} with sure from {high:.2f}, unsure from {low:.2f}")
    _print_outcomes(chances, answerable, sure, unsure, high, low)
    figures = {
        name: Figures(len(samples), round(float(area), 3), round(float(worth), 3)) for name, area in areas.items()
    }
    silent = sum(not s.one.answers for s in samples)
    left_out = sum(s.left_out for s in samples)
    how = _HOW.format(questions=len(samples) - left_out, silent=silent, left_out=left_out, share=_SILENT_SHARE)
    return Calibration(how, figures, fit(features, near, names, _SIGNS), round(float(high), 2), round(float(low), 2))


def _against(
    samples: Sequence[Sample], answerable: NDArray[np.bool_], chances: NDArray[np.float64], left_out: bool
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    rows = np.array([own or sample.left_out == left_out for own, sample in zip(answerable, samples, strict=True)])
    return answerable[rows], chances[rows]


def _worth(
    chances: NDArray[np.float64],
    answerable: NDArray[np.bool_],
    sure: NDArray[np.bool_],
    unsure: NDArray[np.bool_],
    weights: NDArray[np.float64],
    high: float,
    low: float,
) -> float:
    certain, given = chances >= high, chances >= low
    of_answerable = np.where(
        certain,
        np.where(sure, WORTH["right"], WORTH["wrong"]),
        np.where(given, np.where(unsure, WORTH["right, unsure"], WORTH["wrong, unsure"]), 0.0),
    )
    of_silent = np.where(
        certain, WORTH["none: answered"], np.where(given, WORTH["none: unsure"], WORTH["none: silent"])
    )
    return float((weights * np.where(answerable, of_answerable, of_silent)).sum())


def _print_outcomes(
    chances: NDArray[np.float64],
    answerable: NDArray[np.bool_],
    sure: NDArray[np.bool_],
    unsure: NDArray[np.bool_],
    high: float,
    low: float,
) -> None:
    certain, given = chances >= high, (chances >= low) & (chances < high)
    silent = chances < low
    for name, rows in (("answerable", answerable), ("not", ~answerable)):
        total = rows.sum()
        print(
            f"{name:10s} {total}: sure {np.sum(certain & rows)} (right {np.sum(certain & sure & rows)}), "
            f"unsure {np.sum(given & rows)} (right {np.sum(given & unsure & rows)}), silent {np.sum(silent & rows)}"
        )


if __name__ == "__main__":
    main()
