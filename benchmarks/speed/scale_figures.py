"""The figures that docs/many-machines.md works with, by their names there, worked out of what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.speed.rebuilding_figures import Grown, Record, middle

ARTICLES = 10_000_000
"""What docs/many-machines.md is about."""
_MANY = 32
"""People at once whose answers a second are taken for what a machine can do."""
_LIMIT = 60.0
"""Milliseconds that 95% of the retrievals are to stay below."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A name in double braces in the document, and what is to stand there."""

    name: str
    value: str


def scale_figures(record: Record) -> tuple[Figure, ...]:
    """All that can be given: rates from the comparison, the rest from the largest size, growth from the two largest."""
    sizes = record.grown()
    figures = [Figure("machine", one.machine) for one in record.measured[:1]]
    if sizes:
        figures.extend(_of_size(sizes[-1]))
    if len(sizes) > 1:
        figures.extend(_of_growth(sizes[-2], sizes[-1]))
    for system, name in (("suyuan", "cold"), ("langchain", "tutorial")):
        one = middle(record.built(), system)  # type: ignore[arg-type]
        if one and one.rate_beyond_start:
            figures.append(Figure(f"rate_{name}", f"{one.rate_beyond_start:,.0f}"))
            if sizes:
                hours = _characters(sizes[-1]) / one.rate_beyond_start / 3600
                figures.append(Figure(f"hours_{name}", f"{hours:,.0f}"))
    return tuple(figures)


def _characters(size: Grown) -> float:
    """Of ten million articles like these."""
    return ARTICLES * size.asked.characters / size.asked.articles


def _of_size(size: Grown) -> Iterator[Figure]:
    asked, warm = size.asked, size.rate
    times = ARTICLES / asked.articles
    yield Figure("files", f"{size.files:,}")
    yield Figure("articles", f"{asked.articles:,}")
    yield Figure("passages", f"{asked.passages:,}")
    yield Figure("characters", f"{asked.characters:,}")
    yield Figure("per_article", f"{asked.characters / asked.articles:,.0f}")
    yield Figure("passages_each", f"{asked.passages / asked.articles:.2f}")
    yield Figure("all_characters", f"{round(_characters(size), -7):,.0f}")
    yield Figure("all_passages", f"{round(asked.passages * times, -5):,.0f}")
    if not size.is_cold:
        yield Figure("rate_warm", f"{warm:,.0f}")
        yield Figure("hours_warm", f"{_characters(size) / warm / 3600:,.0f}")
    yield Figure("memory_rebuild", _megabytes(size.rebuild_peak))
    yield Figure("memory_page", _megabytes(size.page_peak))
    yield Figure("memory_asking", _megabytes(size.asking_peak))
    yield Figure("unchanged", f"{size.unchanged_seconds:.1f}")
    yield Figure("changed", f"{size.changed_seconds:.1f}")
    yield Figure("unchanged_hours", f"{size.unchanged_seconds * times / 3600:.1f}")
    yield Figure("retrieval_p50", f"{asked.retrieval[0].latency.p50:.0f}")
    yield Figure("retrieval_p95", f"{asked.retrieval[0].latency.p95:.0f}")
    many = next(one for one in asked.answers if one.people == _MANY)
    yield Figure("answers_a_second", f"{many.per_second:.1f}")
    yield Figure("snapshot", _megabytes(size.snapshot_bytes))
    yield Figure("all_snapshot", f"{size.snapshot_bytes * times / 1e9:,.0f}")
    for part in ("corpus", "vectors", "lexical"):
        held = sum(one.size for one in size.snapshot if one.name.startswith(part))
        yield Figure(f"bytes_{part}", f"{held / asked.passages:,.0f}")
        yield Figure(f"all_{part}", f"{held * times / 1e9:,.0f}")


def _of_growth(smaller: Grown, larger: Grown) -> Iterator[Figure]:
    """How much more memory and time more passages cost, from one size to the next, and where that would lead."""
    more = larger.asked.passages - smaller.asked.passages
    yield Figure("files_smaller", f"{smaller.files:,}")
    later = larger.asked.retrieval[0].latency.p50 - smaller.asked.retrieval[0].latency.p50
    yield Figure("ms_per_100k", f"{later / more * 100_000:.0f}")
    slower = larger.asked.retrieval[0].latency.p95 - smaller.asked.retrieval[0].latency.p95
    if slower > 0:
        reached = larger.asked.passages + (_LIMIT - larger.asked.retrieval[0].latency.p95) * more / slower
        yield Figure("passages_at_limit", f"{round(reached, -3):,.0f}")
    for name, least, most in (
        ("rebuild", smaller.rebuild_peak, larger.rebuild_peak),
        ("page", smaller.page_peak, larger.page_peak),
    ):
        if least and most:
            yield Figure(f"growth_{name}", f"{(most - least) / more / 1e3:.1f}")


def _megabytes(size: int | None) -> str:
    return f"{size / 1e6:,.0f}" if size else "?"
