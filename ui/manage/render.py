"""HTML of the folder's files: the list, what was removed, what just happened. Everything in it is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from html import escape

from ui.folder.catalogue import FilesPage, Row, built_at
from ui.folder.files import RemovedFile
from ui.wording import said

_STATES = {
    "indexed": ("已入索引", "in the index"),
    "changed": ("改过，待重建", "changed; rebuild"),
    "outside": ("不在索引里", "not in the index"),
}
_MOST_REMOVED = 50


def notice(lines: Sequence[str], is_error: bool = False) -> str:
    """Lines that say what just happened; each is HTML."""
    if not lines:
        return ""
    kind, role = ("wrong", "alert") if is_error else ("right", "status")
    return f'<div class="notice {kind}" role="{role}">' + "".join(f"<p>{line}</p>" for line in lines) + "</div>"


def plain(message: str) -> str:
    """A message of an error, in its lines."""
    return "<br>".join(escape(line) for line in message.splitlines())


def files(page: FilesPage) -> str:
    """The list of files, with a button to remove each."""
    head = "".join(
        f"<th scope=col>{said(zh, en)}</th>"
        for zh, en in (("文章", "Article"), ("大小", "Size"), ("日期", "Date"), ("索引", "Index"), ("", ""))
    )
    rows = "".join(map(_row, page.rows))
    if not rows:
        rows = f'<tr><td colspan="5" class="none">{said("没有这样的文件。", "No such file.")}</td></tr>'
    return (
        f'<p class="count">{_counted(page)}</p><table class="files"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{_pager(page)}"
    )


def _counted(page: FilesPage) -> str:
    parts = [said(f"{page.matching} 个文件", f"{page.matching} files")]
    if page.waiting:
        parts.append(said(f"{page.waiting} 个还不在索引里或改过", f"{page.waiting} not in the index as they are"))
    if page.gone:
        parts.append(
            said(f"索引里有 {page.gone} 个文件已移走，重建后不再出现", f"{page.gone} removed, gone after a rebuild")
        )
    return " · ".join(parts)


def _row(row: Row) -> str:
    path = escape(row.file.path)
    title = f'<span class="title">{escape(row.title)}</span>' if row.title else ""
    if row.inside:
        count = len(row.inside)
        title += f'<span class="inside">{said(f"内有 {count} 篇", f"{count} articles inside")}</span>'
    button = ""
    if row.file.removable:
        button = f'<button type="button" class="small" data-act="remove" data-path="{path}">{said("移走", "Remove")}'
        button += f'<span class="unseen"> {path}</span></button>'
    return (
        f'<tr data-path="{path}"><td class="name">{title}<span class="path">{path}</span></td>'
        f'<td class="number">{_size(row.file.size)}</td><td class="date">{local_time(row.file.changed)}</td>'
        f'<td><span class="state {row.state}">{said(*_STATES[row.state])}</span></td><td>{button}</td></tr>'
    )


def _pager(page: FilesPage) -> str:
    if page.pages == 1:
        return ""
    here = said(f"第 {page.number + 1} 页，共 {page.pages} 页", f"Page {page.number + 1} of {page.pages}")
    return (
        f'<nav class="pager">{_turn(page.number - 1, page.pages, "上一页", "Previous")}<span>{here}</span>'
        f"{_turn(page.number + 1, page.pages, '下一页', 'Next')}</nav>"
    )


def _turn(to: int, pages: int, zh: str, en: str) -> str:
    disabled = "" if 0 <= to < pages else " disabled"
    return f'<button type="button" class="small" data-act="page" data-page="{to}"{disabled}>{said(zh, en)}</button>'


def removed(entries: Sequence[RemovedFile]) -> str:
    """What was removed, folded away, with a button to restore each."""
    if not entries:
        return ""
    items = "".join(map(_removed, entries[:_MOST_REMOVED]))
    more = len(entries) - _MOST_REMOVED
    rest = f"<li>{said(f'另有 {more} 个在 .trash 里', f'{more} more in .trash')}</li>" if more > 0 else ""
    summary = said(f"移走的文件（{len(entries)}）", f"Removed files ({len(entries)})")
    return f'<details class="removed"><summary>{summary}</summary><ul>{items}{rest}</ul></details>'


def _removed(entry: RemovedFile) -> str:
    path, at = escape(entry.path), escape(entry.at)
    when = built_at(entry.at)
    return (
        f'<li><span class="path">{path}</span> <span class="date">{local_time(when) if when else at}</span> '
        f'<button type="button" class="small" data-act="restore" data-path="{path}" data-at="{at}">'
        f"{said('恢复', 'Restore')}</button></li>"
    )


def _size(size: int) -> str:
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


def local_time(moment: datetime, seconds: bool = False) -> str:
    """A moment in the time zone of this machine, to the minute or the second, as HTML that also says it in UTC."""
    form = "%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M"
    utc = moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f'<time datetime="{utc}">{moment.astimezone().strftime(form)}</time>'
