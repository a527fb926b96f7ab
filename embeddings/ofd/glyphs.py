"""The characters of an OFD page and where they stand, GB/T 33190-2016, 11."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from embeddings.ofd.package import OfdPage, numbers
from embeddings.pdf.glyphs import GLYPH_TWINS, Glyph

_POINTS = 72 / 25.4
"""Points in a millimetre."""
_ASCENT, _DESCENT = 0.8, 0.2
"""How far characters reach above and below the line they stand on, in ems."""
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


def _texts(content: etree._Element, height: float) -> Iterator[_Text]:
    for drawn in content.iterfind(".//{*}TextObject"):
        if drawn.get("Visible") == "false":
            continue
        at: tuple[float, float] = (0.0, 0.0)
        for code in drawn.iterfind("{*}TextCode"):
            # One that does not say where it begins begins where the last one did.
            at = (_number(code.get("X"), at[0]), _number(code.get("Y"), at[1]))
            glyphs = tuple(_placed(drawn, code, at, height))
            if any(glyph.text.strip() for glyph in glyphs):
                yield _Text(glyphs)


def _placed(drawn: etree._Element, code: etree._Element, at: tuple[float, float], height: float) -> Iterator[Glyph]:
    """The characters of a text where its matrix, and the box that it is drawn in, put them."""
    box = numbers(drawn.get("Boundary"))
    matrix = numbers(drawn.get("CTM"))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    left, top = (box[0], box[1]) if len(box) == 4 else (0.0, 0.0)
    said = (code.text or "").strip("\r\n")
    em = _number(drawn.get("Size") or drawn.get("size"), 0.0)
    across = _steps(code.get("DeltaX"), said, em)
    down = _steps(code.get("DeltaY"), said, 0.0)
    size = em * math.sqrt(abs(a * d - b * c)) * _POINTS
    x, y = at
    for character, right, lower in zip(said, across, down, strict=True):
        begin = (a * x + c * y + e + left) * _POINTS
        baseline = (height - (b * x + d * y + f + top)) * _POINTS
        wide = min(right, _width(character) * em) * math.hypot(a, b) * _POINTS
        yield Glyph(
            GLYPH_TWINS.get(ord(character), character),
            False,
            size,
            begin,
            begin + wide,
            baseline - _DESCENT * size,
            baseline + _ASCENT * size,
            baseline,
        )
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
