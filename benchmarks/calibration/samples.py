"""Questions as people type them, asked of an index: what calibration is fitted on."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from embeddings.types import Hit
from material.asked import NO_WORD, Written
from qa.composing.answer_lines import answer_lines
from qa.composing.citations import compose
from qa.evidence.completion import complete_lists
from qa.evidence.gathering import Evidence, gather
from qa.reading.passages import read_passages
from qa.retrieving.retriever import PASSAGES, Retriever
from qa.understanding.following import retrieve
from qa.understanding.question import Question, understand

_LEFT_OUT = 3
"""Every third question is asked once more with the articles that answer it left out."""
_FEW = 24
"""Articles of a small corpus."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One asking."""

    one: Written
    question: Question
    small: bool
    """Whether it was asked of a few articles, and not of all."""
    left_out: bool
    found: tuple[Evidence, ...]
    gold: tuple[bool, ...]
    """Of each sentence found whether it belongs to the answer."""

    @property
    def answerable(self) -> bool:
        """Whether what was retrieved from may answer."""
        return bool(self.one.answers) and not self.left_out

    @property
    def names_subject(self) -> bool:
        """Whether it can be understood among other articles: its own text is found first, or it is a follow-up."""
        first = (evidence for evidence in self.found if evidence.features.rank == 1)
        return any(self.is_own(evidence.article.id) for evidence in first) or bool(self.one.history)

    @property
    def teaches(self) -> bool:
        """Whether its sentences say which to take."""
        return self.answerable and any(self.gold) and self.names_subject

    def is_own(self, article_id: str) -> bool:
        """Whether an article is one that the question was written on."""
        return article_id in self.one.article_ids

    def rated(self, scores: Sequence[float]) -> Sample:
        """The sample with its sentences in the order of these scores."""
        order = sorted(range(len(scores)), key=lambda n: -scores[n])
        found = tuple(replace(self.found[n], score=scores[n]) for n in order)
        return replace(self, found=found, gold=tuple(self.gold[n] for n in order))

    def holds_all(self, count: int) -> bool:
        """Whether the first so many sentences hold all exact answers."""
        said = "".join(_plain(evidence) for evidence in self.found[:count])
        return all(NO_WORD.sub("", answer) in said for answer in self.one.answers)

    def is_answered(self, unsure: bool, retriever: Retriever) -> bool:
        """Whether the answer that would be given holds all that was asked for, three of four citations of its own."""
        lists = complete_lists(self.question, self.found, retriever.snapshot)
        lines = answer_lines(self.question, self.found, lists, unsure, retriever.snapshot)
        composed = compose(lines.statements, retriever.snapshot.manifest.id)
        quoted = NO_WORD.sub("", "".join(citation.quote for citation in composed.citations))
        own = [self.is_own(citation.article_id) for citation in composed.citations]
        return all(NO_WORD.sub("", answer) in quoted for answer in self.one.answers) and bool(np.mean(own) >= 0.75)


def samples_of(number: int, one: Written, retriever: Retriever) -> Iterator[Sample]:
    """The question asked of all articles, of a few, and for some of all but those that answer it."""
    question = understand(one.question, one.history)
    anchors = one.article_ids if one.history else ()
    for small in (False, True):
        asked = retriever.within(_few(one, retriever)) if small else retriever
        yield _sample(one, question, retrieve(question, anchors, asked), anchors, small, False, retriever)
    if one.answers and not one.history and number % _LEFT_OUT == 0:
        more = retriever.retrieve(one.question, 2 * PASSAGES)
        others = tuple(hit for hit in more if hit.passage.article_id not in one.article_ids)[:PASSAGES]
        yield _sample(one, question, others, (), False, True, retriever)
        strangers = retriever.within([article for article in _few(one, retriever) if article not in one.article_ids])
        yield _sample(one, question, retrieve(question, (), strangers), (), True, True, retriever)


def _few(one: Written, retriever: Retriever) -> tuple[str, ...]:
    """A few articles with its own among them, by its name the same ones at every run."""
    others = sorted(head.id for head in retriever.snapshot.corpus.heads() if head.id.startswith("office-"))
    chosen = random.Random(one.texts[0]).sample(others, min(_FEW, len(others)))
    return tuple(dict.fromkeys([*one.article_ids, *chosen]))


def _sample(
    one: Written,
    question: Question,
    hits: Sequence[Hit],
    anchors: Sequence[str],
    small: bool,
    left_out: bool,
    retriever: Retriever,
) -> Sample:
    snapshot = retriever.snapshot
    read = read_passages(question.text, question.earlier, hits, snapshot.corpus, retriever.reader)
    found = gather(question, read, frozenset(anchors), snapshot)
    wanted = [NO_WORD.sub("", sentence) for sentence in one.sentences]
    return Sample(one, question, small, left_out, found, tuple(_is_gold(e, one, wanted) for e in found))


def _is_gold(evidence: Evidence, one: Written, wanted: Sequence[str]) -> bool:
    said = _plain(evidence)
    own = evidence.article.id in one.article_ids
    return own and len(said) > 1 and any(said in sentence or sentence in said for sentence in wanted)


def _plain(evidence: Evidence) -> str:
    return NO_WORD.sub("", evidence.article.text[evidence.span.start : evidence.span.end])
