"""Whether what was found answers the question, or the corpus does not say: a calibrated logistic model.

The model's weights, how they came and what they reach stand in calibration.json beside this file;
`python -m benchmarks.calibrate` makes it anew.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from embeddings.snapshot import Snapshot
from embeddings.types import Hit
from qa.citations import quote_of
from qa.coverage import TermWeights, whole_article
from qa.facts import Evidence, type_bonus
from qa.question import Question

_LEAST_FOCUS = 0.2
"""Share of the thing asked for below which no probability counts: a judgement, not fitted. The public sets have few
questions on what an article of the right subject leaves out (a telephone number, a name); our users ask them."""
_FILE = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class Features:
    """What the model sees of a question and its best evidence."""

    share: float
    """idf-weighted share of the question's terms in the sentence and its context, 0 to 1."""
    own_share: float
    """The same in the sentence itself, of the terms that are not the article's subject."""
    article_share: float
    """The same in the whole article with what it says of itself."""
    focus: float
    """Share of the terms of the thing asked for in the sentence's paragraph and the article's title."""
    key: float
    """Share of the terms next to the words of asking in the sentence itself."""
    right_kind: float
    """1 where the sentence holds the amount, time or place asked for, -1 where it does not, 0 where none is asked."""
    cosine: float
    """Of the question and the nearest retrieved passage of the article."""
    margin: float
    """That cosine less the mean of the other articles' retrieved passages; 0 where there are none."""
    both_legs: float
    """1 where both legs retrieved a passage of the article among their first three."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A feature's standardisation (value - mean) / scale and its weight."""

    mean: float
    scale: float
    weight: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """calibration.json."""

    how: str
    figures: dict[str, float]
    weights: dict[str, Weight]
    bias: float
    threshold: float
    """Least probability with which an answer is given."""


CALIBRATION: TypeAdapter[Calibration] = TypeAdapter(Calibration)


@cache
def calibration() -> Calibration:
    """The weights that this version of the program is shipped with."""
    return CALIBRATION.validate_json(_FILE.read_bytes())


def probability(features: Features, weights: dict[str, Weight], bias: float) -> float:
    """The model's probability that the evidence answers: logistic of the weighted, standardised features."""
    names = (field.name for field in fields(features))
    pairs = ((weights[name], value) for name, value in zip(names, astuple(features), strict=True))
    return 1 / (1 + math.exp(-bias - sum(w.weight * (value - w.mean) / w.scale for w, value in pairs)))


def features_of(question: Question, best: Evidence, hits: Sequence[Hit], snapshot: Snapshot) -> Features:
    """The features of a question and its best evidence."""
    sentence = quote_of(best.article, best.span)
    terms = TermWeights.of(question.terms, snapshot.lexical)
    focus = TermWeights.of(question.focus, snapshot.lexical)
    key = TermWeights.of(question.key, snapshot.lexical)
    own = [h for h in hits if h.passage.article_id == best.article.id]
    others = [h.dense_score for h in hits if h.passage.article_id != best.article.id and h.dense_score is not None]
    cosine = max((h.dense_score for h in own if h.dense_score is not None), default=0.0)
    asked_for = question.wants or question.unit
    return Features(
        share=best.share,
        own_share=best.own_share,
        article_share=terms.share(terms.found(whole_article(best.article))),
        focus=focus.share(focus.found(_context(best))),
        key=key.share(key.found(sentence)),
        right_kind=(1.0 if type_bonus(question, sentence) else -1.0) if asked_for else 0.0,
        cosine=cosine,
        margin=cosine - sum(others) / len(others) if others and cosine else 0.0,
        both_legs=float(any((h.dense_rank or 99) <= 3 for h in own) and any((h.lexical_rank or 99) <= 3 for h in own)),
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the evidence answers."""

    probability: float
    """The model's probability that it does."""
    reason: str = ""
    """Why it does not, in Chinese; empty where it does."""


def judge(question: Question, best: Evidence | None, hits: Sequence[Hit], snapshot: Snapshot) -> Verdict:
    """Whether the best evidence (None: there is none) answers the question."""
    if best is None:
        missing = [f"“{word}”" for word in dict.fromkeys([*question.places, *question.names, *question.years])]
        together = "同时" if len(missing) > 1 else ""
        return Verdict(0.0, f"没有文章{together}说到{'、'.join(missing)}" if missing else "没有文章说到所问的事")
    features = features_of(question, best, hits, snapshot)
    model = calibration()
    answers = probability(features, model.weights, model.bias)
    if question.wants == "place" and features.right_kind < 0:
        return Verdict(answers, "文章说到了相关的事，没有说地点")
    if features.focus < _LEAST_FOCUS:
        return Verdict(answers, "文章说到了相关的事，没有说所问的这一点")
    return Verdict(answers, "" if answers >= model.threshold else "没有句子说到所问的事")


def _context(evidence: Evidence) -> str:
    """The paragraph of the evidence with the article's title."""
    article, span = evidence.article, evidence.span
    start = article.text.rfind("\n", 0, span.start) + 1
    end = article.text.find("\n", span.end)
    return f"{article.title} {article.text[start : end if end >= 0 else None]}"
