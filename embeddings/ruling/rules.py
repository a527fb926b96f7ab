"""Straight lines as drawn, in pieces and doubled -> the rules that one sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from embeddings.ruling.steps import steps

_ONE = 1.5
"""How many points apart two parallel lines lie that are one rule: borders may be double."""
_JOINT = 2.0
"""Points between two pieces of one rule, which may end where another crosses it or be dotted."""
_SHORTEST = 5.0
"""Points; no cell with text in it is smaller."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal or a vertical line; lengths in points, from the lower left corner of the page."""

    level: bool
    """Whether it is horizontal."""
    at: float
    """Its height, of a vertical one its place from the left."""
    start: float
    end: float


def whole(drawn: Iterable[Rule]) -> list[Rule]:
    """The rules that the lines drawn make up, those too short to be the side of a cell left out."""
    pieces = list(drawn)
    found = (rule for level in (True, False) for rule in _joined([each for each in pieces if each.level is level]))
    return [rule for rule in found if rule.end - rule.start >= _SHORTEST]


def _joined(pieces: list[Rule]) -> Iterator[Rule]:
    for one in steps(pieces, _ONE, lambda piece: piece.at):
        at = sum(piece.at for piece in one) / len(one)
        held: Rule | None = None
        for piece in sorted(one, key=lambda piece: piece.start):
            if held is not None and piece.start <= held.end + _JOINT:
                held = Rule(held.level, at, held.start, max(held.end, piece.end))
                continue
            if held is not None:
                yield held
            held = Rule(piece.level, at, piece.start, piece.end)
        if held is not None:
            yield held
