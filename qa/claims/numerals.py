"""Values of numerals of any size: 32000, 3.2万, 三万二千, 二〇二四, 百分之三十, 捌佰陆拾伍万."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
HAN_DIGITS = "".join(_DIGITS)
MULTIPLIERS = "百千万亿"
FORMAL = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"
"""As cheques and contracts write numerals, in folded text."""
_FORMAL_RUN = re.compile(rf"(?=[{FORMAL}]*[壹贰叁肆伍陆柒捌玖])[{FORMAL}]{{2,}}")
_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")


def in_plain_numerals(text: str) -> str:
    """The folded text with formal numerals (捌佰陆拾伍万) in common ones; lengths stay, and words (大陆, 队伍)."""
    return _FORMAL_RUN.sub(lambda match: match.group().translate(_PLAIN), text)


def multiplier(characters: str) -> int:
    """What the characters behind digits multiply by: 万 by 10,000, 千万 by 10,000,000; 1 where there are none."""
    product = 1
    for character in characters:
        product *= _TENS.get(character) or _MYRIADS[character]
    return product


def han_value(numeral: str) -> Decimal | None:
    """The value of a Chinese numeral in any form (三十六, 二〇二四, 一点五), or None where it is none (一十十)."""
    whole, _, fraction = numeral.partition("点")
    value = _whole_value(whole)
    if value is None or not fraction:
        return None if value is None else Decimal(value)
    digits = "".join(str(_DIGITS[character]) for character in fraction if character in _DIGITS)
    return Decimal(f"{value}.{digits}") if len(digits) == len(fraction) else None


def _whole_value(numeral: str) -> int | None:
    if numeral and all(character in _DIGITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    total = section = 0
    digit: int | None = None
    last = ""
    for character in numeral:
        if character in _DIGITS:
            if digit is not None and last != "零":
                return None
            digit = _DIGITS[character]
        elif character in _TENS:
            section += (1 if digit is None else digit) * _TENS[character]
            digit = None
        elif character in _MYRIADS:
            total = (total + section + (digit or 0)) * _MYRIADS[character]
            section, digit = 0, None
        else:
            return None
        last = character
    # 三千二 is 3200, 两万五 25,000: a digit right behind a multiplier counts its tenths.
    before = numeral[-2:-1]
    if digit and len(numeral) > 2 and before in (*_TENS, *_MYRIADS) and before != "十":
        return total + section + digit * (_TENS.get(before) or _MYRIADS[before]) // 10
    return total + section + (digit or 0) if numeral else None
