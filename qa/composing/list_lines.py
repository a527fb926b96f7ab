"""A list as lines of an answer: what announces it, its parts, and where asked for what explains each."""

from __future__ import annotations

from dataclasses import replace

from embeddings.structure.enumerators import without_enumerator
from embeddings.structure.sentences import clauses, sentences, trim_clause_end
from embeddings.types import Article, Section, Span
from qa.composing.citations import Statement
from qa.evidence.completion import ListFound
from qa.understanding.names import ordinal_in
from qa.understanding.question import Question

_QUOTES = ("”", "’", '"', "」")
_LONGEST_EXPLANATION = 90
_LONGEST_ITEM = 120
"""Characters of an enumerated part's sentence that is given whole; of a longer one its first clause."""


def list_lines(question: Question, found: ListFound) -> list[Statement]:
    """The announcement, then every part on its line; where a definition is asked for, with what explains it.

    Of “其中第三个” the third part alone, where there is one.
    """
    ordinal = ordinal_in(question.text)
    if ordinal is not None and 1 <= ordinal <= len(found.parts):
        found = replace(found, parts=found.parts[ordinal - 1 : ordinal])
    article = found.article
    statements = [Statement(article, bare_heading(article, found.announcement))]
    for part in found.parts:
        statements.extend(_part_lines(article, part, explained=question.kind == "definition"))
    return statements


def count_note(question: Question, found: ListFound) -> str:
    """That the article lists another number of things than the question says, or nothing."""
    if question.count in (None, len(found.parts)):
        return ""
    return f"问的是 {question.count} 项，文章列出的是 {len(found.parts)} 项。"


def bare_heading(article: Article, heading: Span) -> Span:
    """The heading without its enumerator and the punctuation at its end."""
    return trim_clause_end(article.text, without_enumerator(article.text, heading))


def _part_lines(article: Article, part: Section, explained: bool) -> list[Statement]:
    """A part on its line; where it is to be explained, its own parts or what explains it on the second level."""
    said = sentences(article.text, Span(part.start, part.end))[0]
    whole = not explained and part.kind == "item" and said.end - said.start <= _LONGEST_ITEM
    end = max(said.end, part.heading.end) if whole else part.heading.end
    statements = [Statement(article, _without_label(article, part, end), indent=1)]
    if not explained:
        return statements
    # A name inside the part is said in passing; its list is no part of this one.
    children = [child for child in part.children if child.kind != "name"]
    if children:
        spans = (_without_label(article, child, child.heading.end) for child in children)
        statements.extend(Statement(article, span, indent=2) for span in spans)
    elif explanation := _explanation(article, part):
        statements.append(Statement(article, explanation, indent=2))
    return statements


def _without_label(article: Article, part: Section, end: int) -> Span:
    start = part.heading.start
    # “1”支队伍 is called so.
    if article.text.startswith(part.label, start) and not part.label.endswith(_QUOTES):
        start += len(part.label)
    while article.text[start].isspace():
        start += 1
    return trim_clause_end(article.text, Span(start, start + len(article.text[start:end].rstrip())))


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
