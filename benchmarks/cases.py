"""Faults that people reported, one small corpus each: what is right, unsure, wrong and silent, case by case.

    python -m benchmarks.cases CASES [CASE ...] [--work DIR] [--together]

CASES is a folder of cases, each with articles/ and case.json (`questions`: `q`, and `right` in prose). Each is indexed
alone, or all in one index with --together, in DIR (else in a folder that is deleted), and asked without a language
model. Prints a line a question, with
the verdict of benchmarks.measuring.prose_answers, and sums; what no rule judges is left out of what answers are worth.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import qa
from benchmarks.measuring.prose_answers import is_said, read_right
from embeddings.rebuilding.rebuild import rebuild
from qa.evaluation.worth import WORTH, Verdict, verdict
from qa.types import Answer

_TO_READ = "to be read"


@dataclass(frozen=True, slots=True)
class Case:
    """One fault: articles and questions on them."""

    name: str
    articles: Path
    questions: tuple[tuple[str, str], ...]
    """The question, and what is right."""


def main() -> None:
    """Index, ask, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("only", nargs="*", metavar="CASE", help="only the cases whose names begin so")
    parser.add_argument("--work", type=Path, help="where the indexes are kept")
    parser.add_argument("--together", action="store_true", help="one index of the articles of all cases")
    args = parser.parse_args()
    with ExitStack() as kept:
        work = args.work or Path(kept.enter_context(TemporaryDirectory(prefix="suyuan-cases-")))
        _measure(args, work)


def _measure(args: argparse.Namespace, work: Path) -> None:
    cases = [case for case in read_cases(args.cases) if not args.only or case.name.startswith(tuple(args.only))]
    everywhere = _indexed(cases, work / "together") if args.together else None
    outcomes: dict[str, Counter[str]] = {}
    for case in cases:
        print(f"\n{case.name}")
        answerer = everywhere or _indexed([case], work / case.name)
        outcomes[case.name] = Counter(_asked(answerer, case))
    print()
    for name, counted in (*outcomes.items(), ("all", sum(outcomes.values(), Counter()))):
        print(f"{name:28s} {_summed(counted)}")


def read_cases(folder: Path) -> tuple[Case, ...]:
    """The cases of a folder, in the order of their names."""
    files = sorted(folder.glob("*/case.json"))
    stated = [(file, json.loads(file.read_text("utf-8"))) for file in files]
    return tuple(
        Case(file.parent.name, file.parent / "articles", tuple((one["q"], one["right"]) for one in case["questions"]))
        for file, case in stated
    )


def _indexed(cases: Sequence[Case], work: Path) -> qa.Answerer:
    articles = work / "articles"
    for case in cases:
        shutil.copytree(case.articles, articles / case.name, dirs_exist_ok=True)
    rebuild(articles, work / "index")
    return qa.load(work / "index", log_unanswered=False)


def _asked(answerer: qa.Answerer, case: Case) -> Iterator[str]:
    for question, right in case.questions:
        answer = answerer.ask(question)
        outcome = judged(answer, right)
        print(f"  {outcome:14s} {answer.confidence:.2f} {question} | {right} | {_on_one_line(answer)}", flush=True)
        yield outcome


def judged(answer: Answer, right: str) -> Verdict | str:
    """What an answer is where this is right, or that it is to be read."""
    wanted = read_right(right)
    said = is_said(answer.text, wanted)
    if said is None and not (wanted.silent or answer.abstained):
        return _TO_READ
    return verdict(not wanted.silent, answer.abstained, answer.tentative, bool(said))


def _on_one_line(answer: Answer) -> str:
    return "—" if answer.abstained else answer.text.replace("\n", " / ")


def _summed(counted: Counter[str]) -> str:
    worth = [value for kind, value in WORTH.items() for _ in range(counted[kind])]
    mean = f"{sum(worth) / len(worth):.3f}" if worth else "—"
    said = ", ".join(f"{kind} {counted[kind]}" for kind in (*WORTH, _TO_READ) if counted[kind])
    return f"worth {mean} of {len(worth)} ({said})"


if __name__ == "__main__":
    main()
