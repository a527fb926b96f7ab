"""What RTF's control words set while it is read: of characters, of paragraphs, of the group that they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

Destination = Literal["text", "label", "fonts", "styles", "shape", "nothing"]
"""Where what a group says belongs; of a shape only the text in it is read."""

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|标题", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|contents)\s*\d", re.IGNORECASE)
_DEEPEST = 6
_RUNNING = 9
"""The \\outlinelevel of running text."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs."""

    level: int = 0
    """Of a heading, from 1."""
    title: bool = False
    contents: bool = False
    """Of an entry in a table of contents, whose heading comes again."""


@dataclass(slots=True)
class State:
    """What holds in a group, until it is closed."""

    destination: Destination = "text"
    note: bool = False
    font: int = 0
    fallback: int = 1
    """\\uc: characters that stand in for one of Unicode."""
    hidden: bool = False
    """Not shown, or struck in revision."""
    high: bool = False
    """A superscript."""
    style: int = 0
    level: int = 0
    """Of a heading, from 1, as \\outlinelevel says it."""
    depth: int = 0
    """\\ilvl: in how many lists its own lies."""
    in_table: bool = False

    def apply(self, word: str, number: int | None) -> bool:
        """Set what a control word sets; False for one that sets nothing here."""
        on, count = number != 0, max(0, number or 0)
        match word:
            case "f":
                self.font = count
            case "v" | "deleted":
                self.hidden = on
            case "super":
                self.high = on
            case "sub" | "nosupersub":
                self.high = False
            case "uc":
                self.fallback = count
            case "s":
                self.style = count
            case "outlinelevel":
                self.level = min(count + 1, _DEEPEST) if count < _RUNNING else 0
            case "ilvl":
                self.depth = min(count, _DEEPEST)
            case "intbl":
                self.in_table = on
            case "pard":
                self.style, self.level, self.depth, self.in_table = 0, 0, 0, False
            case _:
                return False
        return True

    def plain(self, font: int) -> None:
        """Characters are set in the file's own font again."""
        self.font, self.hidden, self.high = font, False, False

    def inner(self) -> State:
        """What holds in a group that opens here."""
        return replace(self)


def style_named(name: str, level: int) -> Style:
    """The style that programs call so, and that gives its paragraphs this level."""
    heading = _HEADING.fullmatch(name)
    level = int(heading[1]) if heading else level
    return Style(min(level, _DEEPEST), _TITLE.fullmatch(name) is not None, _CONTENTS.fullmatch(name) is not None)
