"""What structure answers a question on items with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from embeddings.records.records import Record, RecordSet
from embeddings.types import Article, Span
from qa.items.asked import Action
from qa.items.figures import Figure, FigureColumn

_LEAST_COMPARED = 2


@dataclass(frozen=True, slots=True)
class Stated:
    """What the article itself says of a count or a sum."""

    span: Span
    """The sentence, or the row of the table that sums up."""
    value: Decimal


@dataclass(frozen=True, slots=True)
class Unjudged:
    """An item of which it can't be said whether it is one of those asked for."""

    record: Record
    words: str
    """What it says instead; empty where it says nothing."""


@dataclass(frozen=True, slots=True)
class ItemsFound:
    """The items that a question asks for, and by what rule."""

    action: Action
    article: Article
    records: RecordSet
    chosen: tuple[Record, ...]
    """Those that meet the conditions, in the order asked for."""
    unjudged: tuple[Unjudged, ...]
    rules: tuple[str, ...]
    """The conditions, as a note puts them; none where all items are asked for."""
    states: tuple[tuple[str, bool], ...]
    """What those of them that are no bounds say, and whether it has to be denied."""
    fields: tuple[str, ...]
    """Names of the fields that the conditions were read in."""
    unit: str
    """What is counted by, as the question says it; may be empty."""
    column: FigureColumn | None = None
    """What they are ordered or summed up by."""
    stated: Stated | None = None
    compared: int = 0
    """Of how many figures those chosen have the largest or smallest."""

    @property
    def is_whole_list(self) -> bool:
        """Whether all items are listed and nothing else was asked of them."""
        return self.action == "list" and not self.rules

    @property
    def terms(self) -> tuple[tuple[Record, Figure], ...]:
        """The figures that are summed up."""
        chosen = {record.name for record in self.chosen}
        return tuple(term for term in (self.column.figures if self.column else ()) if term[0].name in chosen)

    @property
    def total(self) -> Decimal:
        """Their sum."""
        return sum((figure.value for _, figure in self.terms), Decimal())

    @property
    def without(self) -> tuple[Record, ...]:
        """Those chosen that state no figure to sum up or compare."""
        chosen = {record.name for record in self.chosen}
        return tuple(record for record in (self.column.without if self.column else ()) if record.name in chosen)


def with_extremes(found: ItemsFound, number: int) -> ItemsFound | None:
    """Of the items chosen those with the `number` largest or smallest figures, and all that share the last of them."""
    terms = sorted(found.terms, key=lambda term: term[1].value, reverse=found.action == "most")
    if len(terms) < _LEAST_COMPARED:
        return None
    last = terms[:number][-1][1].value
    reached = [record for n, (record, figure) in enumerate(terms) if n < number or figure.value == last]
    return replace(found, chosen=tuple(reached), compared=len(terms))
