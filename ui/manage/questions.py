"""The questions that were refused: equal ones counted together, with the passages that were nearest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from embeddings.snapshot.corpus_store import CorpusStore
from embeddings.snapshot.snapshot import live_id, open_corpus
from qa.records.unanswered import Unanswered, read_unanswered

_NEAREST = re.compile(r"(?P<article>.+) (?P<start>\d+)-(?P<end>\d+)")
_LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class NearPassage:
    """A passage that was near a refused question."""

    title: str
    """Of the article; its id where the index has it no more."""
    text: str
    """Its beginning, as the article reads now; empty where the index has the article no more."""


@dataclass(frozen=True, slots=True)
class RefusedQuestion:
    """One question that was refused, however often it was asked."""

    question: str
    """As it was understood: with what a follow-up leaves out."""
    times: int
    latest: str
    """UTC, ISO 8601."""
    reason: str
    nearest: tuple[NearPassage, ...]


def refused_questions(index: Path, limit: int = 200) -> tuple[RefusedQuestion, ...]:
    """At most `limit` refused questions, the latest first.

    Raises:
        SnapshotError: there is no index.
    """
    by_question: dict[str, list[Unanswered]] = {}
    for record in read_unanswered(index):
        question = " ".join(record.standalone.split())
        # Whatever is asked again moves to the end: the log's times have whole seconds only.
        records = by_question.pop(question, [])
        records.append(record)
        by_question[question] = records
    newest_first = islice(reversed(by_question.items()), limit)
    corpus = open_corpus(index, live_id(index))
    return tuple(_refused(question, records, corpus) for question, records in newest_first)


def _refused(question: str, records: list[Unanswered], corpus: CorpusStore) -> RefusedQuestion:
    latest = records[-1]
    nearest = tuple(_near(place, corpus) for place in latest.nearest)
    return RefusedQuestion(question, len(records), latest.time, latest.reason, nearest)


def _near(place: str, corpus: CorpusStore) -> NearPassage:
    parts = _NEAREST.fullmatch(place)
    if not parts:
        return NearPassage(place, "")
    try:
        article = corpus.article(parts["article"])
    except KeyError:
        return NearPassage(parts["article"], "")
    text = " ".join(article.text[int(parts["start"]) : int(parts["end"])].split())
    return NearPassage(article.title, text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…")
