"""Reads a question that compares: the sides and what is asked of each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from embeddings.reading.places import find_places

_FRONT = re.compile(r"^(?:请问|请|帮我|试|简要|能否|能不能)*(?:比较|对比|分析|说明|介绍)(?:一下|下)?(?=.{4})")
_SAME = "不同|区别|异同|差异|差别|不一样|共同|相同|相似|一样"
_TAIL = re.compile(
    rf"(?:各自|分别|之间|彼此|两者|二者|双方)*的?(?:都?[有存]在?|在)?(?:什么|哪些|何|啥|哪里|哪儿|怎么|如何|多大|没有)?(?:方面)?的?"
    rf"(?:联系[和与]|又一个|最|较|主要|明显|显著|大|根本|的)*(?:{_SAME})"
    r"(?:点|之处|的?地方|的做法)*(?:(?:主要)?(?:在|是|体现在|有)?(?:什么|哪里|哪儿|哪些|哪|于什么|何处)?(?:方面|地方)?)?(?:呢|吗|没有)?$"
)
_VERSUS = re.compile(
    r"(?:相比较于?|相比之下|相比起?|比较起来|对比(?!的)|比较(?=[，,]|一下|呢|如何|怎么样|$))(?:一下)?(?:呢|如何|怎么样|有什么特点)?"
)
_ASKS_ANOTHER_THING = re.compile(
    r"为什么|为何|原因|如何解释|哪个|哪种|谁|什么(?!不|区别|差|异|共|相|特|优|样|方面|联系|地方)"
)
_MEASURED = re.compile(r"多少|几|(?:提高|上升|下降|增长|减少|增加|降低|改善|缩短|变化)|百分点")
_JOIN = re.compile(r"以及|和|与|跟|及|、|vs\.?|VS\.?|对比(?=.)|相比于")
_WITHIN = re.compile(r"《[^》]*》|“[^”]*”|\"[^\"]*\"|「[^」]*」")
_END_OF_NAME = re.compile(r"的|在|(?=有什么|有哪些)")
_AFTER_ASKED = re.compile(r"(?:上|方面|各?有|的|(?:各?有)?(?:什么|哪些|何)(?:特点|特色|优势|亮点)?|怎么样|怎样|如何)$")
_ALL_OF_THEM = re.compile(
    r"^(?:和|与|跟|同|在)|(?:的|之间|[两二三四五]地|[两二三四五]个(?:单位|地方|城市|省份?|市|局))$"
)
_UNIT = re.compile(r"^.{1,15}?(?:局|厅|委|院|馆|站|中心|公司|集团|支部|党组|学校|大学|县|市|镇|村|街道)")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_SIDES = 2


@dataclass(frozen=True, slots=True)
class AskedSide:
    """One of the things compared."""

    name: str
    """As an answer heads it: 泰安, 港务局, 2018年."""
    topic: str
    """It with what is asked of it: 泰安的学习方法."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sides in the order of the question, and what is asked of both or all, or nothing in particular."""

    sides: tuple[AskedSide, ...]
    asked: str


def read_comparison(text: str) -> Comparison | None:
    """What a text compares with what, or None where it compares nothing.

    A figure set against an earlier one (与去年相比提高了多少) is no comparison of two sides.
    """
    plain = re.sub(r"\s+", "", text).strip("？?。！!，,")
    hidden = _WITHIN.sub(lambda match: "\ue000" * len(match.group()), plain)
    front, tail = _FRONT.match(hidden), _TAIL.search(hidden)
    versus = _VERSUS.search(hidden, front.end() if front else 0)
    if not (tail or versus or (front and "较" in front.group() + "较" * ("对比" in front.group()))):
        return None
    if (_MEASURED.search(hidden) and not tail) or _ASKS_ANOTHER_THING.search(hidden):
        return None
    start, end = front.end() if front else 0, tail.start() if tail else len(hidden)
    body, mask = plain[start:end], hidden[start:end]
    return _of(body, mask)


def _of(body: str, mask: str) -> Comparison | None:
    """From “与B相比，A的X”, “A与B相比，X”, “在X上，A和B”, “A和B的X” or “A的X和B的Y”."""
    versus = _VERSUS.search(mask)
    if versus:
        before, behind = body[: versus.start()].strip("，,"), body[versus.end() :].strip("，,")
        against = re.match(r"^(?:和|与|跟|同)(?P<other>.+)$", before)
        if against and behind:
            name, asked = _name_and_asked(behind)
            return _shared((name, against.group("other")), asked)
        if len(_split(before)) >= _SIDES:
            return _joined(before, behind)
        return _joined(f"{before}和{behind}", "") if before and behind else None
    clauses = re.split(r"[，,]", body)
    if len(clauses) == 2:
        for sides, rest in (clauses, clauses[::-1]):
            if len(_split(sides)) >= _SIDES:
                return _joined(sides, rest)
    return _joined(body, "")


