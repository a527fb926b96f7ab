"""The sentences that belong to the answer, by the reader's view, the question's words and the names it names."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from embeddings.snapshot.snapshot import Snapshot
from embeddings.structure.sentences import is_row
from embeddings.types import Article, Span
from qa.evidence.exact import whole
from qa.evidence.fit import fit_of, in_other_years, other_places, other_years
from qa.evidence.rows_apart import SUMS_UP
from qa.evidence.spoken_years import spoken_years
from qa.evidence.telling_apart import Apart, apart_in
from qa.evidence.times import of_another_time
from qa.logistic import Logistic
from qa.reading.excerpts import Excerpt, Unit
from qa.reading.passages import PassageRead
from qa.reading.reader import UnitReading
from qa.retrieving.term_weights import TermWeights
from qa.understanding.question import Question

FILE = Path(__file__).with_name("belonging.json")
_CUT = 8.0
_OWN = 1.0
"""What is said of how a name of its own fits where a sentence is wholly of that thing; of another, the opposite."""
_LIKELY = 0.0
"""The fitted logit of what is likelier to belong than not."""
_NO_COSINE = 0.8
"""The cosine taken for a passage that only its words found; of those found by it most have more."""


@dataclass(frozen=True, slots=True)
class SentenceFeatures:
    """What tells whether a sentence belongs to the answer."""

    belongs: float
    """The reader's logit that it does."""
    read: float
    """The reader's logit that its excerpt answers."""
    certain: float
    """The reader's logit that characters of it are the exact answer."""
    words: float
    """Idf-weighted share of the question's terms in the sentence, 0 to 1."""
    around: float
    """The same in the sentence with its title and headings."""
    cosine: float
    """Of the question and the passage."""
    rank: float
    """One by the passage's place among those retrieved."""
    year: float
    place: float
    locality: float
    name: float
    """As `Fit` has them; `locality` also of what else has a name of its own, as `Apart` has it."""
    other_year: float
    other_place: float
    """1 where the sentence names others than the question."""
    anchored: float
    """1 where the article answered the question before."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence or table row that may belong to the answer."""

    article: Article
    span: Span
    passage: Span
    """The passage that it stands in."""
    features: SentenceFeatures
    score: float
    """The fitted logit that it belongs to the answer."""
    exact: Span | None
    """Characters within it that answer exactly, in the reader's view; None where it marks no more than names of
    columns."""
    front: str
    """The title, date, headings and caption under which it was read."""
    years: frozenset[str] = frozenset()
    """The years that it speaks of."""


@cache
def _belonging() -> Logistic:
    return TypeAdapter(Logistic).validate_json(FILE.read_bytes())


def gather(
    question: Question, read: Sequence[PassageRead], anchors: frozenset[str], snapshot: Snapshot
) -> tuple[Evidence, ...]:
    """All sentences of the passages read, those first that belong to the answer most probably.

    `anchors` are the articles that answered the question before.
    """
    weights = TermWeights.of(question.terms, snapshot.lexical)
    apart = apart_in(question, read, weights, snapshot)
    found: dict[tuple[str, Span], Evidence] = {}
    for passage in read:
        for evidence in _of_passage(question, passage, weights, apart, anchors):
            scored = rated(evidence, evidence.features)
            key = (evidence.article.id, evidence.span)
            if key not in found or scored.score > found[key].score:
                found[key] = scored
    ranked = _own_first(_sums_first(list(found.values()), apart))
    return tuple(sorted(ranked, key=lambda one: (-one.score, -one.features.locality)))


def _sums_first(found: Sequence[Evidence], apart: Apart) -> list[Evidence]:
    """Where all together is asked for, the row that sums up a table takes the place of its likeliest row."""
    fits = [apart.rows[evidence.article.id].get(evidence.span.start, 0.0) for evidence in found]
    ranked = list(found)
    for article in {evidence.article.id for evidence, fit in zip(found, fits, strict=True) if fit == SUMS_UP}:
        rows = [n for n, evidence in enumerate(found) if evidence.article.id == article and fits[n]]
        own = max((n for n in rows if fits[n] == SUMS_UP), key=lambda n: found[n].score)
        best = max(found[n].score for n in rows)
        for n in rows:
            ranked[n] = replace(found[n], score=best if n == own else min(found[n].score, found[own].score))
    return ranked


