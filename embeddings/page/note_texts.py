"""Which lines of a page are the text of its notes: those that the file names as such, or that begin with a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from embeddings.page.characters import is_sentence
from embeddings.page.signs import DEFINITION, RAISED, REFERENCE, without_marks
from embeddings.page.superscripts import labels

_MARK = r"(?:\d{1,3}|[①-⑳㉑-㉟㊱-㊿❶-❿]|[*＊※†‡]{1,3}|[a-z])"
_LEADING = re.compile(
    rf"(?P<note>注释?\s*)?(?P<open>[\[［(（〔【]\s*)?(?P<label>{_MARK})(?P<close>\s*[\]］)）〕】])?(?P<stop>[.．、:：\s]\s*)?"
)
_WORD = re.compile(r"注释?\s*[:：]\s*")
_IN_LINE = re.compile(rf"(?:(?<=[:：。；;])|(?<=[:：。；;]\s))(?P<label>{_MARK})(?:[.．、:：\s]|(?<=\D))\s*")
_HEADING = re.compile(r"[\s【\[（(—\-]*(?:注\s*释?|脚\s*注|尾\s*注|[Nn]otes?)[\s】\]）):：—\-]*")
_EMPTY = re.compile(r"[\[［(（〔【]\s*[\]］)）〕】]\s*")
_LEAST = 2
"""Characters of a note's own text."""


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note whose text is known."""

    label: str
    """How its mark reads."""
    lines: tuple[int, ...]
    """Which lines of the page it is."""
    named: bool = False
    """The file names it as a note."""


def find_note_texts(lines: Sequence[str]) -> list[NoteText]:
    """The notes among the lines of a page, which hold signs, in the order of their first lines."""
    named = _named(lines)
    taken = {number for note in named for number in note.lines}
    begun = [note for note in _begun_by_superscript(lines) if note.lines[0] not in taken]
    taken |= {note.lines[0] for note in begun}
    listed = [] if begun else [note for note in _listed(lines) if note.lines[0] not in taken]
    return sorted([*named, *begun, *listed], key=lambda note: note.lines[0])


def split_notes_line(line: str, marks: frozenset[str]) -> list[str]:
    """The notes of a line that holds several behind one word (“注：1 … 2 …”), where these are the labels of marks."""
    word = _WORD.match(line)
    starts = [found for found in _IN_LINE.finditer(line, word.end()) if found["label"] in marks] if word else []
    if not word or not starts or starts[0].start() != word.end():
        return [line]
    stops = [*(found.start() for found in starts[1:]), len(line)]
    return [f"注{line[found.start() : stop].strip()}" for found, stop in zip(starts, stops, strict=True)]


def without_leading_mark(line: str, label: str) -> str:
    """A note's line without the mark that its own text begins with, if any."""
    line = DEFINITION.sub("", line).lstrip()
    # Word's field for the number itself gives no text.
    line = _EMPTY.sub("", line)
    sign = RAISED.match(line) or REFERENCE.match(line)
    if sign:
        return line[sign.end() :].lstrip(" .．、:：\t")
    leading = _LEADING.match(line)
    if leading and leading["label"] == label and _is_set_off(leading, line):
        return line[leading.end() :].lstrip()
    return line


def _is_set_off(leading: re.Match[str], line: str) -> bool:
    """Whether what may be a mark is none of the note's own words or figures."""
    bracketed = leading["open"] and leading["close"]
    return bool(bracketed or leading["note"] or leading["stop"] or not leading["label"].isalnum())


def _named(lines: Sequence[str]) -> list[NoteText]:
    found: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if sign := DEFINITION.match(line):
            found.setdefault(sign[1], []).append(number)
    # Behind a blank stands what tells apart notes of one label.
    return [NoteText(note.partition(" ")[0], tuple(numbers), named=True) for note, numbers in found.items()]


def _begun_by_superscript(lines: Sequence[str]) -> Iterator[NoteText]:
    """Lines that a superscript begins which stands in an earlier line's text, too."""
    seen: set[str] = set()
    for number, line in enumerate(lines):
        first = RAISED.match(line)
        said = labels(first[1]) if first else ()
        if len(said) == 1 and said[0] in seen and len(without_marks(line).strip()) >= _LEAST:
            yield NoteText(said[0], (number,))
        seen.update(label for sign in RAISED.finditer(line) if sign.start() for label in labels(sign[1]))


def _listed(lines: Sequence[str]) -> Iterator[NoteText]:
    """Lines below the text that begin with marks set like the text, in their order, each of which stands in it.

    What looks like an item of a list (“1.”) needs a heading that calls the lines notes.
    """
    seen: set[str] = set()
    run: list[NoteText] = []
    headed = False
    for number, line in enumerate(lines):
        marks = [label for sign in RAISED.finditer(line) for label in labels(sign[1])]
        note = None if marks else _plain_note(line, number, seen, headed)
        if note is not None and (not run or _follows(run[-1].label, note.label)):
            run.append(note)
        elif marks or is_sentence(line):
            # Text goes on behind the lines: they were a list in it.
            run, headed = [], False
        headed = (headed and note is not None) or _HEADING.fullmatch(line) is not None
        seen.update(marks)
    yield from run


def _plain_note(line: str, number: int, seen: set[str], headed: bool) -> NoteText | None:
    leading = _LEADING.match(line)
    if leading is None or leading["label"] not in seen or not _is_set_off(leading, line):
        return None
    if "\t" in line or len(line) - leading.end() < _LEAST or bool(leading["open"]) != bool(leading["close"]):
        return None
    item = leading["label"].isdecimal() and not leading["open"] and (leading["stop"] or "").strip()
    return NoteText(leading["label"], (number,)) if headed or leading["note"] or not item else None


def _follows(label: str, following: str) -> bool:
    return not (label.isdecimal() and following.isdecimal()) or int(label) < int(following)
