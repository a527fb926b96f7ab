"""How Chinese characters sound: toneless pinyin, with what southern typists confuse taken as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from embeddings.places.gazetteer import SUFFIXES

_READINGS = 2
"""Readings taken of a character, the commonest first; rarer ones are hardly typed."""
_CONFUSED = (
    (re.compile("^([zcs])h"), r"\1"),
    (re.compile("^n"), "l"),
    (re.compile("([iea])ng$"), r"\1n"),
)
"""zh/z, ch/c, sh/s; n/l; in/ing, en/eng, an/ang."""
_LONGEST_SYLLABLE = 6
_NO_VOWEL = ("m", "n", "ng", "hm", "hng")
"""Readings of interjections, which are no syllables to a typist."""


def blurred(syllable: str) -> str:
    """One key for syllables that southern typists confuse (ning, nin, ling and lin: lin)."""
    for pattern, key in _CONFUSED:
        syllable = pattern.sub(key, syllable)
    return syllable


@cache
def readings(character: str) -> frozenset[str]:
    """Toneless readings of a Chinese character (重: zhong, chong), ü as v; none of anything else."""
    # Imported at first use: its tables take half a second, which a question without a suspicion need not wait for.
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(s for s in found[0][:_READINGS] if s not in _NO_VOWEL) if found else frozenset()


@cache
def _heard(character: str) -> frozenset[str]:
    return frozenset(blurred(syllable) for syllable in readings(character))


@cache
def characters_of(syllable: str) -> str:
    """The characters of GB 2312, those in everyday use, that are read as this syllable."""
    return _characters().get(syllable, "")


def alike(typed: str, said: str, blur: bool = False) -> bool:
    """Whether two characters can be read alike; with `blur` also where their readings are often confused."""
    return not (_heard(typed).isdisjoint(_heard(said)) if blur else readings(typed).isdisjoint(readings(said)))


def confused_with(syllable: str) -> tuple[str, ...]:
    """The syllables that are often confused with this one, itself among them."""
    return _by_blur().get(blurred(syllable), ())


def spelled(letters: str) -> Iterator[tuple[str, ...]]:
    """Every way to read lower-case letters as pinyin (xian: xian; xi, an); nothing where they are none."""
    if not letters:
        yield ()
    for end in range(min(len(letters), _LONGEST_SYLLABLE), 0, -1):
        if letters[:end] in _characters():
            for rest in spelled(letters[end:]):
                yield (letters[:end], *rest)


def places_spelled(letters: str) -> tuple[str, ...]:
    """Provinces and prefectures whose names are spelled so in pinyin (taian: 泰安; suzhou: 苏州, 宿州)."""
    return _places().get(letters, ())


def places_sounding(typed: str) -> tuple[str, ...]:
    """Provinces and prefectures of as many characters that sound like those typed, or nearly so."""
    return tuple(
        place
        for place in SUFFIXES
        if len(place) == len(typed) and all(alike(c, said, blur=True) for c, said in zip(typed, place, strict=True))
    )


def is_phrase(word: str) -> bool:
    """Whether pypinyin's own list of phrases has the word; it leaves out many whose reading is plain."""
    from pypinyin.constants import PHRASES_DICT

    return word in PHRASES_DICT


@cache
def _characters() -> dict[str, str]:
    common = [bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    found: dict[str, str] = {}
    for character in filter(None, common):
        for syllable in readings(character):
            found[syllable] = found.get(syllable, "") + character
    return found


@cache
def _by_blur() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for syllable in _characters():
        found[blurred(syllable)] = (*found.get(blurred(syllable), ()), syllable)
    return found


@cache
def _places() -> dict[str, tuple[str, ...]]:
    from pypinyin import lazy_pinyin

    found: dict[str, tuple[str, ...]] = {"shaanxi": ("陕西",)}
    for name in SUFFIXES:
        letters = "".join(lazy_pinyin(name))
        found[letters] = (*found.get(letters, ()), name)
    return found
