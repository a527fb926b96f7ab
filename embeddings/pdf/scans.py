"""Pages of a PDF that are pictures of text: recognised where there is what recognises, else told of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.page.ranges import ranges
from embeddings.page.unreadable import UnreadableError
from embeddings.pdf.lines import PdfLine
from embeddings.recognition.lines import RecognisedLine, recognised_lines
from embeddings.recognition.recogniser import EXTRA, LONGEST_SIDE, Recogniser

_MOST = 500
"""Pages of a file that are recognised; each takes seconds."""
_STAMP = 50
"""Characters that a program which scans writes on a page (its name, a number) without the page being text for that."""
_FULL = 0.5
"""Share of a page that its pictures cover where it is one."""
_MOST_OBJECTS = 1000
"""What is looked at on a page; pages of text cut in many strips have some hundred."""
_WITH_COVERS = 5
"""Pages of a file whose first and last are covers: that these say nothing need not be told."""
_LARGEST_SCALE = 300 / 72
_UNMAPPED = re.compile(r"[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")
_MOST_UNMAPPED = 0.2
"""Share of characters that no table in the file translates, above which the text is not the one on the page."""


def is_garbled(lines: Sequence[PdfLine]) -> bool:
    """Whether what lines state is not what one reads on the page."""
    text = visible(lines)
    return len(_UNMAPPED.findall(text)) > _MOST_UNMAPPED * len(text)


def visible(lines: Sequence[PdfLine]) -> str:
    """All characters of lines."""
    return "".join("".join(line.text.split()) for line in lines)


class Scans:
    """The pages of one file that are pictures of text."""

    def __init__(self, raw: ModuleType, recogniser: Recogniser | None) -> None:
        """`raw` is pypdfium2.raw."""
        self._raw, self._recogniser = raw, recogniser
        self._pages = self._recognised = 0
        self._unread: list[int] = []
        self._uncertain: list[tuple[int, int]] = []

    def lines(self, page: Any, number: int, stated: list[PdfLine]) -> list[PdfLine]:
        """The lines of a page of pypdfium2 that states these: recognised, where it is a picture of text."""
        self._pages += 1
        if not self._is_picture(page, stated):
            return stated
        if self._recogniser is None or self._recognised >= _MOST:
            self._unread.append(number + 1)
            return stated
        self._recognised += 1
        scale = min(_LARGEST_SCALE, LONGEST_SIDE / max(page.get_width(), page.get_height()))
        found, uncertain = recognised_lines(self._recogniser.pieces(_picture(page, scale)))
        if uncertain:
            self._uncertain.append((number + 1, uncertain))
        return [placed(line, number, scale, page.get_height()) for line in found] or stated

    def _is_picture(self, page: Any, stated: Sequence[PdfLine]) -> bool:
        text = visible(stated)
        if not text:
            # Letters may be drawn, too.
            return any(True for _ in page.get_objects(max_depth=1))
        if self._recogniser is not None and is_garbled(stated):
            return True
        return len(text) <= _STAMP and self._covered(page) >= _FULL

    def _covered(self, page: Any) -> float:
        """The share of the page that pictures cover, where they don't lie on each other."""
        images = page.get_objects(filter=[self._raw.FPDF_PAGEOBJ_IMAGE])
        covered = sum(map(_area, islice(images, _MOST_OBJECTS)))
        return covered / max(1.0, float(page.get_width() * page.get_height()))

    def check(self, lines: Sequence[PdfLine]) -> None:
        """Raise UnreadableError where the file is nothing but pictures that were not recognised."""
        if self._unread and not visible(lines):
            raise UnreadableError(f"是扫描件，没有文字层；装上文字识别（OCR）后重建即可：{EXTRA}。")

    def unread(self) -> str:
        """What was not read though the rest was, a sentence for the user; empty where all was."""
        covers = {1, self._pages} if self._pages >= _WITH_COVERS else set()
        said = []
        if missing := [number for number in self._unread if number not in covers]:
            how = f"文字识别最多 {_MOST} 页" if self._recogniser is not None else f"装上文字识别后重建即可：{EXTRA}"
            said.append(f"第 {ranges(missing)} 页是图片，没有读（{how}）。")
        return "".join([*said, left_out(self._uncertain)])


def left_out(uncertain: Sequence[tuple[int, int]]) -> str:
    """What of recognised pages was too uncertain, of pages from 1 and numbers of lines; empty where nothing was."""
    if not uncertain:
        return ""
    count = sum(lines for _, lines in uncertain)
    return f"第 {ranges([page for page, _ in uncertain])} 页有 {count} 行认不清，没有收。"


def _area(image: Any) -> float:
    left, bottom, right, top = image.get_bounds()
    return float(max(0.0, right - left) * max(0.0, top - bottom))


def _picture(page: Any, scale: float) -> NDArray[np.uint8]:
    bitmap = page.render(scale=scale)
    try:
        # Copied, for it is the bitmap's own memory.
        return np.array(bitmap.to_numpy()[:, :, :3])
    finally:
        bitmap.close()


def placed(line: RecognisedLine, page: int, scale: float, height: float) -> PdfLine:
    """A recognised line on a page, from 0, so many points high; `scale` is how many pixels a point is."""
    left, right, top, bottom = (side / scale for side in (line.left, line.right, line.top, line.bottom))
    return PdfLine(line.text, page, left, right, top, bottom, line.size / scale, height, recognised=True)
