"""Refusal on RGB: the share of unanswerable questions refused when some of the answerable ones are.

    python -m benchmarks.refusal SHARED [--work DIR] [--without-reader] [--plot PNG]

Every question of SHARED/eval/sets/rgb-zh-half.jsonl is asked twice: of an index of all passages, where it is
answerable, and of an index of the negative ones alone, which are of the same topic and do not answer. Prints the curve
for thresholds on single features, for the logistic model on all of them (fitted on RGB alone, five-fold by question),
and for the model that the program is shipped with, which was fitted on these questions too: what that one reaches on
questions held out stands in qa/evidence/calibration.json.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.askings import Sample, ask_rgb
from benchmarks.fitting import SHARES, area, cross_validated, curve, feature_names, scores, standard_error
from qa.evidence.abstain import calibration
from qa.reader import load_reader


def main() -> None:
    """Ask, fit, print the table and, with --plot, draw the curve."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--work", type=Path, default=Path("refusal-work"), help="where the indexes go (%(default)s)")
    parser.add_argument("--without-reader", action="store_true", help="as if the reader's weights were not there")
    parser.add_argument("--plot", type=Path, metavar="PNG", help="draw the curve (needs matplotlib)")
    args = parser.parse_args()
    reader = None if args.without_reader else load_reader()
    names = feature_names(reader is not None)
    samples = ask_rgb(args.shared, args.work, reader)
    fitted = cross_validated(samples, reader is not None)
    rows = {
        **{f"threshold on {name}": _single(samples, name) for name in names},
        "model fitted on RGB alone": fitted,
        "model as shipped": scores(samples, calibration().fitted(reader is not None).model)[None, :],
    }
    answerable = [sample for sample in samples if sample.answerable]
    right = sum(sample.right for sample in answerable) / len(answerable)
    print(f"best sentence holds the gold answer, of all {len(answerable)} answerable questions: {right:.3f}")
    print_tables(samples, rows)
    error = standard_error(fitted, samples, 0.05)
    print(f"\nstandard error of the share refused at 5%, fitted on RGB alone: {error:.3f}")
    if args.plot:
        _plot(args.plot, samples, rows)


def print_tables(samples: Sequence[Sample], rows: dict[str, NDArray[np.float64]]) -> None:
    """One table for all answerable questions, one for those whose best sentence holds the gold answer."""
    rightly = [n for n, s in enumerate(samples) if s.right or not s.answerable]
    for title, chosen in (("all answerable questions", list(range(len(samples)))), ("answered rightly", rightly)):
        answerable = np.array([samples[n].answerable for n in chosen])
        print(f"\n{title}: {answerable.sum()} answerable, {(~answerable).sum()} unanswerable")
        print(f"{'':30s} {'area':>6s}  unanswerable refused at {'  '.join(f'{share:4.0%}' for share in SHARES)}")
        for name, drawings in rows.items():
            points = "  ".join(f"{point:4.2f}" for point in curve(drawings[:, chosen], answerable))
            print(f"{name:30s} {area(drawings[:, chosen], answerable):6.3f} {'':24s} {points}")


def _single(samples: Sequence[Sample], feature: str) -> NDArray[np.float64]:
    """The feature itself as the score, shape (1, samples); below all others where nothing was found."""
    return np.array([[float(getattr(s.features, feature)) if s.features else -100.0 for s in samples]])


def _plot(file: Path, samples: Sequence[Sample], rows: dict[str, NDArray[np.float64]]) -> None:
    from matplotlib.figure import Figure

    answerable = np.array([sample.answerable for sample in samples])
    shares = np.linspace(0.0, 1.0, 101)
    figure = Figure(figsize=(6, 5))
    axes = figure.subplots()
    for name, drawings in rows.items():
        refused = [(d[~answerable][:, None] < np.quantile(d[answerable], shares)).mean(axis=0) for d in drawings]
        axes.plot(shares, np.mean(refused, axis=0), label=name, linewidth=2 if name.startswith("model") else 1)
    axes.set(xlabel="share of answerable questions refused", ylabel="share of unanswerable questions refused")
    axes.legend(fontsize="small")
    figure.savefig(file, dpi=150, bbox_inches="tight")


if __name__ == "__main__":
    main()
