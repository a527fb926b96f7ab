"""What tells whether the corpus answers a question: how near it comes, how much it says of it, how many agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.folding import squeeze
from embeddings.sentences import sentences
from embeddings.snapshot import Snapshot
from embeddings.types import Article, Hit, Passage, Span
from qa.citations import quote_of
from qa.evidence.candidates import WantedThing, named, wanted_thing
from qa.evidence.facts import Evidence
from qa.evidence.gathering import Gathered
from qa.evidence.subject import is_about, subject_of
from qa.retriever import article_ids
from qa.term_weights import TermWeights
from qa.understanding.question import Question

_PASSAGES = 10
_FIRST = 5
_NEAREST = 3
_GREATEST = 8.0
OF_THE_READER = ("read", "certain")
"""The features that only a reader gives."""


@dataclass(frozen=True, slots=True)
class Features:
    """What the model sees of a question, the best evidence and the retrieved passages of articles that can be meant.

    Nothing grows with the corpus, as fused scores and the idf of unseen terms do. Shares are idf-weighted shares of the
    question's terms, 0 to 1.
    """

    nearest: float
    """Cosine of the question and the nearest passage."""
    nearest_three: float
    """Mean cosine of the three nearest."""
    passage: float
    """Greatest share in one of ten passages, with what its article is about."""
    sentences: float
    """Mean, over the first five passages, of the share in the sentence that says most."""
    sentence: float
    """The share in the best evidence, with what its article is about."""
    key: float
    """In the best evidence, the share of the terms next to the words of asking alone."""
    voices: float
    """Where a person, amount, time or place is asked for: how many articles of the ten passages name the same one in
    a sentence that says at least half as much as its passage's best, each counted by that share; 1 where none is."""
    agreement: float
    """Those voices as a share of what all articles of the ten passages could give that say at least half as much as
    the one that says most; 0.5 where none is asked for."""
    read: float = 0.0
    """The reader's greatest logit, among the passages read, that one answers; cut off at 8 either way."""
    certain: float = 0.0
    """The reader's logit that the exact answer in the best evidence answers; cut off in the same way."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    share: float


@dataclass(frozen=True, slots=True)
class _Said:
    """How much of the question one passage says."""

    article: str
    share: float
    """With what its article is about."""
    most: float
    """The share in the sentence that says most."""
    sentences: tuple[_Sentence, ...]
    """That one and those that say at least half as much."""


def features_of(question: Question, gathered: Gathered, hits: Sequence[Hit], snapshot: Snapshot) -> Features:
    """The features of a question, what was gathered for it, of which there is some, and the passages retrieved."""
    best = gathered.found[0]
    terms = TermWeights.of(question.terms, snapshot.lexical)
    key = TermWeights.of(question.key, snapshot.lexical)
    articles = {i: snapshot.corpus.article(i) for i in article_ids(hits)}
    meant = {i for i, article in articles.items() if is_about(article, question)}
    fitting = [hit for hit in hits if hit.passage.article_id in meant]
    cosines = sorted((hit.dense_score for hit in fitting if hit.dense_score is not None), reverse=True)
    said = [_said(terms, articles[hit.passage.article_id], hit.passage) for hit in fitting[:_PASSAGES]]
    sentence = quote_of(best.article, best.span)
    asked = wanted_thing(question)
    voices = _voices(asked, squeeze(question.text), said) if asked else 1.0
    return Features(
        nearest=_mean(cosines[:1]),
        nearest_three=_mean(cosines[:_NEAREST]),
        passage=max((one.share for one in said), default=0.0),
        sentences=_mean([one.most for one in said[:_FIRST]]),
        sentence=terms.share(terms.found(f"{subject_of(best.article)} {sentence}")),
        key=key.share(key.found(sentence)),
        voices=voices,
        agreement=_agreement(voices, said) if asked else 0.5,
        read=_cut_off(gathered.read),
        certain=_cut_off(best.certainty),
    )


def _said(terms: TermWeights, article: Article, passage: Passage) -> _Said:
    texts = [article.text[s.start : s.end] for s in sentences(article.text, Span(passage.start, passage.end))]
    rated = [_Sentence(text, terms.share(terms.found(text))) for text in texts]
    most = max((one.share for one in rated), default=0.0)
    whole = terms.found(f"{subject_of(article)} {article.text[passage.start : passage.end]}")
    return _Said(article.id, terms.share(whole), most, tuple(one for one in rated if one.share >= most / 2))


def _voices(asked: WantedThing, question: str, said: Sequence[_Said]) -> float:
    """The greatest sum of shares of articles that name the same thing, which the question does not name itself."""
    by: dict[str, dict[str, float]] = defaultdict(dict)
    for passage in said:
        for sentence in passage.sentences:
            for name in named(asked, sentence.text):
                if name not in question:
                    by[name][passage.article] = max(sentence.share, by[name].get(passage.article, 0.0))
    return max((sum(articles.values()) for articles in by.values()), default=0.0)


def _agreement(voices: float, said: Sequence[_Said]) -> float:
    shares: dict[str, float] = {}
    for one in said:
        shares[one.article] = max(one.most, shares.get(one.article, 0.0))
    least = max(shares.values(), default=0.0) / 2
    return voices / (sum(share for share in shares.values() if share >= least) or 1.0)


def _cut_off(logit: float | None) -> float:
    """What was not read counts as what surely does not answer."""
    return max(-_GREATEST, min(_GREATEST, logit)) if logit is not None else -_GREATEST


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def paragraph_of(evidence: Evidence) -> str:
    """The paragraph of the evidence, behind the article's title."""
    article, span = evidence.article, evidence.span
    start = article.text.rfind("\n", 0, span.start) + 1
    end = article.text.find("\n", span.end)
    return f"{article.title} {article.text[start : end if end >= 0 else None]}"
