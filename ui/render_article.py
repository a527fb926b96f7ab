"""The reading pane as HTML: the corpus's articles, and one article with the quoted characters highlighted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from embeddings.types import Article, Span
from qa.types import AnswerSpan, Citation
from ui.exact import runs
from ui.render import joined


@dataclass(frozen=True, slots=True)
class _Mark:
    """text[start:end] is to be marked for a citation; `opened` for the one the reader asked for."""

    start: int
    end: int
    number: int
    opened: bool
    exact: tuple[Span, ...] = ()
    """What within the quote answers exactly, counted from the quote's first character."""


@dataclass(frozen=True, slots=True)
class _Marked:
    """An article's text with its marks, sorted and disjoint, and the turn they belong to."""

    text: str
    marks: tuple[_Mark, ...]
    turn: int

    def html(self, start: int, end: int) -> str:
        """text[start:end] escaped, with what falls into a mark marked."""
        parts: list[str] = []
        position = start
        for mark in self.marks:
            low, high = max(mark.start, start), min(mark.end, end)
            if low < high:
                parts += [escape(self.text[position:low]), self._mark(mark, low, high)]
                position = high
        return "".join(parts) + escape(self.text[position:end])

    def _mark(self, mark: _Mark, low: int, high: int) -> str:
        text = self.text[low:high]
        if mark.opened:
            return _quoted(text, mark.exact, low - mark.start)
        return f'<mark class="also" data-turn="{self.turn}" data-number="{mark.number}">{escape(text)}</mark>'


def _quoted(text: str, exact: Sequence[Span], begins: int) -> str:
    """A paragraph's part of the opened quote, beginning at `begins` in it; what answers exactly is marked once more."""
    attributes = 'class="quote" id="quote"' if begins == 0 else 'class="quote"'
    marked = "".join(
        f'<mark class="exact">{escape(run.text)}</mark>' if run.exact else escape(run.text)
        for run in runs(text, exact, begins)
    )
    return f"<mark {attributes}>{marked}</mark>"


def library(articles: Sequence[Article], limit: int = 60) -> str:
    """The pane while nothing is open: the corpus's articles, each a button that opens it."""
    rows = "".join(
        f'<button type="button" class="shelf" data-article="{escape(article.id)}">'
        f'<span class="title">{escape(article.title)}</span>'
        f'<span class="of">{escape(joined(article.author, article.published, article.source))}</span></button>'
        for article in articles[:limit]
    )
    more = f'<p class="hint">仅列出前 {limit} 篇。</p>' if len(articles) > limit else ""
    return (
        '<div class="library"><nav class="bar"><button type="button" class="plain back" data-close>← 返回对话</button>'
        '<span class="label">原文 <span lang="en">Articles</span></span></nav>'
        f'<p class="hint">共 {len(articles)} 篇。点击答案里的标记 [1]，原文会在这里打开并标出那一句。</p>'
        f"{rows}{more}</div>"
    )


def article(
    shown: Article,
    turn: int = 0,
    number: int | None = None,
    cited: Sequence[Citation] = (),
    spans: Sequence[AnswerSpan] = (),
) -> str:
    """The article with its metadata, the quote of citation `number` of turn `turn` highlighted.

    `cited` is all that turn cites: its other quotes from this article are marked more lightly. `spans` is what of
    its quotes answers exactly: within the highlighted quote it is highlighted more strongly. Where the article has
    changed since the answer was given, the quote is looked for again; if it is gone, it stands above the text.
    """
    opened = next((citation for citation in cited if citation.number == number), None)
    siblings = [citation for citation in cited if citation.article_id == shown.id]
    exact = _exact(opened, spans) if opened else ()
    marked = _Marked(shown.text, _marks(shown, opened, siblings, exact), turn)
    lost = opened is not None and not any(mark.opened for mark in marked.marks)
    note = _orphan(opened, exact, "文章在回答之后有改动，下面是回答时引用的原句。") if opened and lost else ""
    return _reading(f"{_head(shown, marked)}{note}{_paragraphs(shown, marked)}", siblings, turn, number)


def lost_article(citation: Citation, turn: int, spans: Sequence[AnswerSpan] = ()) -> str:
    """What was cited of an article that is no longer in the index; `spans` as for `article`."""
    said = escape(joined(citation.author, citation.published, citation.source))
    why = "这篇文章已不在索引中，下面是回答时引用的原句。"
    body = (
        f'<h2>{escape(citation.title)}</h2><p class="meta">{said}</p>{_orphan(citation, _exact(citation, spans), why)}'
    )
    return _reading(body, [citation], turn, citation.number)


