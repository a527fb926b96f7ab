"""A question on several counties, places or years at once: which of them a sentence is about."""

from __future__ import annotations

from collections.abc import Sequence

from embeddings.folding import squeeze
from embeddings.reading.places import province_of
from qa.evidence.fit import in_digits, whole_article
from qa.evidence.gathering import Evidence
from qa.understanding.question import Question


def sides_of(question: Question) -> tuple[str, ...]:
    """The counties, places or years that it names side by side; none where it names one of a kind."""
    around = {province_of(place) for place in question.places if province_of(place) != place}
    places = tuple(place for place in question.places if place not in around)
    return next((named for named in (question.localities, places, question.years) if len(named) > 1), ())


def about(evidence: Evidence, sides: Sequence[str]) -> frozenset[str]:
    """The sides that the sentence, its title or headings name; else those that its article names anywhere."""
    article = evidence.article
    said = article.text[evidence.span.start : evidence.span.end]
    near = squeeze(in_digits(f"{article.place} {article.title} {evidence.front} {said}"))
    return _named(near, sides) or _named(whole_article(article), sides)


def _named(text: str, sides: Sequence[str]) -> frozenset[str]:
    return frozenset(side for side in sides if squeeze(side) in text)
