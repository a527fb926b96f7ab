"""The pictures as figures of plotly.js, which gradio ships: their JSON is written here, and nothing else need be there.

Colours of text and lines come from `overview.css`, so that they follow the page's light and dark.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import Any

from gradio.components.plot import PlotData

from ui.overview.picture import CountedName, Map, Point, Timeline, Tone

TONES = (
    "#12897e", "#d06a12", "#3f7fc4", "#d2504a", "#8f68c7", "#85802a",
    "#cf5f9e", "#2c8ea8", "#a06a3c", "#4f8f3e", "#6a74c0", "#a8528f",
)  # fmt: skip
"""Each has a contrast of at least 3 with the light ground and with the dark one, as WCAG 2.2 asks of graphics."""
GREYS = {"others": "#6f7ba3", "unstated": "#84817a"}
"""The sources together that have no tone of their own, and what states no source."""
_SYMBOLS = (
    "circle", "diamond", "square", "triangle-up", "cross", "star",
    "hexagon", "triangle-down", "pentagon", "x", "bowtie", "hourglass",
)  # fmt: skip
"""For who can't tell the colours apart."""
_LONGEST_NAME = 18
"""Characters of a legend's entry."""
_LINE = 18
"""Characters of a line that is shown where one points: it fits onto a phone."""
_FEWEST_BARS = 8
"""Fewer bars are drawn as thick as so many."""
_LAYOUT = {
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "font": {"family": "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif", "size": 13},
    "hoverlabel": {"bgcolor": "#23211c", "bordercolor": "#84817a", "font": {"color": "#fffdf8"}, "align": "left"},
    "hovermode": "closest",
    "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
    "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
    "dragmode": False,
}
_CONFIG = {"displaylogo": False, "displayModeBar": False, "responsive": True}


def timeline_figure(timeline: Timeline) -> PlotData:
    """Stacked bars: articles of each source in each year or month."""
    bars = [
        {
            "type": "bar",
            "name": _short(series.source),
            "x": timeline.periods,
            "y": series.counts,
            "marker": {"color": _colour(series.tone)},
            "hoverinfo": "text",
            "hovertext": [
                f"{period} · {_text(series.source)}: {count}"
                for period, count in zip(timeline.periods, series.counts, strict=True)
            ],
        }
        for series in timeline.series
    ]
    highest = max((sum(counts) for counts in zip(*(s.counts for s in timeline.series), strict=True)), default=0)
    axes = {
        "xaxis": {"type": "category", "fixedrange": True, "automargin": True},
        "yaxis": {"fixedrange": True, "automargin": True, **_whole(highest)},
    }
    return _figure(bars, {"barmode": "stack", "bargap": 0.3, "showlegend": True, **axes})


def map_figure(shown: Map) -> PlotData:
    """Passages as points; `customdata` of a point is the id of its article."""
    size = 9 if shown.shown <= 500 else 6
    groups = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": _short(group.name),
            "x": [point.x for point in group.points],
            "y": [point.y for point in group.points],
            "customdata": [point.article.id for point in group.points],
            "hoverinfo": "text",
            "hovertext": [_about(point) for point in group.points],
            "marker": {"color": _colour(group.tone), "symbol": _symbol(group.tone), "size": size, "opacity": 0.8},
        }
        for group in shown.groups
    ]
    bare = {"showticklabels": False, "showgrid": False, "zeroline": False, "fixedrange": True}
    return _figure(groups, {"showlegend": True, "xaxis": bare, "yaxis": {**bare, "scaleanchor": "x"}})


def names_figure(names: Sequence[CountedName]) -> PlotData:
    """Horizontal bars: how often each name is mentioned, the most frequent at the top."""
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [name.mentions for name in names],
        "y": [_text(f"“{name.name}”") for name in names],
        "text": [str(name.mentions) for name in names],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": TONES[0]},
        "hoverinfo": "text",
        "hovertext": [f"{_text(name.name)} ×{name.mentions} · {name.articles} 篇 articles" for name in names],
    }
    rows = {"range": [max(len(names), _FEWEST_BARS) - 0.5, -0.5], "fixedrange": True, "automargin": True}
    return _figure(
        [bars],
        {
            "showlegend": False,
            "bargap": 0.35,
            "xaxis": {
                "fixedrange": True,
                "automargin": True,
                **_whole(max((name.mentions for name in names), default=0)),
            },
            "yaxis": {"type": "category", **rows},
        },
    )


def _figure(data: Sequence[dict[str, Any]], layout: dict[str, Any]) -> PlotData:
    figure = {"data": data, "layout": {**_LAYOUT, **layout}, "config": _CONFIG}
    return PlotData(type="plotly", plot=json.dumps(figure, ensure_ascii=False))


def _whole(highest: int) -> dict[str, Any]:
    """Of an axis that counts: no marks between whole numbers."""
    return {"rangemode": "tozero", "tickformat": ",d", **({"dtick": 1} if highest <= _FEWEST_BARS else {})}


def _about(point: Point) -> str:
    return "<br>".join(map(_text, [*wrap(point.article.title, _LINE), *wrap(_cut(point.heading, 2 * _LINE), _LINE)]))


def _colour(tone: Tone) -> str:
    return TONES[tone] if isinstance(tone, int) else GREYS[tone]


def _symbol(tone: Tone) -> str:
    return _SYMBOLS[tone] if isinstance(tone, int) else "circle-open"


def _short(name: str) -> str:
    return _text(_cut(name, _LONGEST_NAME))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _text(text: str) -> str:
    """Text as plotly takes it: it reads some tags and links of its own."""
    return escape(text, quote=False)
