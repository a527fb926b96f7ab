"""Questions in, answers out: understand, retrieve, extract, check, or say that the corpus does not say."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from embeddings.encoding.encoder import Encoder, load_encoder
from embeddings.errors import ModelError
from embeddings.snapshot import Snapshot, live_id, open_live
from embeddings.types import Article, Hit, Outline, Span
from qa.citations import Composed, cite, compose
from qa.examples import example_questions
from qa.extract import answer_from
from qa.finding import Finding
from qa.followup import Reading, readings
from qa.question import understand
from qa.retriever import PASSAGES, Retriever
from qa.spelling import respelled
from qa.types import Answer, Citation, Timings
from qa.unanswered import log_unanswered

_NEAREST = 3


class Answerer:
    """Answers from the live snapshot of one index, and moves over to a new one when there is one.

    May be used from several threads.
    """

    def __init__(self, index: Path, log_unanswered: bool = True) -> None:
        self._index = index
        self._log_unanswered = log_unanswered
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self._retriever = self._open()

    def _open(self) -> Retriever:
        snapshot = open_live(self._index)
        manifest = snapshot.manifest
        if self._encoder is None or (self._encoder.name, self._encoder.revision) != (manifest.model, manifest.revision):
            self._encoder = load_encoder(manifest.model)
        if (self._encoder.revision, self._encoder.dimension) != (manifest.revision, manifest.dimension):
            raise ModelError(
                f"模型 {manifest.model} 已不是建立索引时的那一个，请重建索引：rebuild-index {manifest.folder} "
                f"--index {self._index} --model {manifest.model}\n"
                f"The model {manifest.model} is not the one the index was made with; rebuild it as above."
            )
        return Retriever(snapshot, self._encoder)

    @property
    def retriever(self) -> Retriever:
        """The retriever over the snapshot that is live now."""
        with self._lock:
            if live_id(self._index) != self._retriever.snapshot.manifest.id:
                self._retriever = self._open()
            return self._retriever

    @property
    def snapshot(self) -> str:
        """Id of the live snapshot."""
        return self.retriever.snapshot.manifest.id

    def articles(self) -> tuple[Article, ...]:
        """All articles of the corpus."""
        return self.retriever.snapshot.corpus.articles()

    def article(self, article_id: str) -> Article:
        """One article.

        Raises:
            KeyError: there is none of this id.
        """
        return self.retriever.snapshot.corpus.article(article_id)

    def outline(self, article_id: str) -> Outline:
        """The outline of one article.

        Raises:
            KeyError: there is none of this id.
        """
        return self.retriever.snapshot.corpus.outline(article_id)

    def examples(self, limit: int = 6) -> tuple[str, ...]:
        """Questions that this corpus answers, drawn from its headings and numbered names."""
        return example_questions(self.retriever.snapshot.corpus, limit)

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer a question; `history` holds the user's earlier questions, oldest first."""
        started = time.monotonic()
        retriever = self.retriever
        tried: list[_Tried] = []
        earlier = [respelled(one, retriever) for one in history]
        for reading in readings(respelled(question, retriever), earlier):
            tried.append(_try(reading, retriever))
            if tried[-1].finding.statements:
                break
        best = tried[-1]
        full, hits, finding, statements = best.reading.standalone, best.hits, best.finding, best.finding.statements
        composed = (
            compose(statements, retriever.snapshot.manifest.id, finding.note)
            if statements
            else _refusal(finding.reason)
        )
        ended = time.monotonic()
        answer = Answer(
            question=question,
            standalone=full,
            text=composed.text,
            citations=composed.citations,
            nearest=() if statements else _nearest(finding, hits, retriever.snapshot),
            abstained=not statements,
            reason=finding.reason,
            confidence=_confidence(finding),
            mode="extractive",
            timings=Timings(sum(t.retrieve for t in tried), sum(t.compose for t in tried), ended - started),
        )
        if answer.abstained and self._log_unanswered:
            log_unanswered(self._index, answer)
        return answer


@dataclass(frozen=True, slots=True)
class _Tried:
    """One reading of a question and what came of it; seconds spent."""

    reading: Reading
    hits: tuple[Hit, ...]
    finding: Finding
    retrieve: float
    compose: float


def _try(reading: Reading, retriever: Retriever) -> _Tried:
    started = time.monotonic()
    hits = retriever.retrieve(reading.standalone, PASSAGES)
    retrieved = time.monotonic()
    finding = answer_from(understand(reading.standalone, asked=reading.asked), hits, retriever)
    return _Tried(reading, hits, finding, retrieved - started, time.monotonic() - retrieved)


def _confidence(finding: Finding) -> float:
    return finding.confidence if finding.confidence is not None else float(bool(finding.statements))


def _refusal(reason: str) -> Composed:
    return Composed(f"语料中没有找到这个问题的答案：{reason}。", ())


def _nearest(finding: Finding, hits: Sequence[Hit], snapshot: Snapshot) -> tuple[Citation, ...]:
    """What comes nearest: what the extraction names as such, else the best passages."""
    if finding.nearest:
        return compose(finding.nearest, snapshot.manifest.id).citations
    return tuple(
        cite(
            snapshot.corpus.article(hit.passage.article_id),
            Span(hit.passage.start, hit.passage.end),
            number,
            snapshot.manifest.id,
        )
        for number, hit in enumerate(hits[:_NEAREST], 1)
    )
