"""Follow-ups: what is retrieved for a question that leaves out what the one before it said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

from embeddings.types import Hit
from qa.retrieving.retriever import PASSAGES, Retriever
from qa.understanding.question import Question

_OF_ARTICLE = 10
"""Passages retrieved in the articles that answered the question before."""


def retrieve(question: Question, anchors: Sequence[str], retriever: Retriever) -> tuple[Hit, ...]:
    """Twenty passages for the question.

    For a follow-up in turn the best for all that was asked together, those of the articles that answered before
    (`anchors`), and the best for the question alone, which may name a new subject.
    """
    if not question.earlier:
        return retriever.retrieve(question.text, PASSAGES)
    together = " ".join(dict.fromkeys([question.earlier[0], question.earlier[-1], question.text]))
    rankings = [retriever.retrieve(together, PASSAGES), retriever.retrieve(question.text, PASSAGES)]
    if anchors:
        rankings.insert(1, retriever.within(anchors).retrieve(together, _OF_ARTICLE))
    return tuple({hit.passage.id: hit for hit in _in_turn(rankings)}.values())[:PASSAGES]


def _in_turn(rankings: Sequence[Sequence[Hit]]) -> Iterator[Hit]:
    return (hit for hit in chain.from_iterable(zip_longest(*rankings)) if hit is not None)
