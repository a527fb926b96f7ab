"""The overview's components: pictures of the whole corpus, drawn when a reader first opens them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import gradio as gr
from gradio.components.plot import PlotData
from gradio.context import Context

from ui import scripts
from ui.asking.desk import Desk
from ui.overview import figures, tables
from ui.overview.picture import frequent_names, map_of, timeline
from ui.types import Answerer

PASSAGES = 4000
"""Passages on the map at most: more are no picture, and slow to draw."""
_PICTURES = (
    ("time", "文章与时间", "Articles over time"),
    ("map", "语料地图", "A map of the corpus"),
    ("names", "常见的数字名称", "Frequent numbered names"),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture and what stands below it."""

    figure: PlotData
    below: str


def build_overview(answerer: Answerer, desk: Desk) -> None:
    """The overview within the gr.Tab that is being built; it is worked out when that tab is first opened."""
    tab = Context.block
    if not isinstance(tab, gr.Tab):
        raise TypeError("build_overview is to be called directly within a gr.Tab")
    script = scripts.packaged("overview/overview.js")
    opened = gr.State("")
    plots: list[gr.Plot] = []
    belows: list[gr.HTML] = []
    with gr.Column(elem_id="overview"):
        for name, zh, en in _PICTURES:
            with gr.Column(elem_id=f"overview-{name}", elem_classes="picture"):
                gr.HTML(tables.heading(zh, en), js_on_load=None, apply_default_css=False)
                plots.append(gr.Plot(show_label=False, container=False))
                belows.append(gr.HTML(tables.waiting(), js_on_load=script, apply_default_css=False))

    @lru_cache(maxsize=2)
    def drawn(_: str) -> tuple[Drawn, ...]:
        # A snapshot never changes, so its id alone says whether they are still right.
        return draw(answerer)

    def open_tab(shown: str) -> tuple[Any, ...]:
        snapshot = answerer.snapshot
        if snapshot == shown:
            return tuple(gr.skip() for _ in (*plots, *belows, opened))
        pictures = drawn(snapshot)
        return *(picture.figure for picture in pictures), *(picture.below for picture in pictures), snapshot

    def read(event: gr.EventData) -> tuple[Any, ...]:
        return desk.read(str(getattr(event, "article", "")))

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    # One at a time: who comes while the pictures are being worked out waits for them instead of doing it again.
    tab.select(open_tab, [opened], [*plots, *belows, opened], concurrency_limit=1, **quiet)
    for below in belows:
        below.click(read, None, desk.read_outputs, trigger_mode="multiple", concurrency_limit=8, **quiet)


def draw(answerer: Answerer) -> tuple[Drawn, ...]:
    """The pictures in their order; of twenty thousand articles it takes some seconds."""
    heads = answerer.heads()
    over_time = timeline(heads)
    mapped = map_of(answerer.sampled(PASSAGES), heads)
    names = frequent_names(answerer.texts())
    return (
        Drawn(figures.timeline_figure(over_time), tables.timeline_table(over_time)),
        Drawn(figures.map_figure(mapped), tables.map_table(mapped)),
        Drawn(figures.names_figure(names), tables.names_table(names)),
    )
