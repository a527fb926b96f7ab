"""Names that a question turns on: quoted, numbered (五个坚持, 三抓), digits (12345); titles and years."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise

from embeddings.folding import fold
from qa.claims.years import years_in
from qa.understanding.wording import ASKING, NUMERALS

_VALUE = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_MEASURE = "个大项张块档种条级类联抓件支份步招"
_NUMBERED = re.compile(
    rf"(?<![下上进第唯统同每逐])[{NUMERALS}]{{1,3}}[{_MEASURE}][^\W\d_a-z是的在呢吗哪有都各，]{{0,2}}"
    rf"|(?:[{NUMERALS}][^\W\d{NUMERALS}]){{2}}"
)
"""Two characters behind the measure word tell one name from another (五个聚焦, 五个坚持); more may be no name."""
_ONLY_COUNTED = re.compile(
    rf"^[{NUMERALS}]+[个大项种条类](?:方面|问题|部分|内容|项目|单位|地方|文章|小时|星期|礼拜|国家|城市|学校|公司|企业|部门|数字|[月年人村县市区镇乡省州国家户厂校球队字]|$)"
)
_GENERAL = re.compile(
    rf"^[{NUMERALS}]+[个大项种条类点件样](?:大|主要|突出)?(?:问题?|难处?|困难?|原因?|病根?|短板?|毛病?|举措|措施|办法?|做法?|打算?|要求?"
    "|条件?|步骤?|环节?|心愿?|建议?|对策?|变化?|特点?|任务?|目标?|重点?|教训?|阶段?|情形?|事情?|$)"
)
"""What begins so is hardly called by it; a name that was cut may end within the noun (四个大问)."""
_TWICE = re.compile(r"^(?:(.{1,2})\1|(.)(.)\3.?)$")
"""Says how, and names nothing: 一样一样, 一条条说."""
_BOUND = re.compile("[以往朝][上下内]")
"""十块以上."""
_PARTS_OF = re.compile(
    rf"^(?P<numeral>[{NUMERALS}])(?:[个大项种条类件支份张本把块]|(?=[^\W\d]))[“‘]?(?P<head>[^\W\d]{{1,4}})"
)
_COUNTED_THINGS = re.compile(
    rf"(?<![第{NUMERALS}])([{NUMERALS[1:]}])[个大项种条类点件样步招](?![月年人村县市区镇乡省州]|小时)"
)
_QUOTED = re.compile(r"[“‘「『\"]([^”’」』\"]{1,30})[”’」』\"]")
_COUNTED_QUOTED = re.compile(rf"([{NUMERALS}])[个大项]?[“‘「『\"]([^”’」』\"]{{1,8}})[”’」』\"]")
_COMPOUND = re.compile(rf"[{NUMERALS}]\D{{1,2}}[{NUMERALS}]")
"""一表三单, 四强六规范: no single number of parts."""
_TWIN = re.compile(rf"^([{NUMERALS}])([^\W\d])\1[^\W\d]$")
"""五查五看: as many parts, each of which says both."""
_PIECES = re.compile(rf"[{NUMERALS}][^\W\d{NUMERALS}]{{1,3}}")
_ASKS_BEHIND = (
    "[^，,。；; ]{0,3}[ ，,]*(?:分别|都|各|每[^，,。；; ]{1,4}?|到底|究竟|具体)*[^，,。；;]{0,4}?"
    "(?:(?:啥|什么)(?!时|人|地方|原因|单位)[^，,。；;？?]{0,4}|哪(?:[些几两二三四五六七八九十2-9][^，,。；;]{0,4})?|怎么(?:表述|说|写|讲|提)的?)[？?]*$"
)
"""Behind a name: it asks what it is, or which its parts are."""
_ORDINAL = re.compile(
    rf"第([{NUMERALS}]|\d{{1,2}})[个项条点大类种张块步件招]|(?<=\d)\w{{0,4}}[中里]的?[“‘「\"]?(\d)[”’」\"]?(?=是|指|代表|$)"
)
_QUOTED_NUMBERED = re.compile(rf"[“‘「『]([{NUMERALS}][^”’」』，。“]{{1,7}})[”’」』]")
_TITLE = re.compile(r"《([^》]{2,60})》")
_AMOUNT = re.compile(
    r"\d+(?:[.,，]\d+)*\s*(?:[万亿%％‰]|元|人次|平方|公[里斤顷]|[亩吨件个家户名米岁场册次辆项篇座所处起]|人(?!大)|小时|分钟|天(?!天))"
    r"|(?:超过|超出|[低高多少大小]于|不到|不足|至少|达到)了?\s*\d+(?:[.,，]\d+)*"
)
"""Numbers that are no names: 5000万, 超过300."""
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SHORTEST = 2
"""Characters of a name that a question can be seen to say."""


@dataclass(frozen=True, slots=True)
class NumberedName:
    """A name that says how many parts it has: 五个坚持 is 5 of 坚持."""

    count: int
    head: str


def names_in(text: str) -> tuple[str, ...]:
    """Folded names in the order quoted, numbered, digits."""
    rest = _TITLE.sub(" ", _QUOTED.sub(" ", text))
    numbered = (match.group() for match in _NUMBERED.finditer(ASKING.sub(" ", rest)))
    digits = (match.group() for match in _DIGITS.finditer(_AMOUNT.sub(" ", rest)))
    names = [
        *(f"{numeral}个{name}" for numeral, name in _COUNTED_QUOTED.findall(text)),
        *_QUOTED.findall(_TITLE.sub(" ", text)),
        *(name for name in numbered if not any(one.search(name) for one in (_ONLY_COUNTED, _BOUND, _TWICE))),
        *(number for number in digits if len(number) >= 3 and not years_in(number)),
    ]
    return tuple(dict.fromkeys(fold(name) for name in names))


def is_general(name: str) -> bool:
    """Whether a name says no more than how many of something anybody may have: 四个大问题, 三个难处."""
    return _GENERAL.match(name) is not None


def joined_names(text: str) -> tuple[str, ...]:
    """The names of a question that asks for several side by side (四大课堂和五个聚焦); none for one within another."""
    plain = fold(re.sub(r"[“”‘’「」『』\"]", "", text))
    names = sorted(dict.fromkeys(name for name in names_in(text) if name in plain), key=plain.index)
    between = (plain[plain.index(a) + len(a) : plain.index(b)] for a, b in pairwise(names))
    joined = len(names) >= 2 and all(re.fullmatch(r"[和与、及,，]|以及", words) for words in between)
    return tuple(names) if joined else ()


def quoted_numbered_names(text: str) -> tuple[str, ...]:
    """Folded names in quotation marks that begin with a numeral (“四强六规范”, “五联”), as articles write them."""
    return tuple(dict.fromkeys(quoted_numbered_mentions(text)))


def quoted_numbered_mentions(text: str) -> tuple[str, ...]:
    """The same names in the order of the text, each as often as it is mentioned."""
    return tuple(map(fold, _QUOTED_NUMBERED.findall(text)))


def is_piece_of(name: str, other: str) -> bool:
    """Whether a name is a piece of another (四联 of 三亮四联), and no other thing of its kind."""
    return name in _pieces_of(other)


def _pieces_of(name: str) -> tuple[str, ...]:
    pieces = _PIECES.findall(name)
    return tuple(pieces) if len(pieces) > 1 and "".join(pieces) == name else ()


def name_asked(text: str, known: Collection[str]) -> str:
    """The last of the names in quotation marks in articles, or of their pieces, that a question asks the parts of.

    “四控控的啥” asks those of “四控”, “四联都联哪些” of a piece of “三亮四联”; empty where it asks of none.
    """
    plain = fold(re.sub(r"[“”‘’「」『』\"]", "", text))
    pieces = (piece for name in known for piece in _pieces_of(name))
    said = {name for name in (*known, *pieces) if name in plain}
    asked = [name for name in said if re.search(re.escape(name) + _ASKS_BEHIND, plain)]
    return max(asked, key=lambda name: (plain.rindex(name) + len(name), len(name)), default="")


def said_of(names: Iterable[str], text: str) -> frozenset[str]:
    """The names that a text says as a whole, and not within a longer one of them."""
    found = {name for name in names if len(name) >= _SHORTEST and name in text}
    longest_first = sorted(found, key=lambda name: (-len(name), name))
    return frozenset(re.findall("|".join(map(re.escape, longest_first)), text)) if found else frozenset()


def first_said(names: Collection[str], texts: Iterable[str]) -> frozenset[str]:
    """The names that the first of the texts says that says any: a question, else what was asked before it."""
    return next(filter(None, (said_of(names, text) for text in texts)), frozenset())


def titles_in(text: str) -> tuple[str, ...]:
    """Titles in 《》."""
    return tuple(_TITLE.findall(text))


def years_asked(text: str) -> tuple[str, ...]:
    """Years of four digits, those typed with two (24年) or in Chinese numerals among them."""
    return years_in(text, typed=True)


def numbered_name(name: str) -> NumberedName | None:
    """How many of what a name announces, or None where it announces nothing."""
    if twin := _TWIN.match(name):
        return NumberedName(_VALUE[twin[1]], twin[2])
    match = _PARTS_OF.match(name)
    return NumberedName(_VALUE[match.group("numeral")], match.group("head")) if match else None


def ordinal_in(text: str) -> int | None:
    """Which part is asked for (其中第三个, 第三大活动, 12345中的“3”: 3), or None."""
    match = _ORDINAL.search(text)
    if match is None:
        return None
    numeral = match.group(1) or match.group(2)
    return int(numeral) if numeral.isdigit() else _VALUE[numeral]


def part_count(asked: str, names: tuple[str, ...]) -> int | None:
    """How many parts are asked for, or None.

    Said by the words of asking (哪六个), else by the first name (五个坚持, 12345), else by what is counted (四个方面).
    """
    counted = re.search(rf"哪([{NUMERALS[1:]}]|[2-9])", asked)
    if counted:
        numeral = counted.group(1)
        return int(numeral) if numeral.isdigit() else _VALUE[numeral]
    for name in names:
        if name.isdigit() and name == "123456789"[: len(name)]:
            return len(name)
        if _VALUE.get(name[0], 1) >= 2 and (_TWIN.match(name) or not _COMPOUND.match(name)):
            return _VALUE[name[0]]
    things = _COUNTED_THINGS.search(asked)
    return _VALUE[things.group(1)] if things else None
