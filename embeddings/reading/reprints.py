"""Reprints of one article in several files -> one article with several sources."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from embeddings.page.characters import fold
from embeddings.places.places import find_places
from embeddings.reading.near_copies import copies_of, sketch_of
from embeddings.types import Article, Reprint

_SHINGLE = 6
"""Characters in a shingle of folded text."""
_SAME = 0.9
"""Least exact Jaccard of shingles. A copy with one character in 200 changed has 0.94. Two reports of one template with
a figure changed in every 50 characters have 0.75 and less; the few that have more differ in their figures."""
_CONTAINED = 0.97
_SHORTENED = 0.6
"""A copy cut by its editor: nearly all of it stands in the longer text, and it is at least this share of it."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?|[〇零一二三四五六七八九十百千万亿两]+")
_T = TypeVar("_T", str, tuple[str, ...])


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What reprints of an article are looked for by; small, so that those of all articles fit in memory."""

    fullness: int
    """Texts within a few percent of each other are equally full, so that metadata decides between them."""
    stated: int
    """How much the page says of the article."""
    sketch: NDArray[np.uint32]
    """See `sketch_of`."""


@dataclass(frozen=True, slots=True)
class _Print:
    """What identifies an article's text."""

    shingles: frozenset[str]
    details: Counter[str]
    """Its numbers and places: what two reports of one template differ in."""
    size: int


def fingerprint(article: Article) -> Fingerprint:
    """The fingerprint of one article; its id and path don't matter."""
    folded = fold(_body(article))
    stated = (
        article.body_start, article.authors, article.author_post, article.editors, article.uploader, article.source,
        article.published, article.url, article.place, article.tags,
    )  # fmt: skip
    fullness = round(math.log(max(len(folded), 1)) / math.log(1.05))
    return Fingerprint(fullness, sum(map(bool, stated)), sketch_of(_shingles(folded)))


def group_reprints(
    paths: Sequence[str], fingerprints: Sequence[Fingerprint], is_reprint: Callable[[int, int], bool]
) -> dict[int, tuple[int, ...]]:
    """The articles to keep, ascending, each with its reprints; articles are numbered as in `paths`.

    The kept one is the fullest text, then the one with most metadata, then the first path. `is_reprint` is asked of two
    articles whose fingerprints are alike, the kept one second.
    """
    if not paths:
        return {}
    order = sorted(range(len(paths)), key=lambda n: (-fingerprints[n].fullness, -fingerprints[n].stated, paths[n]))
    return dict(sorted(copies_of(order, np.stack([each.sketch for each in fingerprints]), is_reprint).items()))


def is_reprint(article: Article, other: Article) -> bool:
    """Whether two articles are one: near-identical texts, or one the most of the other, with the same figures."""
    one, two = _print(article), _print(other)
    shorter, longer = sorted((one, two), key=lambda each: each.size)
    common = len(one.shingles & two.shingles)
    jaccard = common / len(one.shingles | two.shingles)
    contained = common / len(shorter.shingles) >= _CONTAINED and shorter.size >= _SHORTENED * longer.size
    return (jaccard >= _SAME or contained) and shorter.details <= longer.details


def _print(article: Article) -> _Print:
    body = _body(article)
    folded = fold(body)
    numbers = _NUMBER.findall(re.sub(r"(?<=\d)[,，](?=\d{3})", "", body))
    return _Print(_shingles(folded), Counter([*numbers, *find_places(body)]), len(folded))


def _body(article: Article) -> str:
    body = article.text[article.body_start : article.body_end]
    for span in sorted(article.bylines, key=lambda span: -span.start):
        start, end = span.start - article.body_start, span.end - article.body_start
        body = body[: max(start, 0)] + body[max(end, 0) :]
    return body


def _shingles(folded: str) -> frozenset[str]:
    return frozenset(folded[at : at + _SHINGLE] for at in range(max(1, len(folded) - _SHINGLE + 1)))


def with_reprints(article: Article, others: Sequence[Article]) -> Article:
    """The article with its reprints named; what it lacks is filled in where they don't contradict each other."""
    if not others:
        return article
    others = sorted(others, key=lambda other: other.path)
    return replace(
        article,
        authors=article.authors or _agreed([other.authors for other in others], ()),
        author_post=article.author_post or _agreed([other.author_post for other in others], ""),
        editors=article.editors or _agreed([other.editors for other in others], ()),
        uploader=article.uploader or _agreed([other.uploader for other in others], ""),
        source=article.source or _agreed([other.source for other in others], ""),
        published=article.published or _agreed([other.published for other in others], ""),
        url=article.url or _agreed([other.url for other in others], ""),
        place=article.place or _agreed([other.place for other in others], ""),
        tags=article.tags or _agreed([other.tags for other in others], ()),
        reprints=tuple(
            Reprint(path=other.path, title=other.title, source=other.source, published=other.published, url=other.url)
            for other in others
        ),
    )


def _agreed(values: Sequence[_T], missing: _T) -> _T:
    given = list(dict.fromkeys(value for value in values if value))
    return given[0] if len(given) == 1 else missing
