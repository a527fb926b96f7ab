"""Find the markers [n] in an answer's text and tell them from a “[1]” that the cited article itself contains."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.composing.citations import on_one_line
from qa.types import Citation

_MARKER = re.compile(r"\[(\d{1,4})\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or clause and the number of the marker after it; None where none follows."""

    text: str
    number: int | None
    start: int
    """Where it begins in the answer: answer.text[start : start + len(text)] == text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer; level 0 is a paragraph, 1 a list item, 2 an item of a list in a list, and so on."""

    level: int
    pieces: tuple[Piece, ...]


def parse(text: str, citations: Sequence[Citation]) -> tuple[Line, ...]:
    """Split an answer's text into lines and pieces. Empty lines are dropped."""
    quotes = {citation.number: on_one_line(citation.quote) for citation in citations}
    lines: list[Line] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(_parse_line(line, start, quotes))
        start += len(line) + 1
    return tuple(lines)


def _parse_line(line: str, start: int, quotes: Mapping[int, str]) -> Line:
    body = line.lstrip(" ")
    level = 0
    if body.startswith("- "):
        level = 1 + (len(line) - len(body)) // 2
        body = body.removeprefix("- ")
    start += len(line) - len(body)
    pieces: list[Piece] = []
    position = 0
    while marker := _next_marker(body, position, quotes):
        pieces.append(Piece(body[position : marker.start()], int(marker[1]), start + position))
        position = marker.end()
    if body[position:].strip():
        pieces.append(Piece(body[position:], None, start + position))
    return Line(level, tuple(pieces))


def _next_marker(body: str, position: int, quotes: Mapping[int, str]) -> re.Match[str] | None:
    """The marker that ends the piece which starts at `position`.

    A quote may itself contain “[2]”. So the piece taken is the longest one that stands in the quote of its own
    marker; only where no piece does (the wording was changed) is the first marker believed.
    """
    candidates = [match for match in _MARKER.finditer(body, position) if int(match[1]) in quotes]
    verbatim = [match for match in candidates if body[position : match.start()].strip() in quotes[int(match[1])]]
    if verbatim:
        return verbatim[-1]
    return candidates[0] if candidates else None
