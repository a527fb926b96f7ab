"""Names of people where they stand amid other words: “记者张三 通讯员李四近日” names two."""

from __future__ import annotations

import re
from dataclasses import dataclass

from embeddings.credits.names import is_organisation, is_person
from embeddings.credits.outlets import outlet_in
from embeddings.page.characters import HAN
from embeddings.places.gazetteer import PROVINCES, SUFFIXES

_KIND_OF = "(?:全媒体|融媒体|融媒|特约|见习|实习|首席|高级|资深|本报|本网|本刊|本台|驻[一-鿿]{1,6}?)*"
ROLE = rf"{_KIND_OF}(?:记者站|记者|通讯员|实习生|评论员|特约撰稿人?|特派员)"
"""What somebody who reports is called."""
_ROLE = re.compile(rf"{ROLE}\s*[:：]?\s*")
_SEPARATOR = re.compile(r"[\s、,，;；/／|｜丨&和与]+")
_IN_BRACKETS = (
    "待续 节选 摘编 图文 如图 上接 下转 略有 有删 完毕 全文 未完 视频 综合 来源 资料 编者 作者 记者 本文 时间 地点 "
    "人物 同上 注释 文图 提供 供图 摄影 签发 审核 审签 审校 初审 复审 终审 监制 统筹 编审 制作 排版"
)
_NOT_NAMES = frozenset(_IN_BRACKETS.split())
_TIME = "近日|日前|今天|昨天|今日|昨日|近期|今年|去年|目前|当前|连日来|最近|日上午|上午|下午|清晨|傍晚"
_FOLLOWS = re.compile(
    rf"$|[\s、,，。;；:：）)\]】（(/／|｜丨\d“”《！!？?△▲▼@#]|{_TIME}|报道|编译|\s?摄|文/|图/|综合|{ROLE}|编辑|校对|来源|"
    rf"(?:{'|'.join(sorted(PROVINCES))})|[为从据对由自]"
)
_REST = re.compile(r"(?:\s*(?:摄影报道|报道|采写|撰稿)|[\s/／、]+(?:文|图|图文|文图|摄影|摄|整理|综合|编译))*\s*$")
_LATIN = re.compile(r"[A-Za-z.·•]{2,20}(?: [A-Z][a-z]+)?")


@dataclass(frozen=True, slots=True)
class Named:
    """People named one after the other, and where the last name ends."""

    people: tuple[str, ...]
    end: int


def may_be_name(word: str) -> bool:
    """Whether a word can be somebody's name where a label before it says that it is one: pen names have no form."""
    if word in _NOT_NAMES or word[-1] == "摄" or word in SUFFIXES or is_organisation(word) or _is_outlet(word):
        return False
    return is_person(word) or re.fullmatch(rf"[{HAN}]{{2,4}}", word) is not None


def is_name(word: str) -> bool:
    """Whether a word has the form of a person's name, and is neither a place nor a word that stands in brackets."""
    return (
        is_person(word)
        and word[-1] != "摄"
        and word not in _NOT_NAMES
        and word not in SUFFIXES
        and not _is_outlet(word)
    )


def _is_outlet(word: str) -> bool:
    return len(word) >= 4 and bool(outlet_in(word))


def only_people(text: str, labelled: bool) -> tuple[str, ...]:
    """The people that a text consists of, with what they are called before each (“记者甲 通讯员乙、丙”), else none.

    Before the first of them the outlet may stand; `labelled`: a label outside of it says that they are names.
    """
    before, roles, rest = text.strip(), _ROLE.search(text), text.strip()
    if roles:
        before, rest = text[: roles.start()].strip(), text[roles.end() :]
        if re.search(r"[。！？!?，,：:；;]|图片|照片", before) or len(before) > 16:
            return ()
        if before and is_name(before.split()[0]):
            rest = f"{before} {rest}"
    rest = _REST.sub("", rest)
    words: list[str] = []
    for word in filter(None, _SEPARATOR.split(_ROLE.sub(" ", rest))):
        # “李 四” is spaced out to the width of three characters.
        joins = bool(words) and len(words[-1]) == 1 and len(word) <= 2
        words[-1:] = [words[-1] + word] if joins else [*words[-1:], word]
    people = [person for word in words for person in _apart(word)]
    known = may_be_name if labelled or roles else is_name
    return tuple(dict.fromkeys(people)) if people and len(people) <= 12 and all(map(known, people)) else ()


def scan_people(text: str, at: int) -> Named | None:
    """The names from `at` on, as far as each is seen to end: before a break, a number, a word of time or place."""
    people: list[str] = []
    end = at
    while True:
        gap = _SEPARATOR.match(text, at)
        role = _ROLE.match(text, gap.end() if gap else at)
        start = role.end() if role else gap.end() if gap else at
        if people and start == at:
            break
        name = _name_at(text, start)
        if not name:
            break
        people.append("".join(name.split()))
        at = end = start + len(name)
    return Named(tuple(dict.fromkeys(people)), end) if people else None


def _name_at(text: str, at: int) -> str:
    if spaced := re.compile(rf"[{HAN}] [{HAN}](?![{HAN}])").match(text, at):
        return spaced.group() if is_name("".join(spaced.group().split())) else ""
    for length in (4, 3, 2):
        name = text[at : at + length]
        if len(name) == length and is_name(name) and name[0] != "从" and _FOLLOWS.match(text, at + length):
            return name
    return ""


def _apart(word: str) -> list[str]:
    """Two names written as one (“张小三李四”), where they come apart in one way only."""
    if len(word) not in (5, 6) or is_name(word):
        return [word]
    ways = [(word[:cut], word[cut:]) for cut in (2, 3) if is_name(word[:cut]) and is_name(word[cut:])]
    return list(ways[0]) if len(ways) == 1 else [word]
