"""Notes at the foot of a PDF's pages: lines in smaller type that begin with a mark which stands in the page's text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from embeddings.reading.pdf_layout import GAP, SAME, Layout
from embeddings.reading.pdf_lines import PdfLine
from embeddings.reading.pdf_paragraphs import joined_text
from embeddings.reading.signs import RAISED, definition
from embeddings.reading.superscripts import SUPERSCRIPT_DIGITS, as_digits, labels

_SMALLER = 0.96
"""The size of notes, in that of the running text, is at most this."""
_MARK = re.compile(
    rf"\s*(?:{RAISED.pattern}|(?:注释?\s*)?[\[［(（〔【]?\s*"
    r"(\d{1,3}(?=\s*[\]］)）〕】.．、:：\s])|[①-⑳㉑-㉟㊱-㊿❶-❿]|[*＊※†‡]{1,3})\s*[\]］)）〕】.．、:：]?)[ \t]*"
)
_LEAST = 2
"""Characters of a note's own text."""


@dataclass(slots=True)
class _Note:
    label: str
    lines: list[PdfLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageNote:
    """A note at the foot of a page."""

    page: int
    """Counted from 0."""
    text: str
    """Begins with the sign of its label."""


def split_notes(lines: Sequence[PdfLine], layout: Layout) -> tuple[list[PdfLine], list[PageNote]]:
    """The lines of the text, and the notes of all pages in order."""
    marks = _marks(lines, layout)
    text: list[PdfLine] = []
    notes: list[_Note] = []
    open_ = False
    for line in lines:
        label = _label(line, marks[line.page], layout)
        if label:
            notes.append(_Note(label, [line]))
        elif open_ and _goes_on(notes[-1].lines[-1], line, layout):
            notes[-1].lines.append(line)
        else:
            text.append(line)
            open_ = False
            continue
        open_ = True
    return text, [PageNote(note.lines[0].page, definition(note.label) + joined_text(note.lines)) for note in notes]


def _marks(lines: Sequence[PdfLine], layout: Layout) -> dict[int, dict[str, float]]:
    """For each page the labels of the superscripts in its text, and how far down the first of each stands."""
    marks: dict[int, dict[str, float]] = defaultdict(dict)
    for line in lines:
        found = [sign[1] for sign in RAISED.finditer(line.text) if sign.start() or not _is_small(line, layout)]
        found += map(as_digits, SUPERSCRIPT_DIGITS.findall(line.text[1:]))
        for label in (label for mark in found for label in labels(mark)):
            marks[line.page].setdefault(label, line.bottom)
    return marks


def _label(line: PdfLine, marks: dict[str, float], layout: Layout) -> str:
    """The label of the note that a line begins, or nothing."""
    mark = _MARK.match(SUPERSCRIPT_DIGITS.sub(lambda digits: as_digits(digits.group()) + " ", line.text))
    if mark is None or not _is_small(line, layout) or len(line.plain) < _LEAST:
        return ""
    said = labels(mark[1] or mark[2])
    # A row of a table has cells behind its first.
    if len(said) != 1 or said[0] not in marks or marks[said[0]] > line.bottom or "\t" in line.text[mark.end() :]:
        return ""
    return said[0]


def _is_small(line: PdfLine, layout: Layout) -> bool:
    return line.size <= _SMALLER * layout.em


def _goes_on(last: PdfLine, line: PdfLine, layout: Layout) -> bool:
    """Whether a line is one more of the note that the line above it is of."""
    below = line.page == last.page and 0 < line.top - last.top < GAP * layout.pitch
    return below and abs(line.size - last.size) <= SAME * last.size and "\t" not in line.text
