"""Sentences in another language than their sources: numbers and names are checked, the rest by embedding alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qa.checking.closeness import Closeness
from qa.checking.material import Paper, Stated
from qa.claims.claims import spelt
from qa.understanding.sounds import places_spelled

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_LETTER = re.compile(r"[A-Za-z]")
_FOREIGN = 0.2
"""A sentence with a smaller share of Chinese characters, of all its letters, is not Chinese."""
_CLOSE, _CLOSE_WITHOUT_NUMBERS = 0.79, 0.815
"""Cosines from which an English sentence and a Chinese one say the same, by the bundled model: across languages they
are lower. Numbers that agree allow for less."""
_SENTENCES, _NEXT = 96, 3
"""Sentences of the sources that are compared, and taken."""
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_MONTH_NAMES = "january february march april may june july august september october november december"
_DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday"
_VALUES = {word: value for value, word in enumerate(_ONES.split())}
_VALUES |= {word: 10 * value for value, word in enumerate(_TENS.split(), 2)}
_VALUES |= {f"{tens}-{one}": _VALUES[tens] + _VALUES[one] for tens in _TENS.split() for one in _ONES.split()[1:10]}
_VALUES |= {day: number for number, day in enumerate(_DAY_NAMES.split(), 1)}
_MONTHS = _MONTH_NAMES.split()
_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_WORDS = "|".join(sorted(_VALUES, key=lambda word: -len(word)))
_NUMBER = re.compile(
    rf"(?<![\w.])(?P<value>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{_WORDS})"
    rf"(?:[ -](?P<scale>{'|'.join(_SCALES)}))?(?!\w)|(?P<month>\b(?:{'|'.join(_MONTHS)})\b(?=,? \d|$))",
    re.I,
)
_NAME = re.compile(r"(?<![\w.])[A-Z][a-z]+(?:['’]?[a-z]+)*")
_MARKUP = re.compile(r"<[^<>]*>|\([^()]*://[^()]*\)")
_CODE = re.compile(r"\b(?=[\w.-]*\d)(?=[\w.-]*[A-Za-z])[A-Za-z0-9][\w.-]*\b")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$", re.I)


def is_foreign(text: str) -> bool:
    """Whether the sentence is written in Latin letters; those of markup don't count."""
    plain = _MARKUP.sub("", text)
    han, latin = len(_HAN.findall(plain)), len(_LETTER.findall(plain))
    return latin > 0 and han < _FOREIGN * (han + latin)


def find_foreign_support(text: str, papers: Sequence[Paper], closeness: Closeness) -> tuple[Stated, ...]:
    """The sentences of one article that are nearest in meaning and hold its numbers and names, or none."""
    numbers = _numbers(text)
    candidates = [(paper, stated) for paper in papers for stated in paper.sentences]
    candidates.sort(key=lambda pair: -len(numbers & _values(pair[0], [pair[1]])))
    compared = candidates[:_SENTENCES]
    cosines: list[float] = []
    for first in range(0, len(compared), 8):
        cosines.extend(closeness.cosines(text, [stated.text for _, stated in compared[first : first + 8]]))
    ranked = sorted(range(len(compared)), key=lambda i: -cosines[i])
    likely = [i for i in ranked if cosines[i] >= (_CLOSE if numbers else _CLOSE_WITHOUT_NUMBERS)]
    likely.sort(key=lambda i: -len(numbers & _values(compared[i][0], [compared[i][1]])))
    for best in likely[:_NEXT]:
        paper = compared[best][0]
        others = [compared[i][1] for i in ranked if compared[i][0] is paper and i != best]
        chosen = _holding(numbers, paper, compared[best][1], others)
        if not numbers - _values(paper, chosen) and _names_stand(text, paper, chosen):
            return tuple(sorted(chosen, key=lambda stated: stated.span.start))
    return ()


def _holding(numbers: frozenset[Decimal], paper: Paper, nearest: Stated, others: Sequence[Stated]) -> list[Stated]:
    """The nearest sentence, with at most three others for the numbers that it does not hold."""
    chosen = [nearest]
    for stated in others:
        missing = numbers - _values(paper, chosen)
        if len(chosen) <= _NEXT and missing & frozenset(quantity.value for quantity in stated.claims.quantities):
            chosen.append(stated)
    return chosen


def _numbers(text: str) -> frozenset[Decimal]:
    found: set[Decimal] = set()
    for match in _NUMBER.finditer(text):
        if month := match.group("month"):
            found.add(Decimal(_MONTHS.index(month.lower()) + 1))
            continue
        said = match.group("value").lower().replace(",", "")
        value = Decimal(_VALUES[said]) if said in _VALUES else Decimal(said)
        value *= _SCALES.get((match.group("scale") or "").lower(), 1)
        if value != 1:
            # “one” is mostly an article.
            found.add(value.normalize())
    return frozenset(found)


def _values(paper: Paper, chosen: Sequence[Stated]) -> frozenset[Decimal]:
    own = (quantity.value for stated in chosen for quantity in stated.claims.quantities)
    return frozenset((*own, *(quantity.value for quantity in paper.about.quantities)))


def _names_stand(text: str, paper: Paper, chosen: Sequence[Stated]) -> bool:
    """Whether places in pinyin and words with digits (PM2.5) stand in the sentences, or the article is about them."""
    stated_names = paper.about.spelt + "".join(stated.spelt for stated in chosen)
    places = {*paper.about.places, *(place for stated in chosen for place in stated.claims.places)}
    codes = [code for code in _CODE.findall(text) if not _ORDINAL.match(code)]
    if not all(spelt(code) in stated_names for code in codes):
        return False
    named = [places_spelled(re.sub(r"['’]s?$|['’]", "", name).lower()) for name in _NAME.findall(text)]
    return all(places & set(spelled) for spelled in named if spelled)
