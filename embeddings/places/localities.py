"""Counties, districts and towns that a question names: by their suffix, or by a short name that is no other word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from embeddings.places.gazetteer import SUFFIXES

FILE = Path(__file__).with_name("counties.txt")
"""Short names of counties, districts and banners (开化, 隆德; 泾县 whole, as it is said), by the administrative
divisions of 2020 as the package cpca 0.5.5 (MIT) lists them. Left out are provinces and prefectures, which
embeddings.places.gazetteer has, and names that are mostly other words: of their mentions in 8,000 news articles, where
there were five or more, less than one in five had the suffix (通道, 合作, 江山), but for a hundred well-known ones that
are said without it because they are no other word (醴陵, 昆山). With it the others are found too."""
ALIKE = Path(__file__).with_name("counties_alike.txt")
"""Those left out, but for plain words (公安, 资源): beside another county they are one too (昌图、开原)."""
_BESIDE = "(?:[、和与及跟同,，/／]|[高多大早快低少长贵先]?还是)"
_NOT_IN_NAMES = "这那哪个几些的是小全各谁每多老么得已别给去进拿挂报找最跟晚省市区一两三四五六七八九十"
_TURNS_TO = "采访|隔壁|换[成到作]|轮到|至于|说到|[在从被给按替写做查问换把将]"
_BEFORE = rf"(?:^|[，,、；; ]|和|与|及|跟|在|到|那)(?:{_TURNS_TO}){{0,2}}(?![本我该城郊社某])"
_HAN = rf"(?:(?![{_NOT_IN_NAMES}])[\u4e00-\u9fff])"
_LONGEST = 3
_OF_NAMES = "东西南北上下大小新老古中"
"""Characters that a town's name has before a county's: 新龙泉."""
_WITH_SUFFIX = re.compile(
    rf"{_BEFORE}(?:(?P<name>{_HAN}{{2,3}}?)(?:县|市|旗|(?<!{_HAN}{_HAN}乡)镇|乡(?!镇)|(?<![景灾园牧库])区)(?![场里内长委府民])"
    rf"|(?P<village>{_HAN}{{2}}(?<![农乡山渔驻古])[村庄寨屯])(?![庄民里务委两支集口级医卫镇队]))"
)
"""Villages are called by their whole name: 王家庄."""
_BEHIND_VILLAGES = ("干部", "管家", "规", "官", "史", "道", "老", "户", "稼")
"""What a county's villages have: 鼎城村干部, 湄潭寨管家."""
_TWO = re.compile(
    rf"{_BEFORE}(?P<one>{_HAN}{{2,3}}?)[县市区旗镇乡]?[和与跟及、](?P<other>{_HAN}{{2,3}}?)[县市区旗镇乡]?(?:这)?两(?:个|座)?[县市区旗镇乡村地]"
)
"""Two of which it is said what they are, whatever else their names may mean: “凤凰和来凤两个县”."""


def localities_in(text: str) -> tuple[str, ...]:
    """Counties, cities, towns and districts that a text names, without their suffix where they are longer, in order."""
    matches = ((match.lastgroup or "", match) for match in _WITH_SUFFIX.finditer(text))
    paired = (match.span(name) for match in _TWO.finditer(text) for name in ("one", "other"))
    suffixed = [_known_within(match, kind) for kind, match in matches if not _is_of_county(match, kind)]
    suffixed += [(*span, text[slice(*span)]) for span in paired if not any(span[0] == start for start, *_ in suffixed)]
    short = (match for match in _short_names().finditer(text) if match.group() not in SUFFIXES)
    found = [
        *suffixed,
        *(
            (match.start(), match.end(), match.group())
            for match in short
            if not any(start < match.end() and match.start() < end for start, end, _ in suffixed)
        ),
    ]
    found += list(_beside(text, found))
    return tuple(dict.fromkeys(name for *_, name in sorted(found)))


def _known_within(match: re.Match[str], kind: str) -> tuple[int, int, str]:
    """A name found by its suffix, without a character before it where the rest is a county's (采访蔚县: 蔚县)."""
    start, end, name = match.start(kind), match.end(), match[kind]
    if len(name) == _LONGEST and name[0] not in _OF_NAMES:
        known = next((one for one in (name[1:], name[2:] + match.string[end - 1]) if one in _counties()), "")
        if known:
            return start + name.index(known[0], 1), end, known
    return start, end, name


def _is_of_county(match: re.Match[str], kind: str) -> bool:
    """Whether what looks like a village is a county's (鼎城村干部)."""
    behind = match.string[match.end() :].startswith(_BEHIND_VILLAGES)
    return kind == "village" and behind and match[kind][:-1] in _counties()


def _beside(text: str, found: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Counties called as other things are too, beside one that was found, or before it at the beginning of the text."""
    alike = _alike_names()
    first = re.match(rf"(?P<name>{alike})", text)
    for start, end, _ in found:
        before = re.search(rf"(?P<name>{alike})[县市区旗]?{_BESIDE}$", text[:start])
        behind = re.match(rf"[县市区旗]?{_BESIDE}(?P<name>{alike})", text[end:])
        at_first = first if re.search(rf"{_BESIDE}$", text[:start]) else None
        yield from ((one.start("name"), one.end("name"), one["name"]) for one in (before, at_first) if one)
        if behind:
            yield end + behind.start("name"), end + behind.end("name"), behind["name"]


@cache
def _counties() -> frozenset[str]:
    return frozenset(FILE.read_text("utf-8").split())


@cache
def _alike_names() -> str:
    return "|".join(ALIKE.read_text("utf-8").split())


@cache
def _short_names() -> re.Pattern[str]:
    # With the prefectures among them nothing is found in the middle of one (巴彦 in 巴彦淖尔).
    names = sorted([*_counties(), *SUFFIXES], key=lambda name: -len(name))
    return re.compile("|".join(names))
