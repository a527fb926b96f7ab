"""In what order boxes on a slide are read: from top to bottom, side by side from left to right, cards one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

_INSET = 45_720
"""What a text keeps from the edge of its box, in EMU (914,400 an inch): boxes may overlap by that, and texts do not."""
_WIDER = 1.5
"""How many times wider than the gap between rows one between columns is where columns are read one by one."""
_LONGEST_HEAD = 15
_MOST = 300
"""Boxes beyond which a slide is no layout but a drawing."""


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """Where something stands, in EMU from the upper left corner."""

    left: int
    top: int
    right: int
    bottom: int
    characters: int
    """Of the text in it."""


def in_reading_order(boxes: Sequence[Box]) -> list[Box]:
    """The boxes as they are read."""
    if len(boxes) > _MOST:
        return sorted(boxes, key=attrgetter("top", "left"))
    return _ordered(list(boxes))


def _ordered(boxes: list[Box]) -> list[Box]:
    """The boxes, cut at the widest gap, and what is on its two sides by itself."""
    if len(boxes) < 2:
        return boxes
    across, upper = _widest(boxes, "top", "bottom")
    down, left = _widest(boxes, "left", "right")
    first = left if left and (down > _WIDER * max(across, 0) or _are_heads(upper, boxes)) else upper
    if not first:
        return sorted(boxes, key=attrgetter("top", "left"))
    before = {id(box) for box in first}
    return [*_ordered(first), *_ordered([box for box in boxes if id(box) not in before])]


def _are_heads(upper: Sequence[Box], boxes: Sequence[Box]) -> bool:
    """Whether the upper boxes are what the cards are called whose texts stand below: shorter than any of those."""
    longest = max((box.characters for box in upper), default=_LONGEST_HEAD + 1)
    heads = {id(box) for box in upper}
    lower = [box for box in boxes if id(box) not in heads]
    return len(upper) > 1 and longest <= _LONGEST_HEAD and all(box.characters > longest for box in lower)


def _widest(boxes: Sequence[Box], begin: str, end: str) -> tuple[int, list[Box]]:
    """The widest gap in one direction, -1 for none, and the boxes before it."""
    ordered = sorted(boxes, key=attrgetter(begin))
    width, count, reached = -1, 0, getattr(ordered[0], end)
    for number, box in enumerate(ordered[1:], 1):
        gap = getattr(box, begin) + 2 * _INSET - reached
        if gap >= 0 and gap > width:
            width, count = gap, number
        reached = max(reached, getattr(box, end))
    return width, ordered[:count]
