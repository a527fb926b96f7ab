"""One spelling for what readers take as the same: width, case, traditional and simplified characters."""

from __future__ import annotations

import unicodedata
from functools import cache

import opencc

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


@cache
def _fold_character(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


def fold(text: str) -> str:
    """NFKC (character by character), simplified, lower case; always exactly as long as `text`."""
    return "".join(map(_fold_character, text)).translate(_simplified())
