"""What an English question asks for: its names in pinyin, the kind of answer, the number of parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from embeddings.legs import LexicalLeg
from qa.understanding.romanized import word_spelled
from qa.understanding.sounds import places_spelled

Wanted = Literal["amount", "time", "person", "author", "title", "published", "source", ""]

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NOT_PARTS = r"(?! ?(?:times?|years?|months?|weeks?|days?|hours?|minutes?|per ?cent|%))"
_COUNT = rf"(?<![\w.,-])(?P<count>{'|'.join(_NUMBERS)}|[2-9]|1[0-2])(?![\w.,]){_NOT_PARTS}"
_LISTED = re.compile(
    rf"^(?:please )?(?:what|which|list|name|give|tell me|describe|(?:on|in|to) wh\w+)\b.*?{_COUNT}", re.I
)
_WANTED: tuple[tuple[Wanted, str], ...] = (
    ("author", r"\bauthors?\b|\bwho (?:wrote|has written)\b|\bwritten by\b"),
    (
        "published",
        r"\b(?:when|what date|wh\w+ day)\b.*\b(?:published|posted)\b|\bpublication date\b|\bdate of publication",
    ),
    ("title", r"\btitle of (?:the|this) (?:article|text)\b"),
    ("source", r"\b(?:what|which) (?:newspaper|website|media)\b|\bsource of (?:the|this) article\b"),
    (
        "amount",
        r"\bhow (?:many|much)\b|\bby how\b|\b(?:percentage|proportion|share|rate|concentration|number|amount|"
        r"total|population|price|salary|temperature|area) (?:of|in)\b|\bwh(?:at|ich) (?:percentage|proportion|share)\b",
    ),
    ("time", r"\bwhen\b|\bhow (?:long|often)\b|\b(?:what|which) (?:year|month|date|day|time)\b"),
    ("person", r"^who(?:se|m)?\b|\b(?:by|of|with|to) whom\b"),
)
"""The first that is found counts."""
_EXONYMS = {
    "inner mongolia": "内蒙古", "tibet": "西藏", "hong kong": "香港", "macau": "澳门", "macao": "澳门",
    "harbin": "哈尔滨", "hohhot": "呼和浩特", "urumqi": "乌鲁木齐", "lhasa": "拉萨", "kashgar": "喀什",
    "canton": "广州", "peking": "北京", "taipei": "台北", "kaohsiung": "高雄", "yellow river": "黄河",
    "yangtze": "长江", "bohai": "渤海",
}  # fmt: skip
_EXONYM = re.compile(rf"\b(?:{'|'.join(_EXONYMS)})\b", re.I)
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+(?:['’]?(?!['’]s\b)[a-zA-Z]+)*(?:['’]s\b)?")
_LONGEST_NAME = 3
"""Words that make up one name (Hei Long Jiang)."""
_STOP = re.compile(
    r"\b(?:how|many|much|what|which|who|whom|whose|when|where|why|did|does|do|is|are|was|were|has|have|had|will|must|"
    r"should|can|the|of|in|on|at|by|for|to|with|from|a|an|and|be|been|there|their|its|it|that|they|name|named|called|"
    r"during|after|before|bureau)\b|\b(?:19|20)\d\d\b|['’]s\b|\?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class EnglishQuestion:
    """An English question as understood."""

    text: str
    """The question without its Chinese names, which the embedding makes little of."""
    focus: str
    """Its words without those that every question has."""
    names: tuple[tuple[str, ...], ...]
    """For each name in pinyin what it may be in Chinese: provinces and cities, else a word of the corpus."""
    wants: Wanted
    count: int | None
    """How many parts are asked for (the five focuses: 5)."""


def understand_english(text: str, lexical: LexicalLeg) -> EnglishQuestion:
    """Read a question; names are looked for among the provinces, the cities and the words of the corpus."""
    exonyms = [match.group() for match in _EXONYM.finditer(text)]
    rest = _EXONYM.sub("", text)
    found = list(_names(rest, lexical))
    for name in reversed(found):
        rest = rest[: name.start] + rest[name.end :]
    rest = re.sub(r"\s+(?=[?.,])|(?<=\s)\s+", "", rest).strip()
    listed = _LISTED.search(text)
    numeral = listed.group("count").lower() if listed else ""
    return EnglishQuestion(
        text=rest,
        focus=" ".join(_STOP.sub(" ", rest).split()) or rest,
        names=(*((_EXONYMS[word.lower()],) for word in exonyms), *(name.chinese for name in found)),
        wants=next((kind for kind, pattern in _WANTED if re.search(pattern, text, re.I)), ""),
        count=(int(numeral) if numeral.isdigit() else _NUMBERS.index(numeral) + 2) if numeral else None,
    )


def without_count(focus: str) -> str:
    """The focus without the number of parts (five focuses: focuses)."""
    words = [word for word in focus.split() if word.lower() not in _NUMBERS and not word.isdigit()]
    return " ".join(words) or focus


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    chinese: tuple[str, ...]


def _names(text: str, lexical: LexicalLeg) -> Iterator[_Name]:
    """The capitalised words, or runs of up to three, that spell a place; else single ones that spell a known word."""
    words = list(_CAPITALISED.finditer(text))
    first = 0
    while first < len(words):
        for last in range(min(first + _LONGEST_NAME, len(words)) - 1, first - 1, -1):
            run = words[first : last + 1]
            chinese = _in_chinese(run, text, lexical)
            if chinese:
                yield _Name(run[0].start(), run[-1].end(), chinese)
                first = last
                break
        first += 1


def _in_chinese(run: list[re.Match[str]], text: str, lexical: LexicalLeg) -> tuple[str, ...]:
    if any(text[a.end() : b.start()] not in (" ", "-") for a, b in pairwise(run)):
        return ()
    letters = "".join(re.sub(r"['’]s$|['’]", "", word.group()) for word in run).lower()
    places = places_spelled(letters)
    # A question's first word is capitalised whatever it is.
    word = "" if places or len(run) > 1 or run[0].start() == 0 else word_spelled(letters, lexical)
    return places or ((word,) if word else ())
