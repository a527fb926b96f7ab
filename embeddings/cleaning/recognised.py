"""Which characters of an article were recognised in a picture, and on what page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from embeddings.types import RecognisedSpan, Span


def recognised_spans(paragraphs: Sequence[Span], pages: Sequence[int]) -> tuple[RecognisedSpan, ...]:
    """Of paragraphs with the pages they were recognised on, 0 for none: those of one page that follow each other."""
    runs = groupby(zip(paragraphs, pages, strict=True), key=lambda each: each[1])
    joined = ((page, [span for span, _ in run]) for page, run in runs)
    return tuple(RecognisedSpan(spans[0].start, spans[-1].end, page) for page, spans in joined if page)
