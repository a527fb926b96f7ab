"""Questions as people type them, end to end: how many are right, wrong, unsure and silent, alone and among news.

    python -m benchmarks.office SET [SET ...] --shared SHARED --work DIR [--news N] [--every N] [--llm NAME] [--verbose]

A SET is a folder with articles/ and questions.jsonl, or a file of questions beside a folder of articles
(`FILE:FOLDER`), in the form of SHARED/eval/score.py, which judges the answers. Prints its lines and seconds; with --llm
the same once more, asked with that language model.
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
from benchmarks.measuring.question_sets import build_set, set_arguments
from benchmarks.measuring.scoring import read_questions
from qa.json_form import answer_json


def main() -> int:
    """Index, ask, judge; returns the exit code."""
    parser = set_arguments(__doc__)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--every", type=int, default=1, help="ask every N-th question alone")
    parser.add_argument("--llm", default="", help="ask again with this language model, as suyuan ask names it")
    args = parser.parse_args()
    print(f"machine {describe_machine()}")
    for name in args.sets:
        built = build_set(name, args.shared, args.work, args.news)
        asked = read_questions(built.questions)[:: args.every]
        questions = built.work / "asked.jsonl"
        questions.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in asked), encoding="utf-8")
        for llm in ("", args.llm) if args.llm else ("",):
            answers = built.work / f"answers-{llm.partition(':')[0]}.jsonl" if llm else built.answers
            _ask(qa.load(built.index, llm=llm or None, log_unanswered=False), asked, answers)
            print(f"\n{name}, {args.news} news beside, {f'with {llm}' if llm else 'without a language model'}")
            judged = [sys.executable, str(args.shared / "eval/score.py"), str(questions), str(answers)]
            subprocess.run([*judged, *(["--verbose"] if args.verbose else [])], check=True)  # noqa: S603
            print(_seconds(answers))
    return 0


def _ask(answerer: qa.Answerer, questions: Sequence[dict[str, object]], path: Path) -> None:
    with path.open("w", encoding="utf-8") as output:
        for line in tqdm(_answers(answerer, questions), mininterval=5, total=len(questions)):
            output.write(json.dumps(line, ensure_ascii=False) + "\n")


def _answers(answerer: qa.Answerer, questions: Sequence[dict[str, object]]) -> Iterator[dict[str, object]]:
    for question in questions:
        began = time.perf_counter()
        history = question.get("history") or []
        earlier = [str(one) for one in history] if isinstance(history, list) else []
        first = 0.0
        for answer in answerer.stream(str(question["question"]), earlier):
            first = first or (time.perf_counter() - began if answer.text or answer.pending else 0.0)
        yield {
            **answer_json(answer, str(question["id"])),
            "first": first,
            "wall": time.perf_counter() - began,
        }


def _seconds(answers: Path) -> str:
    lines = [json.loads(line) for line in answers.read_text("utf-8").splitlines()]
    first, taken = (sorted(float(line[name]) for line in lines) for name in ("first", "wall"))
    late = taken[int(0.95 * (len(taken) - 1))]
    middle = f"median {statistics.median(taken):.2f} s, 95% within {late:.2f} s"
    return f"first words: median {statistics.median(first):.2f} s; an answer: {middle}"


if __name__ == "__main__":
    raise SystemExit(main())
