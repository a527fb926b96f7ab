"""What a sentence claims that a source must state: its numbers and dates, places, people, Latin words, quoted terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from embeddings.folding import fold, squeeze
from embeddings.page.characters import HAN
from embeddings.places.places import find_places
from qa.claims.quantities import Quantity, quantities

Kind = Literal["quoted", "latin", "person", "spot"]
_QUOTED = re.compile(
    r"“([^“”]{1,60})”|「([^「」]{1,60})」|『([^『』]{1,60})』|《([^《》]{1,80})》|‘([^‘’]{1,60})’|\"([^\"]{1,60})\""
)
_LATIN = re.compile(r"[a-z][a-z0-9]*(?:[.\-+'’][a-z0-9]+)*")
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋杜叶苏魏吕丁沈姚卢姜崔钟谭陆汪范廖贾韦夏邹熊孟秦邱"
    "侯尹薛闫雷史陶黎贺郝顾龚邵覃钱戴莫孔汤康樊葛邢齐乔伍庞颜倪庄聂鲁岳翟耿傅"
)
"""The commonest surnames, without those that are commoner as other words (何, 任, 成, 方)."""
_POSTS = (
    "书记|局长|主任|厅长|市长|省长|县长|区长|镇长|部长|处长|科长|所长|站长|队长|组长|院长|校长|行长|主席|委员|代表|记者|"
    "教授|博士|院士|先生|女士|同志|经理|董事长|总裁|医生|老师|工程师|党员"
)
_SAYS = "说|表示|介绍|指出|强调|认为|坦言|告诉|透露|回忆|担任|出任|带领|主持|同志|先生|女士|等"
_PERSON = re.compile(
    rf"(?:{_POSTS})(?P<behind>[{SURNAMES}][{HAN}]{{1,2}}?)(?=[^{HAN}]|$|{_SAYS}|[在的是为和与及])"
    rf"|(?<![{HAN}])(?P<before>[{SURNAMES}][{HAN}]{{1,2}})(?=(?:{_POSTS})|{_SAYS})"
    rf"|(?<=、)(?P<listed>[{SURNAMES}][{HAN}]{{1,2}})(?=、|等(?:人|同志|\d))"
)
_DIGITS = str.maketrans("一二两三四五六七八九", "1223456789")
_SPOT = re.compile(
    rf"[{HAN}]{{2}}(?:村|镇|乡|县|湖|岛|水库|大学(?![习生家])|医院|公司|集团|分局|学院|中学(?![习生])|小学(?![习生])|矿区|港区)"
)
_NO_SPOT = re.compile(
    r"[各全本该某此这那几每到进入赴往在去驻住帮扶和与及或比对的等是有为从向了所个农乡渔山市省区县州城新老小大]"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name that stands at text[start:end]."""

    kind: Kind
    text: str
    """As `spelt` spells it."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claims:
    """What a text claims."""

    quantities: tuple[Quantity, ...]
    names: tuple[Name, ...]
    places: tuple[str, ...]
    """Provinces and cities by their short names, in order of first mention."""


def claims_of(text: str) -> Claims:
    """The claims of a Chinese text."""
    return Claims(quantities(text), names_of(text), find_places(text))


def spelt(text: str) -> str:
    """One spelling of a name: folded, without quotation marks, blanks and commas, its small numbers in digits."""
    return squeeze(text).translate(_DIGITS)


def names_of(text: str) -> tuple[Name, ...]:
    """The names that a text holds, in order; a Latin word within a quoted term is part of that."""
    found = [name for name in (*_quoted(text), *_latin(text), *_people(text), *_spots(text)) if name.text]
    outer = [
        name
        for name in found
        if not any(other is not name and other.start <= name.start and name.end <= other.end for other in found)
    ]
    return tuple(sorted(outer, key=lambda name: name.start))


def _quoted(text: str) -> Iterator[Name]:
    for match in _QUOTED.finditer(text):
        group = match.lastindex or 0
        yield Name("quoted", spelt(match.group(group)), *match.span(group))


def _latin(text: str) -> Iterator[Name]:
    for match in _LATIN.finditer(fold(text)):
        yield Name("latin", spelt(match.group()), *match.span())


def _people(text: str) -> Iterator[Name]:
    for match in _PERSON.finditer(text):
        group = match.lastgroup or ""
        yield Name("person", spelt(match.group(group)), *match.span(group))


def _spots(text: str) -> Iterator[Name]:
    """Villages, lakes, schools…: the two characters before what they are, which tell one from another."""
    for match in _SPOT.finditer(text):
        if not _NO_SPOT.search(match.group()[:2]):
            yield Name("spot", spelt(match.group()), *match.span())
