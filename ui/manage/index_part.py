"""The right part of the first tab: the index rebuilt and followed, and rolled back."""

from __future__ import annotations

import gradio as gr

from embeddings.errors import SuyuanError
from embeddings.rebuilding.rebuild import roll_back_index
from ui.folder.catalogue import built_indexes
from ui.folder.owner import Owner
from ui.folder.rebuilding import Rebuilder, rebuild_command
from ui.manage import render, render_index
from ui.manage.articles_part import QUIET, ArticlesPart, Update
from ui.wording import label

_TICK = 0.5
"""Seconds between two looks at a rebuild under way."""


def build_index(owner: Owner, rebuilder: Rebuilder, articles: ArticlesPart, page: gr.Blocks) -> None:
    """Build and wire the components; loading the page fills them and the list of articles."""
    indexes = gr.HTML("", elem_id="indexes", js_on_load=None, apply_default_css=False)
    with gr.Row(elem_id="rebuild-buttons"):
        start = gr.Button(label("重建索引"), variant="primary", elem_id="rebuild", min_width=120)
        halt = gr.Button(label("停止"), elem_id="stop", min_width=80, interactive=False)
    status = gr.HTML("", elem_id="rebuilding", js_on_load=None, apply_default_css=False)
    back = gr.Button(label("退回上一份…"), elem_id="back", size="sm")
    with gr.Column(visible=False, elem_id="confirm") as confirm:
        question = gr.HTML("", js_on_load=None, apply_default_css=False)
        with gr.Row():
            yes = gr.Button(label("确定退回"), variant="stop", elem_id="back-yes", size="sm")
            no = gr.Button(label("取消"), elem_id="back-no", size="sm")
    timer = gr.Timer(_TICK, active=False)

    def progress() -> Update:
        running = rebuilder.state.is_running
        html = render_index.rebuilding(rebuilder.state)
        return html, gr.Button(interactive=not running), gr.Button(interactive=running), gr.Timer(active=running)

    def rest(text: str, at: int) -> Update:
        return shown_indexes(owner), *articles.show(text, at)

    def begin() -> Update:
        try:
            rebuilder.start(rebuild_command(owner.index, owner.folder))
        except SuyuanError as error:
            return render.notice([render.plain(str(error))], is_error=True), *progress()[1:]
        return progress()

    def tick(text: str, at: int) -> Update:
        now = progress()
        # While it runs nothing else changes, and the list may be long.
        unchanged = tuple(gr.skip() for _ in range(len(articles.outputs) + 1))
        return now + (unchanged if rebuilder.state.is_running else rest(text, at))

    def end(text: str, at: int) -> Update:
        rebuilder.stop()
        return tick(text, at)

    def ask_first() -> Update:
        try:
            live, previous = built_indexes(owner.index)
        except SuyuanError as error:
            return render.notice([render.plain(str(error))], is_error=True), gr.skip(), gr.skip()
        if previous is None:
            return render_index.nothing_before(), gr.skip(), gr.skip()
        return "", render_index.confirmation(live, previous), gr.Column(visible=True)

    def keep() -> gr.Column:
        return gr.Column(visible=False)

    def open_page(text: str, at: int) -> Update:
        return progress() + rest(text, at)

    def roll_back(text: str, at: int) -> Update:
        rebuilder.forget()
        return rolled_back(owner), gr.Column(visible=False), *rest(text, at)

    following = [status, start, halt, timer]
    others = [indexes, *articles.outputs]
    start.click(begin, None, following, **QUIET)
    halt.click(end, articles.inputs, [*following, *others], **QUIET)
    timer.tick(tick, articles.inputs, [*following, *others], **QUIET)
    back.click(ask_first, None, [status, question, confirm], **QUIET)
    no.click(keep, None, [confirm], **QUIET)
    yes.click(roll_back, articles.inputs, [status, confirm, *others], **QUIET)
    page.load(open_page, articles.inputs, [*following, *others], **QUIET)


def shown_indexes(owner: Owner) -> str:
    """HTML of the live and the previous snapshot."""
    try:
        return render_index.indexes(*built_indexes(owner.index))
    except SuyuanError as error:
        return render.notice([render.plain(str(error))], is_error=True)


def rolled_back(owner: Owner) -> str:
    """Make the previous snapshot live; returns HTML that says so, or why it isn't."""
    try:
        roll_back_index(owner.index)
    except SuyuanError as error:
        return render.notice([render.plain(str(error))], is_error=True)
    return render_index.gone_back()
