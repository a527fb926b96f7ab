"""What a question turns into: the answer, its citations, its timings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["extractive"]
"""How the wording came about; extractive: the articles' own sentences, without a language model."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What one marker [number] points at: article.text[start:end] == quote."""

    number: int
    article_id: str
    title: str
    author: str
    published: str
    source: str
    url: str
    start: int
    end: int
    quote: str
    text_sha256: str
    """Digest of the article's whole text, so that a later reader can tell whether offsets still hold."""
    snapshot: str
    """Id of the snapshot the answer was composed from."""


@dataclass(frozen=True, slots=True)
class AnswerSpan:
    """The exact words within a cited sentence that answer: “1996年3月”, “王某、李某”."""

    start: int
    end: int
    """Where they stand in the answer: answer.text[start:end]."""
    number: int
    """The number of the citation that they are part of."""
    article_start: int
    article_end: int
    """Where they stand in the cited article: article.text[article_start:article_end], within the citation's span."""


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds spent."""

    retrieve: float
    compose: float
    total: float


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose every sentence is followed by the marker of the characters it came from."""

    question: str
    standalone: str
    """The question as understood, with what a follow-up left out filled in."""
    text: str
    """Sentences with markers [n]; lines separated by newlines, list items starting with “- ”."""
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    """Where the answer abstains: the nearest passages, offered as such and not as an answer."""
    abstained: bool
    reason: str
    """Why it abstained, in Chinese; empty otherwise."""
    confidence: float
    """Probability, by the calibration, that the answer answers; 1 where structure says so: a list with its name and
    number of parts, what an article says of itself, a count. What abstains is as sure as its best evidence was."""
    mode: Mode
    timings: Timings
    answer_spans: tuple[AnswerSpan, ...] = ()
    """What of the text answers exactly, in its order; empty where whole sentences or parts do."""
