"""Which part of an HTML page is its article, and which elements say that they are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

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
    r"(?:^|[-_ ])(?:nav|navbar|menu|bread|breadcrumbs?|crumbs?|footer?|foot(?![-_ ]?notes?)|sidebar|side|"
    r"share|sharing|bdsharebuttonbox|social"
    r"|related|relate|recommend|comments?|copyright|pager|pagination|page-?nav|advert|"
    r"ads?|toolbar|tools|qrcode|hot-?news)"
    r"(?:$|[-_ ])",
    re.IGNORECASE,
)
_NAMED = frozenset({"div", "section", "ul", "ol", "table", "td", "p", "span", "header", "dl"})
_LINKED = 0.5
_ARTICLE_SHARE = 0.9
"""An element with a larger share of the page's running text than this holds the article."""


def ancestry(tag: Tag) -> Iterator[Tag]:
    """Yield the element itself and all that it lies in, innermost first."""
    yield tag
    yield from tag.parents


def is_within(tag: Tag, elements: set[int]) -> bool:
    """Tell whether an element lies in one of those with these ids (as by `id`)."""
    return bool(elements) and any(id(parent) in elements for parent in ancestry(tag))


def chrome_elements(soup: BeautifulSoup) -> set[int]:
    """Elements that say they are not the article; one that holds the headline or most of the text doesn't count.

    Nor does what stands aside in an article and is no links, or says under a quotation whose it is.
    """
    total = len(soup.get_text())
    return {
        id(tag)
        for tag in soup.find_all(True)
        if _says_chrome(tag)
        and not _is_of_text(tag)
        and len(tag.get_text()) * 2 < total
        and tag.find(("h1", "article")) is None
    }


def _is_of_text(tag: Tag) -> bool:
    if _has_chrome_name(tag):
        return False
    if tag.name == "footer":
        return tag.find_parent("blockquote") is not None
    return tag.name == "aside" and tag.find_parent(("article", "main")) is not None and linked_share([tag]) < _LINKED


def _says_chrome(tag: Tag) -> bool:
    if tag.name in _CHROME:
        return True
    return tag.name in _NAMED and _has_chrome_name(tag)


def _has_chrome_name(tag: Tag) -> bool:
    classes = tag.get_attribute_list("class")
    names = [str(name) for name in (tag.get("id"), *classes) if name]
    return any(_CHROME_NAME.search(name) for name in names)


def linked_share(elements: Iterable[Tag]) -> float:
    """Which share of the characters in these elements are links."""
    every = list(elements)
    linked = sum(len(link.get_text().strip()) for tag in every for link in tag.find_all("a"))
    return linked / max(1, sum(len(tag.get_text().strip()) for tag in every))


def article_element(lines: Iterable[tuple[Tag, str, int]], chrome: Set[int]) -> Tag | None:
    """Return the smallest element that holds nearly all running text outside of links, and what it is a part of.

    `lines` are the page's lines: the element each begins in, its text, how many of its characters are links. The whole
    is an element around it in which nothing else is of the page: neither links nor one of the elements in `chrome`.
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
    smallest = max(enough, key=lambda tag: len(list(tag.parents)), default=None)
    return None if smallest is None else _whole(smallest, chrome)


def _whole(element: Tag, chrome: Set[int]) -> Tag:
    for around in element.parents:
        beside = [tag for tag in around.find_all(True, recursive=False) if tag is not element]
        of_page = any(id(tag) in chrome for other in beside for tag in (other, *other.find_all(True)))
        if around.name in ("html", "[document]") or of_page or linked_share(beside) >= _LINKED:
            break
        element = around
    return element
