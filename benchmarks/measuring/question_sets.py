"""A set of questions and the articles that they are asked of, alone or among news."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from embeddings.progress import shown_in_terminal
from embeddings.rebuilding.rebuild import rebuild
from material.corpora import ArticleFile, news_articles, write_corpus


def set_arguments(description: str | None) -> argparse.ArgumentParser:
    """A parser with what every script over sets is told: which, where SHARED and the work folder are, how many news."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--news", type=int, default=0)
    return parser


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Where its questions and articles lie, and where it is worked on."""

    questions: Path
    articles: Path
    work: Path

    @property
    def index(self) -> Path:
        """The index of its articles, once built."""
        return self.work / "index"

    @property
    def answers(self) -> Path:
        """Where its answers are written, a JSON object a line."""
        return self.work / "answers.jsonl"


def build_set(name: str, shared: Path, work: Path, news: int) -> QuestionSet:
    """Index the articles of a set and the first `news` news articles.

    `name` is a folder with articles/ and questions.jsonl, or FILE:FOLDER: a file of questions, a folder of articles.
    """
    file, _, folder = name.partition(":")
    questions = Path(file) if folder else Path(file) / "questions.jsonl"
    articles = Path(folder) if folder else Path(file) / "articles"
    built = QuestionSet(questions, articles, work / f"{questions.parent.name}-{questions.stem}-{news}")
    own = (ArticleFile(file.name, file.read_text("utf-8")) for file in sorted(articles.iterdir()) if file.is_file())
    corpus = write_corpus(built.work / "articles", own, islice(news_articles(shared), news))
    with shown_in_terminal() as tell:
        rebuild(corpus, built.index, tell=tell)
    return built