def message(sentence: str) -> str:
    """A sentence to the reader in place of an article."""
    return _reading(f'<p class="note">{escape(sentence)}</p>', (), 0, None)


def _reading(body: str, siblings: Sequence[Citation], turn: int, number: int | None) -> str:
    key = "" if number is None else f"{turn}.{number}"
    return (
        f'<div class="reading" data-open="{key}"><nav class="bar">'
        '<button type="button" class="plain back" data-close>← 返回对话</button>'
        '<button type="button" class="plain" data-library>全部文章</button>'
        f"{_jumps(siblings, turn, number)}</nav>{body}</div>"
    )


def _jumps(siblings: Sequence[Citation], turn: int, number: int | None) -> str:
    """Where the opened citation stands among those of this article, and buttons to the ones before and after."""
    place = next((place for place, citation in enumerate(siblings) if citation.number == number), None)
    if place is None:
        return ""
    before = _jump("‹ 上一处", siblings[place - 1] if place > 0 else None, turn)
    after = _jump("下一处 ›", siblings[place + 1] if place + 1 < len(siblings) else None, turn)
    here = f'<span class="label">引文 [{number}] · {place + 1}/{len(siblings)}</span>'
    return (
        f'<span class="jump">{before}{here}{after}</span>' if len(siblings) > 1 else f'<span class="jump">{here}</span>'
    )


def _jump(label: str, citation: Citation | None, turn: int) -> str:
    if citation is None:
        return f'<button type="button" class="plain" disabled>{label}</button>'
    return f'<button type="button" class="plain" data-turn="{turn}" data-number="{citation.number}">{label}</button>'


def _exact(citation: Citation, spans: Sequence[AnswerSpan]) -> tuple[Span, ...]:
    """What of the citation's quote answers exactly, counted from the quote's first character."""
    return tuple(
        Span(span.article_start - citation.start, span.article_end - citation.start)
        for span in spans
        if span.number == citation.number
    )


def _orphan(citation: Citation, exact: Sequence[Span], why: str) -> str:
    parts: list[str] = []
    begins = 0
    for part in citation.quote.split("\n"):
        parts.append(f"<p>{_quoted(part, exact, begins)}</p>")
        begins += len(part) + 1
    return f'<p class="note">{why}</p><blockquote>{"".join(parts)}</blockquote>'


def _marks(
    shown: Article, opened: Citation | None, siblings: Sequence[Citation], exact: tuple[Span, ...]
) -> tuple[_Mark, ...]:
    marks: list[_Mark] = []
    if opened is not None:
        start = opened.start if shown.sha256 == opened.text_sha256 else shown.text.find(opened.quote)
        if start >= 0:
            marks.append(_Mark(start, start + len(opened.quote), opened.number, True, exact))
    for other in siblings:
        free = all(other.end <= mark.start or other.start >= mark.end for mark in marks)
        if free and shown.sha256 == other.text_sha256:
            marks.append(_Mark(other.start, other.end, other.number, opened=False))
    return tuple(sorted(marks, key=lambda mark: mark.start))


def _head(shown: Article, marked: _Marked) -> str:
    """The title (the text's own first line where it is one, since a citation may quote it) and what the page says."""
    title_end = shown.text.find("\n") if shown.body_start else 0
    title = marked.html(0, title_end) if title_end > 0 else escape(shown.title)
    facts = (
        ("作者", joined(shown.author, shown.author_post)),
        ("来源", shown.source),
        ("日期", shown.published),
        ("地区", shown.place),
        ("编辑", "、".join(shown.editors)),
        ("供稿", shown.uploader),
    )
    said = "".join(f"<span><b>{name}</b> {escape(value)}</span>" for name, value in facts if value)
    if _is_web_link(shown.url):
        said += f'<a href="{escape(shown.url)}" target="_blank" rel="noopener noreferrer">原网页 ↗</a>'
    also = "；".join(escape(joined(copy.title, copy.source, copy.published)) for copy in shown.reprints)
    reprints = f'<p class="meta">另见转载：{also}</p>' if also else ""
    return f'<h2>{title}</h2><p class="meta">{said}</p>{reprints}'


def _is_web_link(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _paragraphs(shown: Article, marked: _Marked) -> str:
    parts: list[str] = []
    start = 0
    for paragraph in shown.text.split("\n"):
        end = start + len(paragraph)
        is_title = start == 0 and shown.body_start > 0
        if paragraph.strip() and not is_title:
            byline = any(span.start < end and start < span.end for span in shown.bylines)
            opening = '<p class="byline">' if byline else "<p>"
            parts.append(f"{opening}{marked.html(start, end)}</p>")
        start = end + 1
    return f'<div class="text">{"".join(parts)}</div>'
