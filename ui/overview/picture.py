"""What there is to see of a corpus as a whole: articles over time, passages on a plane, its numbered names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from embeddings.snapshot.corpus_store import ArticleHead
from embeddings.snapshot.sampling import PassageSample
from embeddings.types import Passage
from qa.understanding.names import quoted_numbered_mentions
from ui.overview.projection import project

SOURCES = 8
"""Sources told apart; the rest is one."""
ARTICLES = 12
"""Articles that can be told apart by colour; of more than these, the sources are."""
OTHERS = "其他 Others"
UNSTATED = "未注明 Not stated"
_MONTHS = 24
"""Of no longer a time than this, months are shown."""

Unit = Literal["year", "month"]
Tone = int | Literal["others", "unstated"]
"""Which colour a source or an article has, counted from 0: a source's is the same in every picture."""
_GREY: dict[str, Tone] = {OTHERS: "others", UNSTATED: "unstated"}


@dataclass(frozen=True, slots=True)
class Series:
    """How many articles of one source appeared in each of a timeline's periods."""

    source: str
    tone: Tone
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Articles by the time they appeared and by source, the most frequent source first."""

    unit: Unit
    periods: tuple[str, ...]
    """Without gaps: YYYY or YYYY-MM."""
    series: tuple[Series, ...]
    undated: int
    """Articles whose date is not known."""


@dataclass(frozen=True, slots=True)
class Point:
    """A passage on the map."""

    x: float
    y: float
    article: ArticleHead
    heading: str
    """The innermost heading above the passage, or empty."""


@dataclass(frozen=True, slots=True)
class Group:
    """The passages of one colour: those of an article or of a source."""

    name: str
    tone: Tone
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """Passages on a plane: near each other where they speak of similar things."""

    by: Literal["article", "source"]
    groups: tuple[Group, ...]
    shown: int
    of: int
    """How many passages the corpus has."""


@dataclass(frozen=True, slots=True)
class CountedName:
    """A numbered name (五个坚持), how often it is mentioned and in how many articles."""

    name: str
    mentions: int
    articles: int


def timeline(heads: Sequence[ArticleHead]) -> Timeline:
    """By year, or by month where all dates lie within two years."""
    dated = [head for head in heads if head.published]
    months = _between({head.published[:7] for head in dated}, "month")
    unit: Unit = "month" if len(months) <= _MONTHS else "year"
    periods = months if unit == "month" else _between({head.published[:4] for head in dated}, "year")
    named = source_names(heads)
    counted = Counter((named[head.source], head.published[: 7 if unit == "month" else 4]) for head in dated)
    series = (
        Series(name, tone, tuple(counted[name, period] for period in periods)) for name, tone in _tones(named).items()
    )
    return Timeline(unit, periods, tuple(one for one in series if any(one.counts)), len(heads) - len(dated))


def source_names(heads: Iterable[ArticleHead]) -> dict[str, str]:
    """What each source is called in a picture, from the most frequent on: itself, then OTHERS, then UNSTATED."""
    ranked = sorted(Counter(head.source for head in heads).items(), key=lambda counted: (-counted[1], counted[0]))
    stated = [source for source, _ in ranked if source]
    named = {source: source if rank < SOURCES else OTHERS for rank, source in enumerate(stated)}
    return named | {"": UNSTATED}


def map_of(sample: PassageSample, heads: Sequence[ArticleHead]) -> Map:
    """The sampled passages on a plane, grouped by article, or by source where there are many articles."""
    known = {head.id: head for head in heads}
    placed = zip(sample.passages, project(sample.vectors).tolist(), strict=True)
    # The corpus may have been rebuilt between two looks at it.
    points = [_point(p, known[p.article_id], x, y) for p, (x, y) in placed if p.article_id in known]
    if len(heads) <= ARTICLES:
        by_article = (
            Group(head.title, tone, tuple(point for point in points if point.article == head))
            for tone, head in enumerate(heads)
        )
        return Map("article", _with_points(by_article), len(points), sample.of)
    named = source_names(heads)
    by_source = (
        Group(name, tone, tuple(point for point in points if named[point.article.source] == name))
        for name, tone in _tones(named).items()
    )
    return Map("source", _with_points(by_source), len(points), sample.of)


def frequent_names(texts: Iterable[str], limit: int = 15) -> tuple[CountedName, ...]:
    """The numbered names in quotation marks that are mentioned most, the most frequent first."""
    mentions: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for text in texts:
        found = Counter(quoted_numbered_mentions(text))
        mentions.update(found)
        articles.update(found.keys())
    ranked = sorted(mentions, key=lambda name: (-mentions[name], -articles[name], name))
    return tuple(CountedName(name, mentions[name], articles[name]) for name in ranked[:limit])


def _tones(named: dict[str, str]) -> dict[str, Tone]:
    """The names in their order, each with its colour."""
    tones: dict[str, Tone] = dict(zip(dict.fromkeys(named.values()), range(len(named)), strict=False))
    return tones | {name: tone for name, tone in _GREY.items() if name in tones}


def _with_points(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(group for group in groups if group.points)


def _point(passage: Passage, article: ArticleHead, x: float, y: float) -> Point:
    return Point(round(x, 4), round(y, 4), article, passage.headings[-1] if passage.headings else "")


def _between(periods: set[str], unit: Unit) -> tuple[str, ...]:
    """Every year or month from the first to the last of these."""
    if not periods:
        return ()
    if unit == "year":
        return tuple(f"{year:04}" for year in range(int(min(periods)), int(max(periods)) + 1))
    first, last = (int(period[:4]) * 12 + int(period[5:7]) - 1 for period in (min(periods), max(periods)))
    return tuple(f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1))
