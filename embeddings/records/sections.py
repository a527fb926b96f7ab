"""Lists that stand under several headings as one: 一、在建项目 1. … 2. … 二、未开工项目 1. … 2. …."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from embeddings.records.records import HEADING, Field, Record, RecordSet
from embeddings.types import Span

_MOST = 2 / 3
"""Share of the headings that have items of the kind below them."""


def across_sections(found: Sequence[RecordSet]) -> tuple[RecordSet, ...]:
    """The sets, those of one kind under the headings of another set joined in its place.

    Every record then has the heading that it stands under as a field of the name HEADING, and what held them is no set
    itself.
    """
    inner = [one for one in found if one.kind != "clauses"]
    joined: list[RecordSet] = []
    holders: list[RecordSet] = []
    for one in found:
        if one.kind == "parts" and (within := list(_joined(one, inner))):
            joined.extend(within)
            holders.append(one)
    taken = {one.span for holder in holders for one in inner if _holds(holder, one) and _is_joined(one, joined)}
    rest = [one for one in found if one not in holders and one.span not in taken]
    return (*joined, *rest)


def _holds(holder: RecordSet, one: RecordSet) -> bool:
    return one is not holder and any(_inside(one.span, record.span) for record in holder.records)


def _inside(span: Span, other: Span) -> bool:
    return other.start < span.start and span.end <= other.end


def _joined(holder: RecordSet, inner: Sequence[RecordSet]) -> Iterator[RecordSet]:
    """The sets of each kind that stand in more than one record of the holder, as one."""
    for kind in dict.fromkeys(one.kind for one in inner):
        within = [
            (record, one)
            for record in holder.records
            for one in inner
            if one.kind == kind and one is not holder and _inside(one.span, record.span)
        ]
        innermost = [(r, one) for r, one in within if not any(_holds(one, other) for _, other in within)]
        under = {record.span for record, _ in innermost}
        if len(under) > 1 and len(under) >= _MOST * len(holder.records):
            records = tuple(_under(record, own) for record, one in innermost for own in one.records)
            heads = {one.head for _, one in innermost}
            yield RecordSet(kind, holder.before, records, heads.pop() if len(heads) == 1 else "")


def _under(heading: Record, record: Record) -> Record:
    return replace(record, fields=(*record.fields, Field(HEADING, heading.name)), heading=heading.name)


def _is_joined(one: RecordSet, joined: Sequence[RecordSet]) -> bool:
    return any(record.span == one.records[0].span for other in joined for record in other.records)
