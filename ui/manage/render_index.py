"""HTML of the index: how far a rebuild is, what it did, which snapshot is live. Everything in it is escaped."""

from __future__ import annotations

from html import escape

from embeddings.rebuilding.rebuild import RebuildReport
from ui.folder.catalogue import BuiltIndex
from ui.folder.rebuilding import Rebuilding
from ui.manage.render import local_time, plain
from ui.wording import labelled, said

_STAGES = {
    "starting": ("正在启动", "Starting"),
    "reading": ("正在读取文章", "Reading articles"),
    "lexical": ("文章已读完，正在写入正文和词汇索引", "Articles read; writing texts and the lexical index"),
    "embedding": ("正在计算段落向量", "Embedding passages"),
    "checking": ("正在自检", "Checking what was written"),
    "publishing": ("正在上传到 Milvus", "Publishing to Milvus"),
}
_MOST_SET_ASIDE = 500
_NONE_BEFORE = said("没有上一份可退回。", "There is no previous one to go back to.")


def rebuilding(state: Rebuilding) -> str:
    """How far the rebuild is, or how the last one ended."""
    if state.is_running:
        return _running(state)
    if state.stage == "done" and state.report:
        return _done(state.report)
    if state.stage == "stopped":
        text = said("已停止；现有索引未动，再次重建会接着做。", "Stopped; the live index is untouched.")
        return f'<div class="notice" role="status"><p>{text}</p></div>'
    if state.stage == "failed":
        text = said("重建没有成功；现有索引未动。", "The rebuild failed; the live index is untouched.")
        return f'<div class="notice wrong" role="alert"><p>{text}</p><p>{plain(state.message)}</p></div>'
    return ""


def _running(state: Rebuilding) -> str:
    counted = f"{state.done} / {state.total}" if state.total is not None else str(state.done or "")
    measured = state.stage in ("reading", "embedding", "publishing") and state.total
    value = f' max="{state.total}" value="{state.done}"' if measured else ""
    so_far = said(f"已用 {state.seconds:.0f} 秒", f"{state.seconds:.0f} s so far")
    return (
        f'<div class="progress" data-stage="{state.stage}"><p role="status">{said(*_STAGES[state.stage])} '
        f'<span class="number">{counted}</span></p><progress {labelled("重建进度", "Progress")}{value}></progress>'
        f'<p class="date">{so_far}{_left(state)}</p></div>'
    )


def _left(state: Rebuilding) -> str:
    if state.remaining is None:
        return ""
    minutes, seconds = divmod(round(state.remaining), 60)
    zh = f"{minutes} 分 {seconds:02} 秒" if minutes else f"{seconds} 秒"
    en = f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"
    return said(f"，这一步约还需 {zh}", f", about {en} left of this step")


def _done(report: RebuildReport) -> str:
    figures = (
        ("文章", "articles", report.articles),
        ("段落", "passages", report.passages),
        ("新读文件", "files read", report.parsed),
        ("新算向量", "embedded", report.embedded),
        ("转载合并", "reprints merged", report.reprints),
        ("搁置", "set aside", len(report.set_aside)),
        ("秒", "seconds", report.seconds),
    )
    items = "".join(f"<div><dt>{said(zh, en)}</dt><dd>{number:,}</dd></div>" for zh, en, number in figures)
    title = (
        said("重建完成，问答页已用新索引。", "Rebuilt; the chat page uses the new index.")
        if report.changed
        else said("文章没有变化，索引未动。", "No article has changed; the index is as it was.")
    )
    done = f'<p class="notice right" role="status">{title}</p>'
    return f'<div class="report">{done}<dl>{items}</dl>{_set_aside(report)}</div>'


def _set_aside(report: RebuildReport) -> str:
    if not report.set_aside:
        return ""
    shown = report.set_aside[:_MOST_SET_ASIDE]
    items = "".join(
        f'<li><span class="path">{escape(item.path)}</span><span class="reason">{escape(item.reason)}</span></li>'
        for item in shown
    )
    more = len(report.set_aside) - len(shown)
    rest = f"<li>{said(f'另有 {more} 个', f'{more} more')}</li>" if more else ""
    title = said("被搁置的文件与原因", "Files set aside, and why")
    return f'<details class="aside" open><summary>{title}</summary><ul>{items}{rest}</ul></details>'


def indexes(live: BuiltIndex, previous: BuiltIndex | None) -> str:
    """The live snapshot and the previous one."""
    rows = _index(said("现用", "Live"), live)
    if previous is None:
        rows += f"<p>{_NONE_BEFORE}</p>"
    else:
        rows += _index(said("上一份", "Previous"), previous)
    return f'<div class="indexes">{rows}</div>'


def _index(name: str, built: BuiltIndex) -> str:
    when = local_time(built.built, seconds=True) if built.built else escape(built.id)
    size = said(f"{built.articles} 篇，{built.passages} 段", f"{built.articles} articles, {built.passages} passages")
    return f'<p data-snapshot="{escape(built.id)}"><b>{name}</b> {when} <span class="date">{size}</span></p>'


def confirmation(live: BuiltIndex, previous: BuiltIndex) -> str:
    """What is asked before the index is rolled back."""
    to = local_time(previous.built, seconds=True) if previous.built else escape(previous.id)
    before, after = said("退回到", "Go back to the index of "), said("的索引？", "?")
    change = said(
        f"文章 {live.articles} → {previous.articles}；文件夹里的文件不变，再退一次即可换回。",
        f"Articles {live.articles} → {previous.articles}; the files stay, and doing it again undoes it.",
    )
    return f'<div class="notice" role="alert"><p>{before} {to} {after}</p><p>{change}</p></div>'


def nothing_before() -> str:
    """What is said where there is no index to go back to."""
    return f'<p class="notice" role="status">{_NONE_BEFORE}</p>'


def gone_back() -> str:
    """What is said once the index is rolled back."""
    text = said("已退回上一份索引，问答页已用上。", "Went back to the previous index; the chat page uses it.")
    return f'<p class="notice right" role="status">{text}</p>'
