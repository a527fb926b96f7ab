"""Stretches of characters set on one line, as PDFium gives them, cut where a gap is as wide as one between cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from embeddings.pdf.glyphs import Glyph

CELL = 1.8
"""Width of a gap, in ems, that separates the cells of a table and not the words of a line."""


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch; lengths in points, from the lower left corner of its page."""

    glyphs: tuple[Glyph, ...]
    left: float
    right: float
    top: float
    bottom: float
    size: float


def is_seen(glyph: Glyph) -> bool:
    """Whether a character of the file leaves a mark on the page."""
    return not glyph.generated and bool(glyph.text.strip())


def rows_of(glyphs: Iterable[Glyph]) -> Iterator[Row]:
    """The stretches of a page, in the order of its characters."""
    line: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text not in ("\n", "\r"):
            line.append(glyph)
            continue
        yield from _cut(line)
        line = []
    yield from _cut(line)


def _cut(line: Sequence[Glyph]) -> Iterator[Row]:
    """A line of PDFium's cut at its wide gaps; nothing of one that shows nothing."""
    seen = [glyph for glyph in line if is_seen(glyph)]
    if not seen:
        return
    wide = CELL * median(glyph.size for glyph in seen)
    part: list[Glyph] = []
    last: Glyph | None = None
    for glyph in line:
        if is_seen(glyph):
            if last is not None and glyph.left - last.right > wide:
                yield _row(part)
                part = []
            last = glyph
        part.append(glyph)
    yield _row(part)


def _row(glyphs: Sequence[Glyph]) -> Row:
    seen = [glyph for glyph in glyphs if is_seen(glyph)]
    return Row(
        glyphs=tuple(glyphs),
        left=seen[0].left,
        right=max(glyph.right for glyph in seen),
        top=max(glyph.top for glyph in seen),
        bottom=min(glyph.bottom for glyph in seen),
        size=median(glyph.size for glyph in seen),
    )
