"""Values of numerals as Chinese prose writes them: 三, 十二, 叁, 3, ３, ③."""

from __future__ import annotations

import re
import unicodedata

_VALUES = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)}
_VALUES |= {numeral: value for value, numeral in enumerate("壹贰叁肆伍陆柒捌玖拾", 1)}
_VALUES |= {"两": 2, "兩": 2, "貳": 2, "參": 3, "陸": 6}

CHINESE_NUMERAL = "[一二三四五六七八九十]{1,3}"
"""Matches one to ninety-nine as text writes them, and what is no numeral (一二三): `numeral_value` tells."""
FORMAL_NUMERAL = "[壹贰貳叁參肆伍陆陸柒捌玖拾]{1,3}"

_IN_ORDER = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 99, "最後": 99}
"""Of 最后 only that it comes after the others is known."""


def numeral_value(numeral: str) -> int | None:
    """1 to 99, or None where it is no numeral (empty, 一二三)."""
    if numeral.isdecimal():
        return int(numeral)
    if len(numeral) == 1 and (value := unicodedata.numeric(numeral, None)) and numeral not in _VALUES:
        return int(value)
    digits = [_VALUES.get(character) for character in numeral]
    match digits:
        case [int(one)]:
            return one
        case [10, int(ones)] if ones < 10:
            return 10 + ones
        case [int(tens), 10] if tens < 10:
            return 10 * tens
        case [int(tens), 10, int(ones)] if tens < 10 and ones < 10:
            return 10 * tens + ones
    return None


def label_number(label: str) -> int | None:
    """The number that an enumerator says: 1 for “一、”, “第一，”, “（1）”, “①”, “首先”; None where it says none."""
    for word, number in _IN_ORDER.items():
        if label.startswith(word):
            return number
    found = re.search(rf"{CHINESE_NUMERAL}|{FORMAL_NUMERAL}|\d+|[①-⑳⑴-⒇㈠-㈩❶-❿]", label)
    return numeral_value(found.group()) if found else None
