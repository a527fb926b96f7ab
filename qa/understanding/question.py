"""A question as understood: what retrieval and judging use of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from embeddings.index.lexical import tokenize
from embeddings.places.localities import localities_in
from embeddings.places.places import find_places
from qa.understanding.names import names_in, part_count, titles_in, years_asked
from qa.understanding.wording import ASKING, ASKS_ONE, FILLERS, Kind, kind_of

_BREAKS = re.compile(r"[\s，,。；;：:“”‘’「」『』《》（）()\"！!]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood."""

    text: str
    """As it was asked, with what was mistyped spelled as the corpus does."""
    earlier: tuple[str, ...]
    """The questions before a follow-up, oldest first; none of a question by itself."""
    kind: Kind
    names: tuple[str, ...]
    """Quoted or numbered names it turns on (“四大课堂”, 五个坚持, 12345)."""
    titles: tuple[str, ...]
    places: tuple[str, ...]
    localities: tuple[str, ...]
    years: tuple[str, ...]
    """Provinces and prefectures, counties and towns, and years that it names; of a follow-up without any, those of the
    question before it that names some."""
    count: int | None
    """How many parts the question says there are (五个坚持: 5; 12345: 5)."""
    terms: tuple[str, ...]
    """Folded terms that carry the question, without the words of asking, in order."""
    chinese: bool
    """Whether it is written in Chinese, so that its terms can be looked for in the articles."""

    @property
    def names_its_own(self) -> bool:
        """Whether it names a subject itself, and not only by what was asked before it."""
        return bool(localities_in(self.text) or self.names or self.titles or find_places(self.text))

    @property
    def asks_several(self) -> bool:
        """Whether a list is asked for: what is several by its wording, its number, or its name."""
        counted = self.count is not None and not ASKS_ONE.search(self.text)
        return self.kind in ("list", "definition") or counted


def understand(text: str, earlier: Sequence[str] = ()) -> Question:
    """Read a question; `earlier` are the questions before a follow-up, oldest first."""
    names = names_in(text)
    said = [text, *reversed(earlier)]
    return Question(
        text=text,
        earlier=tuple(earlier),
        kind=kind_of(text, bool(names)),
        names=names,
        titles=titles_in(text),
        places=next(filter(None, map(_places_in, said)), ()),
        localities=next(filter(None, map(localities_in, said)), ()),
        years=next(filter(None, map(years_asked, said)), ()),
        count=part_count(text, names),
        terms=content_terms(text),
        chinese=bool(_HAN.search(text)),
    )


def _places_in(text: str) -> tuple[str, ...]:
    """Provinces and prefectures, but for what begins in a county's name: no 中卫 in “榆中卫健局”."""
    counties = [(text.find(county), len(county)) for county in localities_in(text)]
    found = ((place, text.find(place)) for place in find_places(text))
    return tuple(
        place
        for place, at in found
        if not any(start < at < start + length < at + len(place) for start, length in counties)
    )


def content_terms(text: str) -> tuple[str, ...]:
    """Terms of the folded text without the words of asking and the commonest function words.

    A Chinese character stands by itself only where it has no neighbour to pair with.
    """
    found: list[str] = []
    for piece in content_pieces(text):
        terms = tokenize(piece)
        found.extend(t for t in terms if len(t) > 1 or len(terms) == 1 or t.isdigit())
    return tuple(dict.fromkeys(found))


def content_pieces(text: str) -> Iterator[str]:
    """The stretches between words of asking, the commonest function words and punctuation, in order."""
    for stretch in _BREAKS.split(ASKING.sub(" ", text)):
        yield from FILLERS.sub(" ", stretch).split()
