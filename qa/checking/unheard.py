"""Stretches of a reply that its sources hold no word of: other words for the same, or a name that nobody said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from embeddings.places.gazetteer import SUFFIXES
from qa.claims.claims import SURNAMES

_LONGEST_UNKNOWN = 3
"""Characters, at most, of a stretch that is made of no known words; longer ones are names."""
_LONGEST_WORD = 4


def unheard(terms: Sequence[str], held: frozenset[str]) -> Iterator[str]:
    """The stretches of two or more characters that are in no pair that is held; `terms` are pairs in their order."""
    stretch, joined, before = "", False, ""
    for term in terms:
        follows = bool(before) and before[-1] == term[0]
        if not follows or term in held:
            # The last character of a run is alone where the pair before it is not held.
            yield from _of_two(stretch + before[-1:] if joined and not follows else stretch)
            stretch, joined = "", False
        if term not in held:
            stretch += term[0] if joined or not follows else ""
            joined = True
        before = term
    yield from _of_two(stretch + before[-1:] if joined else stretch)


def names_nothing_new(
    terms: Sequence[str], held: frozenset[str], longest: float, is_word: Callable[[str], bool]
) -> bool:
    """Whether all that is unheard can be other words for what the sources say: short, made of known words, no name."""
    return not any(
        len(stretch) > longest
        or _names_place(stretch)
        or (_names_somebody(stretch) and not _of_words(stretch, is_word))
        for stretch in unheard(terms, held)
    )


def _names_place(stretch: str) -> bool:
    """Whether it holds a place, however easily its name stands in other words: no source has these characters."""
    return any(place in stretch for place in SUFFIXES)


def _names_somebody(stretch: str) -> bool:
    return len(stretch) > _LONGEST_UNKNOWN or stretch[0] in SURNAMES


def _of_two(stretch: str) -> Iterator[str]:
    if len(stretch) >= 2:
        yield stretch


def _of_words(stretch: str, is_word: Callable[[str], bool], alone: int = 1) -> bool:
    """Whether known words make up the stretch, with at most `alone` single characters between them."""
    if not stretch:
        return True
    longest = min(_LONGEST_WORD, len(stretch))
    if any(is_word(stretch[:n]) and _of_words(stretch[n:], is_word, alone) for n in range(longest, 1, -1)):
        return True
    return alone > 0 and len(stretch) > 1 and _of_words(stretch[1:], is_word, alone - 1)
