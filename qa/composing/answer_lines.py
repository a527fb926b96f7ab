"""The lines of an answer: rows that have most or share a cell, a list that the outline completes, or sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.snapshot.snapshot import Snapshot
from qa.composing.citations import Statement
from qa.composing.item_lines import answer_items
from qa.composing.list_lines import count_note, list_lines
from qa.composing.sentence_lines import lines_beside, sentence_lines
from qa.evidence.completion import ListFound
from qa.evidence.gathering import Evidence
from qa.items.extreme_rows import extreme_rows
from qa.items.rows_alike import rows_alike
from qa.retrieving.term_weights import TermWeights
from qa.understanding.question import Question


@dataclass(frozen=True, slots=True)
class AnswerLines:
    """What an answer says."""

    statements: tuple[Statement, ...]
    note: str = ""
    """What a reader must know beside them, in Chinese."""
    meant: bool = False
    """Whether structure says that they are what was asked for, however unsure reading is."""


def answer_lines(
    question: Question, found: Sequence[Evidence], lists: Sequence[ListFound], unsure: bool, snapshot: Snapshot
) -> AnswerLines:
    """The lines for what was found.

    Of an unsure answer two sentences at most, and no list but one that is meant, or that its one sentence announces.
    """
    if those := extreme_rows(question, found) or rows_alike(question, found):
        rows = answer_items(those)
        return AnswerLines(rows.statements, rows.note)
    if lists and (not unsure or all(listed.meant for listed in lists)):
        lines = tuple(line for listed in lists for line in list_lines(question, listed))
        if len(lists) > 1:
            return AnswerLines(lines, meant=True)
        return AnswerLines((*lines, *lines_beside(found, lists[0])), count_note(question, lists[0]), meant=True)
    if lists and lists[0].announced:
        return AnswerLines(tuple(list_lines(question, lists[0])))
    weights = TermWeights.of(question.terms, snapshot.lexical)
    return AnswerLines(sentence_lines(question, found, weights, unsure, snapshot.corpus.outline))
