"""Questions as people type them, end to end: how many are right, wrong, unsure and silent, alone and among news.

    python -m benchmarks.office SET [SET ...] --shared SHARED --work DIR [--news N] [--verbose]

A SET is a folder with articles/ and questions.jsonl, or a file of questions beside a folder of articles
(`FILE:FOLDER`), in the form
of SHARED/eval/score.py, which judges the answers. Prints its lines, where the gold sentence came among those found,
and seconds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from tqdm import tqdm

import qa
from benchmarks.corpora import ArticleFile, news_articles, write_corpus
from benchmarks.machine import describe_machine
from benchmarks.scoring import read_questions
from embeddings.progress import shown_in_terminal
from embeddings.rebuild import rebuild
from qa.json_form import answer_json


def main() -> int:
    """Index, ask, judge; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--news", type=int, default=0)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    print(f"machine {describe_machine()}")
    for name in args.sets:
        questions, articles = _places(name)
        work = args.work / f"{questions.parent.name}-{questions.stem}-{args.news}"
        _build(work, articles, args.shared, args.news)
        _ask(work, questions)
        print(f"\n{name}, {args.news} news beside")
        judged = [sys.executable, str(args.shared / "eval/score.py"), str(questions), str(work / "answers.jsonl")]
        subprocess.run([*judged, *(["--verbose"] if args.verbose else [])], check=True)  # noqa: S603
        print(_seconds(work / "answers.jsonl"))
    return 0


def _places(name: str) -> tuple[Path, Path]:
    questions, _, articles = name.partition(":")
    if articles:
        return Path(questions), Path(articles)
    return Path(name) / "questions.jsonl", Path(name) / "articles"


def _build(work: Path, articles: Path, shared: Path, news: int) -> None:
    own = (ArticleFile(file.name, file.read_text("utf-8")) for file in sorted(articles.iterdir()) if file.is_file())
    folder = write_corpus(work / "articles", own, islice(news_articles(shared), news))
    with shown_in_terminal() as tell:
        rebuild(folder, work / "index", tell=tell)


def _ask(work: Path, questions: Path) -> None:
    answerer = qa.load(work / "index", log_unanswered=False)
    with (work / "answers.jsonl").open("w", encoding="utf-8") as output:
        for line in tqdm(_answers(answerer, read_questions(questions)), mininterval=5):
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
