"""HTML -> lines with their link density and their place on the page, by BeautifulSoup with lxml."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PreformattedString

from embeddings.html.notes import set_note_signs
from embeddings.html.regions import BLOCK_ELEMENTS, ancestry, article_element, chrome_elements, is_within
from embeddings.html.tables import DataRow, data_rows
from embeddings.page.blocks import Block, Page
from embeddings.page.characters import join_wrapped_source, tidy, tidy_cells
from embeddings.page.dates import iso_date
from embeddings.page.front_matter import Stated, split_tags
from embeddings.page.notes import place_notes
from embeddings.page.signs import definition
from embeddings.page.unreadable import UnreadableError

_UNREADABLE = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "button",
    "select",
    "textarea",
    "canvas",
)
_UNFOLDING = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary")
_DEEPEST = 4000
"""Elements in each other; a thousand are in pages whose lists are never closed, browsers stop at 512."""
_HEADING = re.compile(r"h([1-6])$")
_LISTS = ("ul", "ol", "dl", "dd")
"""Elements whose lines lie deeper than those around them: what is said of a term lies under it."""

_META = {
    "title": ("articletitle", "og:title", "twitter:title", "dc.title"),
    "site": ("sitename", "og:site_name"),
    "authors": ("author", "article:author", "dc.creator"),
    "source": ("contentsource", "source", "mediaid"),
    "published": ("pubdate", "article:published_time", "publishdate", "og:release_date", "date", "dc.date"),
    "url": ("og:url", "url"),
    "tags": ("keywords", "article:tag", "news_keywords"),
}


def read_html(source: str) -> Page:
    """Return the lines of an HTML page or fragment, and what its head states.

    Broken HTML is read as browsers do. Raises UnreadableError where elements nest more deeply than in any page.
    """
    soup = _parse(source)
    _check_depth(soup)
    for element in soup.find_all(_UNREADABLE):
        # A heading that unfolds its section is a button throughout.
        if element.name == "button" and element.find_parent(_UNFOLDING) is not None:
            element.unwrap()
        else:
            element.decompose()
    stated, window_title = _stated(soup)
    if soup.head is not None:
        soup.head.decompose()
    return place_notes(Page(blocks=tuple(_blocks(soup)), stated=stated, window_title=window_title))


def _parse(source: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(source, "lxml")


def _check_depth(soup: BeautifulSoup) -> None:
    depths = {id(soup): 0}
    for tag in soup.find_all(True):
        depths[id(tag)] = depths[id(tag.parent)] + 1
    if max(depths.values()) > _DEEPEST:
        raise UnreadableError(f"网页的层次太深（超过 {_DEEPEST} 层），不像一篇文章。")


def _stated(soup: BeautifulSoup) -> tuple[Stated, str]:
    metas: dict[str, str] = {}
    for meta in soup.find_all("meta"):
        name = str(meta.get("name") or meta.get("property") or "").lower()
        content = tidy(str(meta.get("content") or ""))
        if name and content:
            metas.setdefault(name, content)
    found = {key: next((metas[name] for name in names if name in metas), "") for key, names in _META.items()}
    canonical = soup.find("link", rel="canonical")
    url = found["url"] or (str(canonical.get("href") or "") if isinstance(canonical, Tag) else "")
    stated = Stated(
        title=found["title"],
        site=found["site"],
        authors=found["authors"],
        source=found["source"],
        published=iso_date(found["published"]),
        url=url if url.startswith(("http://", "https://")) else "",
        tags=tuple(dict.fromkeys(split_tags(found["tags"]))),
    )
    return stated, tidy(soup.title.get_text()) if soup.title else ""


@dataclass(slots=True)
class _Line:
    """The line being read: text collected since the last break."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    links: list[str] = field(default_factory=list)
    first: Tag | None = None

    def add(self, text: str, parent: Tag, link: str | None) -> None:
        self.parts.append(text)
        if self.first is None and text.strip():
            self.first = parent
        if link is not None:
            self.linked += len("".join(text.split()))
            if link and link not in self.links:
                self.links.append(link)


