"""Notes at the foot of a PDF's pages: lines in smaller type that begin with a mark which stands in the page's text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from embeddings.page.signs import RAISED, definition, raised
from embeddings.page.superscripts import SUPERSCRIPT_DIGITS, as_digits, labels
from embeddings.pdf.layout import GAP, SAME
from embeddings.pdf.lines import PdfLine
from embeddings.pdf.paragraphs import joined_text

_SMALLER = 0.96
"""The size of a note, in that of the line with its mark, is at most this."""
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
    recognised: bool = False
    """Whether it was recognised in a picture."""


def split_notes(lines: Sequence[PdfLine], pitch: float) -> tuple[list[PdfLine], list[PageNote]]:
    """The lines of the text, whose usual distance is `pitch`, and the notes of all pages in order."""
    marked = _marked_lines(lines)
    text: list[PdfLine] = []
    notes: list[_Note] = []
    open_ = False
    for line in lines:
        label = _label(line, marked[line.page])
        if label:
            notes.append(_Note(label, [line]))
        elif open_ and _goes_on(notes[-1].lines[-1], line, pitch):
            notes[-1].lines.append(line)
        else:
            text.append(line)
        open_ = not text or line is not text[-1]
    return text, [_page_note(note, number) for number, note in enumerate(notes)]


def _page_note(note: _Note, number: int) -> PageNote:
    # Every page may count anew, so that labels come again.
    text = definition(f"{note.label} {number}") + joined_text(note.lines)
    return PageNote(note.lines[0].page, text, note.lines[0].recognised)


def _marked_lines(lines: Sequence[PdfLine]) -> dict[int, dict[str, PdfLine]]:
    """For each page the labels of the superscripts in its text, and the first line that each stands in."""
    marked: dict[int, dict[str, PdfLine]] = defaultdict(dict)
    # What stands at the beginning of a line is the mark of a note's text, where the mark stands elsewhere, too.
    for at_beginning in (False, True):
        for line in lines:
            for sign in RAISED.finditer(_signed(line)):
                if at_beginning or sign.start():
                    marked[line.page] = {**dict.fromkeys(labels(sign[1]), line), **marked[line.page]}
    return marked


def _label(line: PdfLine, marked: dict[str, PdfLine]) -> str:
    """The label of the note that a line begins, or nothing."""
    text = _signed(line)
    mark = _MARK.match(text)
    said = labels(mark[1] or mark[2]) if mark else ()
    if mark is None or len(said) != 1 or said[0] not in marked or len(text) - mark.end() < _LEAST:
        return ""
    above = marked[said[0]]
    # A row of a table has cells behind its first.
    small = line.size <= _SMALLER * above.size and "\t" not in text[mark.end() :]
    return said[0] if small and line.top > above.top else ""


def _signed(line: PdfLine) -> str:
    return SUPERSCRIPT_DIGITS.sub(lambda digits: raised(as_digits(digits.group())), line.text)


def _goes_on(last: PdfLine, line: PdfLine, pitch: float) -> bool:
    """Whether a line is one more of the note that the line above it is of."""
    below = line.page == last.page and 0 < line.top - last.top < GAP * pitch
    return below and abs(line.size - last.size) <= SAME * last.size and "\t" not in line.text
