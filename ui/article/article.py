"""The reading pane as HTML: the corpus's articles, and one article with the quoted characters highlighted."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

from embeddings.snapshot.corpus_store import ArticleHead
from embeddings.types import Article, Outline, Span
from qa.recognised import notice_of
from qa.types import AnswerSpan, Citation
from ui.answer.parts import about, joined, pages, recognised
from ui.article import contents as render_contents
from ui.article.cards import exact_in
from ui.article.marks import Mark, Marked, marks_of, quoted
from ui.wording import said

_BACK = f'<button type="button" class="plain back" data-close>{said("← 返回", "← Back")}</button>'
_NO_OUTLINE = Outline(())


def library(articles: Sequence[ArticleHead], limit: int = 60) -> str:
    """The pane while nothing is open: the corpus's articles, each a button that opens it."""
    rows = "".join(map(_shelf, articles[:limit]))
    more = ""
    if len(articles) > limit:
        more = f'<p class="hint">{said(f"仅列出前 {limit} 篇。", f"Only the first {limit} are listed.")}</p>'
    hint = said(
        f"共 {len(articles)} 篇。点击答案里的标记 [1]，原文会在这里打开并标出那一句。",
        f"{len(articles)} articles. Click a marker [1] in an answer: its article opens here, with the sentence marked.",
    )
    return (
        f'<div class="library"><nav class="bar">{_BACK}<span class="label">{said("原文", "Articles")}</span></nav>'
        f'<p class="hint">{hint}</p>{rows}{more}</div>'
    )


def _shelf(head: ArticleHead) -> str:
    rest = joined("、".join(head.authors), head.published, head.source)
    return (
        f'<button type="button" class="shelf" data-article="{escape(head.id)}">'
        f'<span class="title">{escape(head.title)}</span><span class="of">{escape(rest)}</span></button>'
    )


def article(
    shown: Article,
    turn: int = 0,
    number: int | None = None,
    cited: Sequence[Citation] = (),
    spans: Sequence[AnswerSpan] = (),
    contents: Outline = _NO_OUTLINE,
) -> str:
    """The article with its metadata, the quote of citation `number` of turn `turn` highlighted.

    `cited` is all that turn cites: its other quotes from this article are marked more lightly. `spans` is what of
    its quotes answers exactly: within the highlighted quote it is highlighted more strongly. Where the article has
    changed since the answer was given, the quote is looked for again; if it is gone, it stands above the text.
    `contents` is the article's outline, offered as a table of contents.
    """
    opened = next((citation for citation in cited if citation.number == number), None)
    siblings = [citation for citation in cited if citation.article_id == shown.id]
    exact = exact_in(opened, spans) if opened else ()
    marked = Marked(shown.text, marks_of(shown, opened, siblings, exact), turn)
    lost = opened is not None and not any(mark.opened for mark in marked.marks)
    changed = said(
        "文章在回答之后有改动，下面是回答时引用的原句。",
        "The article has changed since; below is the sentence as it was cited.",
    )
    note = _orphan(opened, exact, changed) if opened and lost else ""
    note += recognised([opened]) if opened else ""
    bar = _bar(render_contents.contents(contents, shown.text), siblings, turn, number)
    return _reading(bar, f"{_head(shown, marked)}{note}{_paragraphs(shown, marked)}", _key(turn, number))


def passage(shown: Article, span: Span, turn: int | None = None, contents: Outline = _NO_OUTLINE) -> str:
    """The article with the characters of a passage highlighted; `turn` is the turn that considered it, if one did."""
    marked = Marked(shown.text, (Mark(span.start, span.end, 0, opened=True),), turn or 0)
    bar = _bar(render_contents.contents(contents, shown.text), (), turn or 0, None if turn is None else 0)
    return _reading(bar, f"{_head(shown, marked)}{_paragraphs(shown, marked)}", "")


def lost_article(citation: Citation, turn: int, spans: Sequence[AnswerSpan] = ()) -> str:
    """What was cited of an article that is no longer in the index; `spans` as for `article`."""
    why = said(
        "这篇文章已不在索引中，下面是回答时引用的原句。",
        "This article is no longer indexed; below is the sentence as it was cited.",
    )
    body = (
        f'<h2>{escape(citation.title)}</h2><p class="meta">{escape(about(citation))}</p>'
        f"{_orphan(citation, exact_in(citation, spans), why)}{recognised([citation])}"
    )
    return _reading(_bar("", [citation], turn, citation.number), body, _key(turn, citation.number))


def message(zh: str, en: str) -> str:
    """A sentence to the reader in place of an article, in Chinese and in English."""
    return _reading(_bar("", (), 0, None), f'<p class="note">{said(zh, en)}</p>', "")


def _key(turn: int, number: int | None) -> str:
    return "" if number is None else f"{turn}.{number}"


def _reading(bar: str, body: str, key: str) -> str:
    return f'<div class="reading" data-open="{key}">{bar}{body}</div>'


