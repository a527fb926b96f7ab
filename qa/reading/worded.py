"""Rows and items of lists as they are read and shown: behind the names of the columns, or the items they lie under."""

from __future__ import annotations

from dataclasses import dataclass

from embeddings.bullets import bullet_end
from embeddings.structure.enumerators import without_enumerator
from embeddings.structure.nested_lines import parents_of
from embeddings.structure.sentences import trim_clause_end
from embeddings.structure.tables import Row
from embeddings.types import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand in the article as they are read."""

    read: Span
    """In the text as it is read."""
    start: int
    """Where they start in the article."""


def worded(text: str, span: Span, row: Row | None, longest: int | None = None) -> tuple[str, tuple[Piece, ...]]:
    """A sentence, or the table row that it is, as it is read, and where its characters stand.

    Of what an item of a list lies under at most `longest` characters each are said.
    """
    if row is not None and row.span.end <= span.end and any(row.columns):
        return row_text(text, row)
    front = _under(text, span, longest)
    said = text[span.start : span.end]
    # Behind what it lies under a bullet says nothing.
    start = span.start + (bullet_end(said) if front else 0)
    said = text[start : span.end]
    return front + said, (Piece(Span(len(front), len(front) + len(said)), start),)


def row_text(text: str, row: Row) -> tuple[str, tuple[Piece, ...]]:
    """A table row, each cell behind the name of its column, and where its cells stand."""
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for cell, names in zip(row.cells, row.columns, strict=True):
        said = text[cell.start : cell.end]
        if not said:
            continue
        name = " ".join(text[one.start : one.end] for one in names)
        front = f"{'；' if parts else ''}{f'{name}：' if name and name != said else ''}"
        pieces.append(Piece(Span(length + len(front), length + len(front) + len(said)), cell.start))
        parts.append(front + said)
        length += len(parts[-1])
    return "".join(parts), tuple(pieces)


def caption_text(text: str, row: Row) -> str:
    """What stands above a row's table, on one line."""
    return " ".join(text[line.start : line.end] for line in row.caption)


def captioned(text: str, row: Row) -> tuple[str, tuple[Piece, ...]]:
    """A table row as it is shown, behind the caption of its table, and where its cells stand."""
    said, pieces = row_text(text, row)
    caption = caption_text(text, row)
    shift = len(caption) + 1 if caption else 0
    moved = (Piece(Span(p.read.start + shift, p.read.end + shift), p.start) for p in pieces)
    return f"{caption} {said}" if caption else said, tuple(moved)


def _under(text: str, span: Span, longest: int | None) -> str:
    """What the first sentence of a nested item is read behind; nothing for other sentences."""
    if text[text.rfind("\n", 0, span.start) + 1 : span.start].strip():
        return ""
    parents = (trim_clause_end(text, without_enumerator(text, parent)) for parent in parents_of(text, span))
    names = [text[parent.start : parent.end].rstrip("。")[:longest] for parent in parents]
    return f"{' '.join(names)}：" if names else ""
