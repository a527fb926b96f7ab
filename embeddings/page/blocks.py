"""A page as a sequence of lines, whatever it was written in: what markup hands to cleaning."""

from __future__ import annotations

from dataclasses import dataclass, replace

from embeddings.page.front_matter import Stated
from embeddings.types import PageStart


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a page as a reader sees it: a paragraph, a heading, a table row (cells joined by tabs)."""

    text: str
    link_density: float = 0.0
    """Share of its characters that are links, 0 to 1."""
    level: int = 0
    """1 to 6 for headings, else 0."""
    chrome: bool = False
    """In an element that the page itself marks as navigation, footer, sidebar, form, share widget and the like."""
    outside: bool = False
    """Outside the smallest element that holds the page's running text; never in plain text."""
    links: tuple[str, ...] = ()
    """Targets of its links."""
    depth: int = 0
    """In how many lists its own list lies."""
    item: bool = False
    """An item of a list that the file sets without a number in its text."""
    note: bool = False
    """The text of a note, which stands behind the paragraph that refers to it."""
    part: bool = False
    """Names what the file itself sets apart and what follows belongs to, such as a sheet or a slide."""
    recognised_page: int = 0
    """The page, from 1, of the picture that it was recognised in; 0 where it is text in the file."""
    page: int = 0
    """The page (sheet, slide) of the file that it begins on, counted from 1; 0 where the file does not say."""
    turns: tuple[PageStart, ...] = ()
    """Where in its text it goes on to other pages."""

    def piece(self, start: int, end: int) -> Block:
        """The block of text[start:end], stripped, on the pages that these characters stand on."""
        said = self.text[start:end]
        start += len(said) - len(said.lstrip())
        before = [turn.page for turn in self.turns if turn.start <= start]
        within = (turn for turn in self.turns if start < turn.start < end)
        return replace(
            self,
            text=said.strip(),
            page=before[-1] if before else self.page,
            turns=tuple(PageStart(turn.start - start, turn.page) for turn in within),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its lines in order, and what it states about itself outside of them."""

    blocks: tuple[Block, ...]
    stated: Stated
    """From front matter or <meta>: reliable."""
    window_title: str = ""
    """From <title>: usually with the name of the site added."""
    web: bool = False
    """Whether it may have been saved from a site, with navigation, notices and the like around its article; of any
    other page no line is left out for what it says."""
    furnished: bool = True
    """Around its text there may be what belongs to a site or a newspaper: navigation, labels, bylines, notices."""
    unread: str = ""
    """What of the file could not be read though the rest could, a sentence for the user; empty where all of it was."""
