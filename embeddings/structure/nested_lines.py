"""Lists within lists: a line lies under the nearest above it that is indented less, or that opens the list it is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from embeddings.bullets import bullet_end
from embeddings.structure.enumerations import read_items
from embeddings.structure.enumerators import announcement, enumerator_end
from embeddings.structure.title_lines import can_be_title
from embeddings.types import Section, Span

INDENT = "  "
"""What a line of a list begins with in an article's text, once for every list around its own."""
DEEPEST = 9
"""How many lists around its own are told that way: word processors have as many levels."""


def nested(text: str, span: Span) -> int:
    """In how many lists the list lies whose line holds the span; 0 for running text."""
    start = text.rfind("\n", 0, span.start) + 1
    depth = 0
    while text.startswith(INDENT, start + depth * len(INDENT)):
        depth += 1
    return depth


def parents_of(text: str, span: Span) -> tuple[Span, ...]:
    """The lines that the line of the span lies under, outermost first; none for running text."""
    found: list[Span] = []
    depth, start = nested(text, span), text.rfind("\n", 0, span.start) + 1
    while depth and start:
        end = start - 1
        start = text.rfind("\n", 0, end) + 1
        above = nested(text, Span(start, end))
        if above < depth and text[start:end].strip():
            found.append(Span(start + above * len(INDENT), end))
            depth = above
    return tuple(reversed(found))


def opens_list(text: str, span: Span) -> bool:
    """Whether the line after that of the span lies under it."""
    end = text.find("\n", span.end)
    return end >= 0 and nested(text, Span(end + 1, end + 1)) > nested(text, span)


def depths_of(text: str, lines: Sequence[Span], items: Set[int], headings: Set[int]) -> Mapping[int, int]:
    """By the start of each line how deep it lies in lists: items without numbers lie under the line that opens them.

    That is one that ends in a colon, or can be a heading, with two items behind it; other items stand by themselves.
    """
    depths: dict[int, int] = {}
    opened = False
    for number, line in enumerate(lines):
        depth = nested(text, line)
        if depth == 0:
            is_item = line.start in items
            opened = is_item and (opened or _opens_items(text, lines[number - 1 : number + 2], items, headings))
        depths[line.start] = depth + opened
    return depths


def _opens_items(text: str, around: Sequence[Span], items: Set[int], headings: Set[int]) -> bool:
    """Whether the first of three lines opens a list that the two others begin."""
    if len(around) < 3 or around[0].start in items or (around[2].start not in items and not nested(text, around[2])):
        return False
    line = text[around[0].start : around[0].end]
    return around[0].start in headings or line.endswith(("：", ":")) or can_be_title(line)


def items_below(text: str, lines: Sequence[Span], depths: Mapping[int, int]) -> Mapping[int, tuple[Section, ...]]:
    """By the start of each line that lies in no list the items of the lists under it."""
    found: dict[int, tuple[Section, ...]] = {}
    opening: Span | None = None
    below: list[Span] = []
    for line in [*lines, None]:
        if line is not None and depths[line.start] and opening is not None:
            below.append(line)
            continue
        if opening is not None and below:
            found[opening.start] = _items(text, below, depths)
        opening, below = line, []
    return found


def _items(text: str, lines: Sequence[Span], depths: Mapping[int, int]) -> tuple[Section, ...]:
    """Lines of lists as nested items: one that lies deeper than the one before lies under it."""
    least = min(depths[line.start] for line in lines)
    starts = [number for number, line in enumerate(lines) if number == 0 or depths[line.start] <= least]
    items: list[Section] = []
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        line, inner = lines[start], lines[start + 1 : stop]
        label = label_of(text, line)
        children = _items(text, inner, depths) if inner else read_items(text, line)
        items.append(Section("item", label, announcement(text, line), line.start, lines[stop - 1].end, children))
    return tuple(items)


def label_of(text: str, line: Span) -> str:
    """The number or bullet that a line of a list begins with; empty where it has none."""
    end = enumerator_end(text, line)
    end = end if end > line.start else line.start + bullet_end(text[line.start : line.end])
    return text[line.start : end].strip()