def _bar(contents: str, siblings: Sequence[Citation], turn: int, number: int | None) -> str:
    sources = ""
    if number is not None:
        back = said("‹ 回到出处", "‹ Back to sources")
        sources = f'<button type="button" class="plain" data-sources="{turn}">{back}</button>'
    return (
        f'<nav class="bar">{_BACK}{sources}'
        f'<button type="button" class="plain" data-library>{said("全部文章", "All articles")}</button>'
        f"{contents}{_jumps(siblings, turn, number)}</nav>"
    )


def _jumps(siblings: Sequence[Citation], turn: int, number: int | None) -> str:
    """Where the opened citation stands among those of this article, and buttons to the ones before and after."""
    place = next((place for place, citation in enumerate(siblings) if citation.number == number), None)
    if place is None:
        return ""
    before = _jump("‹ 上一处", "‹ Previous", siblings[place - 1] if place > 0 else None, turn)
    after = _jump("下一处 ›", "Next ›", siblings[place + 1] if place + 1 < len(siblings) else None, turn)
    on_page = f" · {pages(siblings[place])}" if siblings[place].page else ""
    here = f'<span class="label">{said("引文", "Citation")} [{number}] · {place + 1}/{len(siblings)}{on_page}</span>'
    return (
        f'<span class="jump">{before}{here}{after}</span>' if len(siblings) > 1 else f'<span class="jump">{here}</span>'
    )


def _jump(zh: str, en: str, citation: Citation | None, turn: int) -> str:
    goes = "disabled" if citation is None else f'data-turn="{turn}" data-number="{citation.number}"'
    return f'<button type="button" class="plain" {goes}>{said(zh, en)}</button>'


def _orphan(citation: Citation, exact: Sequence[Span], why: str) -> str:
    parts: list[str] = []
    begins = 0
    for part in citation.quote.split("\n"):
        parts.append(f"<p>{quoted(part, exact, begins)}</p>")
        begins += len(part) + 1
    return f'<p class="note">{why}</p><blockquote>{"".join(parts)}</blockquote>'


def _head(shown: Article, marked: Marked) -> str:
    """The title (the text's own first line where it is one, since a citation may quote it) and what the page says."""
    title_end = shown.text.find("\n") if shown.body_start else 0
    title = marked.html(0, title_end) if title_end > 0 else escape(shown.title)
    facts = (
        (said("作者", "Author"), joined(shown.author, shown.author_post)),
        (said("来源", "Source"), shown.source),
        (said("日期", "Date"), shown.published),
        (said("地区", "Place"), shown.place),
        (said("编辑", "Editor"), "、".join(shown.editors)),
        (said("图片", "Pictures"), "、".join(shown.credited("photographer"))),
        (said("记录", "Minutes"), "、".join(shown.credited("recorder"))),
        (said("校对", "Proofread"), "、".join(shown.credited("proofreader"))),
        (said("供稿", "Sent in by"), shown.uploader),
    )
    told = "".join(f"<span><b>{name}</b> {escape(value)}</span>" for name, value in facts if value)
    if _is_web_link(shown.url):
        page = said("原网页 ↗", "Web page ↗")
        told += f'<a href="{escape(shown.url)}" target="_blank" rel="noopener noreferrer">{page}</a>'
    also = "；".join(escape(joined(copy.title, copy.source, copy.published)) for copy in shown.reprints)
    reprints = f'<p class="meta">{said("另见转载：", "Reprinted: ")}{also}</p>' if also else ""
    only = (
        f'<p class="within"><button type="button" class="plain" data-within="{escape(shown.id)}">'
        f"{said('只问这一篇', 'Ask about this article only')}</button></p>"
    )
    return f'<h2>{title}</h2><p class="meta">{told}</p>{reprints}{_origin(shown)}{only}'


def _origin(shown: Article) -> str:
    """What of the article was recognised in pictures, and what of its file could not be read."""
    told = notice_of(span.page for span in shown.recognised)
    recognised = f'<p class="note">{said(told.zh, told.en)}</p>' if told else ""
    unread = f'<p class="note">{escape(shown.unread)}</p>' if shown.unread else ""
    return recognised + unread


def _is_web_link(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _paragraphs(shown: Article, marked: Marked) -> str:
    """Each paragraph says where it begins in the text, so that the page's script finds a heading by its offset."""
    parts: list[str] = []
    start = 0
    for paragraph in shown.text.split("\n"):
        end = start + len(paragraph)
        is_title = start == 0 and shown.body_start > 0
        if paragraph.strip() and not is_title:
            of_page = any(s.start < end and start < s.end for s in (*shown.bylines, *shown.page_lines))
            kind = ' class="byline"' if of_page else ""
            parts.append(f'<p{kind} data-start="{start}">{marked.html(start, end)}</p>')
        start = end + 1
    return f'<div class="text">{"".join(parts)}</div>'
