"""Cells of a table that hold several lines, in one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

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
    gaps = [" " if one[-1].isascii() and other[0].isascii() else "" for one, other in pairwise(items)]
    return "".join(item + gap for item, gap in zip(items, [*gaps, ""], strict=True))


def lines_of_cell(text: str) -> list[str]:
    """The lines of a cell that say something, tidied."""
    return [line for line in map(tidy, text.splitlines()) if line]
