"""The pictures of a corpus: what is counted, where points lie, what the figures and tables say."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import qa
from embeddings.snapshot.corpus_store import ArticleHead
from embeddings.snapshot.sampling import PassageSample, sample_passages
from embeddings.snapshot.snapshot import open_live
from embeddings.types import Passage
from tests.test_snapshot import article as document
from tests.test_snapshot import write
from ui.overview import figures, tables
from ui.overview.picture import (
    OTHERS,
    UNSTATED,
    CountedName,
    Group,
    Map,
    Series,
    Timeline,
    frequent_names,
    map_of,
    timeline,
)
from ui.overview.projection import project


def head(name: str, source: str = "甲报", published: str = "", title: str = "") -> ArticleHead:
    return ArticleHead(name, title or name, (), "", (), "", source, published, "", 10, 0)


def luminance(colour: str) -> float:
    """Relative luminance of a colour as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_points_on_a_line_lie_on_a_line_in_their_order() -> None:
    direction = np.array([3.0, 4.0, 0.0]) / 5
    vectors = np.array([[1.0, 1.0, 1.0] + step * direction for step in (0, 1, 2, 5)], dtype=np.float32)
    placed = project(vectors)
    # Their mean is at step 2; the second direction has nothing to show.
    assert placed[:, 0] == pytest.approx([-2, -1, 0, 3], abs=1e-5)
    assert placed[:, 1] == pytest.approx([0, 0, 0, 0], abs=1e-5)


def test_a_plane_keeps_its_distances_and_its_longer_side_comes_first() -> None:
    vectors = np.array([[0, 0, 0, 0], [0, 8, 0, 0], [0, 0, 0, 2], [0, 8, 0, 2]], dtype=np.float32)
    assert project(vectors) == pytest.approx(np.array([[-4, -1], [4, -1], [-4, 1], [4, 1]]), abs=1e-6)


@pytest.mark.parametrize("shape", [(0, 4), (1, 4), (3, 1)])
def test_what_has_no_plane_is_still_placed(shape: tuple[int, int]) -> None:
    vectors = np.arange(shape[0] * shape[1], dtype=np.float32).reshape(shape)
    placed = project(vectors)
    assert placed.shape == (shape[0], 2)
    assert placed[:, 0] == pytest.approx([-1, 0, 1] if shape == (3, 1) else [0] * shape[0])
    assert not placed[:, 1].any()


def test_equal_vectors_are_all_in_the_middle() -> None:
    assert not project(np.ones((5, 3), dtype=np.float32)).any()


def test_articles_are_counted_by_year_without_gaps() -> None:
    heads = [
        head("a", published="2019-05-01"),
        head("b", "乙报", "2022-01-01"),
        head("c", published="2022-12-31"),
        head("d"),
    ]
    assert timeline(heads) == Timeline(
        "year",
        ("2019", "2020", "2021", "2022"),
        (Series("甲报", 0, (1, 0, 0, 1)), Series("乙报", 1, (0, 0, 0, 1))),
        undated=1,
    )


def test_a_short_time_is_shown_by_month() -> None:
    heads = [head("a", published="2023-11-30"), head("b", "", "2024-02-01"), head("c", published="2024-02-29")]
    assert timeline(heads) == Timeline(
        "month",
        ("2023-11", "2023-12", "2024-01", "2024-02"),
        (Series("甲报", 0, (1, 0, 0, 1)), Series(UNSTATED, "unstated", (0, 0, 0, 1))),
        undated=0,
    )


def test_no_date_makes_no_timeline() -> None:
    assert timeline([head("a")]) == Timeline("month", (), (), undated=1)
    assert "1 篇没有日期" in tables.timeline_table(timeline([head("a")]))


def test_rare_sources_are_counted_together() -> None:
    common = [head(f"{n}{m}", f"{n}报", "2020-01-01") for n in range(8) for m in range(8 - n + 1)]
    rare = [head(f"r{n}", f"小报{n}", "2020-02-01") for n in range(5)]
    shown = timeline([*rare, *common])
    assert [(one.source, one.tone, sum(one.counts)) for one in shown.series] == [
        *((f"{n}报", n, 9 - n) for n in range(8)),
        (OTHERS, "others", 5),
    ]


def test_names_are_counted_by_mention() -> None:
    texts = [
        "落实“四强六规范”，再抓“四强六规范”。“三步走”很好。四强六规范不在引号里。",
        "“三步走”与「四強六規範」，“安全”不是数字名称。",
        "“五联”一次，“三步走”一次。",
    ]
    assert frequent_names(texts) == (
        CountedName("三步走", 3, 3),
        CountedName("四强六规范", 3, 2),
        CountedName("五联", 1, 1),
    )
    assert frequent_names(texts, limit=1) == (CountedName("三步走", 3, 3),)


def passage(article: str, number: int, *headings: str) -> Passage:
    return Passage(f"{article}#{number}", article, 0, 1, headings)


SAMPLE = PassageSample(
    (passage("a", 0), passage("a", 1, "一、外", "二是内"), passage("b", 0)),
    np.array([[0, 0], [1, 0], [5, 0]], dtype=np.float32),
    of=3,
)


def test_few_articles_are_told_apart_on_the_map() -> None:
    heads = [head("a", title="甲"), head("b", title="乙"), head("c", title="丙")]
    shown = map_of(SAMPLE, heads)
    assert (shown.by, shown.shown, shown.of) == ("article", 3, 3)
    assert [(group.name, group.tone) for group in shown.groups] == [("甲", 0), ("乙", 1)]
    assert [(p.x, p.y, p.article.id, p.heading) for group in shown.groups for p in group.points] == [
        (-2, 0, "a", ""),
        (-1, 0, "a", "二是内"),
        (3, 0, "b", ""),
    ]


