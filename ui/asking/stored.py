"""A conversation as JSON and back: it is kept in the visitor's browser, so what comes back is believed in nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from embeddings.types import Span
from qa.composing.citations import on_one_line
from qa.types import Answer, AnswerSpan, Citation, Sentence
from ui.types import Turn

MOST_TURNS = 200
LONGEST_QUESTION = 2000
"""Characters; a question that was filled in from the ones before it may have twice that."""
_LONGEST_LINE = 4000
"""Characters of a title, a name, a reason, an id."""
_LONGEST_TEXT = 200_000
_MOST_CITATIONS = 9999
"""The highest number that a marker has."""
_MOST_PAGES = 100_000
_MOST_SUGGESTIONS = 50
_MOST_SENTENCES = 9999
_DEEPEST = 9
"""Level of a sentence's line."""
_LARGEST = 32 * 1024 * 1024
"""Bytes of the whole; browsers keep about 5 million characters a site."""

_TURNS: TypeAdapter[tuple[Turn, ...]] = TypeAdapter(tuple[Turn, ...])


def turns_to_json(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """The turns as JSON objects, without the trace of their answers."""
    plain = [asdict(_without_trace(turn)) for turn in turns]
    # Half a character, which a question may carry, has no UTF-8 form; a question mark keeps the offsets behind it.
    stored: list[dict[str, Any]] = json.loads(json.dumps(plain, ensure_ascii=False).encode("utf-8", errors="replace"))
    return stored


def turns_from_json(data: object) -> tuple[Turn, ...]:
    """The turns that `turns_to_json` made the data of.

    Unknown keys are passed over, so that a conversation outlives the version that wrote it.

    Raises:
        ValueError: the data are not such turns; the message says in one line what is wrong first.
    """
    turns = _typed(data)
    if len(turns) > MOST_TURNS:
        raise ValueError(f"对话超过 {MOST_TURNS} 轮 / more than {MOST_TURNS} turns")
    for number, turn in enumerate(turns, 1):
        if wrong := _wrong_with(turn):
            raise ValueError(f"对话第 {number} 轮无法读取 / turn {number} can't be read: {wrong}")
    return tuple(map(_without_trace, turns))


def _without_trace(turn: Turn) -> Turn:
    return replace(turn, answer=replace(turn.answer, trace=None)) if turn.answer else turn


def _typed(data: object) -> tuple[Turn, ...]:
    try:
        text = json.dumps(data, allow_nan=False, check_circular=True).encode("ascii")
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"保存的对话不是 JSON / the stored conversation is not JSON: {error}") from None
    if len(text) > _LARGEST:
        raise ValueError("保存的对话太大 / the stored conversation is too large")
    try:
        return _TURNS.validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "-"
        message = " ".join(f"{where}: {first['msg']}".split())
        raise ValueError(f"保存的对话无法读取 / the stored conversation can't be read: {message}") from None


def _wrong_with(turn: Turn) -> str:
    """What is wrong with a turn first; empty: nothing."""
    if len(turn.question) > LONGEST_QUESTION:
        return f"the question has more than {LONGEST_QUESTION} characters"
    if len(turn.error) > _LONGEST_LINE:
        return "the error is too long"
    if turn.answer is None:
        return ""
    return _wrong_with_answer(turn.answer) or _wrong_with_spans(turn.answer) or _wrong_with_sentences(turn.answer)


def _wrong_with_answer(answer: Answer) -> str:
    if len(answer.question) > LONGEST_QUESTION or len(answer.standalone) > 2 * LONGEST_QUESTION:
        return "the answered question is too long"
    if len(answer.text) > _LONGEST_TEXT or max(len(answer.reason), len(answer.note)) > _LONGEST_LINE:
        return "the answer is too long"
    if answer.abstained and answer.tentative:
        return "the answer is given and withheld at once"
    if answer.pending:
        return "the answer is not whole"
    if len(answer.suggestions) > _MOST_SUGGESTIONS or any(len(text) > LONGEST_QUESTION for text in answer.suggestions):
        return "too many suggestions, or one too long"
    if not 0 <= answer.confidence <= 1:
        return "confidence is no probability"
    if min(answer.timings.retrieve, answer.timings.compose, answer.timings.total) < 0:
        return "a negative time"
    for citations in (answer.citations, answer.nearest):
        numbers = [citation.number for citation in citations]
        if len(set(numbers)) != len(numbers):
            return "two citations have one number"
        if wrong := next(filter(None, map(_wrong_with_citation, citations)), ""):
            return wrong
    return ""


def _wrong_with_citation(citation: Citation) -> str:
    if not 1 <= citation.number <= _MOST_CITATIONS:
        return "the number of a citation is out of range"
    lines = (citation.article_id, citation.title, citation.author, citation.published, citation.source, citation.url)
    if any(len(text) > _LONGEST_LINE for text in (*lines, citation.text_sha256, citation.snapshot, citation.place)):
        return f"citation {citation.number} has a field that is too long"
    if len(citation.quote) > _LONGEST_TEXT:
        return f"the quote of citation {citation.number} is too long"
    if citation.recognised_page < 0:
        return f"the page of citation {citation.number} is below 0"
    if citation.start < 0 or citation.end - citation.start != len(citation.quote) or not citation.quote:
        return f"the offsets of citation {citation.number} don't fit its quote"
    if not (1 <= citation.page <= citation.page_end <= _MOST_PAGES or citation.page == citation.page_end == 0):
        return f"the pages of citation {citation.number} are none"
    return ""


def _wrong_with_spans(answer: Answer) -> str:
    by_number = {citation.number: citation for citation in answer.citations}
    ends = [0, *(span.end for span in answer.answer_spans)]
    for span, before in zip(answer.answer_spans, ends, strict=False):
        if not before <= span.start < span.end <= len(answer.text):
            return "an exact span lies outside of the answer, or before the one before it"
        citation = by_number.get(span.number)
        if citation is None:
            return f"an exact span is of citation {span.number}, which there is none of"
        if not _is_quoted(span, answer.text, citation):
            return f"an exact span is not in the quote of citation {span.number}"
    return ""


def _is_quoted(span: AnswerSpan, text: str, citation: Citation) -> bool:
    exact = Span(span.article_start - citation.start, span.article_end - citation.start)
    inside = 0 <= exact.start < exact.end <= len(citation.quote)
    return inside and text[span.start : span.end] == on_one_line(citation.quote[exact.start : exact.end])


def _wrong_with_sentences(answer: Answer) -> str:
    if len(answer.sentences) > _MOST_SENTENCES or sum(len(one.text) for one in answer.sentences) > _LONGEST_TEXT:
        return "the sentences are too many, or too long"
    numbers = {citation.number for citation in answer.citations}
    return next(filter(None, (_wrong_with_sentence(sentence, numbers) for sentence in answer.sentences)), "")


def _wrong_with_sentence(sentence: Sentence, numbers: set[int]) -> str:
    if not 0 <= sentence.level <= _DEEPEST:
        return "the level of a sentence is out of range"
    if len(set(sentence.numbers)) != len(sentence.numbers):
        return "a sentence cites one citation twice"
    if missing := set(sentence.numbers) - numbers:
        return f"a sentence rests on citation {min(missing)}, which there is none of"
    if (sentence.support == "unsupported") != (not sentence.numbers):
        return "a sentence that nothing supports has a citation, or one that is supported has none"
    return ""
