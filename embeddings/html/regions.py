"""Which part of an HTML page is its article, and which elements say that they are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag

from embeddings.page.characters import is_sentence

BLOCK_ELEMENTS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "td",
        "th",
        "ul",
    ]
)
_CHROME = frozenset({"nav", "footer", "aside", "form", "menu", "dialog"})
_CHROME_NAME = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|menu|bread|breadcrumbs?|crumbs?|footer?|foot|sidebar|side|"
    r"share|sharing|bdsharebuttonbox|social"
    r"|related|relate|recommend|comments?|copyright|pager|pagination|page-?nav|advert|"
    r"ads?|toolbar|tools|qrcode|hot-?news)"
    r"(?:$|[-_ ])",
    re.IGNORECASE,
)
_ARTICLE_SHARE = 0.9
"""An element with a larger share of the page's running text than this holds the article."""


def ancestry(tag: Tag) -> Iterator[Tag]:
    """Yield the element itself and all that it lies in, innermost first."""
    yield tag
    yield from tag.parents


def is_within(tag: Tag, elements: set[int]) -> bool:
    """Tell whether an element lies in one of those with these ids (as by `id`)."""
    return any(id(parent) in elements for parent in ancestry(tag))


def chrome_elements(soup: BeautifulSoup) -> set[int]:
    """Elements that say they are not the article; one that holds the headline or most of the text doesn't count."""
    total = len(soup.get_text())
    return {
        id(tag)
        for tag in soup.find_all(True)
        if _says_chrome(tag) and len(tag.get_text()) * 2 < total and tag.find(("h1", "article")) is None
    }


def _says_chrome(tag: Tag) -> bool:
    if tag.name in _CHROME:
        return True
    if tag.name not in ("div", "section", "ul", "ol", "table", "td", "p", "span", "header", "dl"):
        return False
    classes = tag.get_attribute_list("class")
    names = [str(name) for name in (tag.get("id"), *classes) if name]
    return any(_CHROME_NAME.search(name) for name in names)


def article_element(lines: Iterable[tuple[Tag, str, int]]) -> Tag | None:
    """Return the smallest element that holds nearly all running text outside of links.

    `lines` are the page's lines: the element each begins in, its text, how many of its characters are links.
    """
    held: dict[int, int] = {}
    tags: dict[int, Tag] = {}
    total = 0
    for first, text, linked in lines:
        if not is_sentence(text) or linked * 2 > len(text):
            continue
        total += len(text)
        for tag in ancestry(first):
            if tag.name in BLOCK_ELEMENTS and tag.name not in ("p", "li"):
                held[id(tag)] = held.get(id(tag), 0) + len(text)
                tags[id(tag)] = tag
    enough = [tags[key] for key, size in held.items() if size >= total * _ARTICLE_SHARE]
    return max(enough, key=lambda tag: len(list(tag.parents)), default=None)
