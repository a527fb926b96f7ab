"""Enumerated parts inside running text: 一是…二是…, 一抓…二抓…, 第一…第二…, （1）…（2）…, ①…②…."""

from __future__ import annotations

import re
from dataclasses import dataclass

from embeddings.sentences import clauses, sentences
from embeddings.types import Section, Span

_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"
_SEQUENTIAL = ("首先", "其次", "再次", "最后")
_LONGEST_ANNOUNCEMENT = 60
"""An item whose first sentence is longer (in characters) is announced by its first clause alone."""
_BOUNDARY = r"(?:(?<=[。；;：:，,！？!?”）)\s])|(?<=^))"
_COUNTED = "年月日天时分秒个名位次届条章季批轮期种步方百千万亿十"
"""After a numeral these count something (一年…二年…) and enumerate nothing."""
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class _Marker:
    label: str
    start: int
    end: int


def read_items(text: str, within: Span, depth: int = 0) -> tuple[Section, ...]:
    """The enumerated parts of text[within] as nested sections, or none where nothing is enumerated.

    A part runs from its enumerator to the next one; the last one runs to the end of its sentence where
    the parts before it are parts of one sentence, and to the end of `within` otherwise.
    """
    markers = _first_enumeration(text, within)
    if not markers:
        return ()
    items: list[Section] = []
    for marker, following in zip(markers, [*markers[1:], None], strict=True):
        end = following.start if following else _last_end(text, markers, within.end)
        end = marker.start + len(text[marker.start : end].rstrip())
        heading = _announcement(text, marker, end)
        children = read_items(text, Span(marker.end, end), depth + 1) if depth + 1 < _DEEPEST else ()
        items.append(Section("item", marker.label, heading, marker.start, end, children))
    return tuple(items)


def _announcement(text: str, marker: _Marker, end: int) -> Span:
    first = sentences(text, Span(marker.start, end))[0]
    if first.end - first.start > _LONGEST_ANNOUNCEMENT:
        first = clauses(text, Span(marker.end, end))[0]
    return Span(marker.start, first.end)


def _last_end(text: str, markers: list[_Marker], end: int) -> int:
    before = text[markers[0].start : markers[-1].start].rstrip()
    if before.endswith(("；", ";", "，", ",")):
        return sentences(text, Span(markers[-1].start, end))[0].end
    return end


def _first_enumeration(text: str, within: Span) -> list[_Marker]:
    """The enumeration that starts first; of two that start together, the longer."""
    found = [markers for family in _families(text, within) if len(markers := family) >= 2]
    return min(found, key=lambda markers: (markers[0].start, -len(markers)), default=[])


def _families(text: str, within: Span) -> list[list[_Marker]]:
    families = [
        _follow(text, within, [re.escape(n) + re.escape(verb) for n in _NUMERALS])
        for verb in _verbs_after_one(text, within)
    ]
    numbers = range(1, 16)
    families += [
        _follow(text, within, [f"第{n}(?![个次届条章年季批名位卷轮期种步产三方线])[，,、：:]?" for n in _NUMERALS]),
        _follow(text, within, [f"其{n}(?![他它余中实次])[，,、是]?" for n in _NUMERALS]),
        _follow(text, within, [f"{word}[，,、是]?" for word in _SEQUENTIAL], gaps=True),
        _follow(text, within, [f"[（(]{n}[）)]" for n in _NUMERALS]),
        _follow(text, within, [f"[（(]{n}[）)]" for n in numbers], free=True),
        _follow(text, within, [rf"{n}[.．、](?!\d)" for n in numbers]),
        _follow(text, within, list(_CIRCLED), free=True),
    ]
    return families


def _verbs_after_one(text: str, within: Span) -> list[str]:
    """What follows 一 at the start of a clause and follows 二 at the start of a later one: 是, 要, 抓…."""
    verbs: list[str] = []
    stretch = text[within.start : within.end]
    for match in re.finditer(_BOUNDARY + rf"一([^\W\d_a-zA-Z{_COUNTED}])", stretch):
        verb = match.group(1)
        if verb not in verbs and re.search(_BOUNDARY + "二" + re.escape(verb), stretch[match.end() :]):
            verbs.append(verb)
    return verbs


def _follow(text: str, within: Span, patterns: list[str], free: bool = False, gaps: bool = False) -> list[_Marker]:
    """Markers 1, 2, 3… in order, each the next match behind the one before.

    A `free` enumerator may stand anywhere; the others only at the start of a clause. The first one that is
    missing ends the enumeration, but with `gaps` any but the first may be missing (首先…最后).
    """
    stretch = text[within.start : within.end]
    markers: list[_Marker] = []
    position = 0
    for pattern in patterns:
        match = re.compile(pattern if free else _BOUNDARY + pattern).search(stretch, position)
        if not match and gaps and markers:
            continue
        if not match:
            break
        markers.append(_Marker(match.group(), within.start + match.start(), within.start + match.end()))
        position = match.end()
    return markers
