"""What a conversation is taken away as, whatever the format: entries, lines and notes numbered throughout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from embeddings.types import Span
from qa.standing import standing_of
from qa.types import Answer, Citation
from ui.answer.exact import runs
from ui.answer.markers import Piece, parse
from ui.takeaway.references import chinese_date, note, plain
from ui.types import Turn


@dataclass(frozen=True, slots=True)
class Words:
    """Characters of a line; exact: they are what answers."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A reference to a note; numbers count from 1 through the whole conversation."""

    number: int
    first: bool
    """Whether it is the first to this note."""


Kind = Literal["text", "badge", "quote"]
"""What a line is; badge: it says that the answer is unsure, or that there is none; quote: it stands apart as quoted."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an entry; level 0 is a paragraph, 1 a list item, 2 an item of a list in a list, and so on."""

    level: int
    parts: tuple[Words | Mark, ...]
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Entry:
    """A question and the lines that answer it, or that say why there is no answer."""

    question: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole conversation; the text of note n is notes[n - 1]."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...]
    closing: str
    """When it was taken away, and from which snapshots of the corpus."""


def contents_of(turns: Sequence[Turn], today: date) -> Contents:
    """What the turns say; one citation that several sentences or answers cite is one note."""
    notes = _Notes()
    entries = tuple(Entry(plain(turn.question), _rows(turn, notes)) for turn in turns)
    return Contents(entries, notes.texts, _closing(turns, today))


class _Notes:
    """Numbers citations in the order in which they are first referred to."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int, str], int] = {}
        self._texts: list[str] = []

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(self._texts)

    def mark(self, citation: Citation) -> Mark:
        # Its number within one answer does not make a citation; the article's digest does, should it have changed.
        key = (citation.article_id, citation.start, citation.end, citation.text_sha256)
        first = key not in self._numbers
        if first:
            self._texts.append(note(citation))
            self._numbers[key] = len(self._texts)
        return Mark(self._numbers[key], first)


def _rows(turn: Turn, notes: _Notes) -> tuple[Row, ...]:
    if turn.error:
        return (_said(f"没能回答：{turn.error}"),)
    if turn.answer is None:
        return (_said("还没有答案。"),)
    standing = standing_of(turn.answer)
    badge = (_said(standing.badge, "badge"),) if standing else ()
    understood = _understood(turn.answer)
    rows = _refusal(turn.answer, notes) if turn.answer.abstained else _answer(turn.answer, notes)
    return (*badge, *understood, *rows)


def _said(text: str, kind: Kind = "text") -> Row:
    return Row(0, (Words(plain(text)),), kind)


def _understood(answer: Answer) -> tuple[Row, ...]:
    if answer.standalone.strip() in ("", answer.question.strip()):
        return ()
    return (_said(f"（理解为：{answer.standalone}）"),)


def _refusal(answer: Answer, notes: _Notes) -> tuple[Row, ...]:
    rows = [_said(answer.text)]
    if answer.reason and answer.reason not in answer.text:
        rows.append(_said(answer.reason))
    if answer.nearest:
        rows.append(_said("最接近的段落（不是答案）："))
    return (*rows, *(Row(1, (Words(plain(near.quote)), notes.mark(near))) for near in answer.nearest))


def _answer(answer: Answer, notes: _Notes) -> tuple[Row, ...]:
    by_number = {citation.number: citation for citation in answer.citations}
    exact = [Span(span.start, span.end) for span in answer.answer_spans]
    lines = parse(answer.text, answer.citations)
    rows = [_said(answer.text[: answer.begins])] if answer.begins else []
    quoted = answer.tentative and answer.mode == "extractive"
    depth = 0
    for line in lines[1:] if answer.begins else lines:
        # A list can't begin two levels deep.
        depth = min(line.level, depth + 1)
        parts = tuple(part for piece in line.pieces for part in _parts(piece, exact, by_number, notes))
        rows.append(Row(depth, parts, "quote" if quoted else "text"))
    return tuple(rows)


def _parts(
    piece: Piece, exact: Sequence[Span], by_number: dict[int, Citation], notes: _Notes
) -> tuple[Words | Mark, ...]:
    words = (Words(_inner(run.text), run.exact) for run in runs(piece.text, exact, piece.start))
    marks = () if piece.number is None else (notes.mark(by_number[piece.number]),)
    return (*(part for part in words if part.text), *marks)


def _inner(text: str) -> str:
    """What a document can hold of part of a line, with the blanks that part it from what stands beside it."""
    lead, tail = text[:1].isspace(), text[-1:].isspace()
    kept = plain(text)
    return f"{' ' * lead}{kept}{' ' * tail}" if kept else " " * lead


def _closing(turns: Sequence[Turn], today: date) -> str:
    cited = (citation for turn in turns for citation in turn.cited)
    snapshots = dict.fromkeys(plain(citation.snapshot) for citation in cited if citation.snapshot)
    corpus = f"；语料快照 {'、'.join(snapshots)}" if snapshots else ""
    return f"由溯源整理，{chinese_date(today.isoformat())}{corpus}。"
