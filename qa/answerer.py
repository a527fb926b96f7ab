"""Questions in, answers out: understand, retrieve, extract, check, or say that the corpus does not say."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from embeddings.corpus_store import ArticleHead
from embeddings.encoding.encoder import Encoder, load_encoder
from embeddings.errors import ModelError
from embeddings.sampling import PassageSample, sample_passages
from embeddings.snapshot import Snapshot, live_id, open_live
from embeddings.types import Article, Hit, Outline, Span
from qa.answering.extract import answer_from
from qa.answering.finding import Finding
from qa.citations import Composed, cite, compose
from qa.examples import example_questions
from qa.reader import Reader, load_reader
from qa.retriever import PASSAGES, Retriever
from qa.suggestions import suggested_questions
from qa.tracing import trace
from qa.types import Answer, Citation, Timings
from qa.unanswered import log_unanswered
from qa.understanding.followup import Interpretation, interpretations
from qa.understanding.question import Question, understand
from qa.understanding.spelling import respelled

_NEAREST = 3


class Answerer:
    """Answers from the live snapshot of one index, and moves over to a new one when there is one.

    May be used from several threads.
    """

    def __init__(
        self, index: Path, log_unanswered: bool = True, reader: Callable[[], Reader | None] = load_reader
    ) -> None:
        """Open the index; `reader` gives what reads the passages found, by default the reader that is shipped."""
        self._index = index
        self._log_unanswered = log_unanswered
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self._reader = reader()
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
        return Retriever(snapshot, self._encoder, self._reader)

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

    def heads(self) -> tuple[ArticleHead, ...]:
        """What the pages of all articles say of them, without their texts."""
        return self.retriever.snapshot.corpus.heads()

    def texts(self) -> Iterator[str]:
        """The texts of all articles, one at a time."""
        return self.retriever.snapshot.corpus.texts()

    def sampled(self, limit: int) -> PassageSample:
        """At most `limit` passages, evenly spaced over the corpus, with their vectors."""
        return sample_passages(self.retriever.snapshot, limit)

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

    def ask(self, question: str, history: Sequence[str] = (), within: Sequence[str] = ()) -> Answer:
        """Answer a question; `history` holds the user's earlier questions, oldest first.

        `within` names the articles, by their ids, that alone are asked; none: all of the corpus.

        Raises:
            UnknownArticleError: the corpus has no article of one of these ids.
        """
        started = time.monotonic()
        retriever = self.retriever.within(within)
        tried: list[_Tried] = []
        earlier = [respelled(one, retriever) for one in history]
        for interpretation in interpretations(respelled(question, retriever), earlier):
            tried.append(_try(interpretation, retriever))
            if tried[-1].finding.statements:
                break
        best = tried[-1]
        full, hits, finding, statements = (
            best.interpretation.standalone,
            best.hits,
            best.finding,
            best.finding.statements,
        )
        composed = (
            compose(statements, retriever.snapshot.manifest.id, finding.note)
            if statements
            else _refusal(finding.reason)
        )
        corpus = retriever.snapshot.corpus
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
            answer_spans=composed.answer_spans,
            trace=trace(best.question, hits, finding.readings, composed.citations, corpus),
            suggestions=suggested_questions(full, composed.citations, corpus),
            timings=Timings(sum(t.retrieve for t in tried), sum(t.compose for t in tried), ended - started),
        )
        if answer.abstained and self._log_unanswered:
            log_unanswered(self._index, answer)
        return answer


@dataclass(frozen=True, slots=True)
class _Tried:
    """One way to understand a question and what came of it; seconds spent."""

    interpretation: Interpretation
    question: Question
    hits: tuple[Hit, ...]
    finding: Finding
    retrieve: float
    compose: float


def _try(interpretation: Interpretation, retriever: Retriever) -> _Tried:
    started = time.monotonic()
    hits = retriever.retrieve(interpretation.standalone, PASSAGES)
    retrieved = time.monotonic()
    question = understand(interpretation.standalone, asked=interpretation.asked)
    finding = answer_from(question, hits, retriever)
    return _Tried(interpretation, question, hits, finding, retrieved - started, time.monotonic() - retrieved)


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
