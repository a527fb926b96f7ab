"""The library as HTML: the form that filters it, and a page of its articles."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from embeddings.snapshot.corpus_store import ArticleHead
from ui.library.catalogue import Facet, Facets, Order, Page
from ui.library.requests import chosen
from ui.wording import said

_ORDERS: tuple[tuple[Order, str, str], ...] = (
    ("newest", "日期：新到旧", "Newest first"),
    ("oldest", "日期：旧到新", "Oldest first"),
    ("title", "标题（拼音）", "Title (pinyin)"),
    ("source", "来源（拼音）", "Source (pinyin)"),
    ("longest", "篇幅：长到短", "Longest first"),
)


def waiting() -> str:
    """What stands in place of the list until it is there."""
    return f'<p class="hint" role="status">{said("正在打开文库……", "Opening the library…")}</p>'


def form(facets: Facets) -> str:
    """The form with which a reader searches, filters and sorts; `library.js` sends its fields."""
    placeholder = _both("标题、作者、来源、地区", "title, author, source, place")
    orders = "".join(_option(*order) for order in _ORDERS)
    return (
        '<form class="filters" role="search">'
        f'<label class="words">{said("搜索", "Search")}<input type="search" name="words" maxlength="200"'
        f' autocomplete="off" spellcheck="false" {placeholder}></label>'
        f"{_select('place', '地区', 'Place', facets.places)}"
        f"{_select('source', '来源', 'Source', facets.sources)}"
        f"{_select('year', '年份', 'Year', facets.years)}"
        f'<label>{said("排序", "Sort")}<select name="order">{orders}</select></label>'
        f'<button type="reset" class="plain">{said("清除", "Clear")}</button></form>'
    )


def rows(page: Page, of: int, serial: int = 0) -> str:
    """A page of the list, of `of` articles in all, with their number and the buttons to the pages around it.

    `serial` is that of the request it answers.
    """
    found = said(f"{page.found:,} / {of:,} 篇", f"{page.found:,} of {of:,} articles")
    listed = f'<ol class="articles" start="{page.first + 1}">{"".join(map(_row, page.heads))}</ol>'
    if not page.heads:
        listed = f'<p class="hint">{said("没有符合条件的文章。", "No article matches.")}</p>'
    return f'<p class="count" role="status" data-serial="{serial}">{found}</p>{listed}{_pages(page)}'


def _row(head: ArticleHead) -> str:
    """Two buttons: one opens the article, one asks about it alone."""
    facts = "".join(f"<span>{fact}</span>" for fact in _facts(head))
    return (
        f'<li><button type="button" class="shelf" data-article="{escape(head.id)}">'
        f'<span class="title">{escape(head.title)}</span><span class="of">{facts}</span></button>'
        f'<button type="button" class="plain within" data-within="{escape(head.id)}">'
        f"{said('只问这一篇', 'Ask this one only')}</button></li>"
    )


def _facts(head: ArticleHead) -> Sequence[str]:
    reprints = said(f"转载 {head.reprints}", f"{head.reprints} reprint{'s' if head.reprints > 1 else ''}")
    stated = [escape(fact) for fact in ("、".join(head.authors), head.published, head.source, head.place) if fact]
    length = said(f"{head.characters:,} 字", f"{head.characters:,} characters")
    return [*stated, length, *([reprints] if head.reprints else [])]


def _pages(page: Page) -> str:
    if page.pages == 1:
        return ""
    here = said(f"第 {page.number + 1} / {page.pages} 页", f"Page {page.number + 1} of {page.pages}")
    return (
        '<nav class="pages">'
        f"{_to(0, page, '« 首页', '« First')}{_to(page.number - 1, page, '‹ 上一页', '‹ Previous')}"
        f"<span>{here}</span>"
        f"{_to(page.number + 1, page, '下一页 ›', 'Next ›')}{_to(page.pages - 1, page, '末页 »', 'Last »')}</nav>"
    )


def _to(number: int, page: Page, zh: str, en: str) -> str:
    reachable = 0 <= number < page.pages and number != page.number
    leads = f'data-page="{number}"' if reachable else "disabled"
    return f'<button type="button" class="plain" {leads}>{said(zh, en)}</button>'


def _select(name: str, zh: str, en: str, among: Sequence[Facet]) -> str:
    every = _option("", "全部", "All")
    options = "".join(_facet(facet) for facet in among)
    return f'<label>{said(zh, en)}<select name="{name}">{every}{options}</select></label>'


def _facet(facet: Facet) -> str:
    if not facet.value:
        return _option(chosen(""), f"未注明（{facet.articles:,}）", f"not stated ({facet.articles:,})")
    return f'<option value="{escape(chosen(facet.value))}">{escape(facet.value)} ({facet.articles:,})</option>'


def _option(value: str, zh: str, en: str) -> str:
    return f'<option value="{value}" {_both(zh, en)}>{zh}</option>'


def _both(zh: str, en: str) -> str:
    """A text that can't hold elements, in both languages: `library.js` puts it in as the page's language has it."""
    return f'data-zh="{escape(zh)}" data-en="{escape(en)}"'
