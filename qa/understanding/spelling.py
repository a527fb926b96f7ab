"""Questions mistyped through the pinyin keyboard, respelled by what the corpus says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, runtime_checkable

from embeddings.encoding.encoder import Encoder
from embeddings.folding import fold
from embeddings.index.legs import LexicalLeg
from embeddings.places.gazetteer import NEEDS_SUFFIX
from embeddings.places.places import find_places
from qa.claims.years import with_plain_years
from qa.retrieving.retriever import Retriever
from qa.retrieving.term_weights import TermWeights
from qa.understanding.homophones import FUNCTION, NUMERAL, Page, Respelling, found_on, page_for
from qa.understanding.question import content_terms
from qa.understanding.romanized import without_pinyin
from qa.understanding.sounds import is_phrase, places_sounding
from qa.understanding.wording import ASKING, COMPARING

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_COMPARED = re.compile(rf"[{COMPARING}](?=还是)|(?<=年)[{COMPARING}](?=$|[，,。？?])")
_OF_NAME = 2.0
_OF_TEXT = 3.5
"""How many characters next to the respelled ones question and corpus must share: less where they make a name there."""
_OF_WORD = 1.0
_LEAST_SHARE = 0.6
"""Where one word alone is respelled: the character of it that must be typed right, and the share of the question's
other terms that the passage must hold. Of 2,569 questions on other things asked of five articles 1.6% changed
without this share, none with it."""
_LONGEST_WORD = 4


@runtime_checkable
class KnowsWords(Protocol):
    """An encoder that can tell whether its vocabulary has a word."""

    def has_word(self, word: str) -> bool:
        """Whether the word stands in the model's vocabulary as one piece."""
        ...


def respelled(question: str, retriever: Retriever) -> str:
    """The question with what was mistyped or typed in pinyin as the corpus spells it, its years in plain digits.

    Only characters are changed that make no pair with a neighbour that the corpus knows; never numerals, places,
    words of asking, or ordinary words.
    """
    text = with_plain_years(without_pinyin(question, retriever))
    folded = fold(text)
    doubts = _doubts(folded, retriever.snapshot.lexical)
    if not any(doubts):
        return text
    page: Page | None = None
    for run in _HAN.finditer(folded):
        doubted = doubts[run.start() : run.end()]
        if any(doubted):
            page = page or page_for(folded, retriever)
            found = [*_places(run.group(), doubted, retriever), *_in_text(run, doubted, page, retriever)]
            for change in _clearest(found):
                text = _applied(text, folded, run.start() + change.start, change.characters)
    return text


def _applied(text: str, folded: str, start: int, characters: str) -> str:
    """The text with its characters replaced that differ from the folded text's by more than folding."""
    end = start + len(characters)
    typed = zip(text[start:end], folded[start:end], characters, strict=True)
    return text[:start] + "".join(own if plain == said else said for own, plain, said in typed) + text[end:]


def _doubts(folded: str, lexical: LexicalLeg) -> list[bool]:
    """Of each character whether it may be mistyped: the corpus knows no pair of it and a Chinese neighbour."""
    doubts = [False] * len(folded)
    for run in _HAN.finditer(folded):
        pairs = [folded[i : i + 2] for i in range(run.start(), run.end() - 1)]
        weights = lexical.idf(["", *pairs])
        unseen = [weights[pair] == weights[""] for pair in pairs]
        for i in range(len(run.group())):
            doubts[run.start() + i] = all(unseen[max(0, i - 1) : i + 1])
    fixed = [match.span() for words in (ASKING, FUNCTION, NUMERAL, _COMPARED) for match in words.finditer(folded)]
    named = [match.span() for place in find_places(folded) for match in re.finditer(place, folded)]
    for start, end in [*fixed, *named]:
        doubts[start:end] = [False] * (end - start)
    return doubts


def _places(run: str, doubted: Sequence[bool], retriever: Retriever) -> Iterator[Respelling]:
    """Places that the corpus names and that sound like the start of a run, or like what follows a sure character."""
    for start in range(len(run) - 1):
        if start and doubted[start - 1]:
            continue
        for end in range(start + 2, min(start + 3, len(run)) + 1):
            for place in places_sounding(run[start:end]) if any(doubted[start:end]) else ():
                differ = [start + i for i, character in enumerate(place) if run[start + i] != character]
                change = Respelling(start, place, len(place) - len(differ) + _OF_TEXT, len(differ))
                meant = 0 < len(differ) < len(place) and all(doubted[i] for i in differ) and place not in NEEDS_SUFFIX
                if meant and _is_known(place, retriever.snapshot.lexical) and _is_slip(change, run, retriever.encoder):
                    yield change


