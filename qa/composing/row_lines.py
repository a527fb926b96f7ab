"""A table row on a line, behind the caption of its table, each cell behind the name of its column."""

from __future__ import annotations

from dataclasses import replace

from embeddings.structure.tables import Row
from embeddings.types import Article, Span
from qa.composing.citations import Statement
from qa.reading.worded import captioned


def row_line(
    article: Article, row: Row, answers: tuple[Span, ...] = (), indent: int = 0, cells: tuple[Span, ...] = ()
) -> Statement:
    """The row as a statement; `answers` are what of it answers exactly, `cells` those shown, none: all of them."""
    kept = [n for n, cell in enumerate(row.cells) if not cells or cell in cells]
    shown = replace(row, cells=tuple(row.cells[n] for n in kept), columns=tuple(row.columns[n] for n in kept))
    wording, pieces = captioned(article.text, shown)
    return Statement(article, row.span, indent, wording=wording, answers=answers, pieces=pieces)
