"""The paragraphs of an article's text: where each begins when they are joined, and on which pages it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from embeddings.cleaning.lines import Line
from embeddings.page.characters import tidy_cells
from embeddings.structure.nested_lines import DEEPEST, INDENT
from embeddings.types import PageStart


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text."""

    text: str
    page: int = 0
    """The page that it begins on, counted from 1; 0 where the file does not say."""
    turns: tuple[PageStart, ...] = ()
    """Where in it others begin."""


def written(line: Line) -> Paragraph:
    """What stands in the text of a line that is kept."""
    block = line.block
    indent = INDENT * min(block.depth, DEEPEST)
    turns = block.turns if line.kept == block.text else ()
    return Paragraph(
        indent + tidy_cells(line.kept),
        block.page,
        tuple(PageStart(turn.start + len(indent), turn.page) for turn in turns),
    )


def starts_of(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Where each begins in the text that they are joined to by newlines."""
    return list(accumulate((len(each.text) + 1 for each in paragraphs[:-1]), initial=0)) if paragraphs else []


def page_starts(paragraphs: Sequence[Paragraph]) -> tuple[PageStart, ...]:
    """Where in that text another page begins than the one before."""
    return tuple(_changes(paragraphs))


def _changes(paragraphs: Sequence[Paragraph]) -> Iterator[PageStart]:
    page = 0
    for start, paragraph in zip(starts_of(paragraphs), paragraphs, strict=True):
        for begun in (PageStart(0, paragraph.page), *paragraph.turns):
            if begun.page != page:
                page = begun.page
                yield PageStart(start + begun.start, page)
