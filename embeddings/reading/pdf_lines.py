"""The lines of a PDF and where they stand on their pages, by PDFium."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from types import ModuleType
from typing import Any

from embeddings.reading.characters import HAN
from embeddings.reading.pdf_glyphs import Glyph, glyphs_of
from embeddings.reading.unreadable import UnreadableError

_MOST_PAGES = 5000
_MOST_CHARACTERS = 10_000_000
_PASSWORD = 4
"""FPDF_ERR_PASSWORD of PDFium."""
_CELL = 1.8
"""Width of a gap, in ems, that separates the cells of a table and not the words of a line."""
_BLANK = 0.15
"""Width, in ems, by which a blank between two Chinese characters is wider than the usual gaps of its line."""
_OVERLAP = 0.6
"""Share of its height that a line has in common with the one beside it."""
_LOCK = threading.Lock()
"""PDFium may be used by one thread at a time."""

_WIDE = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uffef“”‘’—…·]")
SOFT_HYPHEN = "\u00ad"


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


def read_lines(data: bytes, pdfium: ModuleType) -> list[PdfLine]:
    """Return the lines of all pages in reading order.

    Raises UnreadableError for what has a password, is damaged or too long.
    """
    with _LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if error.err_code == _PASSWORD:
                raise UnreadableError("文件有密码保护，读不了；请取消密码后另存。") from error
            raise UnreadableError("文件已损坏，不是完整的 PDF；请重新下载或另存一份。") from error
        try:
            return list(_read(document, pdfium))
        except pdfium.PdfiumError as error:
            raise UnreadableError("文件已损坏，有的页读不出来；请重新下载或另存一份。") from error
        finally:
            document.close()


def _read(document: Any, pdfium: ModuleType) -> Iterator[PdfLine]:
    if len(document) > _MOST_PAGES:
        raise UnreadableError(f"文件太长（超过 {_MOST_PAGES} 页），不像一篇文章。")
    characters = 0
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        try:
            characters += text_page.count_chars()
            if characters > _MOST_CHARACTERS:
                raise UnreadableError("文件太长（超过一千万字），不像一篇文章。")
            yield from _page_lines(glyphs_of(text_page, pdfium.raw), number, page.get_height())
        finally:
            text_page.close()
            page.close()


def _page_lines(glyphs: Iterator[Glyph], page: int, height: float) -> Iterator[PdfLine]:
    held: PdfLine | None = None
    for line in _lines(glyphs, page, height):
        if held is not None and _is_beside(held, line):
            held = _joined(held, line)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _lines(glyphs: Iterator[Glyph], page: int, height: float) -> Iterator[PdfLine]:
    row: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text not in ("\n", "\r"):
            row.append(glyph)
        elif line := _line(row, page, height):
            yield line
            row = []
        else:
            row = []
    if line := _line(row, page, height):
        yield line


def _line(glyphs: Sequence[Glyph], page: int, height: float) -> PdfLine | None:
    seen = [glyph for glyph in glyphs if not glyph.generated and glyph.text.strip()]
    if not seen:
        return None
    size = median(glyph.size for glyph in seen)
    return PdfLine(
        text=_text(glyphs, size),
        page=page,
        left=seen[0].left,
        right=max(glyph.right for glyph in seen),
        top=height - max(glyph.top for glyph in seen),
        bottom=height - min(glyph.bottom for glyph in seen),
        size=size,
        page_height=height,
    )


def _is_beside(left: PdfLine, right: PdfLine) -> bool:
    """Tell the rest of a line, or the next cell of a row, that PDFium has put on a line of its own."""
    overlap = min(left.bottom, right.bottom) - max(left.top, right.top)
    lower = min(left.bottom - left.top, right.bottom - right.top)
    return overlap > _OVERLAP * lower and right.left > left.right - 0.3 * left.size


def _joined(left: PdfLine, right: PdfLine) -> PdfLine:
    gap = right.left - left.right
    glue = "\t" if gap > _CELL * left.size else " " if gap > _BLANK * left.size else ""
    return replace(left, text=f"{left.text}{glue}{right.text}", right=max(left.right, right.right))


def _text(glyphs: Sequence[Glyph], size: float) -> str:
    """The characters of a line; a gap is a tab, a space or nothing, as wide as it is."""
    usual = _usual_gap(glyphs)
    parts: list[str] = []
    last: Glyph | None = None
    blank = False
    for glyph in glyphs:
        if not glyph.text.strip():
            blank = True
        elif glyph.generated:
            parts.append(glyph.text)
        else:
            if last is not None and blank:
                parts.append(_blank(last, glyph, usual, size))
            parts.append(glyph.text)
            last, blank = glyph, False
    # Characters beyond the first plane come as two halves.
    joined = "".join(parts).encode("utf-16-le", errors="surrogatepass")
    return joined.decode("utf-16-le", errors="replace")


def _usual_gap(glyphs: Sequence[Glyph]) -> float:
    """Justified lines are spread: what lies between most of their characters separates nothing."""
    seen = [glyph for glyph in glyphs if not glyph.generated and glyph.text.strip()]
    return max(0.0, median(b.left - a.right for a, b in pairwise(seen))) if len(seen) > 1 else 0.0


def _blank(last: Glyph, glyph: Glyph, usual: float, size: float) -> str:
    gap = glyph.left - last.right
    if gap > _CELL * size:
        return "\t"
    chinese = _WIDE.match(last.text[-1]) and _WIDE.match(glyph.text)
    return "" if chinese and gap - usual < _BLANK * size else " "
