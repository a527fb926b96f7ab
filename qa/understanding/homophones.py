"""Stretches of passages that sound like what was typed: where a mistyped word may stand spelled right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.folding import fold
from embeddings.structure.chunking import embedded_text
from qa.retrieving.retriever import Retriever
from qa.understanding.sounds import alike
from qa.understanding.wording import FILLERS, NUMERALS

NUMERAL = re.compile(f"[{NUMERALS}百千万亿第]")
FUNCTION = re.compile(rf"{FILLERS.pattern}|[中里上下前后内外间时等为以于及从到由向并其之而且也又还就才让给用可能会]")
"""Words of one character, which need no neighbour that the corpus knows, and which no slip is taken for."""
_QUOTES = '“”‘’「」『』"'
_UNQUOTED = str.maketrans("", "", _QUOTES)
_QUOTED = re.compile(r"[“‘「『《][^”’」』》]{2,20}[”’」』》]")
_PASSAGES = 12
_NUMERAL_WEIGHT = 0.5
_BLURRED_COST = 1.0
"""What a character takes from the agreement that only nearly sounds like the one typed (zh and z, ing and in)."""
_LEAST_AGREEING = 1.0
_CODES = 0x10000


@dataclass(frozen=True, slots=True)
class Respelling:
    """Characters that the corpus has in place of as many typed ones, from `start` of what was typed."""

    start: int
    characters: str
    agreeing: float
    """Those of them that were typed so: numerals count half, function words nothing; less what only nearly sounds."""
    changed: int
    at: int = 0
    """Where they stand on the page."""

    @property
    def end(self) -> int:
        """Where it ends in what was typed."""
        return self.start + len(self.characters)

    def overlaps(self, other: Respelling) -> bool:
        """Whether both respell a character in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Page:
    """The folded text of some passages without quotation marks, each behind its place, title and headings."""

    text: str
    named: NDArray[np.bool_]
    """Of each character whether it stands in quotation marks, a title or a heading."""
    starts: tuple[int, ...]
    """Where each passage begins, and the end of the last."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> Page:
        """Texts whose first line is title and headings."""
        folded = [fold(text) for text in texts]
        whole = "\n".join(folded)
        named = np.zeros(len(whole), dtype=np.bool_)
        kept = ~_among(_codes(whole), _QUOTES)
        starts = [0]
        for text in folded:
            start = starts[-1]
            named[start : start + text.index("\n")] = True
            starts.append(start + len(text) + 1)
        for quoted in _QUOTED.finditer(whole):
            named[quoted.start() : quoted.end()] = True
        shifted = np.concatenate([[0], np.cumsum(kept)])
        bounds = tuple(int(shifted[min(start, len(whole))]) for start in starts)
        return cls(whole.translate(_UNQUOTED), named[kept], bounds)

    def passage_at(self, position: int) -> str:
        """The passage around a character, with its headings."""
        number = int(np.searchsorted(self.starts, position, side="right"))
        return self.text[self.starts[number - 1] : self.starts[number]]

    def stands_alone(self, start: int, end: int) -> bool:
        """Whether text[start:end] is named, stands between punctuation, or is met in different surroundings."""
        if self.named[start:end].all() or not (self._runs_on(start - 1) or self._runs_on(end)):
            return True
        word = self.text[start:end]
        found = [match.start() for match in re.finditer(re.escape(word), self.text)]
        before = {self.text[max(0, at - 1) : at] for at in found}
        behind = {self.text[at + len(word) : at + len(word) + 1] for at in found}
        return len(before) > 1 and len(behind) > 1

    def _runs_on(self, position: int) -> bool:
        """Whether the character may be part of a word with its neighbours."""
        character = self.text[position : position + 1] if position >= 0 else ""
        return "\u4e00" <= character <= "\u9fff" and not FUNCTION.match(character)


def page_for(question: str, retriever: Retriever) -> Page:
    """The passages that share most of the question's terms."""
    corpus = retriever.snapshot.corpus
    passages = [corpus.passage(hit.passage) for hit in retriever.snapshot.lexical.search(question, _PASSAGES)]
    articles = {i: corpus.article(i) for i in {passage.article_id for passage in passages}}
    return Page.of([embedded_text(articles[passage.article_id], passage) for passage in passages])


def found_on(page: Page, run: str, doubted: Sequence[bool]) -> Iterator[Respelling]:
    """Stretches of the page that are the run's own but for doubted characters, which sound like those typed.

    Every diagonal of the table of typed by printed characters is followed: `length` of the agreement that ends there.
    """
    text, known = _codes(page.text), set(page.text)
    length, agreeing, changed = (np.zeros((len(run) + 1, len(text) + 1), dtype=np.float32) for _ in range(3))
    for i, character in enumerate(run, 1):
        same = text == ord(character)
        fits = same
        cost: NDArray[np.float32] = np.zeros(1, dtype=np.float32)
        if doubted[i - 1]:
            sounds_so = same | _among(text, [said for said in known if alike(character, said)])
            fits = sounds_so | _among(text, [said for said in known if alike(character, said, blur=True)])
            cost = np.where(sounds_so, 0, _BLURRED_COST)
        gain = _weight(character) * same - cost
        for table, add in ((length, 1), (agreeing, gain), (changed, ~same)):
            table[i, 1:] = np.where(fits, table[i - 1, :-1] + add, 0)
    found = (changed > 0) & (agreeing >= _LEAST_AGREEING)
    found[:-1, :-1] &= length[1:, 1:] == 0
    for i, end in zip(*np.nonzero(found), strict=True):
        start = int(end - length[i, end])
        characters = page.text[start:end]
        yield Respelling(int(i) - len(characters), characters, float(agreeing[i, end]), int(changed[i, end]), at=start)


def _weight(character: str) -> float:
    if NUMERAL.fullmatch(character):
        return _NUMERAL_WEIGHT
    return 0.0 if FUNCTION.fullmatch(character) else 1.0


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def _among(text: NDArray[np.uint32], characters: Sequence[str]) -> NDArray[np.bool_]:
    table = np.zeros(_CODES, dtype=np.bool_)
    table[[ord(character) for character in characters]] = True
    return table[np.minimum(text, _CODES - 1)]
