"""The reader's say in a fact: which of the sentences found answers, and with which characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from embeddings.types import Hit, Span
from qa.evidence.exact import whole
from qa.evidence.facts import Evidence, best_sentences
from qa.reader import Excerpt, Reading
from qa.retriever import Retriever
from qa.understanding.question import Question

_READ = 8
"""Passages read for a question."""
_BY_WORDS = 3
"""Of these, at least so many are those of the best sentences by words, wherever their passages were ranked."""
_LONGEST_HEADING = 60
"""Characters of title and headings that are read before a passage."""
_READ_WEIGHT = 0.2
"""What a point of the reader's view counts beside 1 for all of the question's words in the sentence.

Of 0.1 to 1.0 it chose the right sentence most often, for 0.86 of 344 questions (150 of RGB, 194 of the reading data
kept from the reader's training); by words alone it is 0.73, by the reader alone 0.86. The words stay for what no
reading data asks.
"""
_LEAST_SCORE, _GREATEST_SCORE = -1.0, 8.0
_LEAST_ANSWER, _GREATEST_ANSWER = -3.0, 20.0
"""Where the logits of text and answer are cut off: where the reader finds no answer, words decide."""


@dataclass(frozen=True, slots=True)
class PassageRead:
    """What the reader made of one passage."""

    article_id: str
    passage: Span
    score: float
    """Logit of the probability that it answers."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The sentences that may answer, best first."""

    found: tuple[Evidence, ...]
    readings: tuple[PassageRead, ...] = ()
    """Of the passages that were read; empty without a reader."""

    @property
    def read(self) -> float | None:
        """The greatest logit, among the passages read, that one answers; None without a reader."""
        return max((reading.score for reading in self.readings), default=None)

    @property
    def best(self) -> Evidence | None:
        """The sentence that answers best, if any can be meant."""
        return self.found[0] if self.found else None


def gather(question: Question, hits: Sequence[Hit], retriever: Retriever) -> Gathered:
    """The sentences that can be meant; with a reader, its view of the likeliest passages decides with the words."""
    found = best_sentences(question, hits, retriever.snapshot)
    if retriever.reader is None or not found or not question.chinese:
        return Gathered(tuple(found))
    passages = _to_read(hits, found)
    excerpts = [_excerpt(evidence) for evidence in passages]
    read = dict(zip(map(_key, passages), retriever.reader.read(question.text, excerpts), strict=True))
    # How and why want sentences; what the reader learned from is asked for a few characters.
    weight = 0.0 if question.kind == "explanation" else _READ_WEIGHT
    rated = [_rated(evidence, read.get(_key(evidence)), weight) for evidence in found]
    rated.sort(key=lambda evidence: -evidence.score)
    readings = (PassageRead(e.article.id, e.passage, read[_key(e)].score) for e in passages)
    return Gathered(tuple(rated), tuple(readings))


def read_again(question: Question, evidence: Evidence, retriever: Retriever) -> Evidence:
    """The sentence with the exact answer to another question than the one that it was gathered for."""
    bare = replace(evidence, answer=None, certainty=None)
    if retriever.reader is None:
        return bare
    (reading,) = retriever.reader.read(question.text, [_excerpt(evidence)])
    return _with_reading(bare, reading, _READ_WEIGHT)


def _key(evidence: Evidence) -> tuple[str, int]:
    return evidence.article.id, evidence.passage.start


def _to_read(hits: Sequence[Hit], found: Sequence[Evidence]) -> list[Evidence]:
    """One sentence of each passage to read: of those retrieved first and of those with the best sentences."""
    by_passage: dict[tuple[str, int], Evidence] = {}
    for evidence in found:
        by_passage.setdefault(_key(evidence), evidence)
    by_words = list(by_passage)
    ranked = [key for hit in hits if (key := (hit.passage.article_id, hit.passage.start)) in by_passage]
    chosen = dict.fromkeys([*ranked[: _READ - _BY_WORDS], *by_words[:_BY_WORDS], *ranked, *by_words])
    return [by_passage[key] for key in list(chosen)[:_READ]]


def _excerpt(evidence: Evidence) -> Excerpt:
    """The sentence's passage under its article's title, unless the passage itself begins with that."""
    article, passage = evidence.article, evidence.passage
    heading = "" if article.text.startswith(article.title, passage.start) else article.title[:_LONGEST_HEADING]
    return Excerpt(heading, article.text[passage.start : passage.end])


def _rated(evidence: Evidence, reading: Reading | None, weight: float) -> Evidence:
    """The sentence with what the reader found in it; what was not read counts as what does not answer."""
    return _with_reading(evidence, reading or Reading(_LEAST_SCORE, ()), weight)


def _view(score: float, answer: float) -> float:
    """The reader's view of a sentence in points: that its passage answers, and that these characters do."""
    text = max(_LEAST_SCORE, min(_GREATEST_SCORE, score))
    return text + max(_LEAST_ANSWER, min(_GREATEST_ANSWER, answer)) / 2


def _with_reading(evidence: Evidence, reading: Reading, weight: float) -> Evidence:
    base, sentence = evidence.passage.start, evidence.span
    for answer in reading.answers:
        span = Span(base + answer.span.start, base + answer.span.end)
        if sentence.start <= span.start < sentence.end:
            certainty = min(reading.score, answer.score)
            exact = whole(evidence.article.text, Span(span.start, min(span.end, sentence.end)), sentence)
            score = evidence.score + weight * _view(reading.score, answer.score)
            return replace(evidence, score=score, answer=exact, certainty=certainty)
    return replace(evidence, score=evidence.score + weight * _view(_LEAST_SCORE, _LEAST_ANSWER))
