"""Follow-ups that name another year or place and say nothing else: the question before, asked of that one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import reduce

from embeddings.places.localities import localities_in
from embeddings.places.places import find_places
from embeddings.types import Span
from qa.claims.years import years_said

_RELATIVE = re.compile("前年|去年|今年|明年")
_BESIDE = {"上一年": -1, "上年": -1, "前一年": -1, "头一年": -1, "下一年": 1, "次年": 1, "第二年": 1, "后一年": 1}
"""Years told by the one that was asked of before."""
_SUFFIX = "[省市县区旗州镇乡村]?"
_DIVISION = f"{_SUFFIX}(?:分局|局)?"
_LEADS_OVER = r"(?:那么|那|换成|换到|换作|换|轮到|至于|再看|再说|如果是|要是|隔壁|到了?|和|跟|[，,、 ])*"
_ASKS_ON = (
    "(?:的|在|那边|这边|情况|数据|数字|又|是|有|呢|怎么样|怎样|如何|怎么说|多少|几个|几|啥样|啥情况|什么情况"
    "|也|说一?下|说说|讲一?下|[涨降升变成]+到?|了|[，,。？?！! ])*"
)


def turned(text: str, earlier: Sequence[str], known: Iterable[str] = ()) -> str:
    """What a follow-up asks that turns to another year or place; empty where it says more, or the same.

    “沙塘县呢？” behind “青柘县的治理率是多少” asks “沙塘县的治理率是多少”. `known` are names of places that articles
    call themselves by.
    """
    known = tuple(known)
    before = reduce(lambda asked, one: _turned(one, asked, known) or one, earlier[1:], earlier[0]) if earlier else ""
    return _turned(text, before, known) if before else ""


def _turned(text: str, before: str, known: Sequence[str]) -> str:
    text = _with_year_said(text, before)
    places, years = _places_in(text, known), [text[span.start : span.end] for span in _years_in(text)]
    if len(places) > 1 or len(years) > 1 or not (places or years):
        return ""
    said = "|".join(map(re.escape, (*places, *years)))
    if not re.fullmatch(rf"{_LEADS_OVER}(?:(?:{said}){_DIVISION}的?)+{_ASKS_ON}", text):
        return ""
    asked = before
    for place in places:
        asked = _with_place(asked, place + _division_of(place, text), known)
    for year in years:
        asked = _with_year(asked, year)
    return asked if asked != before else ""


def _with_year_said(text: str, before: str) -> str:
    """The follow-up with the year that it tells by the one asked of before: “那上一年呢” behind 2024 is of 2023."""
    years = [int(one.year) for one in years_said(before, typed=True)]
    told = next((word for word in _BESIDE if word in text), "")
    return text.replace(told, f"{years[0] + _BESIDE[told]}年") if told and len(years) == 1 else text


def _places_in(text: str, known: Sequence[str]) -> tuple[str, ...]:
    named = localities_in(text) or tuple(name for name in known if name in text)
    return named or find_places(text)


def _division_of(place: str, text: str) -> str:
    found = re.search(rf"{re.escape(place)}({_DIVISION})", text)
    return found[1] if found else ""


def _with_place(asked: str, place: str, known: Sequence[str]) -> str:
    others = _places_in(asked, known)
    if len(others) != 1:
        return f"{place}{asked}" if not others else asked
    return re.sub(re.escape(others[0]) + _SUFFIX, place, asked, count=1)


def _with_year(asked: str, year: str) -> str:
    said = _years_in(asked)
    if len(said) != 1:
        return f"{year}{asked}" if not said else asked
    return asked[: said[0].start] + year + asked[said[0].end :]


def _years_in(text: str) -> list[Span]:
    """Where a year is said, with the 年 behind it."""
    said = [Span(one.start, one.end + text.startswith("年", one.end)) for one in years_said(text, typed=True)]
    return said or [Span(*match.span()) for match in _RELATIVE.finditer(text)]
