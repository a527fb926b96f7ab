"""Names of newspapers, agencies, sites and stations, told by what they end with."""

from __future__ import annotations

import re

from embeddings.page.characters import HAN
from embeddings.places.gazetteer import PROVINCES, SUFFIXES

KIND = (
    r"(?:(?:日报|晚报|早报|晨报|时报|商报|都市报|导报|周报|快报|青年报|参考报|报)网?|新闻网|新闻|消息网|通讯社|社|广播网|网|"
    r"电视台|卫视|广播电台|电台|客户端|APP|app|融媒体中心|融媒体?|全媒体|传媒|杂志|周刊|月刊|在线|之家|时刻|视频|之声|频道)"
)
LETTER = rf"[{HAN}A-Za-z·+]"
_OUTLET = re.compile(rf"{LETTER}{{1,14}}{KIND}")
_PLACE = "|".join(sorted({*PROVINCES, *SUFFIXES}, key=len, reverse=True))
_GLUED = re.compile(
    rf"[{HAN}]{{2}}[网社报](?:{_PLACE}){KIND}$|(?:中国|{_PLACE}){KIND}$|(?:中国|{_PLACE})?[{HAN}]{{2}}{KIND}$|[A-Za-z]{{2,}}{KIND}$"
)
_OWN = re.compile(r"^(?:本[报网刊台社站]|我[报网台社])")
_NO_OUTLET = re.compile(
    r"^(?:据|综合|由|从|对|在|引|援|按|向|与|和|记者|各|多|该|其|一[家个名]|外媒|官|互联网|网络|有|这|那)|[的了是]|^[^社]社$"
)
_WITH_BRANCH = re.compile(rf"{LETTER}{{1,4}}{KIND}")
_CAPTION = re.compile(r"^.*(?:供图|摄影?)")
_LONGEST = 8
"""Characters of a name that nothing but a break tells from the words before it."""


def outlet_in(words: str) -> str:
    """The outlet that words consist of; empty where they are none, and for “本报”, which names nobody."""
    bare = words.strip(" |｜·-—《》“”【】")
    named = _OUTLET.fullmatch(bare) and not _OWN.match(bare) and not _NO_OUTLET.search(bare)
    return bare if named else ""


def outlet_ending(words: str, broken: bool, first: bool = False) -> str:
    """The outlet that ends the words; `broken` says that a break stands before them, `first` that nothing does.

    A headline may run on into the name without one: then it has two characters before what kind it is, and 中国 or a
    place before these.
    """
    own = re.sub(r"^(.{2,8})\1$", r"\1", _CAPTION.sub("", words))
    longer = first and _WITH_BRANCH.match(own)
    if (broken or own != words) and (longer or len(own) <= _LONGEST):
        return outlet_in(own)
    found = _GLUED.search(own)
    return outlet_in(found.group()) if found else ""
