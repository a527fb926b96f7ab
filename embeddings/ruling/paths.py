"""The paths of a PDF's page, by PDFium -> the straight lines in them, whether stroked or filled."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from types import ModuleType
from typing import Any

from embeddings.ruling.rules import Rule

_MOST_ON_PAGE = 60_000
"""Objects and corners of paths on one page; the densest tables have some ten thousand, maps more."""
_MOST_IN_FILE = 2_000_000
"""The same of all pages: some seconds."""
_DEEPEST = 4
"""How many groups of objects lie in each other, at most."""
_STRAIGHT = 0.5
"""Points by which the ends of a line may differ across it."""
_THICKEST = 4.0
"""Points; what is filled and thicker is an area."""
_SLENDER = 2.0
"""How many times longer than thick a filled line is."""

_Point = tuple[float, float]


class _TooMuch(Exception):  # noqa: N818 (tells a drawing, no fault)
    """There is more on the page than is looked at."""


@dataclass(frozen=True, slots=True)
class _Matrix:
    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def apply(self, x: float, y: float) -> _Point:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def within(self, outer: _Matrix) -> _Matrix:
        """Both, this one first."""
        (e, f), (a, b), (c, d) = (outer.apply(self.e, self.f), outer.turn(self.a, self.b), outer.turn(self.c, self.d))
        return _Matrix(a, b, c, d, e, f)

    def turn(self, x: float, y: float) -> _Point:
        return self.a * x + self.c * y, self.b * x + self.d * y


class Drawings:
    """The straight lines on the pages of one file."""

    def __init__(self, raw: ModuleType) -> None:
        """`raw` is pypdfium2.raw."""
        self._raw = raw
        self._left_in_file = _MOST_IN_FILE
        self._left = 0

    def lines(self, page: Any) -> list[Rule]:
        """Those on a page of pypdfium2, in pieces as they are drawn; none where so much is drawn that it is a picture.

        Nor are there any once too much of the file was looked at.
        """
        self._left = allowed = min(_MOST_ON_PAGE, self._left_in_file)
        try:
            return list(self._within(page.raw, _Matrix(), 0))
        except _TooMuch:
            return []
        finally:
            self._left_in_file -= allowed - self._left

    def _spend(self, count: int) -> None:
        if count > self._left:
            raise _TooMuch
        self._left -= count

    def _within(self, holder: Any, outer: _Matrix, depth: int) -> Iterator[Rule]:
        raw = self._raw
        count, get = (
            (raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject)
            if depth
            else (raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)
        )
        number = max(0, count(holder))
        self._spend(number)
        for index in range(number):
            drawn = get(holder, index)
            kind = raw.FPDFPageObj_GetType(drawn)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                yield from self._of_path(drawn, self._matrix(drawn).within(outer))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                yield from self._within(drawn, self._matrix(drawn).within(outer), depth + 1)

    def _matrix(self, drawn: Any) -> _Matrix:
        found = self._raw.FS_MATRIX()
        self._raw.FPDFPageObj_GetMatrix(drawn, ctypes.byref(found))
        return _Matrix(found.a, found.b, found.c, found.d, found.e, found.f)

    def _of_path(self, path: Any, matrix: _Matrix) -> Iterator[Rule]:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        self._raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
        if not (fill.value or stroke.value):
            return
        for corners in self._parts(path, matrix):
            yield from _stroked(corners) if stroke.value else _filled(corners)

    def _parts(self, path: Any, matrix: _Matrix) -> Iterator[list[_Point]]:
        """The corners of each part of a path, the first again where it is closed; those with curves left out."""
        raw = self._raw
        count = max(0, raw.FPDFPath_CountSegments(path))
        self._spend(count)
        corners: list[_Point] = []
        curved = False
        for index in range(count):
            segment = raw.FPDFPath_GetPathSegment(path, index)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if not curved:
                    yield corners
                corners, curved = [], False
            curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
            x, y = ctypes.c_float(), ctypes.c_float()
            raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            corners.append(matrix.apply(x.value, y.value))
            if raw.FPDFPathSegment_GetClose(segment):
                corners.append(corners[0])
        if not curved:
            yield corners


def _stroked(corners: list[_Point]) -> Iterator[Rule]:
    for (x, y), (to_x, to_y) in pairwise(corners):
        across, along = abs(to_x - x), abs(to_y - y)
        if along <= _STRAIGHT < across:
            yield Rule(True, (y + to_y) / 2, min(x, to_x), max(x, to_x))
        elif across <= _STRAIGHT < along:
            yield Rule(False, (x + to_x) / 2, min(y, to_y), max(y, to_y))


def _filled(corners: list[_Point]) -> Iterator[Rule]:
    """The line that a slender filled rectangle is."""
    if len(corners) < 4 or any(
        min(abs(x - to_x), abs(y - to_y)) > _STRAIGHT for (x, y), (to_x, to_y) in pairwise(corners)
    ):
        return
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    width, height = right - left, top - bottom
    if height <= _THICKEST and width > _SLENDER * height:
        yield Rule(True, (bottom + top) / 2, left, right)
    elif width <= _THICKEST and height > _SLENDER * width:
        yield Rule(False, (left + right) / 2, bottom, top)
