"""Numbers with their units and bounds, made equal however they are written: 五个, 5个; 3.2万, 32000; 三成, 30%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from embeddings.folding import fold
from qa.claims.measures import COUNTS_ONE, SELDOM_COUNTS, SPELT_ALIKE, UNIT, same_unit
from qa.claims.numerals import HAN_DIGITS, MULTIPLIERS, han_value, in_plain_numerals, multiplier
from qa.claims.years import relative_years_said, years_said

Bound = Literal["", "+", "-"]
"""Whether the number is said to be exceeded (多, 以上, 不少于) or not reached (不到, 以内, 不超过)."""

_BEFORE = re.compile(
    r"(?P<more>不少于|不低于|不小于|至少|(?<!不)超过|(?<!不)超出|突破|逾|多于|高于)"
    r"|(?P<less>不超过|不多于|不高于|不到|不足|最多|至多|低于|少于|不满|近)"
)
_MORE_BEHIND = "多|余|以上"
_LESS_BEHIND = "以下|以内|之内|内"
_NUMBER = re.compile(
    rf"(?:(?P<per>百分之|千分之|万分之)|(?P<ordinal>第))?"
    rf"(?:(?P<digits>(?<![a-z\d.])(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?)|(?P<han>[{HAN_DIGITS}十{MULTIPLIERS}]+(?:点[{HAN_DIGITS}]+)?))"
    rf"(?P<more>多|余|几)?(?P<times>(?:[{MULTIPLIERS}](?![米瓦克]))*)(?P<more2>多|余)?"
    rf"(?P<unit>成(?![立为员了功果绩本效就人都]|{UNIT})|{UNIT})?(?P<behind>{_MORE_BEHIND}|{_LESS_BEHIND}(?![容部心地]))?"
)
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])(?![次讲个回期场年])")
_RANGE = re.compile(r"\s*(?:[-–—~～]+|至|到)\s*")
_PER = {"百分之": "%", "千分之": "‰", "万分之": "‱"}
_ENUMERATOR = re.compile(r"(?:^|(?<=[：:；;。，,\s]))\d{1,2}[.．、)）](?!\d)|[（(]\d{1,2}[)）]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that stands at text[start:end], its unit and bound in one spelling."""

    value: Decimal
    unit: str
    bound: Bound
    start: int
    end: int

    @property
    def is_year(self) -> bool:
        """Whether it names a year of the calendar."""
        return self.unit == "年" and 1000 <= self.value <= 2999


def quantities(text: str) -> tuple[Quantity, ...]:
    """All numbers that the text states, in order; none that only enumerates (1.、（2）) or is part of a word (一起)."""
    plain = in_plain_numerals(fold(text))
    enumerators = {match.start() + i for match in _ENUMERATOR.finditer(plain) for i in range(len(match.group()))}
    dates = [date for match in _ISO_DATE.finditer(plain) for date in _dates(match)]
    dates += [
        Quantity(Decimal(1 + min("一二三四五六日天".index(match.group(1)), 6)), "星期", "", *match.span())
        for match in _WEEKDAY.finditer(plain)
    ]
    taken = {position for date in dates for position in range(date.start, date.end)} | enumerators
    found = [q for match in _NUMBER.finditer(plain) if match.start() not in taken and (q := _quantity(plain, match))]
    found = _with_whole_years(plain, found)
    return tuple(sorted([*dates, *_with_units_of_ranges(plain, found)], key=lambda quantity: quantity.start))


def agrees(said: Quantity, stated: Quantity) -> bool:
    """Whether a source that states one bears out the other: the same value in the same unit, and no bound added."""
    return (
        said.value == stated.value
        and same_unit(said.unit, stated.unit)
        and (not said.bound or said.bound == stated.bound)
    )


def relative_years(text: str, published: str) -> tuple[Quantity, ...]:
    """The years that 去年, 今年… in an article published on this ISO date mean."""
    if not published[:4].isdigit():
        return ()
    said = relative_years_said(text, int(published[:4]))
    return tuple(Quantity(Decimal(one.year), "年", "", one.start, one.end) for one in said)


def _with_whole_years(text: str, found: list[Quantity]) -> list[Quantity]:
    """24年3月 is of 2024."""
    years = {said.start: said.year for said in years_said(text)}
    short = {q.start for q in found if q.unit == "年" and q.start in years and not q.is_year}
    return [replace(q, value=Decimal(years[q.start])) if q.start in short else q for q in found]


def _dates(match: re.Match[str]) -> Iterator[Quantity]:
    for group, unit in enumerate(("年", "月", "日"), 1):
        yield Quantity(Decimal(match.group(group)), unit, "", match.start(group), match.end(group))


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    unit, han = match.group("unit") or "", match.group("han")
    if han is not None:
        if not _counts(match, han, unit):
            return None
        value = han_value(han)
    else:
        value = Decimal(match.group("digits").replace(",", ""))
    if value is None:
        return None
    value *= multiplier(match.group("times"))
    if per := match.group("per"):
        unit = _PER[per]
    elif unit == "成":
        value, unit = value * 10, "%"
    else:
        unit = SPELT_ALIKE.get(unit, unit)
    if match.group("ordinal"):
        unit = f"第{unit}"
    return Quantity(value.normalize(), unit, _bound(text, match), match.start(), match.end())


def _counts(match: re.Match[str], han: str, unit: str) -> bool:
    """Whether a Chinese numeral counts here, and is not part of a word (一起, 统一, 千方百计)."""
    if match.group("per"):
        return True
    if len(han) == 2 and all(character in HAN_DIGITS for character in han):
        # 七一 is a day, 三四个 no number but a guess.
        return False
    if not unit:
        return len(han) >= 3 and han_value(han) is not None and "点" not in han[1:2]
    if han == "一" and not match.group("ordinal"):
        return unit in COUNTS_ONE
    return unit not in SELDOM_COUNTS or len(han) >= 3 or (unit == "大" and len(han) == 1)


def _bound(text: str, match: re.Match[str]) -> Bound:
    before = list(_BEFORE.finditer(text, max(0, match.start() - 5), match.start()))
    if before and not text[before[-1].end() : match.start()].strip("了过达到至约"):
        return "+" if before[-1].group("more") else "-"
    behind = match.group("behind") or ""
    if behind and re.fullmatch(_LESS_BEHIND, behind):
        return "-"
    return "+" if match.group("more") or match.group("more2") or behind else ""


def _with_units_of_ranges(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """The first number of a range (3至5个) counts what the second does."""
    for quantity, following in zip(found, [*found, None][1:], strict=True):
        between = text[quantity.end : following.start] if following else ""
        if following and not quantity.unit and _RANGE.fullmatch(between):
            yield replace(quantity, unit=following.unit)
        else:
            yield quantity
