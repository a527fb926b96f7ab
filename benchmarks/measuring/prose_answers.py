"""What is right, said in prose, and whether an answer says it: by the rules below, else it is left to be read.

A `right` names values: all that 、 ； → or … separate are asked for, one of two that 或 separates is enough. Brackets
hold what is by the way, but for （不得…）, which names figures that the answer must not have; so does “；不得…”, and
“；不得答…” names words. 拒答 asks for silence. What stands before ： names the values that follow. A value counts as
said where its letters and digits stand together, a number whole and with its unit or in a column of that unit, or where
its characters stand in order among no more than as many others. No rule judges other conditions (须, 若, 只…).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qa.evaluation.gold import plain, says

_REFUSED = "拒答"
_NOTE = re.compile(r"（([^（）]*)）")
_MUST_NOT = re.compile(r"也?不得[给答说]?")
_UNJUDGED = re.compile(r"[若须只]|明说|全列|注明")
_CONDITION_BEGINS = re.compile(r"，(?=[若须但]|也?不得)")
_FIGURE = re.compile(r"\d+(?:[.:：/]\d+)*[%％‰]?")
_WITH_UNIT = re.compile(rf"({_FIGURE.pattern})([^\W\d_]{{1,5}})")
_FRACTION = re.compile(r"([一二三四五六七八九十])分之([一二三四五六七八九十])")
_VALUE_OF = {numeral: str(value) for value, numeral in enumerate("一二三四五六七八九十", 1)}
_ONE_UNIT = (("平方公里", "平方千米"), ("km²", "平方千米"), ("m³", "立方米"))
_LEAST_IN_ORDER = 4
"""Characters of a value that may have others between them."""


@dataclass(frozen=True, slots=True)
class Right:
    """What an answer has to say."""

    silent: bool
    """Whether silence is right."""
    alternatives: tuple[tuple[str, ...], ...]
    """Groups of values; all of one group are enough."""
    forbidden: tuple[str, ...]
    unjudged: tuple[str, ...]
    """Conditions that no rule judges."""
    may_be_other: bool
    """Whether such a condition is all that is asked for, or one of the alternatives."""


def read_right(prose: str) -> Right:
    """The rules that a `right` states."""
    forbidden = [value for note in _NOTE.findall(prose) if _MUST_NOT.match(note) for value in _forbidden(note)]
    unjudged: list[str] = []
    alternatives: list[list[str]] = [[]]
    may_be_other = False
    for part in re.split("[；;]", _CONDITION_BEGINS.sub("；", _NOTE.sub("", prose))):
        if _MUST_NOT.match(part):
            found = [] if _UNJUDGED.search(part) else _forbidden(part)
            forbidden.extend(found)
            unjudged.extend([] if found else [part])
            continue
        either = part.split("或")
        may_be_other |= len(either) > 1 and any(map(_UNJUDGED.search, either))
        judged = [one for one in either if not _UNJUDGED.search(one)]
        unjudged.extend(one for one in either if len(either) == 1 and one not in judged)
        alternatives = [[*group, *_values(one)] for group in alternatives for one in judged or [""]]
    silent = any(value.startswith(_REFUSED) for group in alternatives for value in group)
    groups = () if silent else tuple(tuple(group) for group in alternatives if group)
    return Right(silent, groups, tuple(forbidden), tuple(unjudged), may_be_other or not (groups or silent))


def _values(part: str) -> list[str]:
    label, colon, rest = part.partition("：")
    named = colon and not label[-1:].isdigit()
    return [value for one in re.split("[、→…]", rest if named else part) if (value := one.strip("。，“” "))]


def _forbidden(said: str) -> list[str]:
    return _FIGURE.findall(said.replace("/", "、")) or (
        [said.removeprefix("不得答")] if said.startswith("不得答") else []
    )


def is_said(answer: str, right: Right) -> bool | None:
    """Whether an answer says what is right and nothing forbidden; None where that is left to be read."""
    answer = _one_way(answer)
    if any(says(answer, _one_way(value)) for value in right.forbidden):
        return False
    said = _any(_all(_holds(answer, _one_way(value)) for value in group) for group in right.alternatives)
    if said:
        return None if right.unjudged else True
    return None if right.may_be_other else said


def _all(held: Iterable[bool | None]) -> bool | None:
    found = list(held)
    return False if False in found else None if None in found else True


def _any(held: Iterable[bool | None]) -> bool | None:
    found = list(held)
    return True if True in found else None if None in found else False


def _holds(answer: str, value: str) -> bool | None:
    """Whether a value stands in the answer; None where only its figures do, and its words may say the same."""
    figures = _FIGURE.findall(value)
    if not all(says(answer, figure) for figure in figures):
        return False
    if says(answer, value) or _in_order(answer, value) or _in_column(answer, value):
        return True
    return None if figures else False


def _in_order(answer: str, value: str) -> bool:
    wanted = plain(value)
    if len(wanted) < _LEAST_IN_ORDER or wanted.isdigit():
        return False
    spread = re.compile(r".{0,6}?".join(map(re.escape, wanted)))
    return any(len(found.group()) <= 2 * len(wanted) for found in spread.finditer(plain(answer)))


def _in_column(answer: str, value: str) -> bool:
    """Whether the figure stands by itself in a cell, and its unit elsewhere in the row: 受理量（件）：36,718."""
    figure = _WITH_UNIT.fullmatch(value)
    if figure is None or figure[2] not in answer:
        return False
    return re.search(rf"：{re.escape(figure[1])}(?=[；\[\n]|$)", answer) is not None


def _one_way(text: str) -> str:
    """Thousands without commas, fractions in digits, one way to write each unit."""
    text = re.sub(r"(?<=\d)[,，](?=\d{3})", "", text)
    for one, other in _ONE_UNIT:
        text = text.replace(one, other)
    return _FRACTION.sub(lambda found: f"{_VALUE_OF[found[2]]}/{_VALUE_OF[found[1]]}", text)
