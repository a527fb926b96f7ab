"""Provinces and cities of China in a text, and the one that an article is about."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from embeddings.places.gazetteer import NEEDS_SUFFIX, NOT_AFTER, NOT_BEFORE, PROVINCE_OF, PROVINCES, SUFFIXES

_NOT_PLACES = r"(?!路|大街|大道|街道|村|镇|乡|社区|小区|海域|流域|海峡|公园|陵园|县(?!级|域|委)|区(?![域县]))"
_NOT_STREETS = r"(?!路|大街|大道|街道|海峡)"
_DATELINE = re.compile(r"^.{0,4}(?:[\u4e00-\u9fff]{2,8}[网社报])[^。，,]{0,20}?(?:电|讯|消息)(?:\s*[（(][^）)]*[）)])?")
_SPEAKS_LOCALLY = re.compile(
    r"(?<![\u4e00-\u9fff])(?:省|市|区|州)(?:委|政府|直|级)|(?<![\u4e00-\u9fff])[省市](?:[\u4e00-\u9fff]{2"
    r",8})(?:局|厅|委)|我[省市州区县]|全[省市州]|本[省市]|[省市]委"
)
_NATIONAL = re.compile(
    r"^(?:中共中央|中央|国务院|国家|全国|生态环境部|[\u4e00-\u9fff]{2,6}部(?![\u4e00-\u9fff]*[省市]))"
)
_MANY = 3
_DOMINANT = 0.6


def _form(name: str, suffix: str) -> str:
    """Return the regular expression of one place: its official names anywhere, its short name outside other words."""
    bare = "海南" if name == "海南州" else name
    official = [re.escape(bare + suffix)]
    if suffix.endswith("自治州"):
        official.append(f"{bare}州")
    if name == "吉林":
        official.append("吉林市")
    if name in NEEDS_SUFFIX:
        province = PROVINCE_OF[name]
        behind = "" if name == "海南州" else f"|(?:(?<={province})|(?<={province}省)){bare}(?!路|村|镇|乡)"
        return f"(?:{'|'.join(official)}){behind}"
    before = f"(?<![{NOT_BEFORE[name]}])" if NOT_BEFORE.get(name) else ""
    after = f"(?![{NOT_AFTER[name]}])" if NOT_AFTER.get(name) else ""
    return f"{'|'.join(official)}|{before}{bare}{after}{_NOT_STREETS if name in PROVINCES else _NOT_PLACES}"


@cache
def _beginning_with(first: str) -> re.Pattern[str]:
    """The places of one first character, made when it is met: those of all take a fifth of a second to make."""
    names = sorted((name for name in SUFFIXES if name[0] == first), key=lambda name: -len(name))
    return re.compile("|".join(f"(?P<{_group(name)}>{_form(name, SUFFIXES[name])})" for name in names))


def _group(name: str) -> str:
    return "p" + "_".join(f"{ord(char):x}" for char in name)


_NAMES = {_group(name): name for name in SUFFIXES}
_FIRST = re.compile(f"[{''.join(dict.fromkeys(name[0] for name in SUFFIXES))}]")


def find_places(text: str) -> tuple[str, ...]:
    """Return the provinces and prefectures named in `text` by their short names, in order of first mention.

    “山东省泰安市” gives 山东 and 泰安. Names inside other words don't count (北海 in 北海海域, 河北 in 黄河北岸);
    海南藏族自治州 is 海南州.
    """
    return tuple(dict.fromkeys(_mentions(text)))


def province_of(place: str) -> str:
    """Return the short name of the province that `place` lies in; a province lies in itself; unknown places in none."""
    return PROVINCE_OF.get(place, "")


def infer_place(*, title: str, author_post: str, authors: tuple[str, ...], body: str, source: str, footer: str) -> str:
    """Return the short name of the place that an article is about, or an empty string rather than a guess.

    Asked in turn: title and opening sentence; the author's office; the source and the page's footer, where the text
    speaks of “我市” or “省委” without saying which; a place that most mentions in the text are of.
    """
    offices = [author_post, *authors]
    lead = _DATELINE.sub("", body[:400])
    opening = re.split(r"[。！？!?\n]", lead.strip(), maxsplit=1)[0]
    counts = Counter(_mentions(f"{title}\n{body}"))
    for evidence in (f"{title}\n{opening}", title, *offices):
        if place := _single(evidence, counts):
            return place
    if any(_NATIONAL.match(office) for office in offices if office):
        return ""
    if _SPEAKS_LOCALLY.search(body):
        for evidence in (source, footer):
            if place := _single(evidence, counts):
                return place
    place, count = counts.most_common(1)[0] if counts else ("", 0)
    return place if count >= _MANY and count >= _DOMINANT * sum(counts.values()) else ""


def _mentions(text: str) -> list[str]:
    found: list[str] = []
    first = _FIRST.search(text)
    while first is not None:
        match = _beginning_with(first.group()).match(text, first.start())
        if match is not None and match.lastgroup:
            found.append(_NAMES[match.lastgroup])
        first = _FIRST.search(text, match.end() if match else first.end())
    return found


def _single(text: str, counts: Counter[str]) -> str:
    """Return the one place that `text` is about: a city before its province, else the one named far more often."""
    named = find_places(text)
    cities = [place for place in named if place not in PROVINCES]
    around = {province_of(city) for city in cities}
    places = [place for place in named if place in cities or place not in around]
    if len(places) == 1:
        return places[0]
    if len(cities) > 1 and len(around) == 1 and len(places) == len(cities):
        province = next(iter(around))
        if province in named:
            return province
    ranked = sorted(places, key=lambda place: -counts[place])
    if len(ranked) > 1 and counts[ranked[0]] >= max(_MANY, 2 * counts[ranked[1]]):
        return ranked[0]
    return ""
