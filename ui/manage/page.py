"""The owner's page as gradio Blocks: three tabs, wired to the folder, the index and what people asked."""

from __future__ import annotations

from functools import partial

import gradio as gr

from embeddings.errors import SuyuanError
from qa.records.feedback import read_feedback
from ui.folder.owner import Owner
from ui.folder.rebuilding import Rebuilder
from ui.idling import queue_quietly
from ui.manage import render, render_voices
from ui.manage.articles_part import QUIET, build_articles
from ui.manage.index_part import build_index
from ui.manage.questions import refused_questions
from ui.scripts import packaged
from ui.wording import label, said

_HOUR = 3600


def build_page(owner: Owner, rebuilder: Rebuilder) -> gr.Blocks:
    """The page; the gate in front of it lets in only who has logged in."""
    script = packaged("manage/manage.js")
    # An upload that was cut off is deleted within two hours.
    page = gr.Blocks(title="溯源 · 管理", analytics_enabled=False, fill_width=True, delete_cache=(_HOUR, _HOUR))
    with page:
        gr.HTML(_header(), elem_id="header", js_on_load=script, apply_default_css=False)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(label("文章与索引"), id="articles"), gr.Row(elem_id="desk"):
                with gr.Column(scale=3, elem_id="articles"):
                    articles = build_articles(owner, script)
                with gr.Column(scale=2, elem_id="index"):
                    build_index(owner, rebuilder, articles, page)
            with gr.Tab(label("没答上的问题"), id="unanswered") as tab:
                questions = gr.HTML("", elem_id="questions", js_on_load=None, apply_default_css=False)
                tab.select(partial(_refused, owner), None, [questions], **QUIET)
            with gr.Tab(label("读者评价"), id="feedback") as tab:
                voices = gr.HTML("", elem_id="voices", js_on_load=None, apply_default_css=False)
                tab.select(partial(_feedback, owner), None, [voices], **QUIET)
    queue_quietly(page, 100)
    return page


def _refused(owner: Owner) -> str:
    try:
        return render_voices.refused(refused_questions(owner.index))
    except SuyuanError as error:
        return render.notice([render.plain(str(error))], is_error=True)


def _feedback(owner: Owner) -> str:
    try:
        return render_voices.feedback(read_feedback(owner.index))
    except SuyuanError as error:
        return render.notice([render.plain(str(error))], is_error=True)


def _header() -> str:
    return (
        f"<h1>溯源 <small>{said('管理', 'Owner’s page')}</small></h1>"
        f'<nav><a href="../">{said("问答页", "Chat page")}</a>'
        '<button type="button" class="plain" data-act="language"><span class="zh" lang="en">English</span>'
        '<span class="en" lang="zh-CN">中文</span></button>'
        f'<form method="post" action="logout"><button type="submit" class="plain">{said("退出登录", "Log out")}'
        "</button></form></nav>"
    )
