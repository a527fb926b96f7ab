"""Dates as Chinese pages write them -> ISO 8601."""

from __future__ import annotations

import re
from datetime import date

_SEPARATED = r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*日?"
_COMPACT = r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)"
_NUMERALS = (
    r"([一二][〇○零Ｏ九][〇○零Ｏ一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_TIME = (
    r"(?:\s*T?\s*\d{1,2}\s*[:：时]\s*\d{1,2}(?:\s*[:：分]\s*\d{1,2}(?:\.\d+)?秒?)?分?(?:\s*(?:Z|[+-]\d{2}:?\d{2}))?)?"
)
_WEEKDAY = r"(?:\s*(?:[(（]?\s*(?:星期|周)[一二三四五六日天]\s*[)）]?))?"

DATE = re.compile(f"(?:{_SEPARATED}|{_NUMERALS}){_WEEKDAY}{_TIME}")
"""A day of the calendar with year, with its weekday and its time of day where they follow."""
_ANY = re.compile(f"{_SEPARATED}|{_NUMERALS}|{_COMPACT}")
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "Ｏ": 0}


def iso_date(text: str) -> str:
    """Return the first valid date with year in `text` as YYYY-MM-DD, or an empty string."""
    for match in _ANY.finditer(text):
        numbers = [_number(group) for group in match.groups() if group is not None]
        try:
            return date(*numbers).isoformat()
        except ValueError:
            continue  # “2019-13-45” is a number that looks like a date
    return ""


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[char]) for char in text))
