"""What the page's parts hand to each other: the answerer they need, one turn of a conversation, one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from embeddings.types import Article
from qa.types import Answer, AnswerSpan, Citation


class Answerer(Protocol):
    """What the page needs of qa: `qa.load(path)` returns one."""

    @property
    def snapshot(self) -> str:
        """Id of the live snapshot."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer a question; `history` holds the user's earlier questions, oldest first."""

    def articles(self) -> tuple[Article, ...]:
        """Every article of the corpus."""

    def article(self, article_id: str) -> Article:
        """One article. Raises KeyError where the corpus has none of that id."""

    def examples(self, limit: int = 6) -> tuple[str, ...]:
        """Questions this corpus can answer."""


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
