"""Questions in, answers out, over the live snapshot of an index: opening it, browsing it, asking it."""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.encoding.encoder import Encoder, load_encoder
from embeddings.encoding.revisions import same_revision
from embeddings.errors import ModelError
from embeddings.manifest import Manifest
from embeddings.snapshot.corpus_store import ArticleHead
from embeddings.snapshot.sampling import PassageSample, sample_passages
from embeddings.snapshot.snapshot import live_id, open_live
from embeddings.types import Article, Outline
from qa.corpus_wide.examples import example_questions
from qa.grounds import Grounds
from qa.keyless import answer_keyless
from qa.llm.model import GenerationError, LanguageModel
from qa.reading.cross_encoder import load_reader
from qa.reading.reader import Reader
from qa.records.unanswered import log_unanswered
from qa.retrieving.answered_before import AnsweredBefore
from qa.retrieving.retriever import Retriever
from qa.types import Answer
from qa.understanding.spelling import respelled

if TYPE_CHECKING:
    from qa.generation.writer import Writer


_HISTORY = 4
"""Questions before a follow-up that are looked at, the last ones."""


class Answerer:
    """Answers from the live snapshot of one index, and moves over to a new one when there is one.

    May be used from several threads.
    """

    def __init__(
        self,
        index: Path,
        log_unanswered: bool = True,
        reader: Callable[[], Reader] = load_reader,
        llm: LanguageModel | None = None,
        keep_replies: bool = False,
    ) -> None:
        """Open the index; `reader` gives what reads the passages found, by default the reader that is shipped.

        With a language model `llm` answers are worded by it and held to the corpus; without one nothing is lost.
        With `keep_replies` its replies are kept beside the index for questions that are asked again.
        """
        self._index = index
        self._writer = _writer(llm, index, keep_replies) if llm else None
        self._log_unanswered = log_unanswered
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self._reader = reader()
        self._before = AnsweredBefore()
        self._retriever = self._open()

    def _open(self) -> Retriever:
        self._live = live_id(self._index)
        snapshot = open_live(self._index)
        manifest = snapshot.manifest
        if self._encoder is None or self._encoder.name != manifest.model or not _made(self._encoder, manifest):
            self._encoder = load_encoder(manifest.model)
        if not _made(self._encoder, manifest):
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
            if live_id(self._index) != self._live:
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
        *_, answer = self.stream(question, history, within)
        return answer

    def stream(self, question: str, history: Sequence[str] = (), within: Sequence[str] = ()) -> Iterator[Answer]:
        """The answer as it is being written: each Answer is further along, the last one is whole.

        Without a language model, and where its wording could add nothing, there is one alone. Closing the iterator
        ends what is asked of the model.

        Raises:
            UnknownArticleError: the corpus has no article of one of the ids in `within`.
        """
        started = time.monotonic()
        retriever = self.retriever.within(within)
        for answer in self._write(question, history, retriever, started):
            notes = (retriever.snapshot.notice, answer.note)
            yield replace(answer, note=" ".join(note for note in notes if note))

    def _write(self, question: str, history: Sequence[str], retriever: Retriever, started: float) -> Iterator[Answer]:
        completed = self._completed(question, history)
        # Completed, it stands by itself.
        grounds = self._keyless(
            question, completed.standalone, () if completed.standalone else history, retriever, started
        )
        answer = replace(grounds.answer, note=completed.failed)
        if self._writer is None or completed.failed:
            yield answer
        else:
            for answer in self._worded(self._writer, grounds, retriever, started):
                yield answer
        if answer.abstained and self._log_unanswered:
            log_unanswered(self._index, answer)

    def _worded(self, writer: Writer, grounds: Grounds, retriever: Retriever, started: float) -> Iterator[Answer]:
        """The answer in a language model's words; what is unsure is read once more with its wording of the question."""
        from qa.generation.rewording import read_twice

        reworded = ""
        if writer.rewords(grounds):
            # Whoever waits sees that a model is asked, and may leave.
            yield writer.waiting(grounds, started)
            try:
                reworded = writer.reworded(grounds)
            except GenerationError as error:
                yield replace(grounds.answer, note=str(error))
                return
        if reworded:
            asked, text = grounds.answer.question, grounds.question.text
            grounds = read_twice(grounds, answer_keyless(asked, reworded, (), (), retriever, started))
            self._before.remember(retriever, (text,), grounds.answer)
        yield from writer.write(grounds, started)

    def _keyless(
        self, question: str, standalone: str, history: Sequence[str], retriever: Retriever, started: float
    ) -> Grounds:
        """The answer without a language model; a question before it that is not known is answered first."""
        earlier = tuple(respelled(one, retriever) for one in history[-_HISTORY:])
        text = standalone or respelled(question, retriever)
        anchors: tuple[str, ...] = ()
        if earlier:
            known = self._before.articles(retriever, earlier)
            if known is None:
                self._keyless(earlier[-1], earlier[-1], earlier[:-1], retriever, started)
                known = self._before.articles(retriever, earlier)
            anchors = known or ()
        grounds = answer_keyless(question, text, earlier, anchors, retriever, started)
        self._before.remember(retriever, (*earlier, text), grounds.answer)
        return grounds

    def without_llm(self) -> Answerer:
        """This answerer, its language model left out."""
        keyless = copy.copy(self)
        keyless._writer = None
        return keyless

    @property
    def has_llm(self) -> bool:
        """Whether a language model words the answers."""
        return self._writer is not None

    def _completed(self, question: str, history: Sequence[str]) -> _Completed:
        if self._writer is None or not history:
            return _Completed()
        try:
            return _Completed(self._writer.standalone(question, history))
        except GenerationError as error:
            return _Completed(failed=str(error))


def _made(encoder: Encoder, manifest: Manifest) -> bool:
    """Whether the encoder is the very model that made the snapshot's vectors."""
    return same_revision(encoder.revision, manifest.revision) and encoder.dimension == manifest.dimension


def _writer(llm: LanguageModel, index: Path, keep_replies: bool) -> Writer:
    # Messages of LangChain take a while to import; without a language model nobody waits for them.
    from qa.generation.cache import ReplyCache
    from qa.generation.writer import Writer

    return Writer(llm, ReplyCache(index) if keep_replies else None)


@dataclass(frozen=True, slots=True)
class _Completed:
    """What the language model made of a follow-up."""

    standalone: str = ""
    """Empty where there is no model, nothing to complete, or no believing it."""
    failed: str = ""
    """Why it gave no reply; it is not asked again for this question."""
