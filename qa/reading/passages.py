"""Reads the passages that were retrieved for a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.snapshot.corpus_store import CorpusStore
from embeddings.types import Article, Hit
from qa.reading.excerpts import Excerpt, excerpts_of
from qa.reading.reader import Reader, Reading


@dataclass(frozen=True, slots=True)
class PassageRead:
    """A passage, in its place among those retrieved, and what the reader made of it."""

    article: Article
    hit: Hit
    rank: int
    """Among the passages retrieved, from 1."""
    excerpts: tuple[Excerpt, ...]
    """The passage as it was read: usually one."""
    readings: tuple[Reading, ...]
    """One for each."""

    @property
    def score(self) -> float:
        """The greatest logit of its excerpts that it answers."""
        return max(reading.score for reading in self.readings)


def read_passages(
    question: str, earlier: Sequence[str], hits: Sequence[Hit], corpus: CorpusStore, reader: Reader
) -> tuple[PassageRead, ...]:
    """Each passage read with the question and, for a follow-up, those before it; in the order of the hits."""
    articles = {hit.passage.article_id: corpus.article(hit.passage.article_id) for hit in hits}
    cut = [excerpts_of(articles[hit.passage.article_id], hit.passage) for hit in hits]
    readings = iter(reader.read(question, earlier, [excerpt for excerpts in cut for excerpt in excerpts]))
    return tuple(
        PassageRead(articles[hit.passage.article_id], hit, rank, excerpts, tuple(next(readings) for _ in excerpts))
        for rank, (hit, excerpts) in enumerate(zip(hits, cut, strict=True), 1)
    )
