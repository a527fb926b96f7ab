"""The sentences of an answer that a language model worded, as HTML: checked, struck through, or not checked yet."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from embeddings.types import Span
from qa.types import Answer, Sentence
from ui.answer.lines import Row, nested
from ui.answer.parts import cited
from ui.wording import said


def sentences(answer: Answer, turn: int) -> str:
    """Every sentence of turn `turn` in its line, then what is under way."""
    rows: list[Row] = []
    for sentence, start in zip(answer.sentences, _starts(answer), strict=True):
        html = _sentence(sentence, start, answer, turn)
        if sentence.begins_line or not rows:
            rows.append(Row(sentence.level, html))
        else:
            rows[-1] = Row(rows[-1].level, rows[-1].html + html)
    if answer.pending:
        unchecked = f'<span class="unchecked">{escape(answer.pending)}</span>'
        # An item of a list is mostly one sentence, a paragraph several.
        if rows and rows[-1].level == 0:
            rows[-1] = Row(0, rows[-1].html + unchecked)
        else:
            rows.append(Row(0, unchecked))
    return nested(rows)


def _starts(answer: Answer) -> Iterator[int]:
    """Where each sentence stands in the answer's text, in which the exact words are counted; -1 where it does not."""
    position = answer.begins
    for sentence in answer.sentences:
        start = -1 if sentence.support == "unsupported" else answer.text.find(sentence.text, position)
        if start >= 0:
            position = start + len(sentence.text)
        yield start


def _sentence(sentence: Sentence, start: int, answer: Answer, turn: int) -> str:
    if sentence.support == "unsupported":
        why = said("未在原文找到依据", "not found in the articles")
        return f'<span class="unfounded"><del>{escape(sentence.text)}</del> <span class="reason">{why}</span></span>'
    by_number = {citation.number: citation for citation in answer.citations}
    sources = [by_number[number] for number in sentence.numbers if number in by_number]
    exact = [Span(span.start, span.end) for span in answer.answer_spans] if start >= 0 else []
    return cited(sentence.text, exact, start, sources, turn)
