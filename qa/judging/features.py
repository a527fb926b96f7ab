"""What tells whether the sentences found answer the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.evidence.gathering import Evidence
from qa.understanding.question import Question

_GREATEST_LEAD = 6.0
_USUAL_LEAD = 3.5
"""The mean of the questions that the model was fitted on."""
_MOST_LIKELY = 4
_ALONE = -8.0
"""The score taken for a second sentence, or another article, where there is none."""


@dataclass(frozen=True, slots=True)
class AnswerFeatures:
    """What the model sees of a question and its best sentences. Nothing grows with the corpus."""

    score: float
    """The fitted logit that the best sentence belongs to the answer."""
    belongs: float
    read: float
    certain: float
    around: float
    unheard: float
    """1 where neither the best sentence nor what stands over it has any of the question's terms."""
    cosine: float
    year: float
    place: float
    locality: float
    name: float
    other_year: float
    other_place: float
    anchored: float
    """Of the best sentence, as `SentenceFeatures` has them."""
    second: float
    """The score of the next sentence of its article."""
    lead: float
    """By how much its score leads that of the best of other articles."""
    likely: float
    """How many sentences of its article are likelier to belong than not, at most 4."""
    follow_up: float
    """1 for a follow-up."""
    several: float
    """1 where several things are asked for."""


def features_of(question: Question, found: Sequence[Evidence], one_of_several: bool = False) -> AnswerFeatures:
    """The features of a question and the sentences found, of which there is one at least, best first.

    What is said of `one_of_several` things that a question names side by side leads nothing: what is said of the others
    is left out.
    """
    best = found[0]
    same = [evidence.score for evidence in found[1:] if evidence.article.id == best.article.id]
    others = [evidence.score for evidence in found[1:] if evidence.article.id != best.article.id]
    own = best.features
    return AnswerFeatures(
        score=best.score,
        belongs=own.belongs,
        read=own.read,
        certain=own.certain,
        around=own.around,
        unheard=float(question.chinese and own.around == 0),
        cosine=own.cosine,
        year=own.year,
        place=own.place,
        locality=own.locality,
        name=own.name,
        other_year=own.other_year,
        other_place=own.other_place,
        anchored=own.anchored,
        second=max(same, default=_ALONE),
        lead=_USUAL_LEAD if one_of_several else min(_GREATEST_LEAD, best.score - max(others, default=_ALONE)),
        likely=float(min(_MOST_LIKELY, sum(score > 0 for score in (best.score, *same)))),
        follow_up=float(bool(question.earlier)),
        several=float(question.asks_several),
    )
