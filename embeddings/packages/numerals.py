"""Whole numbers as Word writes them before paragraphs; the ways have the names of ECMA-376, part 1, 17.18.59."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_COUNTING = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"}
)


def written(number: int, form: str) -> str:
    """The number in the form that Word calls `form`; in Arabic digits where the form can't say it or is unknown."""
    if form == "none":
        return ""
    if number < 1 or number > 9999:
        return str(number)
    if form in _COUNTING:
        return _counted(number, _DIGITS, "十百千")
    if form == "chineseLegalSimplified":
        return _counted(number, _LEGAL, "拾佰仟", short=False)
    return _lettered(number, form) or str(number)


def _lettered(number: int, form: str) -> str:
    if form in ("upperLetter", "lowerLetter"):
        # After Z comes AA, then BB.
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"):
        return _circled(number)
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(number))
    if form in ("ideographDigital", "japaneseDigitalTenThousand"):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    signs = {"ideographTraditional": _STEMS, "ideographZodiac": _BRANCHES}.get(form, "")
    return signs[number - 1] if number <= len(signs) else ""


def _counted(number: int, digits: str, units: str, short: bool = True) -> str:
    """“二十一”; short: “十一” and not “一十一”."""
    text, zero = "", False
    for place, digit in enumerate(reversed(str(number))):
        value = int(digit)
        if value:
            unit = units[place - 1] if place else ""
            text = digits[value] + unit + (digits[0] if zero and text else "") + text
        zero = not value and bool(text)
    if short:
        text = text.replace("〇", "零")
        return text.removeprefix("一") if 10 <= number < 20 else text
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _circled(number: int) -> str:
    for first, last, sign in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(sign) + number - first)
    return ""
