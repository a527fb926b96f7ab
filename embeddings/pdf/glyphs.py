"""The characters of a PDF's page as PDFium reports them."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

# Fonts that share one glyph between a character and a radical or a ligature leave files that say the wrong of the two.
GLYPH_TWINS = {
    code: folded
    for code in (*range(0x2E80, 0x2FD6), *range(0xFB00, 0xFB07))
    if (folded := unicodedata.normalize("NFKC", chr(code))) != chr(code)
}
_SIGNS = dict.fromkeys(range(0xFDD0, 0xFDF0), "\ufffd")
"""Noncharacters, which the readers of files set as signs of their own: no text has them."""
_HYPHENS = {0x02: "\u00ad", 0xFFFE: "\u00ad"}
"""How PDFium reports a hyphen that only breaks a word at the end of its line."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character; lengths in points, from the lower left corner of the page."""

    text: str
    """A character or half of one beyond the first plane; empty where the file does not say which."""
    generated: bool
    """Set by PDFium where the page has a gap or a line ends, and not a character of the file."""
    size: float = 0.0
    """The em of its font."""
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0
    baseline: float = 0.0


def glyphs_of(text_page: Any, raw: ModuleType) -> Iterator[Glyph]:
    """Yield the characters of a page of pypdfium2 in reading order; `raw` is pypdfium2.raw."""
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page.raw, index)
        text = _SIGNS.get(code) or _HYPHENS.get(code) or GLYPH_TWINS.get(code) or (chr(code) if code else "")
        if raw.FPDFText_IsGenerated(text_page.raw, index) == 1:
            yield Glyph(text, generated=True)
            continue
        box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        across, baseline = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetLooseCharBox(text_page.raw, index, ctypes.byref(box))
        raw.FPDFText_GetMatrix(text_page.raw, index, ctypes.byref(matrix))
        raw.FPDFText_GetCharOrigin(text_page.raw, index, ctypes.byref(across), ctypes.byref(baseline))
        # The size that the file names is in the units of its text, which are as large as the matrix makes them.
        size = raw.FPDFText_GetFontSize(text_page.raw, index) * math.hypot(matrix.c, matrix.d)
        size = size or box.top - box.bottom
        yield Glyph(text, False, size, box.left, box.right, box.bottom, box.top, baseline.value)
