"""Dates and times as their cells show them where the format is Chinese, else in ISO 8601."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]'
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<unit>y+|e+|m+|d+|a{3,4}|h+|s+(?:\.0+)?)|(?P<sign>.)",
    re.DOTALL | re.IGNORECASE,
)
_CHINESE = re.compile("[年月日号时點点分秒]|上午/下午|aaa")
_DAYS = "一二三四五六日"

BUILT_IN = {
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The formats that Chinese programs give these numbers, and no name, in a workbook: ECMA-376, part 1, 18.8.30."""


def shown_date(value: datetime | date | time | timedelta, code: str) -> str:
    """The moment, or the stretch of time, as a cell of this format shows it."""
    if isinstance(value, timedelta):
        return _elapsed(value)
    moment = _moment(value)
    section = "" if code == "General" else code.split(";")[0]
    tokens = _tokens(section)
    if _CHINESE.search(section):
        return "".join(_said(kind, text, moment, section) for kind, text in tokens).strip()
    return _iso(moment, {kind for kind, _ in tokens}, isinstance(value, time))


def _elapsed(value: timedelta) -> str:
    """Hours and minutes, and seconds where there are some."""
    seconds = round(value.total_seconds())
    sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
    rest = f":{seconds % 60:02d}" if seconds % 60 else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}{rest}"


def _moment(value: datetime | date | time) -> datetime:
    if isinstance(value, time):
        return datetime.combine(date(1900, 1, 1), value)
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    # A spreadsheet keeps moments as fractions of days, which miss the second by some microseconds.
    near = value.microsecond >= 500_000 and value.year < 9999
    return (value + timedelta(seconds=1) if near else value).replace(microsecond=0)


def _tokens(section: str) -> list[tuple[str, str]]:
    """(unit, as written), the unit “n” for minutes, “text” for what stands as it is."""
    tokens: list[tuple[str, str]] = []
    for found in _TOKEN.finditer(section):
        literal = next((found[name] for name in ("quoted", "escaped", "sign") if found[name] is not None), None)
        if literal is not None:
            tokens.append(("text", literal))
        elif found["half"]:
            tokens.append(("half", found["half"]))
        elif unit := found["unit"] or found["elapsed"]:
            tokens.append((unit[0].lower().replace("e", "y"), unit.lower()))
    return _with_minutes(tokens)


def _with_minutes(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """“m” behind hours or before seconds is minutes."""
    units = [number for number, (kind, _) in enumerate(tokens) if kind not in ("text", "half")]
    for place, number in enumerate(units):
        kind, text = tokens[number]
        before = tokens[units[place - 1]][0] if place else ""
        after = tokens[units[place + 1]][0] if place + 1 < len(units) else ""
        if kind == "m" and (before == "h" or after == "s"):
            tokens[number] = ("n", text)
    return tokens


def _said(kind: str, text: str, moment: datetime, section: str) -> str:
    two = len(text.partition(".")[0]) == 2
    if kind == "half":
        return "上午" if moment.hour < 12 else "下午"
    if kind == "h" and re.search("AM/PM|A/P|上午/下午", section, re.IGNORECASE):
        return f"{moment.hour % 12 or 12:0{2 if two else 1}d}"
    if kind == "a" or (kind == "d" and len(text) > 2):
        return ("星期" if len(text) == 4 else "周") + _DAYS[moment.weekday()]
    if kind == "y":
        return f"{moment.year % 100:02d}" if two else str(moment.year)
    numbers = {"m": moment.month, "d": moment.day, "h": moment.hour, "n": moment.minute, "s": moment.second}
    return f"{numbers[kind]:0{2 if two else 1}d}" if kind in numbers else text


def _iso(moment: datetime, units: set[str], time_alone: bool) -> str:
    """What the format shows of the moment; where it leaves out the year of a day, or all, the whole day."""
    day = ""
    if units & {"y", "m", "d", "a"} or not units & {"h", "n", "s"}:
        only_year, no_day = not units & {"m", "d", "a"}, not units & {"d", "a"}
        day = moment.strftime(
            "%Y" if only_year and "y" in units else "%Y-%m" if no_day and "y" in units else "%Y-%m-%d"
        )
    at = moment.strftime("%H:%M:%S" if "s" in units else "%H:%M") if units & {"h", "n", "s"} else ""
    return at if time_alone and at else " ".join(filter(None, (day, at)))
