"""The library's components and what happens when a reader filters, pages, opens an article or asks about it alone."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import gradio as gr
from gradio.context import Context

from ui import scripts
from ui.article.reading import open_article
from ui.asking.desk import Desk
from ui.library import render
from ui.library.catalogue import Entry, entries, facets, filtered, page_of
from ui.library.requests import Request, read_request
from ui.types import Answerer
from ui.wording import said

_FIELDS = ("words", "place", "source", "year", "order", "page", "serial")
_FIRST = read_request(*(None for _ in _FIELDS))


class Shelves:
    """The articles of the live snapshot as HTML."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        # A snapshot never changes, and folding twenty thousand titles takes a second.
        self._entries = lru_cache(maxsize=2)(self._read)

    def _read(self, _: str) -> tuple[Entry, ...]:
        return entries(self._answerer.heads())

    def form(self, snapshot: str) -> str:
        """The form over the articles of this snapshot."""
        return render.form(facets(self._entries(snapshot)))

    def rows(self, request: Request) -> str:
        """The page of the list that was asked for."""
        listed = self._entries(self._answerer.snapshot)
        found = filtered(listed, request.wanted)
        return render.rows(page_of(found, request.page), len(listed), request.serial)


def build_library(answerer: Answerer, desk: Desk) -> None:
    """The library within the gr.Tab that is being built; its articles are read when that tab is first opened."""
    tab = Context.block
    if not isinstance(tab, gr.Tab):
        raise TypeError("build_library is to be called directly within a gr.Tab")
    shelves = Shelves(answerer)
    script = scripts.packaged("library/library.js")
    plain: dict[str, Any] = {"apply_default_css": False}
    opened = gr.State("")
    with gr.Row(elem_id="library"):
        with gr.Column(elem_id="library-list"):
            form = gr.HTML("", elem_id="library-form", js_on_load=script, **plain)
            rows = gr.HTML(render.waiting(), elem_id="library-rows", js_on_load=script, **plain)
        pane = gr.HTML(
            _nothing_open(), elem_id="library-pane", elem_classes="reader", js_on_load=scripts.reader(), **plain
        )

    def open_tab(shown: str) -> tuple[Any, ...]:
        snapshot = answerer.snapshot
        if snapshot == shown:
            return gr.skip(), gr.skip(), gr.skip()
        return shelves.form(snapshot), shelves.rows(_FIRST), snapshot

    def look(event: gr.EventData) -> str:
        return shelves.rows(_request(event))

    def read(event: gr.EventData) -> str:
        return open_article(answerer, getattr(event, "article", None))

    def ask(event: gr.EventData) -> tuple[Any, ...]:
        return desk.ask_within((str(getattr(event, "within", "")),))

    def click_in_pane(event: gr.EventData) -> tuple[Any, ...]:
        """A click in the reading pane opens another article, or asks about the one that is open."""
        if getattr(event, "within", None) is not None:
            return gr.skip(), *ask(event)
        return read(event), *(gr.skip() for _ in desk.ask_outputs)

    # One at a time: who comes while the articles are being read waits for them instead of reading them again.
    private: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    tab.select(open_tab, [opened], [form, rows, opened], concurrency_limit=1, **private)
    quiet: dict[str, Any] = {"concurrency_limit": 8, **private}
    form.input(look, None, [rows], trigger_mode="multiple", **quiet)
    rows.click(read, None, [pane], trigger_mode="multiple", **quiet)
    rows.select(ask, None, desk.ask_outputs, **quiet)
    pane.click(click_in_pane, None, [pane, *desk.ask_outputs], trigger_mode="multiple", **quiet)


def _nothing_open() -> str:
    return f'<p class="hint">{said("点击左边的标题，文章在这里打开。", "Click a title; the article opens here.")}</p>'


def _request(event: gr.EventData) -> Request:
    return read_request(*(getattr(event, field, None) for field in _FIELDS))
