"""Recognised pieces -> the lines of a page in reading order, as straight as they were written."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from embeddings.page.characters import HAN
from embeddings.recognition.recogniser import Piece

_CERTAIN = 0.9
"""Least certainty of a line. Of 150 pages in three fonts at 70 to 200 dots to the inch, most of them noisy, blurred,
turned or packed too hard, two characters in a thousand were wrong from 0.98 on, 15 from 0.95, 57 from 0.9; from 0.85
132, and below that 180 to 970 (`python -m benchmarks.recognition`)."""
_OF_HEIGHT = 0.85
"""The em of a piece, in the height of the box around it."""
_LONG = 4
"""Wide characters from which on a piece's width tells its em better than its height."""
_ALIKE = 0.2
"""Relative difference of two ems that are one: a box is some pixels higher or wider than what stands in it."""
_BESIDE = 0.4
"""How many ems the middles of two pieces of one line are apart at most."""
_CELL = 1.8
"""Width of a gap, in ems, that separates the cells of a table and not the words of a line."""
_RUNNING = 8
"""Characters of a piece that may be a line of a column, and is no cell of a table."""
_HABIT = 4
"""How many of them make a column."""
_HALF_WIDTH = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}
_BETWEEN = re.compile(rf"(?<=[{HAN}])[,:;!?()](?=[{HAN}])")
"""Marks that are recognised in one width and printed in the other."""
_WIDE = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uffef“”‘’—…·]")


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """One line; lengths in pixels, from the upper left corner of the picture set straight."""

    text: str
    """Cells of a table row are separated by tabs."""
    left: float
    right: float
    top: float
    bottom: float
    size: float
    """The em."""
    certainty: float
    """That of its least certain piece, 0 to 1."""


def recognised_lines(pieces: Sequence[Piece]) -> tuple[list[RecognisedLine], int]:
    """The lines that pieces make up, of two columns one after the other; and how many too uncertain ones are left out.

    A line with one uncertain piece is left out whole: what is left of it might say something else.
    """
    straight = _straightened([piece for piece in pieces if piece.text.strip()])
    sized = _with_common_size(straight)
    lines = [_line(row) for part in _parts(sized) for row in _rows(part)]
    certain = [line for line in lines if line.certainty >= _CERTAIN]
    return certain, len(lines) - len(certain)


def _straightened(pieces: Sequence[Piece]) -> list[RecognisedLine]:
    """The boxes turned by the angle that most of the text is written at."""
    angles = [_angle(piece) for piece in pieces if len(piece.text) >= _LONG]
    turn = -median(angles) if angles else 0.0
    cosine, sine = math.cos(turn), math.sin(turn)
    found = []
    for piece in pieces:
        points = [(x * cosine - y * sine, x * sine + y * cosine) for x, y in piece.corners]
        left, right = (points[0][0] + points[3][0]) / 2, (points[1][0] + points[2][0]) / 2
        top, bottom = (points[0][1] + points[1][1]) / 2, (points[2][1] + points[3][1]) / 2
        size = _size(piece.text, abs(right - left), abs(bottom - top))
        left, right, top, bottom = min(left, right), max(left, right), min(top, bottom), max(top, bottom)
        text = _BETWEEN.sub(lambda mark: _HALF_WIDTH[mark.group()], piece.text.strip())
        found.append(RecognisedLine(text, left, right, top, bottom, size, piece.certainty))
    return found


def _angle(piece: Piece) -> float:
    (left, top), (right, end), *_ = piece.corners
    return math.atan2(end - top, right - left)


def _size(text: str, width: float, height: float) -> float:
    wide = len(_WIDE.findall(text))
    narrow = len("".join(text.split())) - wide
    by_height = height * _OF_HEIGHT
    if wide < _LONG or narrow > wide:
        return by_height
    by_width = width / (wide + narrow / 2)
    # A line that is spread says nothing by its width.
    return by_width if abs(by_width - by_height) < by_height / 2 else by_height


def _with_common_size(lines: Sequence[RecognisedLine]) -> list[RecognisedLine]:
    """The lines, those of nearly the size that most are in with just that."""
    usual = median([line.size for line in lines for _ in line.text]) if lines else 0.0
    return [replace(line, size=usual) if abs(line.size - usual) <= _ALIKE * usual else line for line in lines]


def _parts(lines: Sequence[RecognisedLine]) -> Iterator[list[RecognisedLine]]:
    """What is read as a whole, one after the other: the page, or between lines that cross it the left and the right."""
    ordered = sorted(lines, key=lambda line: line.top)
    middle = _gutter(ordered)
    if middle is None:
        yield ordered
        return
    left: list[RecognisedLine] = []
    right: list[RecognisedLine] = []
    for line in ordered:
        if line.left < middle < line.right:
            yield from filter(None, (left, right, [line]))
            left, right = [], []
        else:
            (left if line.right <= middle else right).append(line)
    yield from filter(None, (left, right))


def _gutter(lines: Sequence[RecognisedLine]) -> float | None:
    """Where two columns of running text part; None where there is one."""
    running = [line for line in lines if len(line.text) >= _RUNNING]
    if len(running) < 2 * _HABIT:
        return None
    begin, end = min(line.left for line in running), max(line.right for line in running)
    middle = (begin + end) / 2
    left = [line for line in running if line.right <= middle]
    right = [line for line in running if line.left >= middle]
    if min(len(left), len(right)) < _HABIT or (len(left) + len(right)) * 3 < len(running) * 2:
        return None
    edge = max(line.right for line in left)
    # Lines of a column end where it ends; cells of a table end anywhere.
    full = sum(edge - line.right < _CELL * line.size for line in left)
    return (edge + min(line.left for line in right)) / 2 if full * 2 > len(left) else None


def _rows(lines: Sequence[RecognisedLine]) -> list[list[RecognisedLine]]:
    """The pieces of each line, from left to right."""
    rows: list[list[RecognisedLine]] = []
    for line in sorted(lines, key=lambda each: each.top + each.bottom):
        beside = rows[-1] if rows else []
        if beside and abs(_middle(line) - _middle(beside[-1])) <= _BESIDE * min(line.size, beside[-1].size):
            beside.append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda each: each.left) for row in rows]


def _middle(line: RecognisedLine) -> float:
    return (line.top + line.bottom) / 2


def _line(row: Sequence[RecognisedLine]) -> RecognisedLine:
    text = row[0].text
    for before, piece in pairwise(row):
        text += _glue(before, piece) + piece.text
    return RecognisedLine(
        text=text,
        left=row[0].left,
        right=max(piece.right for piece in row),
        top=min(piece.top for piece in row),
        bottom=max(piece.bottom for piece in row),
        size=median(piece.size for piece in row),
        certainty=min(piece.certainty for piece in row),
    )


def _glue(before: RecognisedLine, piece: RecognisedLine) -> str:
    if piece.left - before.right > _CELL * max(before.size, piece.size):
        return "\t"
    return "" if _WIDE.match(before.text[-1]) or _WIDE.match(piece.text[0]) else " "
