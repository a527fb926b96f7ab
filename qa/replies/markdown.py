"""The Markdown that language models write: how a line begins, what marks words within it, the cells of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qa.replies.markers import MARKER, Mark, half_marker, numbers_of

Kind = Literal["text", "heading", "table", "fence"]
_HAN = "一二三四五六七八九十"
_BULLETS = (
    ("han", rf"[{_HAN}]{{1,3}}、(?![{_HAN}]+[、级类])"),
    ("han_bracketed", rf"[（(][{_HAN}]{{1,3}}[）)]"),
    ("number", r"\d{1,2}(?:[.．](?!\d)|、(?!\d)|[）)])"),
    ("number_bracketed", r"[（(]\d{1,2}[）)]"),
    ("circled", r"[①-⑳❶-❿]"),
    ("dot", r"[-–—*+](?=\s)|[•·●○▪◦■◆▶]|——"),
)
_BULLET = "|".join(f"(?P<{style}>{form})" for style, form in _BULLETS)
_LINE = re.compile(
    r"(?P<indent>[ \t　]*)(?:>[ \t]?)*(?P<hash>#{1,6}[ \t]+)?(?:[*_]{2,3}(?=\S))?"
    rf"(?:(?:{_BULLET})(?=.*[^\s*_])\s*)?"
)
_UNDECIDED = re.compile(rf"[\s>#*_\-–—+•·●○▪◦■◆▶`~=\d（()）.．、{_HAN}①-⑳❶-❿]*")
_RULE = re.compile(r"\s*([-*_=])(?:\s*\1){2,}\s*")
_ROW_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
_INLINE = re.compile(
    rf"(?P<marker>{MARKER})|!\[[^\[\]]*\]\([^()\s]*\)|\[(?P<linked>[^\[\]]+)\]\([^()\s]*\)"
    r"|(?<![\d\s])\*{1,3}|\*{1,3}(?![\d\s])|\*{2,3}|__|~~|`+",
    re.I,
)
_HALF_MARK = re.compile(r"[*_~`!]+$")


@dataclass(frozen=True, slots=True)
class LineStart:
    """What a line is and where its text begins."""

    kind: Kind
    style: str
    """Of its bullet (“1.”, “（1）”, “一、”, “-”), or empty."""
    indent: int
    text: int
    """Index of the line's first character of text."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A stretch of a line without markers and Markdown."""

    text: str
    origins: tuple[int, ...]
    """Index in the stretch of each character of `text`."""
    marks: tuple[Mark, ...]
    """Markers by their position in `text`."""
    held: bool
    """Whether the end of the stretch is held back: it may become a marker or Markdown."""


def undecided(line: str) -> bool:
    """Whether so far nobody can tell how the line begins."""
    return _UNDECIDED.fullmatch(line) is not None


def is_rule(line: str) -> bool:
    """Whether the line is a rule across the page."""
    return _RULE.fullmatch(line) is not None


def line_start(line: str) -> LineStart:
    """How a line begins that is not undecided any more."""
    if line.lstrip().startswith("```"):
        return LineStart("fence", "", 0, len(line))
    if line.lstrip().startswith("|"):
        return LineStart("table", "", 0, 0)
    found = _LINE.match(line)
    if found is None:
        return LineStart("text", "", 0, 0)
    style = next((style for style, _ in _BULLETS if found.group(style)), "")
    indent = len(found.group("indent").replace("\t", "    ").replace("　", "  "))
    return LineStart("heading" if found.group("hash") else "text", style, indent, found.end())


def plain(stretch: str, ended: bool) -> Plain:
    """The text of a stretch of a line; where it has not `ended`, what may become a marker or Markdown is held back.

    A half marker at the end of a line is left out: the reply was cut there.
    """
    end = half_marker(stretch)
    if not ended and (mark := _HALF_MARK.search(stretch, 0, end)):
        end = mark.start()
    characters: list[str] = []
    origins: list[int] = []
    marks: list[Mark] = []

    def keep(start: int, stop: int) -> None:
        characters.extend(stretch[start:stop])
        origins.extend(range(start, stop))

    position = 0
    for found in _INLINE.finditer(stretch, 0, end):
        keep(position, found.start())
        position = found.end()
        if found.group("marker"):
            marks.append(Mark(len(characters), numbers_of(found.group("marker"))))
        elif found.group("linked"):
            keep(*found.span("linked"))
    keep(position, end)
    return Plain("".join(characters), tuple(origins), tuple(marks), end < len(stretch))


def is_row_rule(line: str) -> bool:
    """Whether the line divides a table's header from its rows (|---|---|)."""
    return _ROW_RULE.fullmatch(line) is not None


def cells(line: str) -> tuple[str, ...]:
    """The cells of a table's row."""
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def flat_row(row: tuple[str, ...], header: tuple[str, ...]) -> str:
    """A row as a line of text: “first：second”; of more cells each with what the header calls it."""
    if len(row) <= 2 or len(header) != len(row):
        return f"{row[0]}：{'，'.join(filter(None, row[1:]))}" if len(row) > 1 else row[0]
    said = (f"{name}{cell}" for name, cell in zip(header[1:], row[1:], strict=True) if cell)
    return f"{row[0]}：{'，'.join(said)}"
