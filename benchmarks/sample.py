"""Speed and quality on the sample corpus: `python -m benchmarks.sample` builds an index of corpus/ and asks it."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path

import qa
from benchmarks.measuring.machine import describe_machine
from benchmarks.measuring.scoring import check, read_questions
from embeddings.encoding.encoder import load_encoder
from embeddings.errors import SuyuanError
from embeddings.rebuilding.rebuild import RebuildReport, rebuild
from qa.json_form import answer_json

CORPUS = Path(__file__).parents[1] / "corpus"


def main() -> int:
    """Print the table; returns the exit code."""
    print(f"machine            {describe_machine()}")
    try:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder) / "index")
    except SuyuanError as error:
        print(f"benchmarks.sample: {error}")
        return 2
    return 0


def _measure(index: Path) -> None:
    started = time.perf_counter()
    # The first use imports PyTorch and may unpack the model: told apart from what every rebuild takes.
    load_encoder().encode_query("")
    print(f"model, first use   {time.perf_counter() - started:.1f} s")
    cold, warm = rebuild(CORPUS, index), rebuild(CORPUS, index, force=True)
    answerer = qa.load(index)
    articles = answerer.articles()
    characters = sum(len(article.text) for article in articles)
    print(f"corpus             {len(articles)} articles, {cold.passages} passages, {characters} characters")
    _print_rebuild("cold cache", cold, characters)
    _print_rebuild("warm cache", warm, characters)
    _print_answers(answerer)


def _print_rebuild(name: str, report: RebuildReport, characters: int) -> None:
    speed = f"{characters / report.seconds:,.0f} characters/s"
    print(f"rebuild {name} {report.seconds:.2f} s with loading the model, {speed}, {report.embedded} passages embedded")


def _print_answers(answerer: qa.Answerer) -> None:
    questions = read_questions()
    answerer.ask(questions[0]["question"])
    seconds: list[float] = []
    right: Counter[str] = Counter()
    wrong: list[str] = []
    for question in questions:
        answer = answer_json(answerer.ask(question["question"], question["history"]), question["id"])
        seconds.append(answer["seconds"])
        problems = check(question, answer)
        right[question["kind"]] += not problems
        if problems:
            wrong.append(f"  {question['id']} {question['question']}: {'; '.join(problems)}")
    median, p95 = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    print(f"answer             median {median * 1000:.0f} ms, 95th percentile {p95 * 1000:.0f} ms")
    for kind, asked in sorted(Counter(question["kind"] for question in questions).items()):
        print(f"right {kind:12} {right[kind]}/{asked}")
    print(f"right {'all':12} {right.total()}/{len(questions)}")
    print("\n".join(["wrong", *wrong] if wrong else ["wrong              none"]))


if __name__ == "__main__":
    raise SystemExit(main())
