"""The list of all articles: which of them a reader's filter lets through, in what order, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, get_args

from embeddings.folding import fold, squeeze
from embeddings.snapshot.corpus_store import ArticleHead

Order = Literal["newest", "oldest", "title", "source", "longest"]
ORDERS: tuple[Order, ...] = get_args(Order)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader is looking for. None admits all; an empty string admits what states none."""

    words: str = ""
    """Each of them, between blanks, stands in the title, an author's name, the source or the place."""
    place: str | None = None
    source: str | None = None
    year: str | None = None
    order: Order = "newest"


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as the list knows it."""

    head: ArticleHead
    words: str
    """What is searched, folded: characters simplified, lower case."""

    @property
    def year(self) -> str:
        """Four digits, or empty."""
        return self.head.published[:4]


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that articles share, empty where they state none, and how many do."""

    value: str
    articles: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What the articles can be filtered by: places and sources from the most frequent on, years from the latest on.

    What states none comes last.
    """

    places: tuple[Facet, ...]
    sources: tuple[Facet, ...]
    years: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the articles found, in order."""

    heads: tuple[ArticleHead, ...]
    number: int
    """Which page this is, from 0."""
    first: int
    """How many articles the pages before it hold."""
    pages: int
    """How many there are; 1 where nothing was found."""
    found: int
    """How many articles all pages hold."""


def entries(heads: Iterable[ArticleHead]) -> tuple[Entry, ...]:
    """The entries of these articles, in their order."""
    return tuple(Entry(head, fold("\n".join((head.title, *head.authors, head.source, head.place)))) for head in heads)


def filtered(listed: Sequence[Entry], wanted: Filter) -> tuple[ArticleHead, ...]:
    """The articles that the filter lets through, in its order; equals stay in the order given."""
    words = fold(wanted.words).split()
    found = [
        entry
        for entry in listed
        if (wanted.place is None or entry.head.place == wanted.place)
        and (wanted.source is None or entry.head.source == wanted.source)
        and (wanted.year is None or entry.year == wanted.year)
        and all(word in entry.words for word in words)
    ]
    return tuple(entry.head for entry in _ordered(found, wanted.order))


def _ordered(found: list[Entry], order: Order) -> list[Entry]:
    """What has no date or no source stands last, whichever way the rest is sorted."""
    if order == "newest":
        return sorted(found, key=lambda entry: entry.head.published, reverse=True)
    if order == "oldest":
        return sorted(found, key=lambda entry: (not entry.head.published, entry.head.published))
    if order == "title":
        return sorted(found, key=lambda entry: _sound(entry.head.title))
    if order == "source":
        return sorted(found, key=lambda entry: (not entry.head.source, _sound(entry.head.source)))
    return sorted(found, key=lambda entry: entry.head.characters, reverse=True)


def facets(listed: Sequence[Entry]) -> Facets:
    """The places, sources and years of these articles with their frequencies."""
    return Facets(
        _by_frequency(entry.head.place for entry in listed),
        _by_frequency(entry.head.source for entry in listed),
        tuple(sorted(_counted(entry.year for entry in listed), key=lambda facet: facet.value, reverse=True)),
    )


def _counted(values: Iterable[str]) -> list[Facet]:
    return [Facet(value, count) for value, count in Counter(values).items()]


def _by_frequency(values: Iterable[str]) -> tuple[Facet, ...]:
    return tuple(sorted(_counted(values), key=lambda facet: (not facet.value, -facet.articles, facet.value)))


def page_of(heads: Sequence[ArticleHead], number: int, size: int = 50) -> Page:
    """Page `number` of them, counted from 0, or the nearest there is."""
    pages = max(1, -(-len(heads) // size))
    number = min(max(number, 0), pages - 1)
    first = number * size
    return Page(tuple(heads[first : first + size]), number, first, pages, len(heads))


@lru_cache(maxsize=1 << 16)
def _sound(text: str) -> str:
    """What dictionaries sort by: pinyin, and among equal sounds the character; quotation marks don't count."""
    return " ".join(map(_character_sound, squeeze(text)))


@cache
def _character_sound(character: str) -> str:
    # Imported at first use: its tables take half a second.
    from pypinyin import lazy_pinyin

    sound = lazy_pinyin(character)[0]
    return character if sound == character else f"{sound} {character}"
