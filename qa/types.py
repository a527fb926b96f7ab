"""What a question turns into: the answer, its citations, its timings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["extractive", "generated"]
"""How the wording came about; extractive: the articles' own sentences; generated: a language model's, checked."""
Support = Literal["verbatim", "supported", "unsupported"]
"""What a sentence rests on; verbatim: it is its citation's own words; supported: its numbers, dates, names and quoted
terms stand in what it cites, which says the same; unsupported: nothing in the corpus was found to say it."""


TENTATIVE = "文章没有直接这样说，最接近的原话是："
TENTATIVE_WORDED = "没有把握，语言模型是这样据原文回答的："
LEADS = (TENTATIVE, TENTATIVE_WORDED)
"""The lines without a marker of which one begins the text of a tentative answer: of one in the articles' own words, and
of one in a language model's."""


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
    place: str = ""
    """The province or city the article is about, or empty."""
    page: int = 0
    """The page of the article's file (of slides: the slide) on which the quote begins, counted from 1 in the order of
    the file, whatever number is printed on it; 0 where the file has no pages or the snapshot does not know them."""
    page_end: int = 0
    """The page on which it ends: the same where one page holds all of it."""
    recognised_page: int = 0
    """The page, from 1, of the picture in which its words were recognised, and may be wrong by a character; 0: they are
    text in the file."""


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
class Sentence:
    """One sentence of an answer, or one line of an extractive one, and what it rests on."""

    text: str
    """Without markers."""
    support: Support
    numbers: tuple[int, ...]
    """The citations that it rests on, in their order; empty exactly where it is unsupported."""
    level: int = 0
    """Of its line: 0 for a paragraph, 1 for an item of a list, 2 for an item of an item."""
    begins_line: bool = True
    """Whether it is the first sentence of its line."""


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds spent."""

    retrieve: float
    compose: float
    total: float


@dataclass(frozen=True, slots=True)
class Considered:
    """A passage that was retrieved for the question; ranks count from 1, None where a leg did not find it."""

    article_id: str
    title: str
    start: int
    end: int
    """The passage is article.text[start:end]."""
    dense_rank: int | None
    lexical_rank: int | None
    dense_score: float | None
    """Cosine of question and passage."""
    lexical_score: float | None
    """BM25 score, not comparable between questions."""
    score: float
    """The fused score, which the order is by."""
    read: float | None
    """Probability, by the reader, that the passage answers; None where it was not read."""
    cited: bool
    """Whether the answer cites characters of it."""


@dataclass(frozen=True, slots=True)
class Trace:
    """How an answer came about."""

    kind: str
    """What kind of question it was taken for: fact, list, definition, explanation, comparison, metadata, corpus, …"""
    terms: tuple[str, ...]
    """The words looked for, without the words of asking."""
    passages: tuple[Considered, ...]
    """The passages retrieved, best first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose every sentence is followed by the marker of the characters it came from."""

    question: str
    standalone: str
    """The question as understood, with what a follow-up left out filled in."""
    text: str
    """Sentences with markers [n]; lines separated by newlines, list items starting with “- ”. No unsupported sentence
    is part of it."""
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
    trace: Trace | None = None
    """How the answer came about; None where that was not kept (an answer restored from JSON)."""
    suggestions: tuple[str, ...] = ()
    """Questions that the corpus answers next: the neighbours, in the outline, of what was cited."""
    sentences: tuple[Sentence, ...] = ()
    """Every sentence in order, the unsupported ones too, which are shown struck through and never copied."""
    note: str = ""
    """Why a language model's wording was asked for and is not given, for the user; empty otherwise."""
    tentative: bool = False
    """Whether the corpus only probably answers: `text` then begins with a line of LEADS, and holds, where it is
    extractive, at most two sentences of one article."""
    pending: str = ""
    """While an answer is being written: the sentence under way, which nothing has checked yet."""

    @property
    def begins(self) -> int:
        """Where in `text` the articles begin to speak: behind the lead line of a tentative answer, else 0."""
        leads = (f"{lead}\n" for lead in LEADS if self.tentative)
        return next((len(lead) for lead in leads if self.text.startswith(lead)), 0)

    @property
    def faithful(self) -> float:
        """Share of the sentences that the corpus supports; 1 of an answer without sentences."""
        unsupported = sum(sentence.support == "unsupported" for sentence in self.sentences)
        return 1 - unsupported / len(self.sentences) if self.sentences else 1.0
