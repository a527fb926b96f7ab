"""What the page's parts hand to each other: the answerer they need, one turn of a conversation, one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeGuard

from embeddings.types import Article, Outline
from qa.records.feedback import Thumb
from qa.types import Answer, AnswerSpan, Citation

if TYPE_CHECKING:
    from embeddings.snapshot.corpus_store import ArticleHead
    from embeddings.snapshot.sampling import PassageSample


class Answerer(Protocol):
    """What the page needs of qa: `qa.load(path)` returns one."""

    @property
    def snapshot(self) -> str:
        """Id of the live snapshot."""

    def stream(self, question: str, history: Sequence[str] = (), within: Sequence[str] = ()) -> Iterator[Answer]:
        """Answer a question: each Answer is further along than the one before it, the last one is whole.

        `history` holds the user's earlier questions, oldest first; `within` are ids of the articles to ask alone,
        empty: all. Closing the iterator ends what is asked of a language model. Raises UnknownArticleError for an
        unknown id.
        """

    def outline(self, article_id: str) -> Outline:
        """The outline of one article. Raises KeyError where the corpus has none of that id."""

    def articles(self) -> tuple[Article, ...]:
        """Every article of the corpus."""

    def heads(self) -> tuple[ArticleHead, ...]:
        """What the pages of all articles say of them, without their texts."""

    def texts(self) -> Iterator[str]:
        """The texts of all articles, one at a time."""

    def sampled(self, limit: int) -> PassageSample:
        """At most `limit` passages, evenly spaced over the corpus, with their vectors."""

    def article(self, article_id: str) -> Article:
        """One article. Raises KeyError where the corpus has none of that id."""

    def examples(self, limit: int = 6) -> tuple[str, ...]:
        """Questions this corpus can answer."""


@dataclass(frozen=True, slots=True)
class FeedbackGiven:
    """What a reader thought of an answer."""

    question: str
    answer: str
    verdict: Thumb
    reason: str
    """In the reader's own words, or empty."""
    snapshot: str
    """Id of the snapshot the answer came from."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the page may hand on to the corpus's owner; what is None is not offered to the reader."""

    records: bool = False
    """Whether the answerer itself records the questions it refuses."""
    record: Callable[[Answer], None] | None = None
    """Records a refused question when its reader asks for it."""
    feedback: Callable[[FeedbackGiven], None] | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, or with the sentence that says why there is none."""

    question: str
    answer: Answer | None = None
    error: str = ""

    @property
    def cited(self) -> tuple[Citation, ...]:
        """What this turn's markers point at: the citations or, where it abstained, the nearest passages."""
        if self.answer is None:
            return ()
        return self.answer.nearest if self.answer.abstained else self.answer.citations

    @property
    def exact(self) -> tuple[AnswerSpan, ...]:
        """What of the citations answers exactly; of the nearest passages nothing does."""
        if self.answer is None or self.answer.abstained:
            return ()
        return self.answer.answer_spans


def is_turn(number: object, turns: Sequence[Turn]) -> TypeGuard[int]:
    """Whether `number`, as the browser sent it, so anything at all, counts one of these turns from 0."""
    return isinstance(number, int) and 0 <= number < len(turns)


@dataclass(frozen=True, slots=True)
class Screen:
    """What to show next; None leaves that part of the page as it is."""

    conversation: str | None = None
    """HTML of the whole conversation."""
    pane: str | None = None
    """HTML of the reading pane."""
    question: str | None = None
    """Text of the input box."""
    turns: tuple[Turn, ...] | None = None
    """The conversation to remember for this visitor."""
    growing: tuple[Turn, ...] | None = None
    """The conversation with an answer that is not whole yet: what the markers on the screen belong to until it is."""
