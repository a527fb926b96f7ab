"""What a superscript is by what stands around it: the mark of a note, a power that belongs to a figure, or text."""

from __future__ import annotations

import re
from typing import Literal

Meaning = Literal["note", "power", "degree", "text"]

_POWERS = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
SUPERSCRIPT_DIGITS = re.compile(r"(?<![⁺⁻⁽])[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?![⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹])")
"""Superscripts that are characters of their own; not those with a sign, which are charges and powers."""

_LABEL = r"(?:\d{1,3}|[a-z]|[ivx]{1,4}|[①-⑳㉑-㉟㊱-㊿❶-❿]|[*＊※†‡§¶#]{1,3})"
_MARK = re.compile(
    rf"[\[［(（〔【]?\s*(?:注释?|note)?\s*{_LABEL}?(?:\s*[,，、;；–—~-]\s*{_LABEL})*\s*[\]］)）〕】]?",
    re.IGNORECASE,
)
_LABELS = re.compile(_LABEL)

_SIGNED = re.compile(r"[+\-−–]\d{1,3}|\d{0,2}[+\-−–]")
_NUMBER = re.compile(r"\d{1,3}")
_UNIT = re.compile(r"(?:(?<![A-Za-z])(?:[kcdmhnμµ]?m|in|ft|yd|mi)|/s|[㎜㎝㎞])$")
_METRES = re.compile(r"(?<!平方)(?<!立方)(?<!平方公)(?<!立方公)(?<!平方千)(?<!立方千)(?:米|公里|千米)$")
_TIMES_TEN = re.compile(r"[×xX✕·*]\s*10$")
_TEN = re.compile(r"(?<![\d.,，])10$")
_VARIABLE = re.compile(r"(?<![A-Za-zΑ-ω])[A-Za-zΑ-ω]$")
_PRODUCT = re.compile(r"[a-zΑ-ω]$")
"""What may be a variable in a product or behind a function: mc, πr, sin."""
_TERM = re.compile(r"[(（][^()（）]*[A-Za-z\d][+\-−–*/×][^()（）]*[)）]$")
_ELEMENT = re.compile(r"[A-Z][a-z]?(?![A-Za-z])")


def meaning(before: str, raised: str, after: str, defined: bool) -> Meaning:
    """Tell what a superscript between two stretches of its line is; `defined`: a note with its label is known."""
    said = raised.strip()
    if said in ("o", "O", "0", "°", "º") and (before[-1:].isdigit() or after[:1] in ("C", "F")):
        return "degree"
    behind_word = before[-1:].isalnum() and before[-1:].isascii()
    if said == "n" or _SIGNED.fullmatch(said):
        return "power" if behind_word or before[-1:] in (")", "）", "]") else "text"
    # A fraction is set with its numerator raised.
    if after[:1] in ("/", "⁄"):
        return "power" if before[-1:].isdigit() else "text"
    if _NUMBER.fullmatch(said):
        return "power" if _is_power(before, int(said), after, defined) else "note"
    if said.isdecimal():
        return "power"
    # The ending of a word, as of 1st.
    ending = said.isalpha() and said.isascii() and behind_word and not before[-1:].isdigit()
    return "note" if said and _MARK.fullmatch(said) and not ending else "text"


def _is_power(before: str, number: int, after: str, defined: bool) -> bool:
    if _UNIT.search(before):
        return number in (2, 3)
    if _METRES.search(before):
        return number in (2, 3) and not defined
    if _TIMES_TEN.search(before):
        return True
    if _TEN.search(before):
        return number >= 3 and not defined
    if _VARIABLE.search(before) or _TERM.search(before):
        return number in (2, 3, 4) or (number > 1 and not defined)
    if _PRODUCT.search(before):
        return number in (2, 3, 4) and not defined
    if before[-1:].isdigit():
        return after[:1] in ("=", "＝")
    # The mass of an isotope stands before its element: ¹⁴C.
    return number >= 10 and not defined and _ELEMENT.match(after) is not None


def as_power(raised: str) -> str:
    """The superscript in characters that stay readable without being set."""
    return raised.strip().translate(_POWERS)


def as_digits(superscripts: str) -> str:
    """The digits that superscript characters stand for."""
    return superscripts.translate(_DIGITS)


def labels(raised: str) -> tuple[str, ...]:
    """The notes that a mark refers to: “[1,3]” to 1 and 3, “1-3” to 1, 2 and 3; of none where it only says 注."""
    bare = raised.strip().strip("[]［］()（）〔〕【】 ")
    if between := re.fullmatch(r"(\d{1,3})\s*[–—~-]\s*(\d{1,3})", bare):
        first, last = int(between[1]), int(between[2])
        if first < last < first + 20:
            return tuple(map(str, range(first, last + 1)))
    return tuple(_LABELS.findall(re.sub(r"注释?|note", "", bare, flags=re.IGNORECASE)))
