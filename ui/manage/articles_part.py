"""The left part of the first tab: files dropped, listed, removed and restored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from embeddings.errors import SuyuanError
from embeddings.formats.known import NAMED
from ui.folder.catalogue import files_page
from ui.folder.files import add_file, list_removed, remove_file, restore_file
from ui.folder.owner import Owner
from ui.manage import render
from ui.wording import label, said

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
Update = tuple[Any, ...]
_ADDED = ("已放入，重建后可问", "added; rebuild to ask it")
_THERE = ("已经有了", "already there")


@dataclass(frozen=True, slots=True)
class ArticlesPart:
    """The list, for whoever changes what it shows."""

    inputs: list[gr.components.Component]
    """What is wanted in the list: filter and page."""
    outputs: list[gr.components.Component]
    show: Callable[..., Update]
    """Values for the outputs, of the inputs."""


def build_articles(owner: Owner, script: str) -> ArticlesPart:
    """Build and wire the components."""
    drop = gr.File(label=label(f"把文章拖到这里（{NAMED}）"), file_count="multiple", height=160, elem_id="drop")
    note = gr.HTML("", elem_id="note", js_on_load=None, apply_default_css=False)
    wanted = gr.Textbox(
        placeholder=label("按文件名或题名筛选"), show_label=False, container=False, max_length=200, elem_id="wanted"
    )
    number = gr.State(0)
    shelf = gr.HTML("", elem_id="files", js_on_load=script, apply_default_css=False)
    bin_ = gr.HTML("", elem_id="removed", js_on_load=script, apply_default_css=False)

    def show(text: str, at: int) -> Update:
        try:
            page = files_page(owner, text, at)
            return render.files(page), render.removed(list_removed(owner.folder)), page.number
        except SuyuanError as error:
            return render.notice([render.plain(str(error))], is_error=True), "", 0

    def add(uploads: list[str] | None, text: str, at: int) -> Update:
        return None, add_all(owner, uploads or []), *show(text, at)

    def act(text: str, at: int, event: gr.EventData) -> Update:
        turned = getattr(event, "page", None)
        said_so = acted(owner, event)
        return said_so, *show(text, turned if isinstance(turned, int) else at)

    def narrow(text: str) -> Update:
        return show(text, 0)

    shown: list[gr.components.Component] = [shelf, bin_, number]
    inputs: list[gr.components.Component] = [wanted, number]
    drop.upload(add, [drop, *inputs], [drop, note, *shown], **QUIET)
    for clicked in (shelf, bin_):
        clicked.click(act, inputs, [note, *shown], **QUIET)
    wanted.change(narrow, [wanted], shown, trigger_mode="always_last", **QUIET)
    return ArticlesPart(inputs, shown, show)


def add_all(owner: Owner, uploads: list[str]) -> str:
    """Move what was uploaded into the folder; returns HTML that says of each file where it is or why it isn't."""
    lines: list[str] = []
    refused: list[str] = []
    for upload in map(Path, uploads):
        try:
            added = add_file(owner.folder, upload.name, upload)
        except SuyuanError as error:
            refused.append(render.plain(str(error)))
        else:
            zh, en = _ADDED if added.is_new else _THERE
            lines.append(said(f"{added.name}：{zh}", f"{added.name}: {en}"))
        finally:
            upload.unlink(missing_ok=True)
    return render.notice(lines) + render.notice(refused, is_error=True)


def acted(owner: Owner, event: gr.EventData) -> str:
    """Do what a button of the lists asks for; returns HTML that says so, empty where it only turns the page."""
    action, path, at = (str(getattr(event, name, "")) for name in ("act", "file", "at"))
    try:
        if action == "remove":
            remove_file(owner.folder, path)
            done = said(f"{path}：已移走，可在下面恢复", f"{path}: removed; it can be restored below")
        elif action == "restore":
            restored = restore_file(owner.folder, at, path)
            done = said(f"{restored}：已恢复", f"{restored}: restored")
        else:
            return ""
    except SuyuanError as error:
        return render.notice([render.plain(str(error))], is_error=True)
    return render.notice([done])
