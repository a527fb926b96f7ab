"""How well the reader reads the text that a question is on, and how fast.

    python -m benchmarks.reader SHARED [--weights DIR] [--asked DIR] [--without-speed]

SHARED holds reading/dev.jsonl.xz, on which the reader was not trained. Prints for each source: exact match and F1 of
the marked answer, the share of questions for which the sentence holding a gold answer comes first, and where a source
has questions that their paragraph does not answer, the area under the curve that tells these apart. With `--asked`,
what
material.asked wrote, the same of the questions as people type them whose texts were held out: the area, how often the
best sentence of the text belongs to the answer, and the two best hold all of it. Then how long twenty passages take.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]
from tqdm import tqdm

from benchmarks.measuring.machine import describe_machine
from benchmarks.measuring.span_scores import exact_match, f1
from embeddings.structure.sentences import sentences
from embeddings.types import Span
from material.asked import Asked
from material.asked_pairs import AskedPool, read_asked
from material.examples import Example, read_examples
from qa.reading.cross_encoder import WEIGHTS, load_reader
from qa.reading.excerpts import Excerpt, Unit, plain_excerpt
from qa.reading.reader import Reader

_PASSAGES, _CHARACTERS, _ROUNDS = 20, 250, 20
_WINDOW = 350
"""Characters that are read at once, of whole sentences."""


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
    parser.add_argument("--asked", type=Path)
    parser.add_argument("--every", type=int, default=1, help="every Nth question of the reading data")
    parser.add_argument("--without-speed", action="store_true")
    args = parser.parse_args()
    reader = load_reader(args.weights)
    print(f"machine {describe_machine()}, {torch.get_num_threads()} threads")
    if args.asked:
        print_asked(reader, read_asked(args.asked).part(held_out=True))
    examples = read_examples(args.shared / "reading/dev.jsonl.xz")[:: args.every]
    scored = [_scored(reader, example) for example in tqdm(examples, desc="reading", mininterval=5)]
    print_table(scored)
    if not args.without_speed:
        _print_speed(reader, examples)
    return 0


def _scored(reader: Reader, example: Example) -> Scored:
    windows = list(_windows(example.context))
    readings = reader.read(example.question, (), [window for _, window in windows])
    score = max(reading.score for reading in readings)
    gold = [example.context[span.start : span.end] for span in example.answers]
    views = [
        (unit.certain, start + unit.exact.start, start + unit.exact.end)
        for (start, _), reading in zip(windows, readings, strict=True)
        for unit in reading.units
    ]
    if not views or not gold:
        return Scored(example.source, bool(gold), score, False, 0.0, False)
    _, start, end = max(views)
    said = example.context[start:end]
    around = [s for s in sentences(example.context, Span(0, len(example.context))) if s.start <= start < s.end]
    holds = any(one in example.context[s.start : s.end] for s in around for one in gold)
    return Scored(example.source, True, score, exact_match(said, gold), f1(said, gold), holds)


def _windows(text: str) -> Iterator[tuple[int, Excerpt]]:
    """Stretches of whole sentences and where they start, each beginning with the last sentence of the one before."""
    spans = sentences(text, Span(0, len(text)))
    first = 0
    while first < len(spans):
        last = first
        while last + 1 < len(spans) and spans[last + 1].end - spans[first].start <= _WINDOW:
            last += 1
        yield spans[first].start, plain_excerpt("", text[spans[first].start : spans[last].end])
        if last + 1 == len(spans):
            return
        first = max(last, first + 1)


def print_asked(reader: Reader, pool: AskedPool) -> None:
    """Figures of questions as people type them, each read with all of its own text."""
    found = [(one, _of_text(reader, one, pool)) for one in tqdm(pool.questions, desc="asked", mininterval=5)]
    for name, history in (("by themselves", False), ("follow-ups", True)):
        chosen = [(one, views) for one, views in found if bool(one.earlier) == history]
        answers = [bool(one.gold) for one, _ in chosen]
        area = roc_auc_score(answers, [max(view[1] for view in views) for _, views in chosen])
        answered = [(one, sorted(views, reverse=True)) for one, views in chosen if one.gold]
        best = statistics.fmean(views[0][2] for _, views in answered)
        two = statistics.fmean(_said_in(one, views[:2]) for one, views in answered)
        counts = f"{len(chosen)} questions, {len(chosen) - len(answered)} not answered"
        print(f"asked, {name}: {counts}, area {area:.3f}, best sentence {best:.3f}, two best hold all {two:.3f}")


_View = tuple[float, float, bool, str, int]
"""What is made of a unit: its own score, its excerpt's, whether it is gold, the excerpt, its place there."""


def _of_text(reader: Reader, one: Asked, pool: AskedPool) -> list[_View]:
    gold = {each.excerpt: each.belongs for each in one.gold}
    ids = [*gold, *one.own]
    excerpts = [_excerpt(pool, each) for each in ids]
    readings = reader.read(one.question, one.earlier, excerpts)
    return [
        (unit.belongs + reading.score, reading.score, number in gold.get(each, ()), each, number)
        for each, reading in zip(ids, readings, strict=True)
        for number, unit in enumerate(reading.units)
    ]


def _excerpt(pool: AskedPool, each: str) -> Excerpt:
    coded = pool.excerpts[each]
    begins = coded.units[0].start
    units = tuple(Unit(Span(u.start - begins, u.end - begins), u, ()) for u in coded.units)
    return Excerpt(coded.text[:begins].rstrip("\n"), coded.text[begins:], units)


def _said_in(one: Asked, views: Sequence[_View]) -> bool:
    """Whether every unit that belongs is among these."""
    chosen = {(excerpt, number) for _, _, _, excerpt, number in views}
    return all((each.excerpt, number) in chosen for each in one.gold for number in each.belongs)


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
    """Twenty passages of about 250 characters, as many rounds over other texts."""
    texts = [e.context[:_CHARACTERS] for e in examples if len(e.context) >= _CHARACTERS]
    seconds: list[float] = []
    for n in range(_ROUNDS):
        excerpts = [plain_excerpt("", text) for text in texts[n * _PASSAGES : (n + 1) * _PASSAGES]]
        began = time.perf_counter()
        reader.read(examples[n].question, (), excerpts)
        seconds.append(time.perf_counter() - began)
    median, slowest = (f"{1000 * value:.0f} ms" for value in (statistics.median(seconds), max(seconds)))
    print(f"\n{_PASSAGES} passages of {_CHARACTERS} characters: median {median}, slowest {slowest}")


if __name__ == "__main__":
    raise SystemExit(main())
