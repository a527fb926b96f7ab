"""A question on several counties, places or years at once: what was found on each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from embeddings.folding import squeeze
from embeddings.places.places import province_of
from qa.claims.years import in_digits
from qa.evidence.fit import whole_article
from qa.evidence.gathering import Evidence, rated
from qa.understanding.question import Question

_Kind = Literal["localities", "places", "years", "articles"]
_FEATURE: dict[str, str] = {"localities": "locality", "places": "place", "years": "year"}
_ORDINAL = r"(?:[一二三四五六七八九十]{1,3}|\d{1,3})"
_OF_TWO = re.compile(
    r"(?:两|(?<!\d)2(?!年))(?:个|家|地|县|市|区|镇|乡|村|年|季|届|期|次|份|篇|座|所|条|版|处)[^。？?]{0,24}?(?:各|分别|对比|相比|比一比|一样|哪[个年季]|都(?=[是有为要叫]|多|几|怎|什么|啥|谁|在哪))"
    r"|(?:[这近前]|前后)两[年届季期](?:的?(?:数|情况|各|分别)|[^。？?]{0,24}?(?:有没有|变[化好坏大小多少]|[涨升降增减]|多了|少了))"
    r"|新[旧老][^，,。？?]{0,10}(?:各|分别|对比|相比|差)"
    rf"|第{_ORDINAL}(?P<of>[届期批轮次版])?(?:[、,，和与跟及]|以及)第?{_ORDINAL}[届期批轮次版]"
)
"""Asks of two things without naming them: “两个月塘村管道各多长”."""
_NAMED = 1.0
"""What `Fit` says of a sentence, or its title or headings, that names all that is asked for."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things that a question names side by side."""

    kind: _Kind
    name: str
    question: Question
    """The question as if it named this alone."""
    found: tuple[Evidence, ...]
    """The sentences on it, best first."""


def sides_of(question: Question, found: Sequence[Evidence]) -> tuple[Side, ...]:
    """The counties, places or years that the question names side by side; none where it names one of a kind.

    Of two things that it does not name, what was found in the two best articles.
    """
    kind, names = _named(question)
    if len(names) > 1:
        return tuple(_side(question, kind, name, names, found) for name in names)
    return tuple(_of_two(question, found)) if _OF_TWO.search(question.text) else ()


def _of_two(question: Question, found: Sequence[Evidence]) -> Iterator[Side]:
    for article in list(dict.fromkeys(evidence.article for evidence in found))[:2]:
        own = tuple(evidence for evidence in found if evidence.article is article)
        yield Side("articles", article.title, question, own)


def _named(question: Question) -> tuple[_Kind, tuple[str, ...]]:
    around = {province_of(place) for place in question.places if province_of(place) != place}
    places = tuple(place for place in question.places if place not in around)
    named: tuple[tuple[_Kind, tuple[str, ...]], ...] = (
        ("localities", question.localities),
        ("places", places),
        ("years", question.years),
    )
    return next((one for one in named if len(one[1]) > 1), ("years", ()))


def asked_alone(side: Side, question: Question, names: Sequence[str], found: Sequence[Evidence]) -> Side:
    """The side when `question` asks of it alone and this is found; `names` are those of all sides."""
    own = tuple(evidence for evidence in found if side.name in _about(evidence, side.kind, names))
    return replace(side, question=question, found=own)


def _side(question: Question, kind: _Kind, name: str, names: Sequence[str], found: Sequence[Evidence]) -> Side:
    own = [_naming(evidence, kind) for evidence in found if name in _about(evidence, kind, names)]
    return Side(kind, name, _alone(question, kind, name), tuple(sorted(own, key=lambda evidence: -evidence.score)))


def _naming(evidence: Evidence, kind: _Kind) -> Evidence:
    """The evidence as if its name were all that is asked for; what else moved its score stays."""
    as_read, as_named = (
        rated(evidence, features)
        for features in (evidence.features, replace(evidence.features, **{_FEATURE[kind]: _NAMED}))
    )
    return replace(as_named, score=evidence.score + as_named.score - as_read.score)


def _alone(question: Question, kind: _Kind, name: str) -> Question:
    if kind == "localities":
        return replace(question, localities=(name,))
    return replace(question, places=(name,)) if kind == "places" else replace(question, years=(name,))


def _about(evidence: Evidence, kind: _Kind, names: Sequence[str]) -> frozenset[str]:
    """The years it speaks of, or the names in the sentence, its title or headings; else those in its article."""
    if kind == "years" and evidence.years:
        return evidence.years.intersection(names)
    article = evidence.article
    said = article.text[evidence.span.start : evidence.span.end]
    near = squeeze(in_digits(f"{article.place} {article.title} {article.published} {evidence.front} {said}"))
    return _standing(near, names) or _standing(whole_article(article), names)


def _standing(text: str, names: Sequence[str]) -> frozenset[str]:
    return frozenset(name for name in names if squeeze(name) in text)
