"""A list as lines of an answer: what announces it, its parts, and where asked for what explains each."""

from __future__ import annotations

import re

from embeddings.outline import without_enumerator
from embeddings.sentences import clauses, sentences
from embeddings.types import Article, Section, Span
from qa.citations import Statement
from qa.coverage import squeeze
from qa.facts import Evidence, trim_clause_end
from qa.lists import ListFound
from qa.question import Question

_LONGEST_EXPLANATION = 90
_ANNOUNCES = re.compile(r"即[:：,，]?|[:：]|分别是|分别为|包括|分为|指的是")
_OPENS, _CLOSES = "“‘《（(", "”’》）)"


def list_statements(question: Question, found: ListFound) -> list[Statement]:
    """The announcement, then every part on its line; where a definition is asked for, with what explains it."""
    article = found.article
    announcement = without_enumerator(article.text, found.announcement)
    statements = [Statement(article, trim_clause_end(article.text, announcement))]
    for part in found.parts:
        statements.extend(part_statements(article, part, explained=question.kind == "definition"))
    return statements


def part_statements(article: Article, part: Section, explained: bool) -> list[Statement]:
    """A part on its line; where it is to be explained, its own parts or what explains it on the second level."""
    statements = [Statement(article, _without_label(article, part), indent=1)]
    if not explained:
        return statements
    # A name inside the part is said in passing; its list is no part of this one.
    children = [child for child in part.children if child.kind != "name"]
    if children:
        statements.extend(Statement(article, _without_label(article, child), indent=2) for child in children)
    elif explanation := _explanation(article, part):
        statements.append(Statement(article, explanation, indent=2))
    return statements


def _without_label(article: Article, part: Section) -> Span:
    start = part.heading.start
    if article.text.startswith(part.label, start):
        start += len(part.label)
    while article.text[start].isspace():
        start += 1
    return trim_clause_end(article.text, Span(start, part.heading.end))


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
    return trim_clause_end(article.text, Span(first.start, end))


def inline_list(question: Question, evidence: Evidence) -> list[Statement]:
    """The items of one sentence behind a name and “即：” (“五个必谈”，即：甲、乙…), where as many as asked for."""
    text, sentence = evidence.article.text, evidence.span
    if question.count is None or not question.names:
        return []
    for clause in clauses(text, sentence):
        if squeeze(question.names[0]) not in squeeze(text[clause.start : clause.end]):
            continue
        announces = _ANNOUNCES.search(text, clause.start + len(question.names[0]), sentence.end)
        if announces is None:
            return []
        items = _items(text, announces.end(), sentence.end, question.count)
        opening = trim_clause_end(text, Span(clause.start, announces.start()))
        return (
            [
                Statement(evidence.article, opening),
                *(Statement(evidence.article, item, indent=1) for item in items),
            ]
            if items
            else []
        )
    return []


def _items(text: str, start: int, end: int, count: int) -> list[Span]:
    """The stretch cut at 、 (or else at commas) outside brackets, where that makes as many items as asked for."""
    stop = re.compile(r"[；;。]").search(text, start, end)
    end = stop.start() if stop else end
    for separators, ends in (("、", "，,"), ("、，,", "")):
        cuts, last = _cuts(text, start, end, separators, ends)
        spans = [
            trim_clause_end(text, Span(a, b))
            for a, b in zip([start, *(c + 1 for c in cuts)], [*cuts, last], strict=True)
        ]
        if len(spans) == count and all(span.start < span.end for span in spans):
            return spans
    return []


def _cuts(text: str, start: int, end: int, separators: str, ends: str) -> tuple[list[int], int]:
    """Positions of the separators outside brackets, and where the last item ends."""
    cuts: list[int] = []
    depth = 0
    for position in range(start, end):
        character = text[position]
        depth += (character in _OPENS) - (character in _CLOSES)
        if depth == 0 and character in separators:
            cuts.append(position)
        if depth == 0 and character in ends and cuts:
            return cuts, position
    return cuts, end
