"""How an answer came about: the passages retrieved, what was read of them, what was cited."""

from __future__ import annotations

from collections.abc import Sequence

from embeddings.snapshot.corpus_store import CorpusStore
from embeddings.types import Hit
from qa.logistic import chance_of
from qa.reading.passages import PassageRead
from qa.types import Citation, Considered, Trace
from qa.understanding.question import Question, content_pieces


def trace(
    question: Question,
    hits: Sequence[Hit],
    readings: Sequence[PassageRead],
    citations: Sequence[Citation],
    corpus: CorpusStore,
) -> Trace:
    """The trace of one question."""
    read = {(one.article.id, one.hit.passage.start): chance_of(one.score) for one in readings}
    return Trace(
        kind=question.kind,
        terms=tuple(dict.fromkeys(content_pieces(question.text))),
        passages=tuple(_considered(hit, read, citations, corpus) for hit in hits),
    )


def _considered(
    hit: Hit, read: dict[tuple[str, int], float], citations: Sequence[Citation], corpus: CorpusStore
) -> Considered:
    passage = hit.passage
    return Considered(
        article_id=passage.article_id,
        title=corpus.article(passage.article_id).title,
        start=passage.start,
        end=passage.end,
        dense_rank=hit.dense_rank,
        lexical_rank=hit.lexical_rank,
        dense_score=hit.dense_score,
        lexical_score=hit.lexical_score,
        score=hit.score,
        read=read.get((passage.article_id, passage.start)),
        cited=any(c.article_id == passage.article_id and _overlap(c, passage.start, passage.end) for c in citations),
    )


def _overlap(citation: Citation, start: int, end: int) -> bool:
    return citation.start < end and start < citation.end