def _own_first(found: Sequence[Evidence]) -> Iterator[Evidence]:
    """What is of another row or thing of its kind comes behind what is likely said of the one asked for."""
    own = (e.score for e in found if e.features.locality >= _OWN and e.score >= _LIKELY)
    most = max(own, default=math.inf)
    for evidence in found:
        yield replace(evidence, score=min(evidence.score, most)) if evidence.features.locality <= -_OWN else evidence


def rated(evidence: Evidence, features: SentenceFeatures) -> Evidence:
    """The evidence with these features and the logit that they come to."""
    return replace(evidence, features=features, score=_belonging().logit(features))


def _of_passage(
    question: Question, read: PassageRead, weights: TermWeights, apart: Apart, anchors: frozenset[str]
) -> Iterator[Evidence]:
    passage, anchored = read.hit.passage, read.article.id in anchors
    for excerpt, reading in zip(read.excerpts, read.readings, strict=True):
        for unit, view in zip(excerpt.units, reading.units, strict=True):
            said = excerpt.text[unit.read.start : unit.read.end]
            years = spoken_years(read.article, (*passage.headings, unit.caption), said)
            features = _features(
                question, read, excerpt, unit, said, years, view, reading.score, weights, apart, anchored
            )
            span = Span(passage.start, passage.end)
            exact = _exact(read.article, unit, view)
            yield Evidence(read.article, unit.span, span, features, 0.0, exact, _above(excerpt, unit), years)


def _features(
    question: Question,
    read: PassageRead,
    excerpt: Excerpt,
    unit: Unit,
    said: str,
    years: frozenset[str],
    view: UnitReading,
    score: float,
    weights: TermWeights,
    apart: Apart,
    anchored: bool,
) -> SentenceFeatures:
    about = f"{read.article.title} {_above(excerpt, unit)} {said}"
    fit = fit_of(question, read.article, said, about, years)
    cosine = read.hit.dense_score
    # A thing with a name of its own is told from others of its kind as a county is from other counties.
    own = [one for one in (fit.locality, apart.fit(read.article, unit.span, about)) if one]
    return SentenceFeatures(
        belongs=_cut(view.belongs),
        read=_cut(score),
        certain=_cut(view.certain),
        words=weights.share(weights.found(said)),
        around=weights.share(weights.found(about)),
        cosine=cosine if cosine is not None else _NO_COSINE,
        rank=1 / read.rank,
        year=-1.0 if _of_another_time(question, read.article, unit, view, said) else fit.year,
        place=fit.place,
        locality=min(own, default=0.0),
        name=fit.name,
        other_year=float(other_years(question, said)),
        other_place=float(other_places(question, said)),
        anchored=float(anchored),
    )


def _of_another_time(question: Question, article: Article, unit: Unit, view: UnitReading, said: str) -> bool:
    if is_row(article.text, unit.span):
        return in_other_years(question, _front(said, unit))
    return of_another_time(question, said, said[: view.exact.end - unit.read.start])


def _above(excerpt: Excerpt, unit: Unit) -> str:
    """The title, date and headings of the excerpt, and what stands above the table that the unit is a row of."""
    return f"{excerpt.heading} {unit.caption}" if unit.caption else excerpt.heading


def _front(said: str, unit: Unit) -> str:
    """What a unit is read behind: the names of columns, and what an item lies under."""
    edges = [
        unit.read.start,
        *(at for piece in unit.pieces for at in (piece.read.start, piece.read.end)),
        unit.read.end,
    ]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return " ".join(said[start - unit.read.start : end - unit.read.start] for start, end in pairs)


def _exact(article: Article, unit: Unit, view: UnitReading) -> Span | None:
    span = unit.in_article(view.exact)
    return whole(article.text, span, unit.span) if span else None


def _cut(logit: float) -> float:
    return max(-_CUT, min(_CUT, logit))
