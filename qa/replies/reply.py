"""A reply as it comes, in pieces cut anywhere: its finished sentences, and the one under way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from embeddings.structure.sentences import sentences
from embeddings.types import Span
from qa.replies.markdown import (
    LineStart,
    Plain,
    cells,
    flat_row,
    is_row_rule,
    is_rule,
    line_start,
    plain,
    undecided,
)
from qa.replies.markers import Mark
from qa.replies.tags import TagFilter

_SENTENCE_END = re.compile(r"[。！？!?….]")
_BRACKETS = dict(zip("“‘《〈「『（(【[", "”’》〉」』）)】]", strict=True))
_LONGEST_QUOTATION = 200
"""As in embeddings.structure.sentences: none ends inside a quotation that is closed within so many characters."""
_DEEPEST = 2
_REFERENCES = re.compile(
    r"(?:参考(?:资料|文献|来源)?|引用(?:来源)?|资料来源|信息来源|来源|出处|references?|sources?|citations?)\s*[:：]?",
    re.I,
)
_POINTED_AT = re.compile(r"(?:根据|依据|据|按照)(?:资料|来源|材料|文章|原文|段落|文献|片段)?中?")
_POINTED_AT_END = re.compile(r"中?的?(?:内容|记载|介绍|描述|所述|显示|表述|提到|指出|可知|信息)?[，,：:]")
_LEFT_EMPTY = re.compile(r"[（(]\s*(?:资料来源|来源|出处|参见|详见|见|引自)?\s*[:：]?[、，,；;\s]*[）)]")
_BLANK_BEFORE = re.compile(r"\s+(?=[，。；：！？、）】”》,.;:!?)])")
_TWICE = re.compile(r"([。！？])。+")


@dataclass(frozen=True, slots=True)
class Claimed:
    """One finished sentence of a reply, without markers and Markdown."""

    text: str
    numbers: tuple[int, ...]
    """The passages it names, in its order, each once; whether there are such passages is not known here."""
    level: int
    """Of its line: 0 for a paragraph, 1 for an item of a list, 2 for an item of an item."""
    begins_line: bool


class ReplyParser:
    """Reads a reply character by character, so that it makes no difference where its pieces are cut."""

    def __init__(self) -> None:
        self._tags = TagFilter()
        self._line = ""
        """What has come of the line behind the last finished sentence."""
        self._start: LineStart | None = None
        self._begins_line = True
        self._lists: list[tuple[int, str]] = []
        """Indent and style of the lists that are open, outermost first."""
        self._level = 0
        self._row: tuple[str, ...] | None = None
        """The last row of a table: a header, if a rule follows."""
        self._header: tuple[str, ...] = ()
        self._in_references = False

    def feed(self, piece: str) -> list[Claimed]:
        """The sentences that this piece finishes."""
        return [claimed for character in self._tags.feed(piece) for claimed in self._take(character)]

    def end(self) -> list[Claimed]:
        """The sentences that the end of the reply finishes."""
        held = [claimed for character in self._tags.end() for claimed in self._take(character)]
        return [*held, *self._end_line(), *self._end_table()]

    @property
    def pending(self) -> str:
        """The sentence under way, with no marker and no half marker."""
        if self._start is None or self._start.kind in ("table", "fence") or self._in_references:
            return ""
        stretch = plain(self._line, ended=False)
        return _tidy(stretch.text, stretch.marks)

    def _take(self, character: str) -> list[Claimed]:
        if character == "\n":
            return self._end_line()
        self._line += character
        if self._start is None:
            if undecided(self._line):
                return []
            claimed = [] if self._line.lstrip().startswith("|") else self._end_table()
            self._open_line()
            return claimed
        waits = self._start.kind in ("table", "fence") or self._in_references
        if waits or character.isspace() or not _SENTENCE_END.search(self._line, 0, len(self._line) - 1):
            return []
        return self._finished()

    def _open_line(self) -> None:
        self._start = line_start(self._line)
        self._level = self._level_of(self._start)
        self._line = self._line[self._start.text :]

    def _level_of(self, start: LineStart) -> int:
        if not start.style:
            if start.kind == "heading" or start.indent == 0:
                self._lists.clear()
            return min(len(self._lists), _DEEPEST)
        key = (start.indent, start.style)
        if key not in self._lists:
            # Deeper, or of another style at the same depth: a list within the item before.
            self._lists = [(indent, style) for indent, style in self._lists if indent <= start.indent]
            self._lists.append(key)
        del self._lists[self._lists.index(key) + 1 :]
        return min(len(self._lists), _DEEPEST)

    def _finished(self) -> list[Claimed]:
        """The sentences of the line that no character to come can change."""
        claimed: list[Claimed] = []
        while True:
            stretch = plain(self._line, ended=False)
            spans = sentences(stretch.text, Span(0, len(stretch.text)))
            if stretch.held or len(spans) < 2 or _in_quotation(stretch.text, spans[0].end):
                return claimed
            first, following = spans[0], spans[1]
            marks, cut = _marks_of_first(stretch, first, following)
            claimed.extend(self._claimed(stretch.text[: first.end], marks))
            self._line = self._line[cut:]

    def _end_line(self) -> list[Claimed]:
        line = self._line
        if self._start is None:
            if not line.strip() or is_rule(line):
                self._line = ""
                return []
            self._open_line()
        start = self._start or line_start(line)
        claimed = self._row_ended(self._line) if start.kind == "table" else []
        if start.kind not in ("table", "fence"):
            claimed = [] if self._is_reference(start) else self._rest_of_line()
        self._line, self._start, self._begins_line = "", None, True
        return claimed

    def _rest_of_line(self) -> list[Claimed]:
        claimed: list[Claimed] = []
        while True:
            stretch = plain(self._line, ended=True)
            spans = sentences(stretch.text, Span(0, len(stretch.text)))
            if len(spans) < 2:
                return [*claimed, *self._claimed(stretch.text, stretch.marks)]
            marks, cut = _marks_of_first(stretch, spans[0], spans[1])
            claimed.extend(self._claimed(stretch.text[: spans[0].end], marks))
            self._line = self._line[cut:]

    def _is_reference(self, start: LineStart) -> bool:
        """Whether the line heads a list of sources at the end of a reply, or is one of them."""
        if not self._begins_line:
            return False
        stretch = plain(self._line, ended=True)
        if _REFERENCES.fullmatch(stretch.text.strip()):
            self._in_references = True
            return True
        listed = bool(start.style) or any(mark.position == 0 for mark in stretch.marks)
        self._in_references = self._in_references and listed
        return self._in_references

    def _row_ended(self, line: str) -> list[Claimed]:
        if is_row_rule(line):
            self._header, self._row = self._row or (), None
            return []
        claimed = self._row_claimed()
        self._row = cells(line)
        return claimed

    def _end_table(self) -> list[Claimed]:
        claimed = self._row_claimed()
        self._row, self._header = None, ()
        return claimed

    def _row_claimed(self) -> list[Claimed]:
        if self._row is None:
            return []
        stretch = plain(flat_row(self._row, self._header), ended=True)
        return [replace(one, level=1, begins_line=True) for one in _as_claimed(stretch.text, stretch.marks, 1, True)]

    def _claimed(self, text: str, marks: tuple[Mark, ...]) -> list[Claimed]:
        claimed = _as_claimed(text, marks, self._level, self._begins_line)
        self._begins_line = self._begins_line and not claimed
        return claimed


def _as_claimed(text: str, marks: tuple[Mark, ...], level: int, begins_line: bool) -> list[Claimed]:
    said = _tidy(text, marks)
    if not re.search(r"\w", said):
        return []
    numbers = tuple(dict.fromkeys(number for mark in marks for number in mark.numbers))
    return [Claimed(said, numbers, level, begins_line)]


def _marks_of_first(stretch: Plain, first: Span, following: Span) -> tuple[tuple[Mark, ...], int]:
    """The markers of the first of two sentences, and where in the stretch it and they end.

    Markers between the two belong to the first, unless it has its own in front: then each stands before its sentence.
    """
    own = tuple(mark for mark in stretch.marks if mark.position < first.end)
    if own and all(mark.position <= first.start for mark in own):
        return own, stretch.origins[first.end - 1] + 1
    between = tuple(mark for mark in stretch.marks if first.end <= mark.position <= following.start)
    return (*own, *between), stretch.origins[following.start]


def _in_quotation(text: str, end: int) -> bool:
    """Whether a quotation opened before `end` may still be closed, so that the sentence goes on."""
    opened: list[int] = []
    for position, character in enumerate(text):
        if character in _BRACKETS:
            opened.append(position)
        elif opened and character in _BRACKETS.values():
            while opened and _BRACKETS[text[opened[-1]]] != character:
                opened.pop()
            if opened:
                opened.pop()
    return any(position < end and len(text) - position < _LONGEST_QUOTATION for position in opened)


def _tidy(text: str, marks: tuple[Mark, ...]) -> str:
    """The text without what only led to a marker (“根据[1]，”, “（来源：[1]）”) and without blanks that it left."""
    if marks:
        behind = _POINTED_AT_END.match(text, marks[0].position)
        leads = _POINTED_AT.fullmatch(text[: marks[0].position].lstrip())
        text = _LEFT_EMPTY.sub("", text[behind.end() :] if behind and leads else text)
    return _TWICE.sub(r"\1", _BLANK_BEFORE.sub("", text)).strip()
