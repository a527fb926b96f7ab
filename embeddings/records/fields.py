"""What is said of a record: “责任单位：县住建局。总投资2,300万元” as fields, each with its name and its value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from embeddings.records.records import Field
from embeddings.types import Span

KEY = r"[^\W\d_][^\s：:；;，,。、]{0,11}"
_KEYED = re.compile(rf"(?P<key>{KEY})\s*[：:]\s*(?=\S)")
_SEGMENT_END = re.compile(rf"[；;。！!？?\n\t]|(?<!\d)[，,]|[，,](?!\d)|[ \u3000]+(?={KEY}\s*[：:])")
_FIGURE_FIRST = re.compile(
    r"(?P<key>[^\W\d_]{2,8}?)(?:约为|共计|合计|达到|[约为达共计])?(?=\d[\d,，]*(?:\.\d+)?\s*[^\W\d_]{0,4}[%％‰]?$)"
)
_IS = re.compile(r"(?P<key>[^\W\d_]{2,8}?)(?:为|是)(?=.)")
_OPENING = dict(zip("（(《“【[", "）)》”】]", strict=True))


def keyed(text: str, span: Span) -> re.Match[str] | None:
    """The key that a stretch begins with (“进展：”), up to its value."""
    return _KEYED.match(text, span.start, span.end)


def fields_of(text: str, within: Span) -> tuple[Field, ...]:
    """The fields of text[within], in order; what nothing names is a field without a name."""
    return tuple(_field(text, segment) for segment in _segments(text, within))


def _segments(text: str, within: Span) -> Iterator[Span]:
    start = within.start
    for end, following in _ends(text, within):
        if segment := _trimmed(text, Span(start, end)):
            yield segment
        start = following


def _ends(text: str, within: Span) -> Iterator[tuple[int, int]]:
    """Where segments end and the next ones begin; nowhere inside brackets."""
    closed = within.start
    for match in _SEGMENT_END.finditer(text, within.start, within.end):
        if match.start() < closed:
            continue
        if (inside := _bracket_end(text, within, match.start())) > match.start():
            closed = inside
            continue
        yield match.start(), match.end()
    yield within.end, within.end


def _bracket_end(text: str, within: Span, position: int) -> int:
    """Where the bracket that a position stands in is closed; the position itself where it stands in none."""
    line = max(within.start, text.rfind("\n", within.start, position) + 1)
    opened: list[str] = []
    for character in text[line:position]:
        if character in _OPENING:
            opened.append(_OPENING[character])
        elif opened and character == opened[-1]:
            opened.pop()
    if not opened:
        return position
    line_end = text.find("\n", position, within.end)
    return text.find(opened[0], position, line_end if line_end >= 0 else within.end) + 1


def _trimmed(text: str, span: Span) -> Span | None:
    said = text[span.start : span.end]
    start = span.start + len(said) - len(said.lstrip(" \u3000\t\n"))
    end = span.end - (len(said) - len(said.rstrip(" \u3000\t\n")))
    return Span(start, end) if start < end else None


def _field(text: str, segment: Span) -> Field:
    for form in (_KEYED, _FIGURE_FIRST, _IS):
        match = form.match(text, segment.start, segment.end)
        if match and match.end() < segment.end:
            return Field(match["key"], Span(match.end(), segment.end))
    return Field("", segment)
