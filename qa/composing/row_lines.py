"""A table row on a line, each cell behind the name of its column."""

from __future__ import annotations

from embeddings.structure.tables import Row
from embeddings.types import Article, Span
from qa.composing.citations import Statement
from qa.evidence.extreme_rows import ExtremeRows
from qa.reading.worded import row_text


def row_line(article: Article, row: Row, answers: tuple[Span, ...] = ()) -> Statement:
    """The row as a statement; `answers` are what of it answers exactly."""
    wording, pieces = row_text(article.text, row)
    return Statement(article, row.span, wording=wording, answers=answers, pieces=pieces)


def extreme_lines(extreme: ExtremeRows) -> tuple[Statement, ...]:
    """The rows that have most or least."""
    return tuple(row_line(extreme.article, row) for row in extreme.rows)


def compared_note(extreme: ExtremeRows) -> str:
    """By what they were found."""
    return (
        f"按“{extreme.column}”一列比较了 {extreme.compared} 行" if extreme.column else f"比较了 {extreme.compared} 行"
    )
