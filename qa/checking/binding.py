"""Whether a source states a number or a name of the same thing: “甲市3人，乙市5人” does not say “甲市5人”."""

from __future__ import annotations

from collections.abc import Sequence

from embeddings.structure.numerals import label_number
from embeddings.structure.outline import section_path
from qa.checking.material import Paper, Stated, year_before
from qa.checking.part import Part
from qa.claims.anchors import Anchor, rivals, same_claim
from qa.claims.claims import Name
from qa.claims.counts import counted
from qa.claims.quantities import Quantity, agrees

_TAKEN = 0.75
"""Likeness from which another name of the source has the place that a name of the title has in the reply."""


def holds_claim(stated: Stated, anchor: Anchor) -> bool:
    """Whether the sentence states the number or name, of whatever thing."""
    if isinstance(anchor.claim, Name):
        return anchor.claim.text in stated.spelt
    return any(same_claim(anchor.claim, other.claim) for other in stated.anchors)


def on_page(anchor: Anchor, paper: Paper) -> bool:
    """Whether the article's title, headings or date state it."""
    if isinstance(anchor.claim, Name):
        return anchor.claim.text in paper.about.spelt
    return any(agrees(anchor.claim, quantity) for quantity in paper.about.quantities)


def fit(part: Part, anchor: Anchor, stated: Stated) -> float:
    """How well the number or name, as the reply has it, fits where the sentence states it."""
    same = [part.likeness(anchor, other) for other in stated.anchors if same_claim(anchor.claim, other.claim)]
    return max(same, default=part.share(anchor.around, stated.held))


def bound(part: Part, anchor: Anchor, paper: Paper, chosen: Sequence[Stated], margin: float) -> bool:
    """Whether the chosen sentences, or what the article says of itself, state it, and nothing else fits its place.

    Two numbers that both stand in the reply are compared as a pair: as they are said with as they would be if swapped.
    """
    others = [other for stated in chosen for other in stated.anchors if rivals(anchor.claim, other.claim)]
    holding = [stated for stated in chosen if holds_claim(stated, anchor)]
    if not holding:
        return _stated_elsewhere(part, anchor, paper, chosen, others)
    if isinstance(anchor.claim, Name) and not _follows_its_name(anchor.claim, paper, chosen[0]):
        return False
    if isinstance(anchor.claim, Quantity) and _of_another_year(part, anchor.claim, holding):
        return False
    own, where = max(((fit(part, anchor, stated), stated) for stated in holding), key=lambda pair: pair[0])
    # With no words beside it, nothing tells it from others of its own sentence.
    compared = [other for other in others if anchor.beside or other not in where.anchors]
    return not any(
        _fits_better(part, anchor, own, other, others, margin)
        for other in compared
        if _alike(anchor, other) and not same_claim(anchor.claim, other.claim)
    )


def _of_another_year(part: Part, said: Quantity, holding: Sequence[Stated]) -> bool:
    """Whether wherever the source gives this day or month with its year, that is not the year in the reply."""
    year = _adjoining_year(said, part.claims.quantities)
    stated = [(q, one.claims.quantities) for one in holding for q in one.claims.quantities if agrees(said, q)]
    years = [found.value for q, around in stated if (found := _adjoining_year(q, around))]
    return year is not None and len(years) == len(stated) and bool(years) and year.value not in years


def _adjoining_year(quantity: Quantity, around: Sequence[Quantity]) -> Quantity | None:
    """The year that a month or day of a month adjoins (2006年2月)."""
    before = next((other for other in around if other.end == quantity.start), None)
    if before is None or quantity.unit not in ("月", "日"):
        return None
    return before if before.is_year else _adjoining_year(before, around)


def _fits_better(
    part: Part, anchor: Anchor, own: float, other: Anchor, others: Sequence[Anchor], margin: float
) -> bool:
    twin = next((a for a in part.anchors if a is not anchor and _means(part, a, other, others)), None)
    if twin is None:
        return own < part.likeness(anchor, other) - margin
    as_said = own + _best(part, twin, others, twin)
    swapped = part.likeness(anchor, other) + _best(part, twin, others, anchor)
    return as_said < swapped - margin


def _means(part: Part, said: Anchor, stated: Anchor, others: Sequence[Anchor]) -> bool:
    """Whether `said` is stated there, and fits nowhere else better."""
    same = same_claim(said.claim, stated.claim)
    return same and part.likeness(said, stated) >= _best(part, said, others, said)


def _best(part: Part, said: Anchor, others: Sequence[Anchor], claim: Anchor) -> float:
    """How well `said` fits where the source states the claim of `claim`."""
    return max((part.likeness(said, o) for o in others if same_claim(claim.claim, o.claim)), default=0.0)


def _alike(anchor: Anchor, other: Anchor) -> bool:
    """Whether one could be mistaken for the other: numbers in one unit, names of one kind."""
    said, stated = anchor.claim, other.claim
    return not isinstance(said, Quantity) or (isinstance(stated, Quantity) and said.unit == stated.unit)


def _stated_elsewhere(
    part: Part, anchor: Anchor, paper: Paper, chosen: Sequence[Stated], others: Sequence[Anchor]
) -> bool:
    """Whether the page, the sentences before or the article's structure state what no chosen sentence does."""
    taken = max((part.likeness(anchor, other) for other in others if _alike(anchor, other)), default=0.0)
    if isinstance(anchor.claim, Name):
        return taken < _TAKEN and on_page(anchor, paper)
    if anchor.claim.is_year:
        return not others and (on_page(anchor, paper) or year_before(chosen[0]) == anchor.claim.value)
    if anchor.claim.unit.startswith("第") and _is_part(anchor.claim, paper, chosen):
        return True
    spans = [stated.span for stated in chosen]
    return (taken < _TAKEN and on_page(anchor, paper)) or counted(
        anchor.claim, part.text, chosen[0].article, paper.outline, spans
    )


def _is_part(said: Quantity, paper: Paper, chosen: Sequence[Stated]) -> bool:
    """Whether the chosen sentences stand in the part of the article that has this number (第二个: 二是…)."""
    paths = (section_path(paper.outline, stated.span) for stated in chosen)
    labels = (section.label for path in paths for section in path if section.label)
    own = (stated.text[:3] for stated in chosen if stated.text[1:2] in tuple("是、，") or stated.text.startswith("第"))
    return any(label_number(label) == said.value for label in (*labels, *own))


def _follows_its_name(name: Name, paper: Paper, main: Stated) -> bool:
    """Whether, of names of one form (“作战图”, “结合图”), the last before the main sentence is this one."""
    if name.text in main.spelt:
        return True
    named = [
        other.text
        for stated in paper.sentences
        if stated.span.start <= main.span.start
        for other in stated.claims.names
        if other.kind == name.kind and len(other.text) == len(name.text) and other.text[-1] == name.text[-1]
    ]
    return not named or named[-1] == name.text
