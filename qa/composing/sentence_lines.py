"""The sentences of an answer: which of those found are given, table rows with their columns' names."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from embeddings.folding import squeeze
from embeddings.structure.nested_lines import nested, opens_list, parents_of
from embeddings.structure.sentences import CELL, clauses, is_row, trim_clause_end
from embeddings.structure.tables import rows_within
from embeddings.types import Article, Outline, Span
from qa.composing.citations import Statement
from qa.composing.row_lines import row_line
from qa.composing.whole_lists import items_left_out
from qa.evidence.completion import ListFound
from qa.evidence.gathering import Evidence
from qa.evidence.orders import speaks_to_a_model
from qa.evidence.touched_parts import ALIKE
from qa.reading.worded import worded
from qa.retrieving.term_weights import TermWeights
from qa.understanding.parts import parts_of
from qa.understanding.question import Question

_BELONGS, _BELONGS_OF_SEVERAL, _BELONGS_TO_LIST = -2.0, -2.5, -1.0
"""The fitted logit from which a sentence is given beside the best one; where several things are asked for; behind a
list that
the outline gave. Of the questions kept from training that name their subject 0.74 are answered wholly from -0.7,
0.80 from -1.8 and 0.82 from -2.4, with 76, 94 and 109 characters."""
_LONGEST, _LONGEST_SEVERAL = 280, 900
"""Characters of an answer's sentences, and where several things are asked for."""
_MOST, _MOST_SEVERAL, _MOST_UNSURE = 4, 12, 2
_NEWLY_SAID = 0.4
"""Share of the question's terms that a sentence of another article must add to what is said before it."""
_BELONGS_ELSEWHERE = -1.5
"""The fitted logit from which a sentence of another article is given."""
_ALTERNATIVE = 0.0
"""The fitted logit from which a further row of a table, or item of a list within lists, is given: other sentences add
to an answer, these are another one."""
_LONG_SENTENCE, _LEAST_KEPT = 200, 90
"""A sentence longer than the first is cut to the clauses around its exact answer, at least about so many characters."""
_MARKED_SHARE = 0.8
_DEEPEST = 2
"""The deepest level of an answer's lines."""


def sentence_lines(
    question: Question,
    found: Sequence[Evidence],
    weights: TermWeights,
    unsure: bool,
    outline_of: Callable[[str], Outline],
) -> tuple[Statement, ...]:
    """The best sentence and those that belong to the answer with it, each article's in the order of its text.

    Of a list of short items all are given where several are; of an unsure answer only where several are asked for.
    `outline_of` gives the outline of the article of an id.
    """
    chosen = _unsure(found) if unsure else _chosen(question, found, weights)
    order = {article: n for n, article in enumerate(dict.fromkeys(evidence.article.id for evidence in chosen))}
    whole = question.asks_several or not unsure
    others = dict.fromkeys(items_left_out(chosen, found[0], question.asks_several, outline_of)) if whole else ()
    given = frozenset((evidence.article.id, evidence.span.start) for evidence in chosen)
    statements = [
        *(statement_of(evidence, question.kind == "fact", given) for evidence in chosen),
        *(_in_place(article, span, (), given) for article, span in others),
    ]
    return tuple(sorted(statements, key=lambda one: (order[one.article.id], one.span.start)))


def _chosen(question: Question, found: Sequence[Evidence], weights: TermWeights) -> list[Evidence]:
    several = question.asks_several
    asked = squeeze(question.text) if parts_of(question) else ""
    most, longest = (_MOST_SEVERAL, _LONGEST_SEVERAL) if several else (_MOST, _LONGEST)
    least = _BELONGS_OF_SEVERAL if several else _BELONGS
    chosen = [found[0]]
    length = _length(found[0])
    said = _terms(weights, found[0])
    for evidence in found[1:]:
        if len(chosen) == most or evidence.score < least:
            break
        new = _terms(weights, evidence)
        elsewhere = evidence.article.id not in {one.article.id for one in chosen}
        adds = evidence.score >= _BELONGS_ELSEWHERE and weights.share(new - said) >= _NEWLY_SAID
        text = evidence.article.text[evidence.span.start : evidence.span.end]
        if length + _length(evidence) > longest or (elsewhere and not adds) or speaks_to_a_model(text):
            continue
        alternative = not several and not _is_row_of(evidence, asked) and _is_unlikely_alternative(evidence, chosen)
        if _is_of_another(evidence, chosen[0]) or alternative:
            continue
        chosen.append(evidence)
        length += _length(evidence)
        said |= new
    return chosen


def _is_of_another(evidence: Evidence, best: Evidence) -> bool:
    """Whether it speaks of another thing, or time, than the one that is asked for and that the best one speaks of."""
    other_time = evidence.features.year < 0 <= best.features.year
    return other_time or evidence.features.locality < 0 < best.features.locality


