"""The page as gradio Blocks: a header, and tabs to ask, to browse the library and to see the corpus in pictures."""

from __future__ import annotations

import os
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr

from ui import scripts, wording
from ui.asking import frame as render_frame
from ui.asking.ask_tab import build_ask
from ui.idling import queue_quietly
from ui.library import build_library
from ui.overview import build_overview
from ui.types import Answerer, Hooks
from ui.web.api import add_api
from ui.wording import label

STYLES = (
    "static/page.css",
    "static/page_conversation.css",
    "static/page_reader.css",
    "static/page_drawer.css",
    "library/library.css",
    "overview/overview.css",
)

_NO_HOOKS = Hooks()
WAITING = 200
"""Requests that wait for their turn at most: more would wait longer than people do."""


def build_page(answerer: Answerer, hooks: Hooks = _NO_HOOKS, waiting: int = WAITING) -> gr.Blocks:
    """The page over this answerer; `hooks` say what it may hand on to the corpus's owner.

    Whoever comes when `waiting` requests wait already is told that it is busy.
    """
    page = gr.Blocks(title="溯源 Suyuan", analytics_enabled=False, fill_height=True, fill_width=True)
    plain: dict[str, Any] = {"apply_default_css": False}
    with page:
        add_api(answerer)  # first: names are given in order, and the page's own functions would take them
        with gr.Row(elem_id="header"):
            gr.HTML(render_frame.BRAND, elem_id="brand", js_on_load=None, **plain)
            gr.HTML(render_frame.SWITCHES, elem_id="switches", js_on_load=None, **plain)
            start_over = gr.Button(label("新对话"), elem_id="start-over", size="sm", min_width=96, scale=0)
        browser = gr.HTML("", html_template=render_frame.DRAWER, elem_id="drawer", js_on_load=scripts.drawer(), **plain)
        with gr.Tabs(elem_id="views", selected="ask") as tabs:
            with gr.Tab(label("问答"), id="ask", elem_id="view-ask", render_children=True):
                desk = build_ask(answerer, hooks, tabs, browser, start_over)
            with gr.Tab(label("文库"), id="library", elem_id="view-library"):
                build_library(answerer, desk)
            with gr.Tab(label("图景"), id="overview", elem_id="view-overview"):
                build_overview(answerer, desk)
    queue_quietly(page, waiting)
    return page


def translations() -> gr.I18n:
    """The words on gradio's own components in both languages."""
    return gr.I18n(**{"zh-CN": {word: word for word in wording.WORDS}, "en": wording.WORDS})
