"""Notes of a page: their marks taken out of the text, and each note's own text put behind the paragraph it explains.

A note is a line “注1：…” below its paragraph (of a table: below the last row), so that it is found and cited like all
text. What is raised without being a mark is written so that it stays apart from the figure it stands at: km², 10⁶.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from embeddings.bullets import bullet_end
from embeddings.page.blocks import Block, Page
from embeddings.page.note_texts import NoteText, find_note_texts, split_notes_line, without_leading_mark
from embeddings.page.page_turns import with_turns
from embeddings.page.signs import (
    DEEPER,
    ITEM,
    RAISED,
    REFERENCE,
    TURN,
    raised,
    without_marks,
    without_signs,
    without_turns,
)
from embeddings.page.superscripts import SUPERSCRIPT_DIGITS, as_digits, as_power, labels, meaning

_SIGN = re.compile(
    rf"(?P<open>[\[［(（〔【]?)(?:{RAISED.pattern.replace('(', '(?P<raised>', 1)}|"
    rf"{REFERENCE.pattern.replace('(', '(?P<note>', 1)})(?P<close>[\]］)）〕】]?)"
)
_BRACKETS = frozenset({"[]", "［］", "（）", "()", "〔〕", "【】"})


def place_notes(page: Page) -> Page:
    """The page without signs: notes behind what refers to them, and of every line its depth in lists and its pages."""
    blocks = _one_note_a_line([_with_depth(block) for block in page.blocks])
    notes = _Notes(blocks)
    placed: list[Block] = []
    waiting: list[Block] = []
    for number, block in enumerate(blocks):
        if notes.stands_elsewhere(number):
            continue
        if "\t" not in block.text:
            placed.extend(waiting)
            waiting = []
        placed.append(replace(block, text=notes.texts[number]))
        waiting.extend(notes.behind(number, block))
    settled = map(with_turns, [*placed, *waiting])
    return replace(page, blocks=tuple(block for block in settled if block.text.strip()))


def _one_note_a_line(blocks: Sequence[Block]) -> list[Block]:
    marks = frozenset(label for block in blocks for sign in RAISED.finditer(block.text) for label in labels(sign[1]))
    return [note for block in blocks for note in _split(block, marks)]


def _split(block: Block, marks: frozenset[str]) -> Iterator[Block]:
    page = block.page
    for text in split_notes_line(block.text, marks):
        yield replace(block, text=text, page=page)
        turned = [int(turn[1]) for turn in TURN.finditer(text)]
        page = turned[-1] if turned else page


def _with_depth(block: Block) -> Block:
    text = SUPERSCRIPT_DIGITS.sub(lambda digits: raised(as_digits(digits.group())), block.text)
    levels = DEEPER.match(text)
    depth = len(levels.group()) if levels and "\t" not in text else block.depth
    item = "\t" not in text and (ITEM.match(text) is not None or bullet_end(text) > 0)
    return replace(block, text=DEEPER.sub("", ITEM.sub("", text)), depth=depth, item=item or block.item)


class _Notes:
    """The lines of a page without their marks, and which notes each refers to first."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._found = find_note_texts([block.text for block in blocks])
        self._of_line = {number: note for note in self._found for number in note.lines}
        self._first: dict[int, list[NoteText]] = {}
        """Line -> the notes that it is the first to refer to."""
        self._referred: set[NoteText] = set()
        # The text first: a note may refer to others only where the text refers to it.
        order = sorted(range(len(blocks)), key=lambda number: number in self._of_line)
        texts = {number: self._read_line(number) for number in order}
        self.texts = [texts[number] for number in range(len(blocks))]
        """Every line without marks; the first of a note with “注1：” before it."""

    def stands_elsewhere(self, number: int) -> bool:
        """Whether a line is the text of a note that stands behind the line with its mark."""
        note = self._of_line.get(number)
        return note is not None and note in self._referred

    def behind(self, number: int, anchor: Block) -> Iterator[Block]:
        """The lines of the notes that a line refers to, and of those that they refer to, as they stand behind it."""
        for note in self._first.get(number, ()):
            for line in note.lines:
                plain = replace(anchor, link_density=0.0, level=0, depth=0, note=True)
                own = self._blocks[line]
                yield replace(plain, text=self.texts[line], links=own.links, page=own.page)
                yield from self.behind(line, anchor)

    def _read_line(self, number: int) -> str:
        line, note = self._blocks[number].text, self._of_line.get(number)
        if note is None or not (note in self._referred or note.named):
            return self._without_marks(line, number)
        text = self._without_marks(without_leading_mark(line, note.label), number)
        return text if number != note.lines[0] else f"注{note.label.strip('*＊※†‡')}：{text}"

    def _without_marks(self, line: str, number: int) -> str:
        text, at = "", 0
        for sign in _SIGN.finditer(line):
            text += line[at : sign.start()]
            outer = (sign["open"], sign["close"])
            within = self._read(without_turns(text) + outer[0], sign, outer[1] + line[sign.end() :], number)
            text += within if within is not None else "" if "".join(outer) in _BRACKETS else "".join(outer)
            at = sign.end()
        return without_signs(text + line[at:])

    def _read(self, before: str, sign: re.Match[str], after: str, number: int) -> str | None:
        """What a sign says in the text, with what is around it; None where it is the mark of a note."""
        if sign["note"] is not None:
            self._refer([note for note in self._found if note.label == sign["note"]][:1], number)
            return None
        said = labels(sign["raised"])
        notes = [note for label in said for note in self._below(label, number)[:1]]
        found = meaning(before, sign["raised"], without_marks(after), bool(notes))
        if found == "note":
            self._refer(notes, number)
            return None
        written = {"power": as_power(sign["raised"]), "degree": "°", "text": sign["raised"]}[found]
        return f"{sign['open']}{written}{sign['close']}"

    def _below(self, label: str, number: int) -> list[NoteText]:
        """The notes with a label below a line: where every page counts anew, the first that has no mark yet."""
        return [
            note
            for note in self._found
            if note.label == label and note.lines[0] > number and note not in self._referred
        ]

    def _refer(self, notes: Sequence[NoteText], number: int) -> None:
        own = self._of_line.get(number)
        if own is not None and own not in self._referred:
            return
        for note in notes:
            if note not in self._referred and number not in note.lines:
                self._referred.add(note)
                self._first.setdefault(number, []).append(note)