def _blocks(soup: BeautifulSoup) -> Iterator[Block]:
    notes = set_note_signs(soup)
    chrome = chrome_elements(soup)
    lines = list(_lines(soup))
    container = article_element(
        (
            (line.first, tidy("".join(line.parts)), line.linked)
            for line in lines
            if line.first is not None and not is_within(line.first, chrome)
        ),
        chrome,
    )
    items: set[int] = set()
    inside = {id(tag) for tag in container.find_all(True)} | {id(container)} if container else set()
    blocks: list[Block] = []
    for line in lines:
        if line.first is None:
            continue
        text = tidy_cells("".join(line.parts))
        if not text:
            continue
        around = list(ancestry(line.first))
        size = len("".join(text.split()))
        level = next((int(m[1]) for tag in around if (m := _HEADING.match(tag.name))), 0)
        own = next((tag for tag in around if tag.name in ("li", *_LISTS)), line.first)
        is_item = own.name == "li" and id(own) not in items and not level and "\t" not in text
        items.add(id(own))
        note = next((notes[id(tag)] for tag in around if id(tag) in notes), None)
        blocks.append(
            Block(
                text if note is None else definition(note) + text,
                link_density=min(1.0, line.linked / size),
                level=level,
                chrome=is_within(line.first, chrome),
                outside=container is not None and id(line.first) not in inside,
                links=tuple(line.links),
                item=is_item,
                depth=0 if level or "\t" in text else sum(tag.name in _LISTS for tag in around),
            )
        )
    return _with_depths(blocks)


def _with_depths(blocks: Sequence[Block]) -> Iterator[Block]:
    """The lines with how many lists lie around their own; what all of the text lies in is layout."""
    text = [block.depth for block in blocks if not (block.chrome or block.outside or block.level)]
    outermost = max(1, min(text, default=0))
    return (replace(block, depth=max(0, block.depth - outermost)) for block in blocks)


def _lines(soup: BeautifulSoup) -> Iterator[_Line]:
    """Yield the page's lines in order; iterative, for pages nest elements more deeply than Python recurses."""
    line = _Line()
    rows = data_rows(soup)
    last_block: Tag | None = None
    for node in soup.descendants:
        if isinstance(node, Tag):
            if id(node) in rows:
                yield line
                yield _row(rows[id(node)])
                line, last_block = _Line(), node
            elif node.name == "br" and _row_of(node, rows) is None:
                yield line
                line = _Line()
            continue
        if not isinstance(node, NavigableString) or isinstance(node, PreformattedString) or node.parent is None:
            continue
        if _row_of(node.parent, rows) is not None:
            continue
        block = _block_of(node.parent)
        if block is not last_block:
            yield line
            line, last_block = _Line(), block
        text = str(node)
        anchor = next((tag for tag in ancestry(node.parent) if tag.name == "a"), None)
        link = str(anchor.get("href") or "") if isinstance(anchor, Tag) else None
        if block.name in ("pre", "body", "html", "[document]"):
            first, *rest = text.split("\n")
            line.add(first.replace("\t", " "), node.parent, link)
            for piece in rest:
                yield line
                line = _Line()
                line.add(piece.replace("\t", " "), node.parent, link)
        else:
            line.add(" ".join(re.split(r"\s+", join_wrapped_source(text))), node.parent, link)
    yield line


def _row(row: DataRow) -> _Line:
    line = _Line(["\t".join(row.cells)])
    line.first = next((cell for cell in row.own if tidy(cell.get_text())), None)
    for link in (link for cell in row.own for link in cell.find_all("a")):
        line.linked += len("".join(link.get_text().split()))
        target = str(link.get("href") or "")
        if target and target not in line.links:
            line.links.append(target)
    return line


def _row_of(tag: Tag, rows: Mapping[int, DataRow]) -> Tag | None:
    return None if not rows else next((parent for parent in ancestry(tag) if id(parent) in rows), None)


def _block_of(tag: Tag) -> Tag:
    last = tag
    for last in ancestry(tag):
        if last.name in BLOCK_ELEMENTS:
            break
    return last
