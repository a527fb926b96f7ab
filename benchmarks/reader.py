"""How well the reader reads the paragraph that a question is on, and how fast.

    python -m benchmarks.reader SHARED [--weights DIR] [--without-speed]

SHARED holds reading/dev.jsonl.xz, on which the reader was not trained. Prints for each source: exact match and F1 of
the marked answer, the share of questions for which the sentence holding a gold answer comes first, and where a source
has questions that their paragraph does not answer, the area under the curve that tells these apart; then how long eight
passages take to read.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]
from tqdm import tqdm

from benchmarks.machine import describe_machine
from benchmarks.span_scores import exact_match, f1
from embeddings.sentences import sentences
from embeddings.types import Span
from qa.reader import WEIGHTS, Excerpt, Reader, load_reader
from training.examples import Example, read_examples

_PASSAGES, _CHARACTERS, _ROUNDS = 8, 250, 20


@dataclass(frozen=True, slots=True)
class Scored:
    """One question, read with its paragraph."""

    source: str
    answerable: bool
    score: float
    exact: bool
    f1: float
    sentence: bool
    """Whether the first sentence holds a gold answer."""


def main() -> int:
    """Print the tables; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--without-speed", action="store_true")
    args = parser.parse_args()
    reader = load_reader(args.weights)
    if reader is None:
        print(f"benchmarks.reader: no weights in {args.weights}")
        return 2
    print(f"machine {describe_machine()}, {torch.get_num_threads()} threads")
    examples = read_examples(args.shared / "reading/dev.jsonl.xz")
    scored = [_scored(reader, example) for example in tqdm(examples, desc="reading", mininterval=5)]
    print_table(scored)
    if not args.without_speed:
        _print_speed(reader, examples)
    return 0


def _scored(reader: Reader, example: Example) -> Scored:
    (reading,) = reader.read(example.question, [Excerpt("", example.context)])
    gold = [example.context[span.start : span.end] for span in example.answers]
    if not reading.answers or not gold:
        return Scored(example.source, bool(gold), reading.score, False, 0.0, False)
    best = reading.answers[0].span
    said = example.context[best.start : best.end]
    around = [s for s in sentences(example.context, Span(0, len(example.context))) if s.start <= best.start < s.end]
    holds = any(one in example.context[s.start : s.end] for s in around for one in gold)
    return Scored(example.source, True, reading.score, exact_match(said, gold), f1(said, gold), holds)


def print_table(scored: Sequence[Scored]) -> None:
    """Figures by source and of all."""
    by_source: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        by_source[one.source].append(one)
    print(f"{'':24s} questions  exact     F1  sentence  unanswerable   area")
    for name, group in [*sorted(by_source.items()), ("all", list(scored))]:
        answerable = [one for one in group if one.answerable]
        exact, near, sentence = (_mean(answerable, key) for key in ("exact", "f1", "sentence"))
        unanswerable = len(group) - len(answerable)
        area = roc_auc_score([o.answerable for o in group], [o.score for o in group]) if unanswerable else None
        figures = f"{len(answerable):9d}  {exact:5.3f}  {near:5.3f}  {sentence:8.3f}"
        print(f"{name:24s} {figures}" + (f"  {unanswerable:12d}  {area:5.3f}" if area is not None else ""))


def _mean(scored: Sequence[Scored], figure: str) -> float:
    return statistics.fmean(float(getattr(one, figure)) for one in scored)


def _print_speed(reader: Reader, examples: Sequence[Example]) -> None:
    """Eight passages of about 250 characters, as many rounds over other texts."""
    texts = [e.context[:_CHARACTERS] for e in examples if len(e.context) >= _CHARACTERS]
    seconds: list[float] = []
    for n in range(_ROUNDS):
        excerpts = [Excerpt("", text) for text in texts[n * _PASSAGES : (n + 1) * _PASSAGES]]
        began = time.perf_counter()
        reader.read(examples[n].question, excerpts)
        seconds.append(time.perf_counter() - began)
    median, slowest = (f"{1000 * value:.0f} ms" for value in (statistics.median(seconds), max(seconds)))
    print(f"\n{_PASSAGES} passages of {_CHARACTERS} characters: median {median}, slowest {slowest}")


if __name__ == "__main__":
    raise SystemExit(main())
