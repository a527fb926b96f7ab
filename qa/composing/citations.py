"""Statements -> numbered text and citations, and the check that every quote stands where it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from embeddings.errors import SuyuanError
from embeddings.types import Article, Span
from qa.reading.worded import Piece
from qa.types import AnswerSpan, Citation, Sentence, Support

_PREFIX = ("", "- ", "  - ")
_NUMBER = re.compile(r"\d+(?:[.,:-]\d+)*")
_TITLED = re.compile(r"《[^》]+》")
_NOTED = re.compile(r"^（[^）]*）")
_NAME = re.compile(r"《([^》]+)》|“([^”]+)”")
_MARKER = re.compile(r"\[([0-9]+)\]$", re.MULTILINE)
"""Ours ends its line; one elsewhere stands in the article itself."""


class CitationError(SuyuanError):
    """An answer would have cited what its article does not say; it is not given out."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of an answer and the characters it rests on."""

    article: Article
    span: Span
    indent: int = 0
    """0 for a sentence, 1 for a part of a list, 2 for a part of a part."""
    wording: str = ""
    """What the line says where the article's own words can't stand alone (metadata); empty: the quote itself."""
    computed: tuple[str, ...] = ()
    """Numbers and names in the wording that were counted or asked, and not read in the article."""
    answers: tuple[Span, ...] = ()
    """The characters of the article, within `span`, that answer exactly; none where the whole line does."""
    pieces: tuple[Piece, ...] = ()
    """Of a line worded with names of columns or what it lies under: where its own characters stand in the wording and
    in the article."""

    def is_within(self, other: Statement) -> bool:
        """Whether the other rests on all the characters that this rests on."""
        inside = other.span.start <= self.span.start and self.span.end <= other.span.end
        return self.article.id == other.article.id and inside


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of an answer with its markers, and what they point at."""

    text: str
    citations: tuple[Citation, ...]
    answer_spans: tuple[AnswerSpan, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    """The lines, in order."""


def compose(statements: Sequence[Statement], snapshot: str, note: str = "", lead: str = "") -> Composed:
    """Number the statements' spans in order of appearance; one span has one number however often it is cited.

    A note about the answer itself comes last, in brackets, and a lead first, both without a marker: no article says
    them.
    """
    numbers: dict[tuple[str, Span], int] = {}
    citations: list[Citation] = []
    lines: list[str] = []
    marked: list[AnswerSpan] = []
    sentences: list[Sentence] = []
    written = 0
    for statement in statements:
        if claim := _unsupported(statement):
            raise CitationError(f"“{claim}”不在文章 {statement.article.id} 的引文里，答案未给出。")
        key = (statement.article.id, statement.span)
        if key not in numbers:
            numbers[key] = len(numbers) + 1
            citations.append(cite(statement.article, statement.span, numbers[key], snapshot))
        said = on_one_line(statement.wording or quote_of(statement.article, statement.span))
        prefix = _PREFIX[statement.indent]
        lines.append(f"{prefix}{said}[{numbers[key]}]")
        support: Support = "supported" if statement.wording else "verbatim"
        sentences.append(Sentence(said, support, (numbers[key],), statement.indent))
        begins = written + len(prefix)
        if statement.pieces:
            marked.extend(_marked_cells(statement, numbers[key], begins))
        elif not statement.wording:
            marked.extend(_marked(statement, answer, numbers[key], begins) for answer in statement.answers)
        written += len(lines[-1]) + 1
    composed = Composed("\n".join(lines), tuple(citations), tuple(marked), tuple(sentences))
    check(composed, {s.article.id: s.article for s in statements})
    return _framed(composed, lead, note)


def _framed(composed: Composed, lead: str, note: str) -> Composed:
    before, behind = f"{lead}\n" if lead else "", f"\n（{note}）" if note else ""
    shift = len(before)
    spans = (replace(span, start=span.start + shift, end=span.end + shift) for span in composed.answer_spans)
    return replace(composed, text=f"{before}{composed.text}{behind}", answer_spans=tuple(spans))


def _marked(statement: Statement, answer: Span, number: int, begins: int) -> AnswerSpan:
    """Where the answer stands in a line whose quote begins at `begins`; line breaks in the quote were closed up."""
    text = statement.article.text
    said = on_one_line(text[answer.start : answer.end])
    end = begins + len(on_one_line(text[statement.span.start : answer.end]))
    return AnswerSpan(end - len(said), end, number, answer.start, answer.end)


def _marked_cells(statement: Statement, number: int, begins: int) -> Iterator[AnswerSpan]:
    """The exact answers in a table row's wording, cell by cell."""
    for answer in statement.answers:
        for piece in statement.pieces:
            start = max(answer.start, piece.start)
            end = min(answer.end, piece.start + piece.read.end - piece.read.start)
            if start < end:
                shift = begins + piece.read.start - piece.start
                yield AnswerSpan(start + shift, end + shift, number, start, end)


