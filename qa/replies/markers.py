"""The markers that language models put behind what they took from a passage: [1], 【1】, [1,2], [^1], [来源1]."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LABEL_WORDS = (
    "来源 资料 段落 文段 片段 文献 材料 引用 参考 文章 原文 passages passage sources source references reference refs"
    " ref documents document docs doc citations citation"
)
_LABELS = _LABEL_WORDS.split()
_LABEL = f"(?:{'|'.join(_LABELS)})"
_HALF_LABEL = "|".join(sorted({label[:n] for label in _LABELS for n in range(1, len(label))}, key=lambda s: -len(s)))
_OPEN, _CLOSE = r"[\[【［]", r"[\]】］]"
_RANGE = r"[-–—~～]+|至|到"
_JOINS = rf"\s*(?:[,，、;；&]|和|及|and\b|{_RANGE})\s*"
_ONE = rf"\^?\s*(?:{_LABEL}\s*[:：#]?\s*)?第?\d{{1,3}}\s*[段条号篇]?"
_LINK = r"(?:\(https?://[^()\s]*\))?"
MARKER = rf"\s*{_OPEN}{{1,2}}\s*{_ONE}(?:{_JOINS}{_ONE})*\s*{_CLOSE}{{1,2}}{_LINK}"
"""A whole marker and the blanks before it. Numbers of four digits are years (环发[2015]4号)."""
_LONGEST = 60
_HALF = re.compile(
    rf"\s*{_OPEN}{{1,2}}(?:[\s\^\d,，、;；&和及至到\-–—~～:：#第段条号篇]|and\b|{_LABEL})*(?:{_HALF_LABEL}|an?)?$"
    rf"|\s*{_OPEN}{{1,2}}\s*{_ONE}(?:{_JOINS}{_ONE})*\s*{_CLOSE}\(h?t?t?p?s?:?/{{0,2}}[^()\s]*$",
    re.I,
)
_TOKENS = re.compile(rf"(?P<number>\d{{1,3}})|(?P<range>{_RANGE})")
_MOST_OF_RANGE = 50


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker that stood at `position` of a text that it was taken out of."""

    position: int
    numbers: tuple[int, ...]


def half_marker(text: str) -> int:
    """Where the end of the text begins that may still become a marker; its length where nothing may."""
    start = max(0, len(text) - _LONGEST)
    found = _HALF.search(text, start)
    return found.start() if found else len(text)


def numbers_of(marker: str) -> tuple[int, ...]:
    """The numbers that a marker names, in its order, each once; a range of up to 50 is spelt out."""
    return tuple(dict.fromkeys(_numbers(marker.partition("(")[0])))


def _numbers(marker: str) -> Iterator[int]:
    last, runs_on = 0, False
    for token in _TOKENS.finditer(marker):
        if token.lastgroup == "range":
            runs_on = True
            continue
        number = int(token.group())
        if runs_on and last < number <= last + _MOST_OF_RANGE:
            yield from range(last + 1, number)
        yield number
        last, runs_on = number, False
