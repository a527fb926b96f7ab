"""How and why: the sentences that say it, in the order of the article."""

from __future__ import annotations

from embeddings.outline import section_path
from embeddings.sentences import sentences
from embeddings.snapshot import Snapshot
from embeddings.types import Section, Span
from qa.answering.list_answer import part_statements
from qa.citations import Statement
from qa.evidence.facts import Evidence

_SENTENCES = 4


def explain(best: Evidence, snapshot: Snapshot) -> list[Statement]:
    """What the best sentence opens: its section's parts, its section's first sentences, or those behind it.

    Of sentences four at most, within the innermost section; beyond the paragraph only where the best one is the
    section's own heading.
    """
    article, text = best.article, best.article.text
    path = section_path(snapshot.corpus.outline(article.id), best.span)
    section = path[-1] if path else None
    if section and _announces(best.span, section):
        opening = Statement(article, best.span)
        parts = [part for part in section.children if part.kind != "name"]
        if parts:
            return [opening, *(line for part in parts for line in part_statements(article, part, True))]
        inside = sentences(text, Span(best.span.end, section.end))
        return [opening, *(Statement(article, span) for span in inside[: _SENTENCES - 1])]
    newline = text.find("\n", best.span.end)
    ends = [newline if newline >= 0 else len(text), *(s.end for s in path[-1:])]
    return [Statement(article, span) for span in sentences(text, Span(best.span.start, min(ends)))[:_SENTENCES]]


def _announces(span: Span, section: Section) -> bool:
    return section.heading.start <= span.start and span.end <= section.heading.end
