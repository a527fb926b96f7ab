"""Complete lists, read off the article's outline: every part of what the question names, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from embeddings.outline import without_enumerator
from embeddings.sentences import clauses, sentences
from embeddings.snapshot import Snapshot
from embeddings.types import Article, Hit, Outline, Section, Span
from qa.citations import Statement
from qa.coverage import TermWeights, is_about, squeeze
from qa.facts import trim_clause_end
from qa.question import Question

_ARTICLES = 5
"""Outlines looked through: those of the articles that the best passages come from."""
_NAME_WEIGHT = 1.0
_EARLIER_NAME_WEIGHT = 0.3
_KEY_WEIGHT = 0.4
_COUNT_WEIGHT = 0.6
_OTHER_COUNT_WEIGHT = 1.0
_PARTS_WEIGHT = 0.7
_RANK_WEIGHT = 0.1
"""Next to the announcement's coverage of the question's terms (0 to 1): the name asked for stands in it, or one
that only the question before named; the terms next to the words of asking; the number of parts is, or is not,
the one asked for; the parts' own coverage; the article's place in the ranking."""
_ANNOUNCEMENT = 60
"""Characters at either end of the text before the first part in which an announcement is looked for."""
_ENOUGH = 0.9
"""A list scoring less is not what was asked for: neither its name nor its number of parts agrees."""
_LONGEST_EXPLANATION = 90


@dataclass(frozen=True, slots=True)
class ListFound:
    """Parts of one announcement, and how well they fit the question."""

    article: Article
    announcement: Span
    """The sentence that announces the parts."""
    parts: tuple[Section, ...]
    score: float


def find_list(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> ListFound | None:
    """The list that the question asks for, or None where no outline holds it."""
    weights = TermWeights.of(question.terms, snapshot.lexical)
    found: list[ListFound] = []
    for rank, article_id in enumerate(list(dict.fromkeys(hit.passage.article_id for hit in hits))[:_ARTICLES]):
        article = snapshot.corpus.article(article_id)
        if not is_about(article, question):
            continue
        for before, parts in _groups(article, snapshot.corpus.outline(article_id)):
            if before.start < before.end:
                score = _score(question, weights, article, before, parts) - _RANK_WEIGHT * rank
                found.append(ListFound(article, _announcing(question, article, before), parts, score))
    best = max(found, key=lambda candidate: candidate.score, default=None)
    return best if best and best.score >= _ENOUGH else None


def _groups(article: Article, outline: Outline) -> Iterator[tuple[Span, tuple[Section, ...]]]:
    """Every run of two or more sibling parts of one form, with the text that announces it."""
    pending: list[tuple[int, tuple[Section, ...]]] = [(article.body_start, outline.sections)]
    while pending:
        start, siblings = pending.pop()
        for _, run in groupby(siblings, key=lambda s: s.label[-1:] or s.kind):
            parts = tuple(run)
            if len(parts) >= 2:
                yield Span(start, parts[0].start), parts
        pending.extend((section.start, section.children) for section in siblings if section.children)


def _announcing(question: Question, article: Article, before: Span) -> Span:
    """Of the text before the first part: the sentence with the name asked for, else the first or only heading."""
    spans = sentences(article.text, before)
    for span in spans:
        if any(squeeze(name) in squeeze(article.text[span.start : span.end]) for name in question.names):
            return span
    at_article_level = before.start == article.body_start
    return spans[-1] if at_article_level else spans[0]


def _score(
    question: Question, weights: TermWeights, article: Article, before: Span, parts: tuple[Section, ...]
) -> float:
    said = article.text[before.start : before.end]
    context = weights.found(f"{article.place} {article.title}")
    leads = [weights.found(article.text[p.heading.start : p.heading.end]) for p in parts]
    shared = frozenset.intersection(*leads)
    score = weights.share(weights.found(said) | context | shared) + _PARTS_WEIGHT * weights.share(shared - context)
    asked, *earlier = question.names or ("",)
    if asked and (squeeze(asked) in squeeze(said) or _numbered_in_order(question, article, parts)):
        score += _NAME_WEIGHT
    elif any(squeeze(name) in squeeze(said) for name in earlier):
        score += _EARLIER_NAME_WEIGHT
    elif question.names:
        score -= _NAME_WEIGHT
    if question.key:
        said_last = squeeze(said[-_ANNOUNCEMENT:]) + squeeze(article.text[before.start : before.start + _ANNOUNCEMENT])
        score += _KEY_WEIGHT * sum(term in said_last for term in question.key) / len(question.key)
    if question.count is not None:
        score += _COUNT_WEIGHT if len(parts) == question.count else -_OTHER_COUNT_WEIGHT
    return score


def _numbered_in_order(question: Question, article: Article, parts: tuple[Section, ...]) -> bool:
    """Whether a name such as 12345 is spelled out by the parts: 一个…, 两大…, 三大…, 四大…, 五个…."""
    if not question.names[0].isdigit() or question.count != len(parts):
        return False
    numerals = ("一", "二两", "三", "四", "五", "六", "七", "八", "九")
    leads = [article.text[p.heading.start : p.heading.end] for p in parts]
    return all(any(n in lead for n in numeral) for numeral, lead in zip(numerals, leads, strict=False))


def list_statements(question: Question, found: ListFound) -> list[Statement]:
    """The announcement, then every part on its line; where a definition is asked for, with what explains it."""
    article = found.article
    announcement = without_enumerator(article.text, found.announcement)
    statements = [Statement(article, _trimmed(article, announcement))]
    for part in found.parts:
        heading = _without_label(article, part)
        statements.append(Statement(article, heading, indent=1))
        if question.kind != "definition":
            continue
        if part.children:
            statements.extend(Statement(article, _without_label(article, child), indent=2) for child in part.children)
        elif explanation := _explanation(article, part):
            statements.append(Statement(article, explanation, indent=2))
    return statements


def _without_label(article: Article, part: Section) -> Span:
    start = part.heading.start
    if article.text.startswith(part.label, start):
        start += len(part.label)
    while article.text[start].isspace():
        start += 1
    return _trimmed(article, Span(start, part.heading.end))


def _trimmed(article: Article, span: Span) -> Span:
    return trim_clause_end(article.text, span)


def _explanation(article: Article, part: Section) -> Span | None:
    """The first sentence behind the part's announcement, or its first clauses up to 90 characters."""
    rest = sentences(article.text, Span(part.heading.end, part.end))
    if not rest:
        return None
    first = rest[0]
    if first.end - first.start <= _LONGEST_EXPLANATION:
        return first
    end = first.start
    for clause in clauses(article.text, first):
        if clause.end - first.start > _LONGEST_EXPLANATION and end > first.start:
            break
        end = clause.end
    return _trimmed(article, Span(first.start, end))
