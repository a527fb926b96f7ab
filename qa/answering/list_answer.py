"""A list as lines of an answer: what announces it, its parts, and where asked for what explains each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from embeddings.outline import without_enumerator
from embeddings.sentences import clauses, sentences
from embeddings.snapshot import Snapshot
from embeddings.types import Article, Hit, Section, Span
from qa.answering.finding import Finding
from qa.answering.lists import ListFound, find_list
from qa.citations import Statement
from qa.evidence.facts import trim_clause_end
from qa.understanding.names import joined_names, ordinal_in
from qa.understanding.question import Question, asking_for

_LONGEST_EXPLANATION = 90


def answer_lists(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> Finding | None:
    """The list asked for, or all of those asked for side by side; nothing unless each is found."""
    names = joined_names(question.text)
    asked = [asking_for(question, name) for name in names] or [question]
    statements: list[Statement] = []
    notes: list[str] = []
    for one in asked:
        found = find_list(one, hits, snapshot)
        if found is None:
            return None
        if one.count not in (None, len(found.parts)):
            notes.append(f"问的是 {one.count} 项，文章列出的是 {len(found.parts)} 项。")
        statements.extend(list_statements(question, _only_asked(question, found)))
    return Finding(tuple(statements), note="".join(notes))


def _only_asked(question: Question, found: ListFound) -> ListFound:
    """Of “其中第三个” the third part alone, where there is one."""
    ordinal = ordinal_in(question.text)
    if ordinal is None or not 1 <= ordinal <= len(found.parts):
        return found
    return replace(found, parts=found.parts[ordinal - 1 : ordinal])


def list_statements(question: Question, found: ListFound) -> list[Statement]:
    """The announcement, then every part on its line; where a definition is asked for, with what explains it."""
    article = found.article
    statements = [Statement(article, bare_heading(article, found.announcement))]
    for part in found.parts:
        statements.extend(part_statements(article, part, explained=question.kind == "definition"))
    return statements


def bare_heading(article: Article, heading: Span) -> Span:
    """The heading without its enumerator and the punctuation at its end."""
    return trim_clause_end(article.text, without_enumerator(article.text, heading))


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
