"""The paragraphs, cells and notes of an RTF file, as they come -> the lines of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter

from embeddings.page.blocks import Block, Page
from embeddings.page.cells import joined_name
from embeddings.page.characters import tidy
from embeddings.page.front_matter import Stated
from embeddings.page.notes import place_notes
from embeddings.page.signs import deeper, definition, raised, reference, without_signs
from embeddings.rtf.paragraphs import State, Style
from embeddings.rtf.tables import CellForm, Row, table_lines

_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""What the signs of symbol fonts are."""
_DEEPEST = 6
_LONGEST_LABEL = 40


@dataclass(slots=True)
class _Paragraph:
    """A paragraph as it is read."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    """(text, whether it is a superscript)."""
    label: str = ""
    """The number or bullet that the program sets before it."""

    def text(self, depth: int) -> str:
        """Its text, behind its number; of an item with a bullet, behind the sign of the depth of its list."""
        stretches = groupby(self.pieces, key=itemgetter(1))
        whole = [(_whole("".join(text for text, _ in pieces)), high) for high, pieces in stretches]
        said = tidy("".join(raised(text) if high and text.strip() else text for text, high in whole))
        label = tidy(_whole(self.label))
        if not said or not any(map(str.isalnum, label)):
            return deeper(depth) + said if said and label else said
        return label + ("" if label[-1] in "、）】．。：" else " ") + said


def _whole(text: str) -> str:
    """The text with the halves of characters beyond the first plane joined, without signs of symbol fonts."""
    halves = text.encode("utf-16-le", errors="surrogatepass")
    return _PRIVATE.sub("", halves.decode("utf-16-le", errors="replace"))


class Lines:
    """Takes what a file says in its order."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._titles: set[int] = set()
        """Which blocks are set in the style of titles."""
        self._paragraph = _Paragraph()
        self._outer: list[_Paragraph] = []
        """The paragraphs that the notes being read stand in."""
        self._note: list[str] = []
        self._notes: list[Block] = []
        self._numbered = 0
        self._cell: list[str] = []
        self._row = Row()
        self._rows: list[Row] = []

    def add(self, text: str, high: bool) -> None:
        """Add text to the paragraph."""
        self._paragraph.pieces.append((without_signs(text), high))

    def add_label(self, text: str) -> None:
        """Add to what stands before the paragraph by itself."""
        self._paragraph.label = (self._paragraph.label + text)[:_LONGEST_LABEL]

    def begin_note(self) -> None:
        """What follows is a note, which the paragraph refers to here."""
        self._numbered += 1
        self._paragraph.pieces.append((reference(str(self._numbered)), False))
        self._outer.append(self._paragraph)
        self._paragraph = _Paragraph()

    def end_note(self, state: State) -> None:
        """What follows is the paragraph again."""
        self.end_paragraph(state, Style())
        sign = definition(str(self._numbered))
        self._notes += [Block(sign + line) for line in self._note]
        self._note = []
        self._paragraph = self._outer.pop()

    def end_paragraph(self, state: State, style: Style) -> None:
        """The paragraph ends, which is set so."""
        text, self._paragraph = self._paragraph.text(state.depth), _Paragraph()
        if not text:
            return
        if self._outer:
            self._note.append(text)
        elif state.in_table:
            self._cell.append(text)
        elif not style.contents:
            self.end_table()
            if style.title:
                self._titles.add(len(self._blocks))
            self._blocks.append(Block(text, level=state.level or style.level))

    def end_cell(self, state: State) -> None:
        """The cell of a table ends."""
        self.end_paragraph(replace(state, in_table=True), Style())
        self._row.cells.append(self._cell)
        self._cell = []

    def end_row(self, forms: Sequence[CellForm]) -> None:
        """The row of a table ends, whose cells are defined so."""
        self._rows.append(Row(self._row.cells, tuple(forms)))
        self._row = Row()

    def end_table(self) -> None:
        """No row of the same table follows."""
        if self._row.cells:
            self.end_row(())
        self._blocks += map(Block, table_lines(self._rows))
        self._rows = []

    def page(self) -> Page:
        """All that was taken."""
        self.end_table()
        return place_notes(Page(blocks=(*self._titled(), *self._notes), stated=Stated()))

    def _titled(self) -> list[Block]:
        """The lines, those of the title made one, and every other heading below it."""
        if not self._titles:
            return self._blocks
        first = last = min(self._titles)
        while last + 1 in self._titles:
            last += 1
        title = joined_name([block.text for block in self._blocks[first : last + 1]])
        below = [
            replace(block, level=min(_DEEPEST, block.level + 1) if block.level else 2 * (number in self._titles))
            for number, block in enumerate(self._blocks)
        ]
        return [*below[:first], Block(title, level=1), *below[last + 1 :]]
