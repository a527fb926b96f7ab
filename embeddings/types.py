"""What the packages hand to each other: articles, their outline, passages, hits.

Offsets are indices into `Article.text`, counted in Unicode code points; every span is half open.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of an article's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether both have characters in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where in a text a page of its file begins."""

    start: int
    page: int
    """Counted from 1 in the order of the file, whatever number is printed on it; 0 where the file does not say."""


@dataclass(frozen=True, slots=True)
class RecognisedSpan:
    """Characters `start` to `end` (exclusive) of an article's text that were recognised in a picture."""

    start: int
    end: int
    page: int
    """The page of the file, from 1."""


@dataclass(frozen=True, slots=True)
class Reprint:
    """Another file of the folder that holds near-identical text: one article, several sources."""

    path: str
    title: str
    source: str
    published: str
    url: str


CreditRole = Literal["author", "editor", "source", "photographer", "recorder", "proofreader"]


@dataclass(frozen=True, slots=True)
class Credit:
    """One whom the text itself says to have had a part in the article, or where it is from."""

    role: CreditRole
    name: str
    start: int
    end: int
    """text[start:end] says it, label and all: “（记者张三、李四）” for either of the two."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its cleaned text, which citations index into, and what its page says of it.

    `text` is paragraphs joined by single newlines; the cells of a table's row are separated by tabs. Where
    the file states a title, the title is the text's first line and `body_start` is where the body begins;
    otherwise `title` is taken from the lead and `body_start` is 0.
    """

    id: str
    """The file's path in the folder without its extension, with forward slashes."""
    title: str
    text: str
    path: str
    """The file's path in the folder, with forward slashes."""
    body_start: int = 0
    authors: tuple[str, ...] = ()
    author_post: str = ""
    """The post or organisation the article gives for its author."""
    bylines: tuple[Span, ...] = ()
    """The lines of `text` that say who wrote it."""
    parts: tuple[Span, ...] = ()
    """The lines of `text` that name the parts which the file itself sets apart, such as its sheets or slides."""
    headings: tuple[Span, ...] = ()
    """The lines of `text` that the file itself sets as headings, below its title."""
    items: tuple[Span, ...] = ()
    """The lines of `text` that are items of lists without numbers."""
    page_lines: tuple[Span, ...] = ()
    """The last lines of `text`, behind the body: what the page says of the article (“来源：… 责任编辑：…”)."""
    credits: tuple[Credit, ...] = ()
    """Who reported, edited, photographed, took minutes or proofread, and where it is from, as sentences of `text` say,
    in the order of the text."""
    editors: tuple[str, ...] = ()
    uploader: str = ""
    source: str = ""
    """The newspaper, site or office that published it."""
    published: str = ""
    """ISO 8601 date (YYYY-MM-DD), or empty."""
    url: str = ""
    place: str = ""
    """The province or city the article is about, without 省 or 市 (“泰安”), or empty."""
    tags: tuple[str, ...] = ()
    reprints: tuple[Reprint, ...] = ()
    pages: tuple[PageStart, ...] = ()
    """Where in `text` another page of the file begins, in the order of the text, in which a note may stand before the
    rest of the paragraph's page. Empty where the file has no pages."""
    recognised: tuple[RecognisedSpan, ...] = ()
    """What of the text was recognised in pictures, and may be wrong by a character, in its order."""
    unread: str = ""
    """What of the file could not be read though the rest could, a sentence for the user in Chinese; empty: nothing."""

    def pages_of(self, span: Span) -> tuple[int, int]:
        """The first and the last page that the characters of a span stand on; (0, 0) where the file does not say."""
        ends = (*(later.start for later in self.pages[1:]), len(self.text))
        touched = [
            begun.page
            for begun, end in zip(self.pages, ends, strict=False)
            if begun.page and self.text[max(begun.start, span.start) : min(end, span.end)].strip()
        ]
        return (min(touched), max(touched)) if touched else (0, 0)

    def recognised_page(self, span: Span) -> int:
        """The page, from 1, of the picture that characters of the span were recognised in; 0 where they were not."""
        return next((each.page for each in self.recognised if each.start < span.end and span.start < each.end), 0)

    @property
    def body_end(self) -> int:
        """Where the body ends."""
        return self.page_lines[0].start - 1 if self.page_lines else len(self.text)

    def credited(self, role: CreditRole) -> tuple[str, ...]:
        """Whom the text names in a role, in its order."""
        return tuple(credit.name for credit in self.credits if credit.role == role)

    @property
    def author(self) -> str:
        """All authors in one string."""
        return "、".join(self.authors)

    @property
    def sha256(self) -> str:
        """Hex digest of the UTF-8 text: two articles with one digest have the same citations."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that was not read into the corpus, or not all of it, and why (a sentence for the user, in Chinese)."""

    path: str
    reason: str


SectionKind = Literal["heading", "lead", "item", "name"]
"""How a section is announced: a paragraph of its own (一、… or an unnumbered 小标题); the first sentence of one
in a run of paragraphs; an enumerated part inside a paragraph (一是…二是…, 一抓…二抓…). A name (“四会”，即：…) holds no
text of its own: it says what its children, listed in the same sentence before or behind it, are called together."""


@dataclass(frozen=True, slots=True)
class Section:
    """A node of an article's outline: text[start:end] is the section, `heading` its announcement."""

    kind: SectionKind
    label: str
    """The enumerator as written (“一、”, “二是”), the name as written (“四会”), or empty."""
    heading: Span
    """Where the announcement stands: a heading line, a lead sentence, an item's first clause."""
    start: int
    end: int
    children: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of one article, nested, in the order of the text."""

    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of whole sentences that is embedded and retrieved: article.text[start:end]."""

    id: str
    """`article_id#n`, n counted from 0 in the order of the text."""
    article_id: str
    start: int
    end: int
    headings: tuple[str, ...]
    """The headings above it, outermost first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage as retrieved for one question; ranks count from 1, None where a leg did not find it."""

    passage: Passage
    score: float
    """The fused score; higher is better."""
    dense_rank: int | None
    lexical_rank: int | None
    dense_score: float | None
    """Cosine of question and passage."""
    lexical_score: float | None
    """BM25 score, not comparable between questions."""
