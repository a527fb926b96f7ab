"""Whether sentences of an article stand under the heading whose words a reply puts them under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from embeddings.folding import squeeze
from embeddings.structure.enumerators import without_enumerator
from embeddings.structure.outline import section_path
from embeddings.types import Article, Section
from qa.checking.material import Paper, Stated

_SHORTEST, _LONGEST = 3, 20
"""Characters of a heading that names a part; longer ones say something, and replies reword them."""


def under_its_heading(text: str, paper: Paper, chosen: Sequence[Stated]) -> bool:
    """Whether no heading that the text repeats belongs to another part than the one that the first sentence stands in.

    The first that is no heading itself. A text that repeats several headings of a list speaks of the whole list.
    """
    said = squeeze(text)
    for parts in _lists(paper.outline.sections):
        headings = [part.heading for part in parts]
        main = next((s for s in chosen if not any(s.span.overlaps(heading) for heading in headings)), None)
        if main is None:
            continue
        within = {section.heading for section in section_path(paper.outline, main.span)}
        named = [part.heading for part in parts if _is_named(main.article, part, said)]
        if len(named) == 1 and named[0] not in within and not within.isdisjoint(headings):
            return False
    return True


def _lists(sections: Sequence[Section]) -> Iterator[Sequence[Section]]:
    if len(sections) > 1:
        yield sections
    for section in sections:
        yield from _lists(section.children)


def _is_named(article: Article, section: Section, said: str) -> bool:
    heading = without_enumerator(article.text, section.heading)
    name = squeeze(article.text[heading.start : heading.end].strip("。：；"))
    return _SHORTEST <= len(name) <= _LONGEST and name in said
