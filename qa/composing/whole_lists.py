"""Lists of short items: where several of one are given, the others are given too, for half a list misleads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from embeddings.structure.part_groups import PartGroup, part_groups
from embeddings.structure.sentences import sentences
from embeddings.types import Article, Outline, Span
from qa.evidence.gathering import Evidence

_SEVERAL = 2
"""Items at least that are given, and a third of all, where the rest is given for their sake."""
_SHARE = 3
_LONGEST_ITEM = 120
"""Characters of an item, which is one line or stands within one."""
_LONGEST = 900
"""Characters of all items together."""


@dataclass(frozen=True, slots=True)
class _Item:
    where: Span
    """The line, or the heading, that a sentence of it stands in."""
    first: Span
    """Its first sentence."""


def items_left_out(
    chosen: Sequence[Evidence], best: Evidence, several: bool, outline_of: Callable[[str], Outline]
) -> Iterator[tuple[Article, Span]]:
    """The sentences that begin the items left out of lists of which several are chosen, a third of all or more.

    Where the best sentence lies elsewhere and nothing `several` is asked for it has to be half of them. Of sections
    with more than a heading what heads them is the item.
    """
    for article in dict.fromkeys(evidence.article for evidence in chosen):
        own = [evidence.span for evidence in chosen if evidence.article.id == article.id]
        for group in part_groups(article, outline_of(article.id)):
            lies_on = sum(group.parts[0].start <= span.start < group.parts[-1].end for span in own)
            items = _items(group) if lies_on >= _SEVERAL else []
            given = [item for item in items if any(item.where.start <= span.start < item.where.end for span in own)]
            inside = best.span in own and items and items[0].where.start <= best.span.start < items[-1].where.end
            enough = len(given) * (_SHARE if inside or several else 2) >= len(items)
            if len(given) >= _SEVERAL and enough:
                yield from ((article, item.first) for item in items if item not in given)


def _items(group: PartGroup) -> list[_Item]:
    """The parts that are a line each, or what heads them; none where either is long."""
    text, last = group.article.text, group.parts[-1]
    first = [sentences(text, Span(part.start, part.end))[0] for part in group.parts]
    # Behind the last one the article may go on.
    ends = [*(part.end for part in group.parts[:-1]), last.start + len(text[last.start : last.end].split("\n")[0])]
    lines = [Span(part.start, end) for part, end in zip(group.parts, ends, strict=True)]
    if any("\n" in text[line.start : line.end].strip() for line in lines):
        headed = all(one.end <= part.heading.end for one, part in zip(first, group.parts, strict=True))
        lines = first if headed else []
    lengths = [line.end - line.start for line in lines]
    if max(lengths, default=0) > _LONGEST_ITEM or sum(lengths) > _LONGEST:
        return []
    return [_Item(*both) for both in zip(lines, first, strict=False)]
