"""The page's fixed parts as HTML: the header, the drawer of past conversations, what stands over the question box."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ui.wording import labelled, said

BRAND = f"<h1>溯源</h1><p>{said('每句话都有出处的文章问答', 'Answers traced to their source')}</p>"

SWITCHES = (
    f'<button type="button" class="plain" id="past-toggle" aria-expanded="false" aria-controls="past">'
    f"{said('历史对话', 'History')}</button>"
    '<button type="button" class="plain" id="language"><span class="zh" lang="en">English</span>'
    '<span class="en" lang="zh-CN">中文</span></button>'
)

DRAWER = (
    f'<aside id="past" hidden {labelled("历史对话", "Past conversations")}><div class="past-head">'
    f'<span class="label">{said("历史对话", "Past conversations")}</span>'
    f'<button type="button" class="plain" id="past-close">{said("关闭", "Close")}</button></div>'
    f'<input type="search" id="past-search" placeholder="搜索对话" {labelled("搜索对话", "Search conversations")}>'
    f'<p class="note" id="past-notice" role="status" hidden></p><ul id="past-list"></ul>'
    f'<p class="hint" id="past-none">{said("还没有对话。", "No conversations yet.")}</p>'
    f'<p class="hint">{said("只保存在这台电脑的浏览器里。", "Kept in this browser only.")}</p></aside>'
)


def chips(titles: Sequence[str], editing: int | None) -> str:
    """Which articles alone are asked, by their titles, and which turn, counted from 0, is being edited."""
    parts: list[str] = []
    if titles:
        clear = labelled("恢复问全部文章", "Ask all articles again")
        shown = "、".join(f"《{title}》" for title in titles)
        parts.append(
            f'<span class="chip">{said("只问", "Only ")}<span class="title">{escape(shown)}</span>'
            f'<button type="button" class="plain" data-clear="within" {clear}>✕</button></span>'
        )
    if editing is not None:
        clear = labelled("放弃修改", "Stop editing")
        number = editing + 1
        told = said(f"正在修改第 {number} 问，其后的问答会被替换", f"Editing question {number}: what follows goes")
        parts.append(
            f'<span class="chip">{told}<button type="button" class="plain" data-clear="edit" {clear}>✕</button></span>'
        )
    return "".join(parts)
