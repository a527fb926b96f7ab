"""The one retrieval path: dense and lexical legs over a snapshot, fused by their scores."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from embeddings.encoding.encoder import Encoder
from embeddings.errors import UnknownArticleError
from embeddings.index.legs import Matches
from embeddings.index.lexical import Scored
from embeddings.snapshot.selection import select
from embeddings.snapshot.snapshot import Snapshot
from embeddings.types import Hit
from qa.reading.reader import Reader
from qa.retrieving.scripts import in_script_of

PASSAGES = 20
"""Passages retrieved for a question, or a side of a comparison; sentences and outlines are looked for in these and
their articles."""
_CANDIDATES = 100
"""Passages each leg offers to the fusion."""
_SCRIPT_PASSAGES, _SCRIPT_SHARE = 10, 0.8
"""The passages, at most ten, with this share of the best one's BM25 say which characters the question is put into. With
0.8, chosen on the very questions that `python -m benchmarks.retrieval` asks, those are traditional for 98% of the
questions on traditional paragraphs among 20,000 simplified news articles, and for less than 2% of those on simplified
ones (11% on translations, which mix them)."""
_BM25_PER_SPREAD = 7.0
"""BM25 points that weigh as much as one spread of the cosines (`DenseLeg.spread`, about 0.02 with the bundled
model).

A convex combination of the scores themselves (Bruch, Gai and Ingber, TOIS 2023): reciprocal ranks throw away by how
much a passage leads, and lose to BM25 alone where there are many passages. Of 3 to 10, 4 to 8 are within a percent of
each other on 2,261 questions of the training part of the reading data and of RGB, alone and among 35,000 passages of
news; among these, 7 was taken for the two small sources of the questions that `python -m benchmarks.retrieval` asks.
"""


@dataclass(frozen=True, slots=True)
class Rankings:
    """How each leg and their fusion rank the passages for one question, best first; at most 100 a leg."""

    dense: tuple[Scored, ...]
    lexical: tuple[Scored, ...]
    fused: tuple[Scored, ...]
    """All that either leg found."""


def article_ids(hits: Sequence[Hit]) -> tuple[str, ...]:
    """The articles that the hits come from, each once, in the order of the best hit of each."""
    return tuple(dict.fromkeys(hit.passage.article_id for hit in hits))


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds the passages of one snapshot that fit a question."""

    snapshot: Snapshot
    encoder: Encoder
    reader: Reader
    """What reads the passages found."""
    articles: tuple[str, ...] = ()
    """Ids of the articles that it is narrowed to; none: all of the snapshot's."""

    @property
    def asked(self) -> str:
        """What is asked: the snapshot, and the articles of it."""
        return "\n".join((self.snapshot.manifest.id, *self.articles))

    def within(self, article_ids: Collection[str]) -> Retriever:
        """The same over these articles alone; over all of the snapshot where none is named.

        Raises:
            UnknownArticleError: the snapshot has no article of one of these ids.
        """
        if not article_ids:
            return self
        try:
            narrowed = select(self.snapshot, article_ids)
        except KeyError as error:
            raise UnknownArticleError(
                f"语料里没有这篇文章：{error.args[0]}；用 suyuan articles 查看全部。\n"
                "No such article; see suyuan articles."
            ) from None
        return replace(self, snapshot=narrowed, articles=tuple(sorted(article_ids)))

    def retrieve(self, question: str, limit: int = 10) -> tuple[Hit, ...]:
        """The best passages by fused score, best first; ties go to the one that stands first in the corpus."""
        found = self.rankings(question)
        dense = {hit.passage: (rank, hit.score) for rank, hit in enumerate(found.dense, 1)}
        lexical = {hit.passage: (rank, hit.score) for rank, hit in enumerate(found.lexical, 1)}
        hits: list[Hit] = []
        for number, score in ((hit.passage, hit.score) for hit in found.fused[:limit]):
            dense_rank, dense_score = dense.get(number, (None, None))
            lexical_rank, lexical_score = lexical.get(number, (None, None))
            passage = self.snapshot.corpus.passage(number)
            hits.append(Hit(passage, score, dense_rank, lexical_rank, dense_score, lexical_score))
        return tuple(hits)

    def rankings(self, question: str) -> Rankings:
        """The three rankings of the question, by one encoding of it."""
        matches = self.snapshot.lexical.match(question)
        lexical = matches.best(_CANDIDATES)
        vector = self.encoder.encode_query(self._in_their_script(question, lexical))
        dense = self.snapshot.dense.search(vector, _CANDIDATES)
        return Rankings(tuple(dense), tuple(lexical), self._fused(vector, matches, (*dense, *lexical)))

    def _fused(self, vector: NDArray[np.float32], matches: Matches, candidates: Sequence[Scored]) -> tuple[Scored, ...]:
        """Candidates by both of their scores, whichever leg offered them."""
        numbers = sorted({hit.passage for hit in candidates})
        dense = self.snapshot.dense
        scores = dense.cosines(vector, numbers) / dense.spread + matches.of(numbers) / _BM25_PER_SPREAD
        # The sort is stable, so ties stay in the order of the corpus.
        order = np.argsort(-scores, kind="stable")
        return tuple(Scored(numbers[i], float(scores[i])) for i in order)

    def _in_their_script(self, question: str, lexical: Sequence[Scored]) -> str:
        """The question in the characters, simplified or traditional, of the passages that its words fit best.

        The lexical leg takes both for the same; to an embedding model they differ. One wording and not both: passages
        in the other characters, nearer to the other wording, would come before those that answer.
        """
        if not lexical:
            return question
        corpus = self.snapshot.corpus
        near = (hit for hit in lexical[:_SCRIPT_PASSAGES] if hit.score >= _SCRIPT_SHARE * lexical[0].score)
        passages = (corpus.passage(hit.passage) for hit in near)
        return in_script_of((corpus.article(p.article_id).text[p.start : p.end] for p in passages), question)