def test_a_passage_of_an_article_that_is_gone_is_left_out() -> None:
    shown = map_of(SAMPLE, [head("b", title="乙")])
    assert [(group.name, [point.x for point in group.points]) for group in shown.groups] == [("乙", [3])]


def test_of_many_articles_the_sources_are_told_apart_with_the_timeline_s_colours() -> None:
    heads = [head("a", "乙报"), head("b", "甲报"), *(head(f"m{n}", "甲报", "2020-01-01") for n in range(11))]
    shown = map_of(SAMPLE, heads)
    assert [(group.name, group.tone, len(group.points)) for group in shown.groups] == [("甲报", 0, 1), ("乙报", 1, 2)]
    assert [(one.source, one.tone) for one in timeline(heads).series] == [("甲报", 0)]


def test_a_sample_is_even_and_keeps_passages_and_vectors_together(tmp_path) -> None:
    write(tmp_path, [document(str(n), "水" * (n + 1) + "气。") for n in range(5)])
    snapshot = open_live(tmp_path)
    sample = sample_passages(snapshot, 3)
    assert [p.article_id for p in sample.passages] == ["0", "2", "4"]
    assert sample.of == 5
    for row, number in enumerate((0, 2, 4)):
        assert sample.vectors[row] == pytest.approx(snapshot.dense.vector(number))
    assert len(sample_passages(snapshot, 99).passages) == 5


def plot(figure: Any) -> dict[str, Any]:
    return json.loads(figure.plot)


def test_figures_hold_what_was_counted() -> None:
    bars = plot(figures.timeline_figure(timeline([head("a", published="2019-05-01"), head("b", "乙报", "2022-01-01")])))
    assert [(bar["name"], bar["x"], bar["y"]) for bar in bars["data"]] == [
        ("乙报", ["2019", "2020", "2021", "2022"], [0, 0, 0, 1]),
        ("甲报", ["2019", "2020", "2021", "2022"], [1, 0, 0, 0]),
    ]
    assert bars["layout"]["barmode"] == "stack"
    points = plot(figures.map_figure(map_of(SAMPLE, [head("a"), head("b")])))["data"]
    assert [trace["customdata"] for trace in points] == [["a", "a"], ["b"]]
    names = plot(figures.names_figure((CountedName("三步走", 5, 2), CountedName("五联", 1, 1))))
    assert (names["data"][0]["y"], names["data"][0]["x"]) == (["“三步走”", "“五联”"], [5, 1])
    # The first is at the top, and two bars are drawn as thick as eight would be.
    assert names["layout"]["yaxis"]["range"] == [7.5, -0.5]


def test_plotly_reads_no_markup_out_of_an_article() -> None:
    hostile = '<a href="https://example.org">题</a>&amp;'
    heads = [replace(head("a", source=hostile, published="2020-01-01"), title=hostile), head("b")]
    drawn = [figures.timeline_figure(timeline(heads)), figures.map_figure(map_of(SAMPLE, heads))]
    drawn.append(figures.names_figure((CountedName(hostile, 1, 1),)))
    for figure in drawn:
        assert "<a" not in figure.plot
    table = tables.map_table(map_of(SAMPLE, heads)) + tables.timeline_table(timeline(heads))
    assert "<a" not in table + tables.names_table((CountedName(hostile, 1, 1),))
    assert "&amp;amp;" in table


def test_plotly_itself_takes_the_figures(sample: qa.Answerer) -> None:
    graph_objects = pytest.importorskip("plotly.graph_objects", reason="plotly's own schema checks the figures")
    heads = sample.heads()
    for figure in (
        figures.timeline_figure(timeline(heads)),
        figures.map_figure(map_of(sample.sampled(100), heads)),
        figures.names_figure(frequent_names(sample.texts())),
    ):
        drawn = plot(figure)
        graph_objects.Figure(data=drawn["data"], layout=drawn["layout"])


def test_colours_are_seen_on_light_and_dark() -> None:
    assert len({*figures.TONES, *figures.GREYS.values()}) == 14
    for colour in (*figures.TONES, *figures.GREYS.values()):
        assert contrast(colour, "#fffdf8") >= 3
        assert contrast(colour, "#1d1f20") >= 3


def test_tables_hold_the_same_numbers() -> None:
    shown = timeline(
        [head("a", published="2019-05-01"), head("b", "乙报", "2022-01-01"), head("c", published="2022-12-31")]
    )
    table = tables.timeline_table(shown)
    assert '<th scope="col">甲报</th><th scope="col">乙报</th>' in table
    assert '<tr><th scope="row">2022</th><td>1</td><td>1</td><td>2</td></tr>' in table
    mapped = tables.map_table(replace(map_of(SAMPLE, [head("a"), head("b", title="乙")]), of=58_000))
    assert "均匀抽取 58,000 段中的 3 段" in mapped
    assert 'data-article="b">乙</button></th><td>甲报</td><td>1</td><td>3.00</td><td>0.00</td>' in mapped
    assert "<td>3</td><td>2</td>" in tables.names_table((CountedName("四强六规范", 3, 2),))


def test_a_long_table_says_what_it_leaves_out() -> None:
    points = map_of(SAMPLE, [head("a"), head("b")]).groups[0].points
    many = tuple(replace(points[0], article=head(f"n{n}")) for n in range(301))
    table = tables.map_table(Map("source", (Group("甲报", 0, many),), 301, 301))
    assert table.count("<tr>") == 301
    assert "仅列出前 300 篇" in table
