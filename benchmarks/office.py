"""Questions as people type them, end to end: how many are right, wrong, unsure and silent, alone and among news.

    python -m benchmarks.office SET [SET ...] --shared SHARED --work DIR [--news N] [--verbose]

A SET is a folder with articles/ and questions.jsonl, or a file of questions beside a folder of articles
(`FILE:FOLDER`), in the form
of SHARED/eval/score.py, which judges the answers. Prints its lines, where the gold sentence came among those found,
and seconds.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tqdm import tqdm

import qa
from benchmarks.measuring.machine import describe_machine
from benchmarks.measuring.question_sets import QuestionSet, build_set, set_arguments
from benchmarks.measuring.scoring import read_questions
from qa.json_form import answer_json


def main() -> int:
    """Index, ask, judge; returns the exit code."""
    parser = set_arguments(__doc__)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    print(f"machine {describe_machine()}")
    for name in args.sets:
        built = build_set(name, args.shared, args.work, args.news)
        _ask(built)
        print(f"\n{name}, {args.news} news beside")
        judged = [sys.executable, str(args.shared / "eval/score.py"), str(built.questions), str(built.answers)]
        subprocess.run([*judged, *(["--verbose"] if args.verbose else [])], check=True)  # noqa: S603
        print(_seconds(built.answers))
    return 0


def _ask(built: QuestionSet) -> None:
    answerer = qa.load(built.index, log_unanswered=False)
    with built.answers.open("w", encoding="utf-8") as output:
        for line in tqdm(_answers(answerer, read_questions(built.questions)), mininterval=5):
            output.write(json.dumps(line, ensure_ascii=False) + "\n")


def _answers(answerer: qa.Answerer, questions: Sequence[dict[str, object]]) -> Iterator[dict[str, object]]:
    for question in questions:
        began = time.perf_counter()
        history = question.get("history") or []
        answer = answerer.ask(
            str(question["question"]), [str(one) for one in history] if isinstance(history, list) else []
        )
        yield {
            **answer_json(answer, str(question["id"])),
            "tentative": answer.tentative,
            "wall": time.perf_counter() - began,
        }


def _seconds(answers: Path) -> str:
    taken = sorted(float(json.loads(line)["wall"]) for line in answers.read_text("utf-8").splitlines())
    return f"an answer: median {statistics.median(taken):.2f} s, 95% within {taken[int(0.95 * (len(taken) - 1))]:.2f} s"


if __name__ == "__main__":
    raise SystemExit(main())