def _is_known(word: str, lexical: LexicalLeg) -> bool:
    weights = lexical.idf(["", *(word[i : i + 2] for i in range(len(word) - 1))])
    return all(weight < weights[""] for pair, weight in weights.items() if pair)


def _in_text(run: re.Match[str], doubted: Sequence[bool], page: Page, retriever: Retriever) -> Iterator[Respelling]:
    """What the page has in place of the run's doubted characters, where enough around them agrees."""
    typed = run.group()
    for change in found_on(page, typed, doubted):
        if not _is_slip(change, typed, retriever.encoder):
            continue
        if change.agreeing >= _OF_TEXT:
            yield change
            continue
        if _leaves_doubts(change, typed, doubted):
            continue
        named = change.agreeing >= _OF_NAME and page.stands_alone(change.at, change.at + len(change.characters))
        if named:
            yield change
        elif _is_one_word(change, typed, retriever.encoder):
            around = (run.start() + change.start, run.start() + change.end)
            rest = f"{run.string[: around[0]]} {run.string[around[1] :]}"
            terms = TermWeights.of(content_terms(rest), retriever.snapshot.lexical)
            if terms.weights and terms.share(terms.found(page.passage_at(change.at))) >= _LEAST_SHARE:
                yield change


def _differing(change: Respelling, run: str) -> list[int]:
    return [change.start + i for i, said in enumerate(change.characters) if run[change.start + i] != said]


def _leaves_doubts(change: Respelling, run: str, doubted: Sequence[bool]) -> bool:
    """Whether a doubted character next to a respelled one stays: the two may be a word that the corpus lacks."""
    differ = _differing(change, run)
    beside = (i for i in (differ[0] - 1, differ[-1] + 1) if 0 <= i < len(run) and doubted[i])
    return any(not change.start <= i < change.end for i in beside)


def _is_one_word(change: Respelling, run: str, encoder: Encoder) -> bool:
    """Whether all that is respelled lies in one word, a character of it typed right."""
    differ = _differing(change, run)
    if change.agreeing < _OF_WORD:
        return False
    said = run[: change.start] + change.characters + run[change.end :]
    return any(
        any(i not in differ and not NUMERAL.match(said[i]) and not FUNCTION.match(said[i]) for i in range(start, end))
        and _is_word(said[start:end], encoder)
        for start in range(change.start, differ[0] + 1)
        for end in range(differ[-1] + 1, min(change.end, start + _LONGEST_WORD) + 1)
    )


def _is_slip(change: Respelling, run: str, encoder: Encoder) -> bool:
    """Whether what was typed there holds no word of its own, and no word of one character would come into it."""
    differ = _differing(change, run)
    if any(FUNCTION.match(change.characters[i - change.start]) for i in differ):
        return False
    typed = (
        run[start : start + size]
        for size in range(2, _LONGEST_WORD + 1)
        for start in range(max(0, differ[0] - size + 1), min(differ[-1], len(run) - size) + 1)
        if any(start <= i < start + size for i in differ)
    )
    return not any(_is_word(word, encoder) for word in typed)


def _is_word(word: str, encoder: Encoder) -> bool:
    return is_phrase(word) or (isinstance(encoder, KnowsWords) and encoder.has_word(word))


def _clearest(changes: Iterable[Respelling]) -> Iterator[Respelling]:
    """Of those that overlap the one with most agreement; none where another agrees as much and says otherwise."""
    ranked = sorted(changes, key=lambda change: (-change.agreeing, change.changed, change.start))
    taken: list[Respelling] = []
    for change in ranked:
        if any(change.overlaps(other) for other in taken):
            continue
        taken.append(change)
        rivals = (
            other
            for other in ranked
            if (other.agreeing, other.changed) == (change.agreeing, change.changed) and change.overlaps(other)
        )
        if all(_say_the_same(change, other) for other in rivals):
            yield change


def _say_the_same(one: Respelling, other: Respelling) -> bool:
    start, end = max(one.start, other.start), min(one.end, other.end)
    said = (change.characters[start - change.start : end - change.start] for change in (one, other))
    return len(set(said)) == 1
