"""How fast an index answers: `python -m benchmarks.speed.asking_speed INDEX QUESTIONS.jsonl` prints one JSON object.

QUESTIONS has an object with `question` and `history` a line. All are asked by one after the other, then by 8 and by 32
threads of one process: retrieval alone, then whole answers.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from pydantic import TypeAdapter

import qa
from benchmarks.speed.rebuilding_figures import Asked, AtOnce, Latency
from embeddings import console

PEOPLE = (1, 8, 32)
_WARMING = 20
"""Questions asked before anything is timed: the first ones load what later ones find loaded."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the user's earlier ones, oldest first."""

    question: str
    history: tuple[str, ...] = ()


def main() -> int:
    """Measure and print; returns the exit code."""
    return console.run("benchmarks.speed.asking_speed", _run)


def asking_arguments(description: str | None) -> argparse.ArgumentParser:
    """What is given to whatever asks an index the questions of a file."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    return parser


def _run() -> int:
    args = asking_arguments(__doc__).parse_args()
    questions = read_questions(args.questions)
    answerer = qa.load(args.index, log_unanswered=False)
    articles, passages = answerer.retriever.snapshot.corpus.count()
    asked = Asked(
        articles=articles,
        passages=passages,
        characters=sum(map(len, answerer.texts())),
        retrieval=_measure(lambda one: answerer.retriever.rankings(one.question), questions),
        answers=_measure(lambda one: answerer.ask(one.question, one.history), questions),
    )
    print(TypeAdapter(Asked).dump_json(asked).decode("utf-8"))
    return 0


def read_questions(file: Path) -> tuple[Question, ...]:
    """The questions of a file as above."""
    lines = file.read_text(encoding="utf-8").splitlines()
    asked = (json.loads(line) for line in lines if line.strip())
    return tuple(Question(one["question"], tuple(one["history"])) for one in asked)


def _measure(ask: Callable[[Question], object], questions: Sequence[Question]) -> tuple[AtOnce, ...]:
    for question in questions[:_WARMING]:
        ask(question)
    return tuple(_at_once(ask, questions, people) for people in PEOPLE)


def _at_once(ask: Callable[[Question], object], questions: Sequence[Question], people: int) -> AtOnce:
    def timed(question: Question) -> float:
        began = perf_counter()
        ask(question)
        return perf_counter() - began

    with ThreadPoolExecutor(people) as pool:
        began = perf_counter()
        seconds = list(pool.map(timed, questions))
        total = perf_counter() - began
    return AtOnce(people, round(len(questions) / total, 2), Latency.of(seconds))


if __name__ == "__main__":
    raise SystemExit(main())
