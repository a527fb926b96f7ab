"""Places along a line gathered where they lie close together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

_T = TypeVar("_T")


def steps(items: Iterable[_T], near: float, place: Callable[[_T], float]) -> list[list[_T]]:
    """The items in the order of their places, those together of which each is as near as this to the one before."""
    found: list[list[_T]] = []
    for item in sorted(items, key=place):
        if found and place(item) - place(found[-1][-1]) <= near:
            found[-1].append(item)
        else:
            found.append([item])
    return found