def cite(article: Article, span: Span, number: int, snapshot: str) -> Citation:
    """A citation of text[span] of the article."""
    page, page_end = article.pages_of(span)
    return Citation(
        number=number,
        article_id=article.id,
        title=article.title,
        author=article.author,
        published=article.published,
        source=article.source,
        url=article.url,
        start=span.start,
        end=span.end,
        quote=quote_of(article, span),
        text_sha256=article.sha256,
        snapshot=snapshot,
        place=article.place,
        page=page,
        page_end=page_end,
        recognised_page=article.recognised_page(span),
    )


def _unsupported(statement: Statement) -> str:
    """The first number, date or name of a composed wording that neither its span nor its page states, if any."""
    article = statement.article
    if statement.pieces:
        return _altered_cell(statement)
    editors = "、".join(article.editors)
    about = (article.title, article.place, article.author, article.author_post, editors, article.uploader)
    published = (article.source, article.published, article.url)
    stated = _plain("\n".join((quote_of(article, statement.span), *about, *published, *statement.computed)))
    # What is quoted needs no check, and holds quotation marks and titles of its own.
    own_words = statement.wording.replace(f"“{quote_of(article, statement.span)}”", "“”")
    return next((claim for claim in _claims(own_words, article.title) if _plain(claim) not in stated), "")


def _altered_cell(statement: Statement) -> str:
    """The first cell of a row's wording that is not the article's own, or name that it does not have."""
    article, said = statement.article, statement.wording
    for piece in statement.pieces:
        cell = said[piece.read.start : piece.read.end]
        if article.text[piece.start : piece.start + len(cell)] != cell:
            return cell
    edges = [0, *(edge for piece in statement.pieces for edge in (piece.read.start, piece.read.end)), len(said)]
    names = (said[a:b].strip("；：") for a, b in zip(edges[::2], edges[1::2], strict=True))
    return next((word for name in names for word in name.split(" ") if word not in article.text), "")


def _claims(wording: str, title: str) -> list[str]:
    """Numbers, what stands in quotation marks or 《》, and what a label says (作者：甲、乙) behind the title."""
    # Of the title alone, since what a label says may have 《》 of its own: 来源：《简报》第11期.
    untitled = wording.replace(f"《{title}》", "", 1) if f"《{title}》" in wording else _TITLED.sub("", wording)
    labelled = _NOTED.sub("", untitled).partition("：")[2].strip("。“” ")
    return [*_NUMBER.findall(wording), *(name for pair in _NAME.findall(wording) for name in pair if name), labelled]


def _plain(text: str) -> str:
    return re.sub(r"[\s“”‘’]", "", text)


def quote_of(article: Article, span: Span) -> str:
    """The characters of the article that the span covers."""
    return article.text[span.start : span.end]


def check(composed: Composed, articles: dict[str, Article]) -> None:
    """Raise unless every quote is verbatim, every line ends with a marker and every marker points at a citation.

    Raises:
        CitationError: naming the first citation that does not hold.
    """
    check_quotes(composed.citations, articles)
    by_number = {citation.number: citation for citation in composed.citations}
    for span in composed.answer_spans:
        citation = by_number[span.number]
        exact = articles[citation.article_id].text[span.article_start : span.article_end]
        inside = citation.start <= span.article_start < span.article_end <= citation.end
        if not inside or not exact or composed.text[span.start : span.end] != on_one_line(exact):
            raise CitationError(f"标出的“{exact}”不在引文 [{citation.number}] 里，答案未给出。")
    known = set(by_number)
    used = [int(number) for number in _MARKER.findall(composed.text)]
    if set(used) != known or len(used) != len(composed.text.split("\n")):
        raise CitationError(f"答案的标记 {used} 与引文 {sorted(known)} 不符，答案未给出。")


def check_quotes(citations: Sequence[Citation], articles: Mapping[str, Article]) -> None:
    """Raise unless every quote stands in its article where it says.

    Raises:
        CitationError: naming the first citation that does not hold.
    """
    for citation in citations:
        article, quote = articles.get(citation.article_id), citation.quote
        # Compared by length too: a slice may end beyond the text, a citation must not.
        end = citation.start + len(quote)
        if not article or not quote or citation.end != end or article.text[citation.start : end] != quote:
            raise CitationError(f"引文 [{citation.number}] 与文章 {citation.article_id} 的原文不符，答案未给出。")


def on_one_line(text: str) -> str:
    """The text as a line of an answer shows it: a line break and the blanks around it are one blank."""
    return re.sub(r"\s*\n\s*", " ", text)
