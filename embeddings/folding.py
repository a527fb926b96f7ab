"""One spelling for what readers take as the same: width, case, traditional and simplified characters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

_QUOTATION = re.compile(r"[\s“”‘’「」『』《》\"'·•,，]")
_POWERS = frozenset("⁰¹⁴⁵⁶⁷⁸⁹")
"""Superscripts that are never folded to digits: 10⁶ would become 106. ² and ³ stand at units, and people type km2."""
_HAN_BLOCKS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))


@cache
def _simplified() -> dict[int, str]:
    """Traditional character -> simplified one, for `str.translate`.

    Character by character, not by phrase as OpenCC would: question and article are folded alike, and a
    table keeps lengths, so that a place found in the folded text is a place in the text.
    """
    converter = opencc.OpenCC("t2s")
    pairs = ((code, converter.convert(chr(code))) for block in _HAN_BLOCKS for code in block)
    return {code: simple for code, simple in pairs if len(simple) == 1 and simple != chr(code)}


class _Folded(dict[int, str]):
    """Character -> what it folds to, worked out when it is first met: `str.translate` then runs at C speed."""

    def __missing__(self, code: int) -> str:
        character = unicodedata.normalize("NFKC", chr(code)).lower()
        character = character if len(character) == 1 and chr(code) not in _POWERS else chr(code)
        self[code] = _simplified().get(ord(character), character)
        return self[code]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """NFKC (character by character), simplified, lower case; always exactly as long as `text`."""
    return text.translate(_FOLDED)


def squeeze(text: str) -> str:
    """The folded text without quotation marks, commas and blanks, so that “五个聚焦” is found as 五个聚焦."""
    return _QUOTATION.sub("", fold(text))
