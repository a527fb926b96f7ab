"""A question that asks several things: what was found for the whole of it, and for what it did not answer by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.composing.citations import Statement
from qa.composing.finding import Finding
from qa.understanding.question import Question


def with_parts(whole: Finding, parts: Sequence[tuple[Question, Finding]]) -> Finding:
    """The answer to the whole question with those to its parts that are sure and that it lacks, and which have none.

    The whole stands as it is where it is not sure and no part is.
    """
    sure = [found for _, found in parts if _is_sure(found)]
    if not sure:
        return whole
    statements = list(whole.statements) if _is_sure(whole) else []
    for found in sure:
        statements.extend(one for one in found.statements if not any(map(one.is_within, statements)))
    missing = [asked.text for asked, found in parts if not found.statements and not _is_given(found, statements)]
    notes = [*(found.note for found in (whole, *sure) if found.note and _is_sure(found)), *map(_none_for, missing)]
    confidences = [found.confidence for found in (whole, *sure) if _is_sure(found) and found.confidence is not None]
    return replace(
        whole,
        statements=tuple(_in_order(statements)),
        reason="",
        nearest=(),
        note="；".join(dict.fromkeys(notes)),
        confidence=min(confidences, default=None),
        contradicted=False,
        tentative=False,
    )


def _is_sure(found: Finding) -> bool:
    return bool(found.statements) and not found.tentative


def _is_given(found: Finding, statements: Sequence[Statement]) -> bool:
    """Whether what comes nearest to an answer is said already: read with the whole question it answered."""
    return any(one.is_within(other) for one in found.nearest[:1] for other in statements)


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
