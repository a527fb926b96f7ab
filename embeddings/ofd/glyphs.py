"""The characters of an OFD page and where they stand, GB/T 33190-2016, 11."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from embeddings.ofd.package import OfdPage, numbers
from embeddings.pdf.glyphs import GLYPH_TWINS, Glyph

_POINTS = 72 / 25.4
"""Points in a millimetre."""
_AS_IT_IS = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
"""The matrix that changes nothing."""
_ASCENT, _DESCENT = 0.8, 0.2
"""How far characters reach above and below the line they stand on, in ems."""
_APART = 1.0
"""Width of a gap, in ems, at which what is drawn together is looked at as two texts."""
_UPWARDS = 0.2
"""Share of texts that stand higher than the one before them from which on they are in no order that is read."""
_SAME_LINE = 0.5
"""By how many ems the lines that two texts of one line stand on may differ."""
_TWICE = 0.3
"""By how many ems a text is moved that is drawn again to look bold."""


@dataclass(frozen=True, slots=True)
class _Text:
    """Characters that are drawn one after the other."""

    glyphs: tuple[Glyph, ...]

    @property
    def said(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)


def glyphs_of(page: OfdPage) -> Iterator[Glyph]:
    """Yield the characters of a page in reading order, a line break behind those that are drawn together."""
    texts = [text for content in page.contents for text in _texts(content, page.height)]
    for text in _in_order(_once(texts)):
        yield from text.glyphs
        yield Glyph("\n", generated=True)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """How the characters of a text object are put on its page: by a matrix, and then into a box."""

    em: float
    """In millimetres, before the matrix."""
    matrix: tuple[float, ...]
    left: float
    top: float
    page_height: float

    @property
    def size(self) -> float:
        """In points."""
        a, b, c, d, _, _ = self.matrix
        return self.em * math.sqrt(abs(a * d - b * c)) * _POINTS

    def glyph(self, character: str, x: float, y: float, step: float) -> Glyph:
        """A character at a place of the object, from which the next one stands a step away."""
        a, b, c, d, e, f = self.matrix
        size = self.size
        left = (a * x + c * y + e + self.left) * _POINTS
        baseline = (self.page_height - (b * x + d * y + f + self.top)) * _POINTS
        right = left + min(step, _width(character) * self.em) * math.hypot(a, b) * _POINTS
        bottom, top = baseline - _DESCENT * size, baseline + _ASCENT * size
        return Glyph(GLYPH_TWINS.get(ord(character), character), False, size, left, right, bottom, top, baseline)


def _texts(content: etree._Element, height: float) -> Iterator[_Text]:
    for drawn in content.iterfind(".//{*}TextObject"):
        if drawn.get("Visible") == "false":
            continue
        drawing = _drawing(drawn, height)
        x = y = 0.0
        for code in drawn.iterfind("{*}TextCode"):
            # One that does not say where it begins begins where the last one did.
            x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
            for glyphs in _apart(_glyphs(drawing, code, x, y)):
                if any(glyph.text.strip() for glyph in glyphs):
                    yield _Text(tuple(glyphs))


def _apart(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """The characters, those with much room between them apart: they may be of two cells."""
    together: list[Glyph] = []
    for glyph in glyphs:
        if together and glyph.left - together[-1].right > _APART * glyph.size:
            yield together
            together = []
        together.append(glyph)
    if together:
        yield together


def _drawing(drawn: etree._Element, height: float) -> _Drawing:
    box, matrix = numbers(drawn.get("Boundary")), numbers(drawn.get("CTM"))
    left, top = (box[0], box[1]) if len(box) == 4 else (0.0, 0.0)
    em = _number(drawn.get("Size") or drawn.get("size"), 0.0)
    return _Drawing(em, tuple(matrix) if len(matrix) == 6 else _AS_IT_IS, left, top, height)


def _glyphs(drawing: _Drawing, code: etree._Element, x: float, y: float) -> Iterator[Glyph]:
    said = (code.text or "").strip("\r\n")
    across = _steps(code.get("DeltaX"), said, drawing.em)
    down = _steps(code.get("DeltaY"), said, 0.0)
    for character, right, lower in zip(said, across, down, strict=True):
        yield drawing.glyph(character, x, y, right)
        x, y = x + right, y + lower


def _steps(listed: str | None, said: str, em: float) -> list[float]:
    """How far the next character begins from each one: as listed, “g 3 5.6” for three times 5.6, else its width."""
    steps: list[float] = []
    words = iter((listed or "").split())
    for word in words:
        count, value = (next(words, ""), next(words, "")) if word == "g" else ("1", word)
        repeated = int(_number(count, 0.0)) if len(steps) < len(said) else 0
        steps += [_number(value, 0.0)] * max(0, min(repeated, len(said) - len(steps)))
    return [*steps, *(_width(character) * em for character in said[len(steps) :])]


def _width(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def _number(text: str | None, otherwise: float) -> float:
    found = numbers(text)
    return found[0] if len(found) == 1 else otherwise


def _once(texts: Sequence[_Text]) -> list[_Text]:
    """The texts without those that are drawn a second time, all but in the same place."""
    kept: dict[tuple[str, int, int], _Text] = {}
    for text in texts:
        first = text.glyphs[0]
        step = max(first.size * _TWICE, 0.1)
        kept.setdefault((text.said, round(first.left / step), round(first.baseline / step)), text)
    return list(kept.values())


def _in_order(texts: list[_Text]) -> list[_Text]:
    """The texts as they are read: as they are drawn, unless many stand higher than the one before."""
    upwards = sum(
        following.glyphs[0].baseline > one.glyphs[0].baseline + _SAME_LINE * one.glyphs[0].size
        for one, following in pairwise(texts)
    )
    if upwards <= _UPWARDS * len(texts):
        return texts
    lines: list[list[_Text]] = []
    for text in sorted(texts, key=lambda one: -one.glyphs[0].baseline):
        first = text.glyphs[0]
        last = lines[-1][0].glyphs[0] if lines else None
        if last is not None and last.baseline - first.baseline < _SAME_LINE * min(last.size, first.size):
            lines[-1].append(text)
        else:
            lines.append([text])
    return [text for line in lines for text in sorted(line, key=lambda one: one.glyphs[0].left)]
