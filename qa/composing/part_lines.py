"""A question that asks several things: what was found for the whole of it, and for what it did not answer by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.composing.citations import Statement
from qa.composing.finding import Finding
from qa.understanding.question import Question

_FEW = 2
_UNLIKELY = 0.2
"""A part that is as unlikely to be answered was not answered along with the whole question either."""


def with_parts(whole: Finding, parts: Sequence[tuple[Question, Finding]]) -> Finding:
    """The answer to the whole question with those to its parts that it lacks, and which parts have none.

    All of it is unsure as soon as one part is, or has none. Where neither the whole nor any part is sure, the sentence
    that each part rests on is given, where each has one of its own; else the whole stands as it is.
    """
    sure = [found for _, found in parts if _is_sure(found)]
    if not sure and not _is_sure(whole):
        return _of_each([found for _, found in parts]) or whole
    if not parts:
        return whole
    statements = list(whole.statements) if _is_sure(whole) else []
    used = [whole] if statements else []
    for _, found in parts:
        if found.statements and not _is_given(found, statements):
            statements.extend(one for one in _lines_of(found) if not any(map(one.is_within, statements)))
            used.append(found)
    missing = [asked.text for asked, found in parts if _has_none(found, statements)]
    notes = [*(found.note for found in used if found.note and _is_sure(found)), *map(_none_for, missing)]
    confidences = [found.confidence for found in used if found.confidence is not None]
    return replace(
        whole,
        statements=tuple(_in_order(statements)),
        reason="",
        nearest=(),
        note="；".join(dict.fromkeys(notes)),
        confidence=min(confidences, default=None),
        contradicted=False,
        tentative=bool(missing) or not all(map(_is_sure, used)),
    )


def _of_each(parts: Sequence[Finding]) -> Finding | None:
    """The sentences that unsure parts rest on; None where a part has none of its own."""
    firsts = [_lines_of(found)[0] for found in parts if found.statements]
    lines = list({(line.article.id, line.span): line for line in reversed(firsts)}.values())
    if not lines or len(lines) < len(parts):
        return None
    confidences = [found.confidence for found in parts if found.confidence is not None]
    return replace(
        parts[0],
        statements=tuple(_in_order(lines)),
        note="",
        confidence=min(confidences, default=None),
        tentative=True,
    )


def _is_sure(found: Finding) -> bool:
    return bool(found.statements) and not found.tentative


def _is_given(found: Finding, statements: Sequence[Statement]) -> bool:
    """Whether what a part rests on, or what comes nearest to an answer, is said already."""
    rests_on = found.rests_on or next(iter(found.best), None)
    return rests_on is not None and any(map(rests_on.is_within, statements))


def _has_none(found: Finding, statements: Sequence[Statement]) -> bool:
    """Whether a part has no answer; what comes nearest to one may answer it in the answer to the whole question."""
    unlikely = found.confidence is not None and found.confidence < _UNLIKELY
    return not found.statements and (unlikely or not _is_given(found, statements))


def _lines_of(found: Finding) -> Sequence[Statement]:
    """What is given of a part: its list, two sentences, or of more the one that it rests on."""
    rests_on = found.rests_on
    few = len(found.statements) <= _FEW
    if rests_on is None or few or any(one.indent for one in found.statements):
        return found.statements
    return [one for one in found.statements if one.is_within(rests_on) or rests_on.is_within(one)] or found.statements


def _none_for(asked: str) -> str:
    return f"没有找到“{asked}”的答案"


def _in_order(statements: Sequence[Statement]) -> list[Statement]:
    """Each article's in the order of its text; a list stays together, in the place of what announces it."""
    articles = {article: n for n, article in enumerate(dict.fromkeys(one.article.id for one in statements))}
    placed: list[tuple[int, int, Statement]] = []
    for one in statements:
        start = placed[-1][1] if one.indent and placed else one.span.start
        placed.append((articles[one.article.id], start, one))
    return [one for *_, one in sorted(placed, key=lambda place: place[:2])]
