"""Reprints of one article in several files -> one article with several sources."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from datasketch import MinHash, MinHashLSH  # type: ignore[import-untyped]

from embeddings.reading.characters import fold
from embeddings.reading.places import find_places
from embeddings.types import Article, Reprint

_SHINGLE = 6
"""Characters in a shingle of folded text."""
_CANDIDATE = 0.5
"""Estimated Jaccard from which two texts are compared exactly; low, for only the exact comparison decides."""
_SAME = 0.9
"""Least exact Jaccard of shingles. A copy with one character in 200 changed has 0.94. Two reports of one template with
a figure changed in every 50 characters have 0.75 and less; the few that have more differ in their figures."""
_CONTAINED = 0.97
_SHORTENED = 0.6
"""A copy cut by its editor: nearly all of it stands in the longer text, and it is at least this share of it."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?|[〇零一二三四五六七八九十百千万亿两]+")
_PERMUTATIONS = 128
_T = TypeVar("_T", str, tuple[str, ...])


@dataclass(frozen=True, slots=True)
class _Print:
    """What identifies an article's text."""

    article: Article
    shingles: frozenset[str]
    details: Counter[str]
    """Its numbers and places: what two reports of one template differ in."""
    size: int


def merge_reprints(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Return the articles in their order, near-identical ones kept once with the others as `reprints`.

    The kept one is the fullest text, then the one with most metadata, then the first path. What it lacks is filled in
    where its reprints don't contradict each other.
    """
    prints = [_print(article) for article in articles]
    order = sorted(range(len(prints)), key=lambda index: _preference(prints[index]))
    rank = {index: place for place, index in enumerate(order)}
    lsh = MinHashLSH(threshold=_CANDIDATE, num_perm=_PERMUTATIONS)
    reprints: dict[int, list[Article]] = {}
    for index in order:
        sketch = _sketch(prints[index].shingles)
        candidates = sorted(lsh.query(sketch), key=rank.__getitem__)
        original = next((kept for kept in candidates if _is_reprint(prints[index], prints[kept])), None)
        if original is None:
            lsh.insert(index, sketch)
            reprints[index] = []
        else:
            reprints[original].append(prints[index].article)
    return tuple(_with_reprints(prints[index].article, reprints[index]) for index in sorted(reprints))


def _print(article: Article) -> _Print:
    body = article.text[article.body_start :]
    for span in sorted(article.bylines, key=lambda span: -span.start):
        start, end = span.start - article.body_start, span.end - article.body_start
        body = body[: max(start, 0)] + body[max(end, 0) :]
    folded = fold(body)
    shingles = frozenset(folded[at : at + _SHINGLE] for at in range(max(1, len(folded) - _SHINGLE + 1)))
    numbers = _NUMBER.findall(re.sub(r"(?<=\d)[,，](?=\d{3})", "", body))
    return _Print(article, shingles, Counter([*numbers, *find_places(body)]), len(folded))


def _preference(candidate: _Print) -> tuple[int, int, str]:
    article = candidate.article
    stated = (
        article.body_start, article.authors, article.author_post, article.editors, article.uploader, article.source,
        article.published, article.url, article.place, article.tags,
    )  # fmt: skip
    # Texts within a few percent of each other are equally full, so that metadata decides between them.
    fullness = round(math.log(max(candidate.size, 1)) / math.log(1.05))
    return -fullness, -sum(map(bool, stated)), article.path


def _sketch(shingles: frozenset[str]) -> MinHash:
    sketch = MinHash(num_perm=_PERMUTATIONS)
    sketch.update_batch([shingle.encode("utf-8") for shingle in sorted(shingles)])
    return sketch


def _is_reprint(one: _Print, other: _Print) -> bool:
    shorter, longer = sorted((one, other), key=lambda each: each.size)
    common = len(one.shingles & other.shingles)
    jaccard = common / len(one.shingles | other.shingles)
    contained = common / len(shorter.shingles) >= _CONTAINED and shorter.size >= _SHORTENED * longer.size
    return (jaccard >= _SAME or contained) and shorter.details <= longer.details


def _with_reprints(article: Article, others: Sequence[Article]) -> Article:
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
