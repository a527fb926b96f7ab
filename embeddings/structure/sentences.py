"""Where sentences and clauses begin and end in Chinese text, as spans that index the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from embeddings.types import Span

_OPENING = dict(zip("“‘《〈「『（(【[", "”’》〉」』）)】]", strict=True))
_CLOSING = frozenset(_OPENING.values())
_SENTENCE_END = frozenset("。！？!?…")
_CLAUSE_END = frozenset("，,；;：:")
_TRAILING = frozenset("”’」』）)】》\"'。！？!?…")
CELL = "\t"
"""What stands between the cells of a table's row, which is a line."""
_SAYS = re.compile(
    r"[^\W\d_]{1,12}?(?:说道?|问道?|答道?|道|回答|表示|坦言|感慨|感叹|强调|指出|介绍|回忆|解释|补充|直言|叮嘱|写道)(?=[。，,！!])"
)
"""Who says what is quoted before it, up to the mark that ends the clause; a colon leads on to what is said next."""
_LONGEST_QUOTATION = 200
"""A quotation longer than this many characters is cut at its sentences like other text."""


def paragraphs(text: str, start: int = 0) -> Iterator[Span]:
    """Non-empty lines of text[start:], without their newlines and outer blanks; a table's row with its empty cells."""
    for match in re.finditer(r"[^\n]+", text[start:]):
        line = match.group()
        left, right = start + match.start(), start + match.end()
        if not line.strip():
            continue
        if CELL not in line:
            left, right = left + len(line) - len(line.lstrip()), right - (len(line) - len(line.rstrip()))
        yield Span(left, right)


def is_row(text: str, span: Span) -> bool:
    """Whether a stretch of the text is a row of a table, or holds one."""
    return CELL in text[span.start : span.end]


def sentences(text: str, within: Span) -> list[Span]:
    """Sentences of text[within], in order; together they cover it but for blanks between them.

    A sentence ends at 。！？… (and closing quotes after it) or at a newline, never inside a closed
    quotation, title or bracket of at most 200 characters, and at an English full stop before a blank. A table's row
    is one sentence.
    """
    return [span for line in _lines(text, within) for span in _cut(text, line, _ends_sentence)]


def clauses(text: str, within: Span) -> list[Span]:
    """Clauses of text[within]: like sentences, and also cut after ，；： outside quotations and numbers.

    A table's row is one clause.
    """
    return [
        span
        for line in _lines(text, within)
        for span in _cut(text, line, lambda t, i: _ends_sentence(t, i) or _ends_clause(t, i))
    ]


def _lines(text: str, within: Span) -> Iterator[Span]:
    yield from paragraphs(text[: within.end], within.start)


def _cut(text: str, line: Span, ends: Callable[[str, int], bool]) -> list[Span]:
    if is_row(text, line):
        return [line]
    skip_to = _quotation_ends(text, line)
    spans: list[Span] = []
    start = position = line.start
    while position < line.end:
        if position in skip_to:
            position = skip_to[position]
            # A quotation that ends in 。 ends its sentence only where the outer text does not run on.
            if text[position - 2] in _SENTENCE_END and _starts_afresh(text, position, line.end):
                spans.append(Span(start, position))
                start = position
            continue
        if ends(text, position):
            position += 1
            while position < line.end and text[position] in _TRAILING and position not in skip_to:
                position += 1
            spans.append(Span(start, position))
            while position < line.end and text[position].isspace():
                position += 1
            start = position
            continue
        position += 1
    if start < line.end:
        spans.append(Span(start, line.end))
    return spans


def _quotation_ends(text: str, line: Span) -> dict[int, int]:
    """Index of each outermost opening mark -> index just behind the mark that closes it."""
    ends: dict[int, int] = {}
    stack: list[int] = []
    for position in range(line.start, line.end):
        character = text[position]
        if character in _OPENING:
            stack.append(position)
        elif character in _CLOSING:
            while stack and _OPENING[text[stack[-1]]] != character:
                stack.pop()
            if stack:
                opened = stack.pop()
                if position + 1 - opened <= _LONGEST_QUOTATION:
                    ends[opened] = position + 1
    return ends


def _starts_afresh(text: str, position: int, end: int) -> bool:
    """Whether a new sentence begins behind a quotation, and not the rest of its own: “……。”的, “……。”他在会上说，."""
    if position >= end or text[position] in _CLAUSE_END | _SENTENCE_END | _CLOSING | frozenset("、的"):
        return False
    return _SAYS.match(text, position, end) is None


def _ends_sentence(text: str, position: int) -> bool:
    character = text[position]
    if character in _SENTENCE_END:
        return True
    return character == "." and text[position + 1 : position + 2] == " " and text[position - 1 : position].isalpha()


def _ends_clause(text: str, position: int) -> bool:
    if text[position] not in _CLAUSE_END:
        return False
    between_digits = text[position - 1 : position].isdigit() and text[position + 1 : position + 2].isdigit()
    return not between_digits


def trim_clause_end(text: str, span: Span) -> Span:
    """The span without a comma, semicolon or colon at its end."""
    return Span(span.start, span.start + len(text[span.start : span.end].rstrip("，,；;：:、 ")))
