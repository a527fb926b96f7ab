"""Rows of tables in an article's text, and where their columns are named."""

from __future__ import annotations

from embeddings.structure.tables import is_row, rows_within
from embeddings.types import Span


def read(text: str, begin: str = "", stop: str = "") -> list[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    """[(row, [(cell, names of its column)])] of the text, or of what lies from `begin` to `stop` in it."""
    within = Span(text.index(begin), text.index(stop) if stop else len(text))
    return [
        (
            text[row.span.start : row.span.end],
            [
                (text[cell.start : cell.end], tuple(text[name.start : name.end] for name in names))
                for cell, names in zip(row.cells, row.columns, strict=True)
            ],
        )
        for row in rows_within(text, within)
    ]


def test_the_first_row_names_the_columns() -> None:
    text = "补助标准如下。\n项目\t标准\n低保\t300元\n临时救助\t\n以上。"
    assert read(text) == [
        ("项目\t标准", [("项目", ()), ("标准", ())]),
        ("低保\t300元", [("低保", ("项目",)), ("300元", ("标准",))]),
        ("临时救助\t", [("临时救助", ("项目",)), ("", ("标准",))]),
    ]


def test_names_that_span_columns_stand_above_other_names() -> None:
    text = "项目\t标准\t标准\n项目\t城\t乡\n低保\t500\t300"
    assert read(text)[2] == (
        "低保\t500\t300",
        [("低保", ("项目",)), ("500", ("标准", "城")), ("300", ("标准", "乡"))],
    )
    assert [names for _, cells in read(text)[:2] for _, names in cells] == [()] * 6


def test_years_and_months_below_a_spanning_name_are_names() -> None:
    for first, second in (("2023年", "2024年"), ("2023", "2024"), ("1月", "12月份"), ("1季度", "2季度")):
        text = f"项目\t收入\t收入\n项目\t{first}\t{second}\n税收\t500\t300\n罚没\t2023\t12"
        assert [names for _, names in read(text)[2][1]] == [("项目",), ("收入", first), ("收入", second)]
    figures = "项目\t收入\t收入\n税收\t500\t2023\n罚没\t7\t12"
    assert [names for _, names in read(figures)[1][1]] == [("项目",), ("收入",), ("收入",)]


def test_names_that_are_said_again_amid_a_table_are_no_row_of_it() -> None:
    text = "校名\t用水量\n一小\t107\n校名\t用水量\n二小\t114"
    assert [any(names for _, names in cells) for _, cells in read(text)] == [False, True, False, True]


def test_a_single_row_has_no_names() -> None:
    assert read("正文一句。\n张三\t12345\n正文又一句。") == [("张三\t12345", [("张三", ()), ("12345", ())])]


def test_a_passage_that_begins_amid_the_table_knows_the_names_above_it() -> None:
    text = "项目\t标准\n低保\t300元\n临时救助\t500元\n特困\t700元\n以上。\n乙\t丙"
    assert read(text, "临时救助", "特困") == [
        ("临时救助\t500元", [("临时救助", ("项目",)), ("500元", ("标准",))])
    ]  # fmt: skip


def test_what_is_left_of_a_row_that_a_passage_begins_within_keeps_its_names() -> None:
    text = "项目\t标准\t说明\n低保\t300元\t每月十日前发放，节日提前\n以上。"
    assert read(text, "每月") == [("每月十日前发放，节日提前", [("每月十日前发放，节日提前", ("说明",))])]
    assert read(text, "节日") == [("节日提前", [("节日提前", ("说明",))])]
    assert read(text, "300", "，节日") == [
        ("300元\t每月十日前发放", [("300元", ("标准",)), ("每月十日前发放", ("说明",))])
    ]  # fmt: skip


def test_an_empty_first_cell_shifts_no_column() -> None:
    text = "\t城\t乡\n\t500\t300"
    assert read(text)[1] == ("\t500\t300", [("", ()), ("500", ("城",)), ("300", ("乡",))])


def test_a_line_with_a_tab_is_a_row() -> None:
    text = "甲\t乙\n丙"
    assert is_row(text, Span(0, 3))
    assert not is_row(text, Span(4, 5))


def test_a_table_whose_first_row_holds_values_has_no_names() -> None:
    text = "办理地点\t政务大厅一楼住房专窗（9号）\n办结时限\t30个工作日\n咨询热线\t0718-6200953"
    assert [names for _, cells in read(text) for _, names in cells] == [()] * 6
    text = "青山\t120\t85\n绿水\t60\t40"
    assert [names for _, cells in read(text) for _, names in cells] == [()] * 6


def test_a_label_of_the_page_above_a_table_is_no_caption() -> None:
    text = "公示。\n索取号：LC01600\n项目\t标准\n低保\t500"
    assert [row.caption for row in rows_within(text, Span(0, len(text)))] == [(), ()]
    text = "公示。\n附表1：补助标准\n单位：元\n项目\t标准\n低保\t500"
    captions = [text[one.start : one.end] for one in rows_within(text, Span(0, len(text)))[1].caption]
    assert captions == ["附表1：补助标准", "单位：元"]


def test_names_with_a_year_or_a_unit_in_brackets_are_names() -> None:
    text = "项目\t标准（元/月）\n低保\t500\n特困\t650"
    assert read(text)[1][1] == [("低保", ("项目",)), ("500", ("标准（元/月）",))]
    text = "镇\t2022年\t2023年\n青山\t12\t13"
    assert read(text)[1][1][1] == ("12", ("2022年",))
