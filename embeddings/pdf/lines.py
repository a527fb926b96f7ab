"""The lines of a PDF and where they stand on their pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median, median_high

from embeddings.page.characters import HAN
from embeddings.page.signs import raised, without_marks
from embeddings.pdf.columns import in_reading_order
from embeddings.pdf.glyphs import Glyph
from embeddings.pdf.rows import CELL, Row, is_seen, rows_of

_BLANK = 0.15
"""Width, in ems, by which a blank between two Chinese characters is wider than the usual gaps of its line."""
_OVERLAP = 0.6
"""Share of its height that a line has in common with the one beside it."""
_SMALL = 0.87
"""The size of a superscript, in that of its line, is less."""
_RAISED = (0.12, 0.9)
"""By how many ems of its line a superscript stands above it."""

_WIDE = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uffef“”‘’—…·]")
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two gaps of a line."""

    glue: str
    """What separates it from the word before: a tab, a space or, of the first, nothing."""
    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class RuledCell:
    """What stands in one place of a table drawn with lines."""

    number: int
    """That of the cell, which is the same in all places that it spans."""
    text: str
    room: float
    """How many ems are left behind its last line."""
    lines: int


@dataclass(frozen=True, slots=True)
class RuledRow:
    """What is known of a line that is a row of a table drawn with lines."""

    cells: tuple[RuledCell, ...]
    """What stands in each column."""
    alone: bool
    """Whether the line is no row but what stands in one cell: across the whole table, above or below all others, or
    a paragraph of a cell with running text."""
    names: bool
    """Whether it names the columns."""
    table: int
    """The number of its table on the page."""
    edges: tuple[float, ...]
    """The sides of the columns, in points from the left."""
    last_page: int
    """The page it ends on, counted from 0."""


@dataclass(frozen=True, slots=True)
class PdfLine:
    """One line as it is set; lengths in points, from the upper left corner of its page."""

    text: str
    """Cells of a table row are separated by tabs; ends with a soft hyphen where its last word is broken."""
    page: int
    """Counted from 0."""
    left: float
    right: float
    top: float
    bottom: float
    size: float
    """The em of its font."""
    page_height: float
    words: tuple[Word, ...] = ()
    """What gaps separate in it."""
    recognised: bool = False
    """Whether it was recognised in a picture."""
    row: RuledRow | None = None
    """Set for a row of a table drawn with lines, which stands alone whatever is above or below it."""

    @property
    def plain(self) -> str:
        """The text without superscripts: what tells how the line begins and ends."""
        return without_marks(self.text)


def page_lines(glyphs: Iterable[Glyph], page: int, height: float) -> Iterator[PdfLine]:
    """The lines of a page that is `height` points high, of its characters in reading order."""
    for rows in in_reading_order(list(beside_each_other(rows_of(glyphs)))):
        yield line_of(rows, page, height)


def beside_each_other(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The stretches of a page, those that stand on one line together."""
    held: list[Row] = []
    reach: Row | None = None
    """How far those that are held reach together."""
    for row in rows:
        if reach is not None and not _is_beside(reach, row):
            yield held
            held, reach = [], None
        held.append(row)
        reach = row if reach is None else _together(reach, row)
    if held:
        yield held


def _together(first: Row, row: Row) -> Row:
    reached = max(first.right, row.right), max(first.top, row.top), min(first.bottom, row.bottom)
    return replace(first, right=reached[0], top=reached[1], bottom=reached[2])


def _is_beside(held: Row, row: Row) -> bool:
    """Tell the rest of a line, or the next cell of a row, that PDFium has put on a line of its own."""
    overlap = min(held.top, row.top) - max(held.bottom, row.bottom)
    lower = min(held.top - held.bottom, row.top - row.bottom)
    return overlap > _OVERLAP * lower and row.left > held.right - 0.3 * held.size


def line_of(rows: Sequence[Row], page: int, height: float) -> PdfLine:
    """The line that stretches which stand beside each other are."""
    seen = [glyph for row in rows for glyph in row.glyphs if is_seen(glyph)]
    size = median_high(glyph.size for glyph in seen)
    # What is raised is small besides; a line of small print has no larger characters that it is raised above.
    baseline = median(glyph.baseline for glyph in seen if glyph.size > _SMALL * size)
    right = rows[0].left
    words: list[Word] = []
    for row in rows:
        gap = row.left - right
        glue = "\t" if gap > CELL * size else " " if gap > _BLANK * size else ""
        first, *rest = _words(row.glyphs, size, baseline)
        words.extend((replace(first, glue=glue if words else ""), *rest))
        right = max(right, row.right)
    return PdfLine(
        text=text_of(words),
        page=page,
        left=rows[0].left,
        right=right,
        top=height - max(row.top for row in rows),
        bottom=height - min(row.bottom for row in rows),
        size=size,
        page_height=height,
        words=tuple(words),
    )


def text_of(words: Sequence[Word]) -> str:
    """The words with what stands between them."""
    return "".join(word.glue + word.text for word in words)


def _words(glyphs: Sequence[Glyph], size: float, baseline: float) -> Iterator[Word]:
    """The characters of a row, superscripts signed, cut where a gap is wide enough for a space or a tab."""
    usual = _usual_gap(glyphs)
    held: list[tuple[Glyph, bool]] = []
    before, last, blank = "", None, False
    for glyph in glyphs:
        if not glyph.text.strip():
            blank = True
            continue
        glue = _blank(last, glyph, usual, size) if last is not None and blank and not glyph.generated else ""
        if glue and held:
            yield _word(before, held)
            before, held = glue, []
        held.append((glyph, _is_raised(glyph, size, baseline)))
        if not glyph.generated:
            last, blank = glyph, False
    yield _word(before, held)


def _word(glue: str, held: Sequence[tuple[Glyph, bool]]) -> Word:
    parts = []
    for high, group in groupby(held, key=lambda pair: pair[1]):
        said = _joined([glyph.text for glyph, _ in group])
        parts.append(raised(said) if high else said)
    placed = [glyph for glyph, _ in held if not glyph.generated] or [held[0][0]]
    return Word(glue, "".join(parts), placed[0].left, max(glyph.right for glyph in placed))


def _is_raised(glyph: Glyph, size: float, baseline: float) -> bool:
    """Tell a superscript: smaller than its line, and above the line that the other characters stand on."""
    by = glyph.baseline - baseline
    return not glyph.generated and glyph.size < _SMALL * size and _RAISED[0] * size < by < _RAISED[1] * size


def _joined(parts: Sequence[str]) -> str:
    # Characters beyond the first plane come as two halves.
    halves = "".join(parts).encode("utf-16-le", errors="surrogatepass")
    return halves.decode("utf-16-le", errors="replace")


def _usual_gap(glyphs: Sequence[Glyph]) -> float:
    """Justified lines are spread: what lies between most of their characters separates nothing."""
    seen = [glyph for glyph in glyphs if is_seen(glyph)]
    return max(0.0, median(b.left - a.right for a, b in pairwise(seen))) if len(seen) > 1 else 0.0


def _blank(last: Glyph, glyph: Glyph, usual: float, size: float) -> str:
    gap = glyph.left - last.right
    if gap > CELL * size:
        return "\t"
    chinese = _WIDE.match(last.text[-1]) and _WIDE.match(glyph.text)
    return "" if chinese and gap - usual < _BLANK * size else " "
