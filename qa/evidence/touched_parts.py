"""How the best sentences lie on a run of parts: on what announces it, and on how many of the parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.structure.part_groups import PartGroup
from embeddings.types import Section, Span
from qa.evidence.gathering import Evidence
from qa.evidence.part_groups import announcing_spans
from qa.logistic import chance_of

LIKELY = -0.5
"""The fitted logit from which a sentence touches a list that it stands in; the best one always does."""
ALIKE = 0.5
"""By how much less likely than the best a sentence may be that counts beside it, however unlikely both are."""


@dataclass(frozen=True, slots=True)
class Touched:
    """How the best sentences lie on a group."""

    best: bool
    """Whether the very best lies on it."""
    announced: bool
    """Whether a likely one lies before its parts, in what announces them."""
    directly: bool
    """Whether the very best is the sentence before its parts, in the same paragraph."""
    parts: int
    """How many of its parts hold a likely one."""
    weight: float
    """The sum of the chances of those that lie on it."""


def touch(group: PartGroup, found: Sequence[Evidence]) -> Touched:
    """How the sentences, best first, lie on the group: the first, and those that are likely."""
    least = min(LIKELY, found[0].score - ALIKE)
    likely = [e for e in found if e.score >= least and e.article.id == group.article.id]
    before = [e for e in likely if any(e.span.overlaps(span) for span in announcing_spans(group))]
    inside = [any(e.span.overlaps(_saying(part, group)) for e in likely) for part in group.parts]
    where = (group.before, *(_saying(part, group) for part in group.parts))
    on = [e for e in likely if any(e.span.overlaps(span) for span in where)]
    return Touched(
        best=found[0] in on,
        announced=bool(before),
        directly=found[0] in on and _runs_on(group, found[0].span),
        parts=sum(inside),
        weight=sum(chance_of(e.score) for e in on),
    )


def _saying(part: Section, group: PartGroup) -> Span:
    """Where a sentence lies on a part: on what heads it where it has parts itself, or is a section of the article.

    All of an article lies in one of its sections, and a sentence in a part's own part is of that list.
    """
    return part.heading if group.whole_article or part.children else Span(part.start, part.end)


def has_its_own(part: Section, group: PartGroup, likely: Sequence[Evidence]) -> bool:
    """Whether one of these sentences of its article lies on the part and on no other."""
    own = (e for e in likely if e.span.overlaps(Span(part.start, part.end)))
    return any(sum(e.span.overlaps(Span(other.start, other.end)) for other in group.parts) == 1 for e in own)


def _runs_on(group: PartGroup, sentence: Span) -> bool:
    return sentence.end <= group.parts[0].start and not group.article.text[sentence.end : group.parts[0].start].strip(
        " "
    )
