"""An article's text as HTML with the cited characters marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from embeddings.types import Article, Span
from qa.types import Citation
from ui.answer.parts import marked


@dataclass(frozen=True, slots=True)
class Mark:
    """text[start:end] is to be marked for a citation; `opened` for the one the reader asked for."""

    start: int
    end: int
    number: int
    opened: bool
    exact: tuple[Span, ...] = ()
    """What within the quote answers exactly, counted from the quote's first character."""


@dataclass(frozen=True, slots=True)
class Marked:
    """An article's text with its marks, sorted and disjoint, and the turn they belong to."""

    text: str
    marks: tuple[Mark, ...]
    turn: int

    def html(self, start: int, end: int) -> str:
        """text[start:end] escaped, with what falls into a mark marked."""
        parts: list[str] = []
        position = start
        for mark in self.marks:
            low, high = max(mark.start, start), min(mark.end, end)
            if low < high:
                parts += [escape(self.text[position:low]), self._mark(mark, low, high)]
                position = high
        return "".join(parts) + escape(self.text[position:end])

    def _mark(self, mark: Mark, low: int, high: int) -> str:
        text = self.text[low:high]
        if mark.opened:
            return quoted(text, mark.exact, low - mark.start)
        return f'<mark class="also" data-turn="{self.turn}" data-number="{mark.number}">{escape(text)}</mark>'


def quoted(text: str, exact: Sequence[Span], begins: int) -> str:
    """A paragraph's part of the opened quote, beginning at `begins` in it; what answers exactly is marked once more."""
    attributes = 'class="quote" id="quote"' if begins == 0 else 'class="quote"'
    return f"<mark {attributes}>{marked(text, exact, begins, 'mark')}</mark>"


def marks_of(
    shown: Article, opened: Citation | None, siblings: Sequence[Citation], exact: tuple[Span, ...]
) -> tuple[Mark, ...]:
    """The opened citation's mark, wherever its quote stands now, and those of the others that do not overlap it."""
    marks: list[Mark] = []
    if opened is not None:
        start = opened.start if shown.sha256 == opened.text_sha256 else shown.text.find(opened.quote)
        if start >= 0:
            marks.append(Mark(start, start + len(opened.quote), opened.number, True, exact))
    for other in siblings:
        free = all(other.end <= mark.start or other.start >= mark.end for mark in marks)
        if free and shown.sha256 == other.text_sha256:
            marks.append(Mark(other.start, other.end, other.number, opened=False))
    return tuple(sorted(marks, key=lambda mark: mark.start))
