"""The sentence, or the clauses of a long one, that say what was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from embeddings.outline import section_path
from embeddings.reading.places import find_places
from embeddings.sentences import clauses, sentences
from embeddings.snapshot import Snapshot
from embeddings.types import Article, Hit, Passage, Span
from qa.evidence.subject import is_about, is_of_place, lead_of, subject_of
from qa.retriever import article_ids
from qa.term_weights import TermWeights
from qa.understanding.names import years_in
from qa.understanding.question import Question

_LONGEST_ANSWER = 120
"""A sentence longer than this (in characters) is cut to the clauses that carry the answer."""
_LONGEST_LIST = 300
_WHOLE_ARTICLES = 2
"""Articles read whole: a question that spends its words on whom it is about hides the passage it means."""
_SPECIFIC_WEIGHT = 0.7
_KEY_WEIGHT = 0.4
_CONTEXT_WEIGHT = 0.3
_TYPE_WEIGHT = 0.25
_UNIT_WEIGHT = 0.25
_LIST_WEIGHT = 0.25
_RANK_WEIGHT = 0.15
"""Shares, next to 1 for all the question's terms in the sentence itself, of: the terms that are not merely the
article's subject; the terms next to the words of asking; terms that only its headings, neighbours or lead say;
an amount or time where one is asked for; the very unit asked for; an enumeration where a list is asked for; the
passage's place in the ranking."""
_ANNOUNCES = re.compile(r"即[:：,，]?|[:：]|分别|包括|分为")
_NUMBER = r"(?:\d+(?:[.,]\d+)*|[一二两三四五六七八九十百千]+)(?:余|多|几)?"
_AMOUNT = re.compile(
    r"\d+(?:[.,]\d+)*(?:[%％‰多余]|[^\W\d年月日])|百分之|[一二两三四五六七八九十百千万]+[次个名家起项件座类年届]"
)
_PLACE = re.compile(r"位于|地处|坐落|设在|落户|举行|举办|召开")
_TIME = re.compile(
    r"\d{1,4}[年月日号]|\d+:\d+|每[天日周月季年]|[一二三四五六七八九十]+月|分钟|小时|星期|上午|下午|季度"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of an article that may answer, with how much of the question it says."""

    article: Article
    span: Span
    score: float
    passage: Span
    """The passage that it stands in."""
    answer: Span | None = None
    """Characters within it that the reader takes for the exact answer; None where it was not read."""
    certainty: float | None = None
    """The reader's logit that these characters answer."""


def best_sentences(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> list[Evidence]:
    """All sentences that can be meant, best first: of the retrieved passages and all of the first articles'."""
    weights = TermWeights.of(question.terms, snapshot.lexical)
    articles = {i: snapshot.corpus.article(i) for i in article_ids(hits)}
    fitting = {i: article for i, article in articles.items() if is_about(article, question)}
    found: list[Evidence] = []
    for rank, passage in enumerate(_candidates(hits, fitting, snapshot), 1):
        article = fitting[passage.article_id]
        span = Span(passage.start, passage.end)
        found.extend(_rated(question, weights, article, span, _headings(snapshot, article, span), rank))
    return sorted(found, key=lambda evidence: -evidence.score)


def _candidates(hits: Sequence[Hit], fitting: Mapping[str, Article], snapshot: Snapshot) -> list[Passage]:
    """The retrieved passages in their order, then the others of the articles that the first ones come from."""
    retrieved = [hit.passage for hit in hits if hit.passage.article_id in fitting]
    others = [
        passage for article_id in list(fitting)[:_WHOLE_ARTICLES] for passage in snapshot.corpus.passages(article_id)
    ]
    return list(dict.fromkeys([*retrieved, *others]))


def _headings(snapshot: Snapshot, article: Article, span: Span) -> str:
    path = section_path(snapshot.corpus.outline(article.id), span)
    return " ".join(article.text[section.heading.start : section.heading.end] for section in path)


def _rated(
    question: Question, weights: TermWeights, article: Article, passage: Span, headings: str, rank: int
) -> Iterator[Evidence]:
    about = weights.found(f"{headings} {lead_of(article)} {subject_of(article)}")
    subject = weights.found(subject_of(article))
    key = frozenset(question.key) - subject
    specific = weights.without(subject)
    spans = sentences(article.text, passage)
    own = [weights.found(article.text[span.start : span.end]) for span in spans]
    for number, span in enumerate(spans):
        if not _year_fits(question, article, spans[: number + 1]) or not _place_fits(question, article, span):
            continue
        if question.kind != "explanation" and article.text[span.start : span.end].endswith(("？", "?")):
            # A question that an article asks says all the words of ours; only of a why does the answer follow it.
            continue
        in_context = weights.share(about.union(*own[max(0, number - 1) : number + 2]))
        score = (
            weights.share(own[number])
            + _SPECIFIC_WEIGHT * specific.share(own[number] - subject)
            + (_KEY_WEIGHT * len(own[number] & key) / len(key) if key else 0.0)
            + _CONTEXT_WEIGHT * in_context
            + _RANK_WEIGHT / rank
            + type_bonus(question, article.text[span.start : span.end])
        )
        yield Evidence(article, span, score, passage)


def _year_fits(question: Question, article: Article, spans: Sequence[Span]) -> bool:
    """Whether the last of these sentences can speak of the year asked for: the year said last is that year.

    A sentence that follows none in its passage is of a year that the article's date, title or lead names.
    """
    if not question.years:
        return True
    said = [year for span in spans for year in years_in(article.text[span.start : span.end])]
    if said:
        own = years_in(article.text[spans[-1].start : spans[-1].end])
        return bool(set(own or said[-1:]) & set(question.years))
    return any(year in f"{article.published} {article.title} {lead_of(article)}" for year in question.years)


def _place_fits(question: Question, article: Article, span: Span) -> bool:
    """Whether the sentence can speak of the place asked for: its article is about it, or it names it."""
    named = find_places(article.text[span.start : span.end])
    return is_of_place(article, question) or not {*named}.isdisjoint(question.places) or not article.place


def type_bonus(question: Question, text: str) -> float:
    """What a sentence gains for holding the kind of thing asked for: an amount, that unit, a time, an enumeration."""
    if question.kind == "list" and text.count("、") >= 2:
        return _LIST_WEIGHT
    if question.unit and re.search(f"{_NUMBER}[个万亿]?{re.escape(question.unit)}", text):
        return _TYPE_WEIGHT + _UNIT_WEIGHT
    if question.wants == "amount" and not question.unit and _AMOUNT.search(text):
        return _TYPE_WEIGHT
    if question.wants == "place" and (_PLACE.search(text) or {*find_places(text)} - {*question.places}):
        return _TYPE_WEIGHT
    if question.wants == "time" and _TIME.search(text):
        return _TYPE_WEIGHT
    return 0.0


def shortest_answer(question: Question, evidence: Evidence, snapshot: Snapshot) -> Span:
    """The sentence, or where it is long the run of whole clauses that says as much of the question.

    A run longer than 120 characters is given up only for one that says less of what was asked. The run holds the exact
    answer, where one is known.
    """
    text, sentence, exact = evidence.article.text, evidence.span, evidence.answer
    if sentence.end - sentence.start <= _LONGEST_ANSWER:
        return sentence
    weights = TermWeights.of(question.terms, snapshot.lexical)
    weights = weights.without(weights.found(subject_of(evidence.article)))
    if not weights.found(text[sentence.start : sentence.end]):
        # Nothing tells one clause from another.
        return sentence
    if question.kind in ("list", "definition") and _ANNOUNCES.search(text, sentence.start, sentence.end):
        # What is enumerated behind “即：” shares no term with the question, so only whole parts are weighed.
        parts, longest = _semicolon_parts(text, sentence), _LONGEST_LIST
    else:
        parts, longest = clauses(text, sentence), _LONGEST_ANSWER
    best, best_score = sentence, float("-inf")
    for first in range(len(parts)):
        for last in range(first, len(parts)):
            run = Span(parts[first].start, parts[last].end)
            if exact and not (run.start <= exact.start and exact.end <= run.end):
                continue
            length = run.end - run.start
            if length > longest and last > first:
                break
            said = text[run.start : run.end]
            score = weights.share(weights.found(said)) + type_bonus(question, said) - length / 2000
            if score > best_score:
                best, best_score = run, score
    return trim_clause_end(text, best)


def _semicolon_parts(text: str, sentence: Span) -> list[Span]:
    parts = [sentence]
    for clause in clauses(text, sentence):
        if text[clause.end - 1] in "；;" and clause.end < sentence.end:
            parts[-1:] = [Span(parts[-1].start, clause.end), Span(clause.end, sentence.end)]
    return parts


def trim_clause_end(text: str, span: Span) -> Span:
    """The span without a comma, semicolon or colon at its end."""
    return Span(span.start, span.start + len(text[span.start : span.end].rstrip("，,；;：:、 ")))
