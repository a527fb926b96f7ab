"""The pictures' headings, remarks and data as HTML: what is drawn, for who can't see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from statistics import fmean

from ui.overview.picture import SOURCES, CountedName, Map, Point, Timeline
from ui.wording import said

_ROWS = 300
"""Rows of a table at most; the library lists every article."""


def heading(zh: str, en: str) -> str:
    """The heading of a picture that is not there yet."""
    return f"<h2>{said(zh, en)}</h2>"


def waiting() -> str:
    """What stands below a picture until it is there."""
    return f'<p class="hint" role="status">{said("正在计算……", "Working it out…")}</p>'


def timeline_table(timeline: Timeline) -> str:
    """Remarks on the timeline, and its numbers: a row a period, a column a source."""
    remark = said("按文章的发表日期和来源统计。", "By date of publication and source.")
    if timeline.undated:
        undated = timeline.undated
        remark += " " + said(f"另有 {undated:,} 篇没有日期。", f"{undated:,} more have no date.")
    if not timeline.periods:
        return _remark(remark)
    unit = said("年份", "Year") if timeline.unit == "year" else said("月份", "Month")
    columns = [unit, *(escape(series.source) for series in timeline.series), said("合计", "Total")]
    counts = [[series.counts[at] for series in timeline.series] for at in range(len(timeline.periods))]
    rows = (
        [period, *(f"{count:,}" for count in row), f"{sum(row):,}"]
        for period, row in zip(timeline.periods, counts, strict=True)
    )
    return _remark(remark) + _table(columns, rows)


def map_table(shown: Map) -> str:
    """Remarks on the map, and the articles that are on it, each with its passages and the middle of them."""
    if shown.by == "article":
        grouped = said("每个点是一个段落，颜色表示文章。", "Each point is a passage, its colour the article.")
    else:
        grouped = said(
            f"每个点是一个段落，颜色表示来源：文章最多的 {SOURCES} 个来源，其余合为一类。",
            f"Each point is a passage, its colour the source: the {SOURCES} largest, and one colour for all others.",
        )
    near = said(
        "意思相近的段落离得近：段落向量经主成分分析投影到平面。点击打开文章。",
        "Passages of similar meaning are near each other (principal components of their vectors). "
        "Click one to open its article.",
    )
    sampled = ""
    if shown.shown < shown.of:
        zh = f"均匀抽取 {shown.of:,} 段中的 {shown.shown:,} 段。"
        sampled = said(zh, f"{shown.shown:,} of {shown.of:,} passages, evenly sampled.")
    columns = [
        said("文章", "Article"),
        said("来源", "Source"),
        said("段落", "Passages"),
        said("横坐标", "x"),
        said("纵坐标", "y"),
    ]
    rows = list(_map_rows(shown))
    more = said(f"仅列出前 {_ROWS} 篇。", f"Only the first {_ROWS} are listed.") if len(rows) > _ROWS else ""
    return _remark(f"{grouped} {near} {sampled}") + _table(columns, rows[:_ROWS], more)


def names_table(names: Sequence[CountedName]) -> str:
    """Remarks on the names, and how often each occurs."""
    if not names:
        return _remark(said("文章里没有引号里的数字名称。", "The articles have no numbered names in quotation marks."))
    remark = said(
        "引号里以数字开头的名称，按出现次数排列。", "Names in quotation marks that begin with a numeral, by mentions."
    )
    columns = [said("名称", "Name"), said("次数", "Mentions"), said("文章", "Articles")]
    rows = ([escape(name.name), f"{name.mentions:,}", f"{name.articles:,}"] for name in names)
    return _remark(remark) + _table(columns, rows)


def _map_rows(shown: Map) -> Iterable[list[str]]:
    by_article: dict[str, list[Point]] = {}
    for group in shown.groups:
        for point in group.points:
            by_article.setdefault(point.article.id, []).append(point)
    for article_id, points in by_article.items():
        article = points[0].article
        yield [
            f'<button type="button" class="plain" data-article="{escape(article_id)}">{escape(article.title)}</button>',
            escape(article.source),
            f"{len(points):,}",
            f"{fmean(point.x for point in points):.2f}",
            f"{fmean(point.y for point in points):.2f}",
        ]


def _remark(html: str) -> str:
    return f'<p class="hint">{html}</p>'


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], more: str = "") -> str:
    """The first column names the row; all cells are HTML."""
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>' for first, *rest in rows
    )
    after = f'<p class="hint">{more}</p>' if more else ""
    return (
        f'<details class="data"><summary>{said("数据表", "Data as a table")}</summary><div class="wide">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{after}</details>"
    )