def _split(text: str) -> list[str]:
    """The text cut at 和, 与, 、 outside quotations."""
    mask = _WITHIN.sub(lambda match: "\ue000" * len(match.group()), text)
    pieces, start = [], 0
    for match in _JOIN.finditer(mask):
        if match.start() - start >= 2 and len(text) - match.end() >= 2:
            pieces.append(text[start : match.start()])
            start = match.end()
    return [*pieces, text[start:]]


def _joined(text: str, asked: str) -> Comparison | None:
    asked = _AFTER_ASKED.sub("", re.sub(r"^(?:在|的)", "", asked))
    *firsts, last = _cut_to_sides(text)
    if not firsts:
        return None
    name, own = _name_and_asked(last) if not asked else (last, "")
    if not own and not asked and all(_UNIT.fullmatch(first) for first in firsts) and (unit := _UNIT.match(last)):
        name, own = unit.group(), last[unit.end() :]
    if own and all("的" not in first for first in firsts):
        return _shared((*firsts, name), own)
    if "的" in firsts[0]:
        return _each_with_its_own((*firsts, last), asked)
    return _shared((*firsts, name), asked)


def _cut_to_sides(text: str) -> list[str]:
    """Cut at the joints; of more joints than places, only at those that have a place on either side."""
    pieces = _split(text)
    if len(find_places(text)) < _SIDES:
        return pieces
    merged: list[str] = []
    for piece in pieces:
        if merged and not find_places(piece) and not _UNIT.match(piece):
            merged[-1] += text[text.index(merged[-1]) + len(merged[-1]) :][:1] + piece
        else:
            merged.append(piece)
    return merged


def _name_and_asked(text: str) -> tuple[str, str]:
    """“咸宁的学习方法” -> 咸宁 and 学习方法; “咸宁学习方法” too, since 咸宁 is a place."""
    end = _END_OF_NAME.search(text, 1)
    places = find_places(text)
    if end:
        return text[: end.start()], _AFTER_ASKED.sub("", text[end.end() :])
    if places and text.startswith(places[0]):
        match = re.match(rf"{places[0]}(?:[省市县州区](?![\u4e00-\u9fff]*[局厅委]$))?", text)
        size = match.end() if match and not re.search(r"[局厅委院馆站部]$", text) else len(text)
        return text[:size], text[size:]
    return text, ""


def _shared(names: tuple[str, ...], asked: str) -> Comparison | None:
    names = tuple(_ALL_OF_THEM.sub("", name) for name in names)
    names = _with_common_front(names)
    if len(names) < _SIDES or any(len(name) < 2 for name in names) or len(set(names)) < len(names):
        return None
    return Comparison(tuple(AskedSide(name, f"{name}的{asked}" if asked else name) for name in names), asked)


def _with_common_front(names: tuple[str, ...]) -> tuple[str, ...]:
    """“咸宁2018年” and “2019年”: the second is of the same place."""
    year = _YEAR.search(names[0])
    front = names[0][: year.start()] if year else ""
    return tuple(f"{front}{name}" if n and front and _YEAR.match(name) else name for n, name in enumerate(names))


def _each_with_its_own(things: tuple[str, ...], asked: str) -> Comparison | None:
    """“泰安的四大课堂” and “咸宁的五块阵地”; “泰安的四大课堂” and “五个聚焦”, which is 泰安's too."""
    owner, first = things[0].split("的", 1)
    things = tuple(f"{t}的{first}" if "的" not in t and find_places(t) else t for t in things)
    full = [thing if "的" in thing else f"{owner}的{thing}" for thing in things]
    owners, own = [thing.split("的", 1)[0] for thing in full], [thing.split("的", 1)[1] for thing in full]
    names = owners if len(set(owners)) == len(owners) else own
    if any(len(name) < 2 for name in names) or len(set(names)) < len(names):
        return None
    sides = (AskedSide(name, f"{thing}的{asked}" if asked else thing) for name, thing in zip(names, full, strict=True))
    return Comparison(tuple(sides), asked or (own[0] if len(set(own)) == 1 else ""))
