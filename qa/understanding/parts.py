"""Questions that ask several things, one a clause: “减少多少场、约谈几家”; and what is said to the one who is asked."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from embeddings.places.localities import localities_in
from embeddings.places.places import find_places
from qa.understanding.names import names_in, titles_in, years_asked
from qa.understanding.one_of_several import COMPARED
from qa.understanding.question import Question, understand
from qa.understanding.wording import ASKS

_MOST = 5
"""Parts that are read by themselves."""
_CLAUSE = re.compile(r"[^，,；;。？?！!\s]+[，,；;。？?！!\s]*")
_BESIDE = re.compile(r"、|以及|还有|并且|[+＋]|和|与|并")
_ADDRESSES = re.compile(r"[我您你咱]|谢谢|多谢|感谢|请问|麻烦|帮忙|辛苦|打扰|你好")
"""Speaks of the one who asks or the one who is asked."""
_LONGEST_ADDRESS = 12
"""Characters of a clause before a question that say no more than who asks whom."""

_EACH = re.compile(
    "分别|各自|各(?!种|类|级|地|项|位|方|县|市|区|镇|乡|村|单位|部门|说)|都(?=叫|是|有|多|几|怎|什么|啥|谁|在哪)"
    rf"|[这那](?:[两俩二]|2)[个位家]?人?(?=[叫是有都])|{COMPARED}"
)
"""Asks the same of each of the things named before it."""
_ALIKE = (2, 3)
"""Characters of two things that end alike: 中度 and 重度, 一等奖 and 二等奖."""
_BOTH = r"(?P<first>[^，,。；;、]{2,20}?)(?:[、和与跟及]|以及)(?P<second>[^，,。；;、]{2,20}?)"
_COUNT = r"(?:[两俩二]|(?<!\d)2)[个类种项位名家件场届处条座所本部篇份]"
_OF_EACH = re.compile(rf"{_BOTH}(?:[，, ]*[这那]?{_COUNT}[\u4e00-\u9fff]{{0,4}}?)?[，, ]*$")
_OF_TWO = re.compile(rf"{_BOTH}[，, ]*[这那]{_COUNT}")
"""Two things and what both are called, other things said of them behind it: “甲和乙这两个活动都办了，”."""
_ONE_BY_ONE = re.compile(
    rf"{_BOTH}(?:[，, ]*[这那]?{_COUNT}[\u4e00-\u9fff]{{0,4}}?)?[，, ]*"
    r"一[个位](?P<of_first>[^，,。；;、]+?)[，,、 ]*一[个位](?P<of_second>[^，,。；;、]+)$"
)
"""“甲跟乙两个考生，一个录的什么系一个录的什么专业”."""
_ONE_IS = re.compile(
    rf"{_COUNT}[^，,。；;的]{{0,8}}的(?P<what>[^，,。；;：:]{{1,10}})[，,：:、 ]*"
    r"一[个位家]是(?P<first>[^，,。；;、]{2,20}?)[，,、 ]*一[个位家]是(?P<second>[^，,。；;、]{2,20})$"
)
_BESIDE_KEYWORDS = re.compile("[；;]|[，, ]*(?:以及|还有|另外|[+＋]) *")
_LEAD = re.compile("^[^，,。；;：:]{2,8}[：:]")
"""What the answer is for: “写数据用：”."""
_SHORTEST_KEYWORDS = 5
_BESIDES = re.compile(r"(?:另外|另|还想(?:问|知道)|再问|顺[便带]问?)(?:一下|下)?[，, ]*")
"""Turns to something else."""


def without_address(text: str) -> str:
    """The question without clauses that ask nothing, name nothing and speak of those who talk.

    A long one just before what asks stays: it may say what is asked about.
    """
    clauses = _CLAUSE.findall(text)
    asking = [_asks(clause) for clause in clauses]
    if not any(asking):
        return text
    kept = [
        clause
        for clause, asks, leads_on in zip(clauses, asking, [*asking[1:], False], strict=True)
        if asks or _names(clause) or not _ADDRESSES.search(clause) or (leads_on and len(clause) > _LONGEST_ADDRESS)
    ]
    return "".join(kept).rstrip("，,；;")


def _asks(clause: str) -> bool:
    """Whether a clause asks; “核实几个数字” of those who talk says no more than some."""
    asking = [match.group() for match in ASKS.finditer(clause)]
    return any(not said.startswith("几") for said in asking) if _ADDRESSES.search(clause) else bool(asking)


def _names(clause: str) -> bool:
    named = (
        names_in(clause),
        titles_in(clause),
        years_asked(clause),
        find_places(clause),
        localities_in(clause),
    )
    return any(named) or bool(re.search(r"\d", clause))


def parts_of(question: Question) -> tuple[Question, ...]:
    """The things asked, each a question of its own, those behind the first as follow-ups of it; none where it is one.

    A clause that does not ask belongs to the next one that does. Two things set side by side of which each is asked the
    same are two parts, where the question names no two places or years.
    """
    parts: list[str] = []
    before = ""
    for clause in _clauses(question.text):
        before += clause
        if _asks(clause):
            parts.append(before.strip("，,；;。、+＋ "))
            before = ""
    if len(parts) < 2:
        parts = _of_each(question) or _keywords(question.text)
    if not 2 <= len(parts) <= _MOST:
        return ()
    first = understand(parts[0], question.earlier)
    return (first, *(_behind(first, part) for part in parts[1:]))


def _of_each(question: Question) -> list[str]:
    """What is asked of each of two things: “报账员骗的钱和出纳贪的钱分别多少”; nothing where it is asked otherwise."""
    if max(len(question.localities), len(question.places), len(question.years)) > 1:
        return []
    if both := _ONE_BY_ONE.search(question.text):
        return [both["first"] + both["of_first"], both["second"] + both["of_second"]]
    asked = _EACH.search(question.text)
    lead = question.text[: asked.start()] if asked else ""
    beside = _OF_EACH.search(lead) or _OF_TWO.search(lead)
    if not asked or not beside:
        return []
    # Of what is said between the two and what is asked of each the last clause belongs to that: “去年”.
    last = re.split("[，,]", lead[beside.end() :])[-1]
    before, rest = question.text[: beside.start()], last.strip() + question.text[asked.end() :]
    if before.endswith("、"):
        return []  # Of three and more it is not told where the first begins.
    things = _each_thing(beside["first"].strip(), beside["second"].strip())
    compared = re.fullmatch(COMPARED, asked.group())
    return [before + thing + rest for thing in things] if _asks(rest) or compared else []


def _keywords(text: str) -> list[str]:
    """Two things that are but named: “甲县抽水泵台数；乙库除湿机台数”, “两个班的人数，一个是甲班，一个是乙班”."""
    if both := _ONE_IS.search(text):
        return [f"{both[which]}的{both['what']}" for which in ("first", "second")]
    if _asks(text):
        return []
    parts = [part.strip("，,；;。、 ") for part in _BESIDE_KEYWORDS.split(_LEAD.sub("", text))]
    return parts if len(parts) == 2 and all(len(part) >= _SHORTEST_KEYWORDS for part in parts) else []


def by_itself(question: Question, part: Question) -> Question | None:
    """A part that says what it is about, asked as if alone: one of two things, or behind “另外”; None of others."""
    besides = _BESIDES.match(part.text)
    if besides or part.text in (_of_each(question) or _keywords(question.text)):
        return understand(part.text[besides.end() if besides else 0 :], question.earlier)
    return None


def asked_alone_of(part: Question) -> Question:
    """The clause of a part that asks, as if nothing stood before it."""
    asking = [clause for clause in _CLAUSE.findall(part.text) if _asks(clause)]
    return understand((asking[-1] if asking else part.text).strip("，,；;。、 "))


def _each_thing(first: str, second: str) -> tuple[str, str]:
    """Two things with what is said but once of both: of “中度和重度患者” “中度患者” and “重度患者”."""
    for length in _ALIKE:
        if len(first) >= length <= len(second) and first[-1] == second[length - 1]:
            before, own, shared = first[:-length], second[:length], second[length:]
            return first + shared, before + own + shared
    whose, of, _ = first.partition("的")
    if of:
        return first, second if "的" in second else f"{whose}的{second}"
    # “甲厂和乙案的罚款”: what is asked of both stands behind the last.
    _, of, shared = second.rpartition("的")
    return first + of + (shared if of else ""), second


def _behind(first: Question, text: str) -> Question:
    """A further thing asked; of several years only that which is asked first is asked for each."""
    part = understand(text, (*first.earlier, first.text))
    inherited = not years_asked(text) and len(part.years) > 1
    return replace(part, years=()) if inherited else part


def _clauses(text: str) -> list[str]:
    """The clauses; one that asks several things side by side is cut between them."""
    found: list[str] = []
    for clause in _CLAUSE.findall(text):
        asking = [match.start() for match in ASKS.finditer(clause)]
        start = 0
        for beside in _BESIDE.finditer(clause) if len(asking) > 1 else ():
            before = bisect_left(asking, beside.start()) - bisect_left(asking, start)
            if before and asking[-1] >= beside.end():
                found.append(clause[start : beside.start()])
                start = beside.end()
        found.append(clause[start:])
    return found
