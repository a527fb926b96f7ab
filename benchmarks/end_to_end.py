"""Reading questions asked of all paragraphs in one index: does the answer given hold the gold answer?

    python -m benchmarks.end_to_end SHARED --work DIR [--every N]

SHARED holds reading/dev.jsonl.xz. An answer is right if it is not refused, has at most 150 characters without its
markers, and holds a gold answer. Every Nth question is asked.
"""

from __future__ import annotations

import argparse
import re
import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

import qa
from benchmarks.measuring.machine import describe_machine
from embeddings.progress import shown_in_terminal
from embeddings.rebuilding.rebuild import rebuild
from material.corpora import contexts, write_corpus
from material.examples import Example, read_examples
from qa.evaluation.gold import plain
from qa.evaluation.sets import read_evaluation_set

_LONGEST = 150
_MARKER = re.compile(r"\[\d+\]$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one question."""

    source: str
    answerable: bool
    refused: bool
    right: bool
    exact: bool
    """Whether the span marked as the exact answer is part of a gold answer or holds one."""
    seconds: float


def main() -> None:
    """Build the index, ask and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder for articles and index, kept between runs")
    parser.add_argument("--every", type=int, default=1)
    args = parser.parse_args()
    file = args.shared / "reading/dev.jsonl.xz"
    folder = write_corpus(args.work / "reading", contexts(read_evaluation_set(file)))
    with shown_in_terminal() as tell:
        rebuild(folder, args.work / "index", tell=tell, force=True)
    answerer = qa.load(args.work / "index", log_unanswered=False)
    asked = read_examples(file)[:: args.every]
    results = [_result(answerer, example) for example in tqdm(asked, desc="asking", mininterval=5)]
    print(f"machine {describe_machine()}")
    _print_table("all paragraphs", results)


def _result(answerer: qa.Answerer, example: Example) -> Result:
    answer = answerer.ask(example.question)
    gold = [plain(example.context[span.start : span.end]) for span in example.answers]
    text = _MARKER.sub("", answer.text[answer.begins :])
    said = plain(text)
    marked = [plain(answer.text[span.start : span.end]) for span in answer.answer_spans]
    return Result(
        source=example.source,
        answerable=bool(gold),
        refused=answer.abstained,
        right=not answer.abstained and len(text) <= _LONGEST and any(one in said for one in gold),
        exact=any(one in span or span in one for one in gold for span in marked),
        seconds=answer.timings.total,
    )


def _print_table(title: str, results: Sequence[Result]) -> None:
    by_source: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_source[result.source].append(result)
    print(f"\n{title}\n{'':24s} answerable  right  refused  exact marked  unanswerable  refused  median")
    for name, group in [*sorted(by_source.items()), ("all", list(results))]:
        answerable = [r for r in group if r.answerable]
        others = [r for r in group if not r.answerable]
        right, refused, exact = (_share(answerable, key) for key in ("right", "refused", "exact"))
        median = statistics.median(r.seconds for r in group) * 1000
        print(
            f"{name:24s} {len(answerable):10d}  {right}  {refused:>7s}  {exact:>12s}  {len(others):12d}"
            f"  {_share(others, 'refused'):>7s}  {median:.0f} ms"
        )


def _share(results: Sequence[Result], key: str) -> str:
    return f"{sum(getattr(r, key) for r in results) / len(results):.3f}" if results else ""


if __name__ == "__main__":
    main()
