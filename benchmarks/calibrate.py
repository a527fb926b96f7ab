"""Fits the model that decides whether to answer, on public data, and writes qa/evidence/calibration.json.

    python -m benchmarks.calibrate SHARED [--work DIR] [--write]

SHARED holds eval/sets/rgb-zh-half.jsonl and reading/dev.jsonl.xz; benchmarks/askings.py says what is asked of what.
Prints by source, with questions held out in five folds, the area under the curve and the share of the unanswerable
questions refused when 1 to 20% of the answerable ones are.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.askings import MAIN_SOURCE, Sample, ask_reading, ask_rgb
from benchmarks.fitting import SHARES, area, balance, cross_validated, curve, fit
from qa.evidence.abstain import CALIBRATION, FILE, Calibration, Figures, Fitted
from qa.reader import Reader, load_reader

RIGHT_REFUSED = 0.05
HOW = (
    "Fitted by python -m benchmarks.calibrate on RGB (Chinese, half), whose questions are asked with and without the "
    "passages that answer, and on 700 questions on half of the paragraphs of the reading data kept from the reader's "
    "training, asked of all these paragraphs, of all but their own and of all with the sentences that answer cut out, "
    "with 150 that no paragraph answers. RGB counts as 0.4 of all, the other sources alike. The threshold is the "
    "probability below which 5% of what was answered rightly lies, by the same weights, with questions held out. With "
    "a reader, two thirds of the model are one fitted to words and vectors alone (benchmarks/fitting.py says why). "
    "Figures: five folds by question, drawn ten times; refused: share of the unanswerable refused when this share of "
    "all answerable questions is."
)


@dataclass(frozen=True, slots=True)
class Part:
    """Samples that figures are given for, by their rows."""

    name: str
    rows: list[int]


def main() -> None:
    """Ask, cross-validate, print and, with --write, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--work", type=Path, default=Path("calibration-work"), help="where the indexes go")
    parser.add_argument("--write", action="store_true", help="write qa/evidence/calibration.json")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    reader = load_reader()
    without = _fitted(args.shared, args.work, None)
    final = Calibration(HOW, without, _fitted(args.shared, args.work, reader) if reader else None)
    if args.write:
        FILE.write_bytes(CALIBRATION.dump_json(final, indent=1) + b"\n")


def _fitted(shared: Path, work: Path, reader: Reader | None) -> Fitted:
    """Ask with this reader or without one, fit, and print what is reached."""
    samples = [*ask_rgb(shared, work, reader), *ask_reading(shared, work, reader)]
    drawings = cross_validated(samples, reader is not None)
    figures = {part.name: _figures(part, samples, drawings) for part in _parts(samples)}
    print(f"\n{'with the reader' if reader else 'without a reader':45s}  area  unanswerable refused at", end="")
    print("".join(f"  {share:4.0%}" for share in SHARES))
    for name, one in figures.items():
        points = "  ".join(f"{refused:4.2f}" for refused in one.refused.values())
        print(f"{name:45s} {one.area:.3f} {'':24s} {points}")
    model, threshold = fit(samples, reader is not None), _threshold(samples, drawings)
    print("threshold", threshold, {name: weight.weight for name, weight in model.weights.items()})
    return Fitted(figures, model, threshold)


def _parts(samples: Sequence[Sample]) -> Iterator[Part]:
    """Each source by each way of leaving the answer out, RGB first."""
    for source in (MAIN_SOURCE, *sorted({s.source for s in samples} - {MAIN_SOURCE})):
        own = [(row, s.situation) for row, s in enumerate(samples) if s.source == source]
        for situation in sorted({situation for _, situation in own} - {"all"}):
            yield Part(f"{source}, {situation}", [row for row, one in own if one in ("all", situation)])


def _figures(part: Part, samples: Sequence[Sample], drawings: NDArray[np.float64]) -> Figures:
    answerable = np.array([samples[row].answerable for row in part.rows])
    chosen = drawings[:, part.rows]
    points = zip(SHARES, curve(chosen, answerable), strict=True)
    return Figures(
        questions=len({samples[row].question for row in part.rows}),
        area=round(area(chosen, answerable), 3),
        refused={f"{share:.0%}": round(refused, 3) for share, refused in points},
    )


def _threshold(samples: Sequence[Sample], drawings: NDArray[np.float64]) -> float:
    """The probability below which RIGHT_REFUSED of the rightly answered lies, sources weighed as in the fit."""
    right = [row for row, sample in enumerate(samples) if sample.answerable and sample.right]
    counts = balance([samples[row] for row in right])
    thresholds: list[float] = []
    for drawing in drawings[:, right]:
        order = np.argsort(drawing)
        below = np.cumsum(counts[order]) / counts.sum()
        thresholds.append(float(drawing[order][np.searchsorted(below, RIGHT_REFUSED)]))
    return round(float(np.mean(thresholds)), 3)


if __name__ == "__main__":
    main()
