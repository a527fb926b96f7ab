"""The lines of an answer: a list that the outline completes, or the sentences that belong."""

from __future__ import annotations

from collections.abc import Sequence

from embeddings.snapshot import Snapshot
from qa.citations import Statement
from qa.composing.list_lines import list_lines
from qa.composing.sentence_lines import lines_beside, sentence_lines
from qa.evidence.completion import ListFound
from qa.evidence.gathering import Evidence
from qa.term_weights import TermWeights
from qa.understanding.question import Question


def is_listed(lists: Sequence[ListFound], unsure: bool) -> bool:
    """Whether the lists found are the answer: of an unsure one only those that the question means by name or number."""
    return bool(lists) and (not unsure or all(listed.meant for listed in lists))


def answer_lines(
    question: Question, found: Sequence[Evidence], lists: Sequence[ListFound], unsure: bool, snapshot: Snapshot
) -> tuple[Statement, ...]:
    """The lists with what belongs beside a single one, or the sentences, of which an unsure answer has two at most."""
    if is_listed(lists, unsure):
        lines = tuple(line for listed in lists for line in list_lines(question, listed))
        return (*lines, *(lines_beside(found, lists[0]) if len(lists) == 1 else ()))
    return sentence_lines(question, found, TermWeights.of(question.terms, snapshot.lexical), unsure)
