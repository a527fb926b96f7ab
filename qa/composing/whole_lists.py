"""Lists of short items: where several of one are given, the others are given too, for half a list misleads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from embeddings.structure.part_groups import PartGroup, part_groups
from embeddings.structure.sentences import sentences
from embeddings.types import Article, Outline, Section, Span
from qa.evidence.gathering import Evidence

_SEVERAL = 2
"""Items at least that are given, and a third of all, where the rest is given for their sake."""
_SHARE = 3
_LONGEST_ITEM = 120
"""Characters of an item, which is one line or stands within one."""
_LONGEST = 900
"""Characters of all items together."""


def items_left_out(
    chosen: Sequence[Evidence], best: Evidence, several: bool, outline_of: Callable[[str], Outline]
) -> Iterator[tuple[Article, Span]]:
    """The sentences that begin the items left out of lists of which several are chosen, a third of all or more.

    Where the best sentence lies elsewhere and nothing `several` is asked for it has to be half of them.
    """
    for article in dict.fromkeys(evidence.article for evidence in chosen):
        for group in part_groups(article, outline_of(article.id)):
            if not _is_short(group):
                continue
            given = [part for part in group.parts if any(_lies_on(evidence, part, article) for evidence in chosen)]
            inside = _lies_on(best, group.parts[0], article, group.parts[-1].end)
            enough = len(given) * (_SHARE if inside or several else 2) >= len(group.parts)
            if len(given) >= _SEVERAL and enough:
                left_out = (part for part in group.parts if part not in given)
                yield from ((article, sentences(article.text, Span(p.start, p.end))[0]) for p in left_out)


def _is_short(group: PartGroup) -> bool:
    """Whether its items are single lines; behind the last one the article may go on."""
    *others, last = group.parts
    text, total = group.article.text, last.start - group.parts[0].start
    lines = [text[part.start : part.end].strip() for part in others]
    lines.append(text[last.start : last.end].split("\n")[0])
    return total <= _LONGEST and all("\n" not in line and len(line) <= _LONGEST_ITEM for line in lines)


def _lies_on(evidence: Evidence, part: Section, article: Article, end: int | None = None) -> bool:
    inside = part.start <= evidence.span.start < (part.end if end is None else end)
    return evidence.article.id == article.id and inside
