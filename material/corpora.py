"""The corpora that benchmarks build indexes of, one file an article; readers for the benchmarks alone."""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.evaluation.sets import EvaluationSet, read_evaluation_set

NEWS = "news"
"""Subfolder of the news articles: ids stay apart from those of the articles that questions are about."""


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file to be written: its name in the corpus's folder and its text."""

    name: str
    text: str


def reading_questions(shared: Path) -> EvaluationSet:
    """The reading questions kept for measuring: CMRC 2018, DRCD, DuReader, CAIL 2019, SQuAD 2.0 in Chinese.

    Raises:
        SuyuanError: the file can't be read.
    """
    return read_evaluation_set(shared / "reading/dev.jsonl.xz")


def contexts(questions: EvaluationSet) -> Iterator[ArticleFile]:
    """The texts that the questions are on, each a file named by its id."""
    for context in questions.contexts:
        yield ArticleFile(f"{context.id}.txt", context.text)


def seed_articles(shared: Path) -> Iterator[ArticleFile]:
    """The real articles that the seed questions are about."""
    for file in sorted((shared / "corpus").glob("*.txt")):
        yield ArticleFile(file.name, file.read_text(encoding="utf-8"))


def news_articles(shared: Path) -> Iterator[ArticleFile]:
    """The news, one article a line of news-20k.txt.xz, numbered by its line from 1."""
    with lzma.open(shared / "news/news-20k.txt.xz", "rt", encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield ArticleFile(f"{NEWS}/{number:05}.txt", line.rstrip("\n"))


def write_corpus(folder: Path, *parts: Iterable[ArticleFile]) -> Path:
    """Write the files that are missing or differ, so that a run that was cut short goes on; returns the folder."""
    for part in parts:
        for file in part:
            path, content = folder / file.name, file.text.encode("utf-8")
            if not path.exists() or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    return folder
