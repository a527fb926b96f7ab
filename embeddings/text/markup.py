"""The text of a file -> a neutral page of lines, decided by what the text is, not by the file's extension alone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from markdown_it import MarkdownIt

from embeddings.bullets import bullet_end
from embeddings.html.blocks import read_html
from embeddings.page.blocks import Block, Page
from embeddings.page.characters import tidy_cells
from embeddings.page.front_matter import Stated, split_front_matter
from embeddings.page.notes import place_notes
from embeddings.page.plain_tables import is_row, lines_with_rows
from embeddings.text.markdown_source import with_captions, with_depths, with_footnotes

_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|br|span|td|tr|table|h[1-6]|li|ul|ol|a|section|article|strong|b|em|font|img|center)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
_MARKDOWN_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,200})\]\(\s*<?([^()\s<>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_STARTS_PARAGRAPH = re.compile(r"^(?:\s|　|\d{1,2}[.、)）]|[一二三四五六七八九十]{1,3}[、.是]|[(（]|[-*+•●■]\s|#)")
_ENDS_PARAGRAPH = "。！？!?；;：:”』」…"


def read_page(text: str, suffix: str) -> Page:
    """Return the page that `text` holds; `suffix` is the file's extension with its dot.

    Full HTML pages and fragments of HTML are parsed as such; text with front matter and .md files as Markdown with
    HTML in it; all else is plain text, line by line, in which no sign is markup.
    """
    stated, body = split_front_matter(text)
    if _PAGE.search(body[:5000]):
        page = read_html(body)
    elif stated is not None or suffix.lower() in _MARKDOWN_SUFFIXES:
        page = read_html(_render_markdown(body))
    elif len(_TAG.findall(body)) >= 2:
        page = read_html(body)
    else:
        page = place_notes(Page(blocks=tuple(_plain_blocks(body)), stated=Stated()))
    return replace(page, web=True) if stated is None else replace(page, web=True, stated=stated)


def _render_markdown(text: str) -> str:
    # The parser leaves lists and indented code alone: enumerators are text, and Chinese paragraphs are indented.
    # Every line is one of its own, because Chinese has no space that a joined line could be read by.
    parser = MarkdownIt("commonmark", {"html": True, "breaks": True})
    parser.enable("table").disable(["list", "code", "lheading"])
    rendered = parser.render(with_depths(unwrap(with_footnotes(with_captions(text)))))
    return str(rendered)


def _plain_blocks(text: str) -> list[Block]:
    blocks = []
    indents: list[int] = []
    """Those of the lists of bullets that are open, outermost first."""
    for raw in lines_with_rows(unwrap(text).splitlines()):
        links = _MARKDOWN_LINK.findall(raw)
        line = tidy_cells(raw)
        if not line:
            continue
        indents = _indents(indents, raw) if bullet_end(line) else []
        linked = sum(len(label) for label, _ in links)
        bare = len("".join(_MARKDOWN_LINK.sub(r"\1", line).split()))
        density = min(1.0, linked / bare) if bare else 0.0
        targets, depth = tuple(target for _, target in links), max(0, len(indents) - 1)
        blocks.append(Block(line, link_density=density, links=targets, depth=depth))
    return blocks


def _indents(around: list[int], line: str) -> list[int]:
    """The indents of the lists that an item lies in, its own last; `around` are those of the line before."""
    indent = _width(line[: len(line) - len(line.lstrip())] + ".")
    outer = [one for one in around if one < indent]
    return [*outer, indent]


def unwrap(text: str) -> str:
    """Join the lines of text that was wrapped at a fixed width, as old text files are; leave all other text alone.

    Wrapped text is recognised by its lines: many, nearly all inner ones equally wide and ending amid a sentence.
    """
    lines = text.splitlines()
    full = [line for line in lines if line.strip() and not is_row(line)]
    widest = max(map(_width, full), default=0)
    inner = [line for line in full if _width(line) >= widest - 4]
    unfinished = [line for line in inner if line.rstrip()[-1] not in _ENDS_PARAGRAPH]
    if len(full) < 8 or not 40 <= widest <= 160 or len(inner) * 2 < len(full) or len(unfinished) * 10 < len(inner) * 7:
        return text
    joined: list[str] = []
    open_line = False
    for line in lines:
        if open_line and line.strip() and not _STARTS_PARAGRAPH.match(line) and not is_row(line):
            glue = " " if joined[-1][-1:].isascii() and line[:1].isascii() else ""
            joined[-1] = joined[-1].rstrip() + glue + line.strip()
        else:
            joined.append(line)
        open_line = _width(line) >= widest - 4 and not is_row(line)
    return "\n".join(joined)


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line.rstrip())
