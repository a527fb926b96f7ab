"""The paragraphs of a text on a slide, each with its depth and with the number that the program sets before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from embeddings.packages.numerals import written
from embeddings.page.signs import raised

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FORMS = {
    "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "arabic": "decimal", "arabicDb": "decimalFullWidth",
    "circleNumDb": "decimalEnclosedCircle", "circleNumWdBlack": "decimalEnclosedCircle",
    "circleNumWdWhite": "decimalEnclosedCircle", "ea1Chs": "chineseCounting", "ea1Cht": "taiwaneseCounting",
    "ea1JpnChsDb": "japaneseCounting", "ea1JpnKor": "japaneseCounting", "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
}  # fmt: skip
_ENDS = {"ParenBoth": "（{}）", "ParenR": "{}）", "Period": "{}. ", "Plain": "{} ", "Minus": "- {} - "}
"""The two halves of ECMA-376, part 1, 20.1.10.61."""
_TYPE = re.compile(rf"(?P<form>{'|'.join(sorted(_FORMS, key=len, reverse=True))})(?P<end>{'|'.join(_ENDS)})")


@dataclass(frozen=True, slots=True)
class SlideLine:
    """A line of a text on a slide."""

    text: str
    """With signs for superscripts."""
    depth: int
    """In how many lists its own lies."""


def lines_of(frame: Any) -> list[SlideLine]:
    """The lines of a text frame of python-pptx that say something."""
    said = [(paragraph, _text(paragraph)) for paragraph in frame.paragraphs]
    said = [(paragraph, text) for paragraph, text in said if text.strip()]
    outermost = min((paragraph.level for paragraph, _ in said), default=0)
    numbers = _numbers([paragraph for paragraph, _ in said])
    return [
        SlideLine(number + line if not place else line, paragraph.level - outermost)
        for (paragraph, text), number in zip(said, numbers, strict=True)
        for place, line in enumerate(filter(str.strip, text.split("\v")))
    ]


def _text(paragraph: Any) -> str:
    """The paragraph's text, its line breaks as vertical tabs."""
    parts = []
    for element in paragraph._p:
        if element.tag == f"{_A}br":
            parts.append("\v")
        elif element.tag in (f"{_A}r", f"{_A}fld"):
            text = "".join(part.text or "" for part in element.iter(f"{_A}t"))
            properties = element.find(f"{_A}rPr")
            high = properties is not None and (properties.get("baseline") or "0").rstrip("%") not in ("0", "")
            lowered = high and str(properties.get("baseline")).startswith("-")
            parts.append(raised(text) if high and not lowered else text)
    return "".join(parts)


def _numbers(paragraphs: Sequence[Any]) -> Iterator[str]:
    """What stands before each paragraph, empty where nothing or a bullet does."""
    counts: dict[int, tuple[str, int]] = {}
    """Level -> how it is numbered, and how far it has counted."""
    for paragraph in paragraphs:
        element = paragraph._p.find(f"{_A}pPr/{_A}buAutoNum")
        for deeper in [level for level in counts if level > paragraph.level]:
            del counts[deeper]
        if element is None:
            counts.pop(paragraph.level, None)
            yield ""
            continue
        form, start = element.get("type") or "", element.get("startAt") or "1"
        known, count = counts.get(paragraph.level, ("", 0))
        begin = int(start) if start.isascii() and start.isdecimal() and len(start) < 6 else 1
        count = count + 1 if known == form else begin
        counts[paragraph.level] = (form, count)
        yield _number(form, count)


def _number(form: str, count: int) -> str:
    found = _TYPE.fullmatch(form)
    if found is None:
        return f"{count}. "
    said = written(count, _FORMS[found["form"]])
    # Chinese numerals are set off by 、 wherever the program has a full stop.
    chinese = found["form"].startswith("ea1") and found["end"] == "Period"
    return f"{said}、" if chinese else _ENDS[found["end"]].format(said)
