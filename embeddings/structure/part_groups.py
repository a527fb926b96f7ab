"""Runs of parallel parts in an outline, with what stands before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from embeddings.types import Article, Outline, Section, Span

_QUOTES = ("“", "‘", '"', "「")


@dataclass(frozen=True, slots=True)
class PartGroup:
    """A run of sibling parts of one form, with the text of their section before the first of them, if any."""

    article: Article
    before: Span
    parts: tuple[Section, ...]
    whole_article: bool
    """Whether the parts are the article's own sections."""
    heading: Span | None = None
    """What announces the section whose parts they are."""

    @property
    def is_name(self) -> bool:
        """Whether a name spells them out in one sentence."""
        return self.heading is None and not self.whole_article


def part_groups(article: Article, outline: Outline) -> Iterator[PartGroup]:
    """The groups of two parts and more, at any depth."""
    top = outline.sections
    if len(top) == 1 and any(section.kind == "heading" and section.children for section in top[0].children):
        # One heading over all of them is a second title (2024年第9号).
        top = top[0].children
    pending: list[tuple[int, Span | None, tuple[Section, ...]]] = [(article.body_start, None, top)]
    while pending:
        start, heading, siblings = pending.pop()
        for parts in _runs([section for section in siblings if section.kind != "name"]):
            if len(parts) >= 2:
                yield PartGroup(article, Span(start, parts[0].start), parts, siblings is top, heading)
        for section in siblings:
            if section.kind == "name":
                yield PartGroup(article, section.heading, section.children, whole_article=False)
            elif section.children and heading and len(siblings) == 1 and section.kind == "item":
                # The one line of a section that opens a list has the section's heading above it.
                pending.append((start, heading, section.children))
            elif section.children:
                pending.append((section.start, section.heading, section.children))


def _form(section: Section) -> str:
    """What its enumerator has in common with others of its list: “1”是 and “2”是, 一是 and 二是."""
    opening = section.label[:1] if section.label[:1] in _QUOTES else ""
    return opening + section.label[-1:] or section.kind


def _runs(siblings: Sequence[Section]) -> Iterator[tuple[Section, ...]]:
    """Neighbours of one form; where the first enumerator, or the one before, comes again, another list begins."""
    for _, run in groupby(siblings, key=_form):
        parts = list(run)
        for begin, end in pairwise([0, *_beginning_again(parts), len(parts)]):
            yield tuple(parts[begin:end])


def _beginning_again(parts: Sequence[Section]) -> list[int]:
    # Bullets, all alike, count nothing.
    if len({part.label for part in parts}) == 1:
        return []
    return [
        n for n, part in enumerate(parts) if n and part.label and part.label in (parts[0].label, parts[n - 1].label)
    ]
