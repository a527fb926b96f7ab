"""Cells of a table that hold several lines, in one."""

from __future__ import annotations

from collections.abc import Sequence

from embeddings.page.characters import tidy

_PUNCTUATION = "，。、；：！？,.;:!?…—"


def joined(items: Sequence[str]) -> str:
    """The lines of a cell, semicolons between those that no mark ends."""
    line = ""
    for item in items:
        glue = "" if not line else " " if line[-1] in _PUNCTUATION else "；"
        line += glue + item
    return line


def joined_name(items: Sequence[str]) -> str:
    """The lines of a cell that names a column: there a line's end only wraps it."""
    line = ""
    for item in items:
        line += (" " if line[-1:].isascii() and item[:1].isascii() and line else "") + item
    return line


def lines_of_cell(text: str) -> list[str]:
    """The lines of a cell that say something, tidied."""
    return [line for line in map(tidy, text.splitlines()) if line]
