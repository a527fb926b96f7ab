"""The seed questions asked of the real articles alone, and with 20,000 news articles in the same index.

    python -m benchmarks.at_scale SHARED --work DIR [--profile] [--without-news]

SHARED holds corpus/ (the articles), eval/seed-questions.jsonl, eval/score.py, which says what is wrong with an answer,
and news/news-20k.txt.xz. What was once embedded is kept in DIR for the next run. With --profile the functions in which
most time is spent are printed too.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import qa
from benchmarks.measuring.machine import describe_machine
from embeddings.errors import SuyuanError
from embeddings.progress import shown_in_terminal
from embeddings.rebuilding.rebuild import rebuild
from material.corpora import news_articles, seed_articles, write_corpus
from qa.json_form import answer_json

QUESTIONS = "eval/seed-questions.jsonl"
SHOWN = 40
"""Functions printed of a profile."""


def main() -> int:
    """Print how many answers are right, which are wrong and how long they took; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder for articles and index, kept between runs")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    parser.add_argument("--without-news", action="store_true", help="ask of the articles alone")
    args = parser.parse_args()
    print(f"machine {describe_machine()}")
    try:
        alone = write_corpus(args.work / "seed", seed_articles(args.shared))
        _measure("the articles alone", alone, args.shared, args.work, args.profile)
        if not args.without_news:
            mixed = args.work / "seed-and-news"
            write_corpus(mixed, seed_articles(args.shared), news_articles(args.shared))
            _measure("the articles among 20,000 of news", mixed, args.shared, args.work, args.profile)
    except (SuyuanError, OSError) as error:
        print(f"benchmarks.at_scale: {error}")
        return 2
    return 0


def _measure(title: str, folder: Path, shared: Path, work: Path, profile: bool) -> None:
    with shown_in_terminal() as tell:
        report = rebuild(folder, work / "index", tell=tell, force=True)
    answerer = qa.load(work / "index", log_unanswered=False)
    print(f"\n{title}: {report.articles} articles, {report.passages} passages, rebuilt in {report.seconds:.0f} s")
    questions = _read_lines(shared / QUESTIONS)
    # The first question loads what later ones find loaded.
    answerer.ask(questions[0]["question"])
    answers = [answer_json(answerer.ask(one["question"], one["history"]), one["id"]) for one in questions]
    _print_seconds([answer["seconds"] for answer in answers])
    print(_scored(answerer, shared, answers))
    if profile:
        _print_profile(answerer, questions)


def _scored(answerer: qa.Answerer, shared: Path, answers: Sequence[dict[str, Any]]) -> str:
    """What score.py says of the answers; that quotes are verbatim it checks against the articles' cleaned texts."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "articles").mkdir()
        for file in sorted((shared / "corpus").glob("*.txt")):
            (folder / "articles" / file.name).write_text(answerer.article(file.stem).text, encoding="utf-8")
        lines = (json.dumps(answer, ensure_ascii=False) for answer in answers)
        (folder / "answers.jsonl").write_text("\n".join(lines), encoding="utf-8")
        said = subprocess.run(  # noqa: S603
            [
                *(sys.executable, str(shared / "eval/score.py"), str(shared / QUESTIONS)),
                *(str(folder / "answers.jsonl"), "--articles", str(folder / "articles"), "--verbose"),
            ],
            check=True,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
    return said.stdout.strip()


def _print_profile(answerer: qa.Answerer, questions: Sequence[dict[str, Any]]) -> None:
    profiler = cProfile.Profile()
    profiler.enable()
    for one in questions:
        answerer.ask(one["question"], one["history"])
    profiler.disable()
    pstats.Stats(profiler).strip_dirs().sort_stats("cumulative").print_stats(SHOWN)


def _read_lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _print_seconds(seconds: list[float]) -> None:
    median, p95 = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    print(f"answer in {median * 1000:.0f} ms (median), {p95 * 1000:.0f} ms (95th percentile)")


if __name__ == "__main__":
    raise SystemExit(main())
