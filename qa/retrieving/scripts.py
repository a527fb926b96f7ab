"""Simplified and traditional characters: which of them a text is written in, and a question in those of a text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import opencc

_LEAST_CHANGED = 0.05
"""Share of a text's characters that are traditional, from which on it counts as written so: articles in traditional
characters have 0.15 to 0.5, others less than 0.02 (old names, and 著 or 乾 where simplified text keeps them)."""


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def in_script_of(texts: Iterable[str], question: str) -> str:
    """The question in traditional characters where one of the texts is written in them, else in simplified ones."""
    simplified: str = _converter("t2s").convert(question)
    if not any(map(_is_traditional, texts)):
        return simplified
    # Converting what is traditional already would take 里 and 后 for simplified ones.
    return question if simplified != question else str(_converter("s2t").convert(question))


def _is_traditional(text: str) -> bool:
    simplified: str = _converter("t2s").convert(text)
    changed = sum(a != b for a, b in zip(text, simplified, strict=False))
    return changed > _LEAST_CHANGED * len(text)