def _is_row_of(evidence: Evidence, asked: str) -> bool:
    """Whether it is the row of one of several things asked: of “守灵间和冷藏各多少” both are."""
    text, span = evidence.article.text, evidence.span
    called = squeeze(text[span.start : span.end].partition(CELL)[0])
    return len(called) > 1 and called in asked and is_row(text, span)


def _is_unlikely_alternative(evidence: Evidence, chosen: Sequence[Evidence]) -> bool:
    if evidence.score >= _ALTERNATIVE:
        return False
    text, span = evidence.article.text, evidence.span
    same = [one.span for one in chosen if one.article.id == evidence.article.id]
    if is_row(text, span):
        return any(is_row(text, one) for one in same)
    if not (nested(text, span) or opens_list(text, span)):
        return False
    above = {parent.start for one in same for parent in parents_of(text, one)}
    return any(nested(text, one) for one in same) and span.start not in above


def lines_beside(found: Sequence[Evidence], listed: ListFound) -> tuple[Statement, ...]:
    """Sentences of a list's article that belong to the answer and lie outside the list, in the order of the text."""
    article = listed.article.id
    start, end = listed.announcement.start, listed.parts[-1].end
    beside = [
        evidence
        for evidence in found[:_MOST]
        if evidence.article.id == article
        and evidence.score >= _BELONGS_TO_LIST
        and not (evidence.span.start < end and start < evidence.span.end)
        and evidence.span.start < evidence.article.body_end
    ]
    return tuple(statement_of(evidence, False) for evidence in sorted(beside, key=lambda one: one.span.start))


def _unsure(found: Sequence[Evidence]) -> list[Evidence]:
    best = found[0]
    least = min(_BELONGS_OF_SEVERAL, best.score - ALIKE)
    same = [e for e in found[1:] if e.article.id == best.article.id and e.score >= least]
    fitting = [e for e in same if _length(best) + _length(e) <= _LONGEST and not _is_of_another(e, best)]
    return [best, *fitting[: _MOST_UNSURE - 1]]


def _terms(weights: TermWeights, evidence: Evidence) -> frozenset[str]:
    said = evidence.article.text[evidence.span.start : evidence.span.end]
    return weights.found(f"{evidence.article.title} {evidence.front} {said}")


def _length(evidence: Evidence) -> int:
    span = _shortened(evidence)
    return span.end - span.start


def statement_of(evidence: Evidence, marked: bool, given: Container[tuple[str, int]] = ()) -> Statement:
    """The sentence on a line, its exact answer marked where the reader is sure of one.

    An item of a list stands on the next level where one that it lies under is `given` (by its article and start) on a
    line of its own, else behind those that it lies under.
    """
    article, span = evidence.article, _shortened(evidence)
    exact = evidence.exact
    sure = marked and exact is not None and evidence.features.certain > 0
    inside = exact is not None and span.start <= exact.start and exact.end <= span.end
    # What is most of the line needs no mark.
    short = exact is not None and exact.end - exact.start <= _MARKED_SHARE * (span.end - span.start)
    answers = (exact,) if exact is not None and sure and inside and short else ()
    row = next((row for row in rows_within(article.text, span) if row.span == span), None)
    if row is not None and any(row.columns):
        return row_line(article, row, answers)
    return _in_place(article, span, answers, given)


def _in_place(article: Article, span: Span, answers: tuple[Span, ...], given: Container[tuple[str, int]]) -> Statement:
    above = sum((article.id, parent.start) in given for parent in parents_of(article.text, span))
    wording, pieces = worded(article.text, span, None)
    if above or wording == article.text[span.start : span.end]:
        return Statement(article, span, indent=min(above, _DEEPEST), answers=answers)
    return Statement(article, span, wording=wording, answers=answers, pieces=pieces)


def _shortened(evidence: Evidence) -> Span:
    """The sentence, or of a very long one whole clauses around its exact answer."""
    text, span, exact = evidence.article.text, evidence.span, evidence.exact
    if span.end - span.start <= _LONG_SENTENCE or exact is None or "\t" in text[span.start : span.end]:
        return span
    parts = clauses(text, span)
    inside = [n for n, part in enumerate(parts) if part.start < exact.end and exact.start < part.end]
    if not inside:
        return span
    first, last = inside[0], inside[-1]
    while parts[last].end - parts[first].start < _LEAST_KEPT and (first > 0 or last + 1 < len(parts)):
        if first > 0:
            first -= 1
        if last + 1 < len(parts) and parts[last].end - parts[first].start < _LEAST_KEPT:
            last += 1
    return trim_clause_end(text, Span(parts[first].start, parts[last].end))
