"""What a page's lines are, whatever it was written in."""

from __future__ import annotations

import pytest

from embeddings.page.unreadable import UnreadableError
from embeddings.reading.articles import parse_article
from embeddings.text.markup import read_page


def lines(text: str, suffix: str = ".txt") -> list[str]:
    return [block.text for block in read_page(text, suffix).blocks]


def test_plain_text_is_not_read_as_markdown() -> None:
    text = "1. 先治水\n* 再治气\n# 不是标题\n　　缩进的一段，PM2.5<35 且 a_b_c。"
    assert lines(text) == ["1. 先治水", "* 再治气", "# 不是标题", "缩进的一段，PM2.5<35 且 a_b_c。"]


def test_front_matter_with_html_and_markdown() -> None:
    page = read_page(
        '---\ntitle: "题目"\ndate: 2021-12-16 07:55:10 +0800\ntags: 水 土\n---\n'
        "<p>第一段。</p>\n <p>第二段。</p>\n\n[返回首页](/)\n",
        ".txt",
    )
    assert (page.stated.title, page.stated.published, page.stated.tags) == ("题目", "2021-12-16", ("水", "土"))
    assert [(block.text, block.link_density) for block in page.blocks] == [
        ("第一段。", 0.0),
        ("第二段。", 0.0),
        ("返回首页", 1.0),
    ]


def test_broken_front_matter_keeps_title_and_text() -> None:
    page = read_page("---\ntitle: 关好: 坏了\n  x: [\n---\n正文。\n", ".md")
    assert page.stated.title == "关好: 坏了"
    assert [block.text for block in page.blocks] == ["正文。"]


def test_markdown_keeps_enumerators_as_written() -> None:
    assert lines("# 题目\n\n3. 第三条\n4) 第四条\n- 一项\n\n    缩进的一段\n", ".md") == [
        "题目",
        "3. 第三条",
        "4) 第四条",
        "一项",
        "缩进的一段",
    ]


def test_html_rows_breaks_and_scripts() -> None:
    html = "<html><body><script>var x;</script><p>甲<br>乙&nbsp;丙</p>"
    html += "<table><tr><td>河段</td><td><p>12人</p></td></tr></table></body></html>"
    assert lines(html, ".html") == ["甲", "乙 丙", "河段\t12人"]


def test_layout_tables_are_read_by_paragraph() -> None:
    assert lines("<table><tr><td><p>第一段。</p><p>第二段。</p></td><td>侧栏</td></tr></table>") == [
        "第一段。",
        "第二段。",
        "侧栏",
    ]


def test_deeply_nested_html_is_read() -> None:
    assert lines("<div>" * 3000 + "深处的文字。" + "</div>" * 3000, ".html") == ["深处的文字。"]


def test_lists_nested_beyond_all_measure_are_no_page() -> None:
    with pytest.raises(UnreadableError, match="层次太深"):
        lines("<ul><li>" * 2500 + "深处的文字。", ".html")


def test_however_deep_a_list_lies_its_lines_are_indented_by_nine_levels() -> None:
    nested = "".join(f"<ul><li>第{n}层的一件事情。" for n in range(40))
    text = parse_article(f"<h1>江城治水记要</h1><p>江城的水清了，岸绿了。</p>{nested}".encode(), ".html").text
    assert [len(line) - len(line.lstrip()) for line in text.split("\n")[2:]] == [min(2 * n, 18) for n in range(40)]


def test_text_wrapped_at_a_fixed_width_is_joined() -> None:
    paragraph = "".join(chr(0x4E00 + n) for n in range(10 * 30 + 7))
    wrapped = "\n".join(paragraph[at : at + 30] for at in range(0, len(paragraph), 30))
    assert lines(wrapped) == [paragraph]


PIPES = """| 项目 | 标准 | 备注 |
|:---|---:|---|
| 低保 |  | 甲\\|乙 |
|  | 30元 |
"""


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_pipe_table_is_rows_whose_empty_cells_keep_their_place(suffix: str) -> None:
    assert lines(f"补助标准\n\n{PIPES}\n完\n", suffix) == [
        "补助标准", "项目\t标准\t备注", "低保\t\t甲|乙", "\t30元\t", "完"
    ]  # fmt: skip


def test_pipes_without_a_row_of_dashes_stay() -> None:
    assert lines("甲|乙\n| 丙 | 丁 |\n----\n") == ["甲|乙", "| 丙 | 丁 |", "----"]


def test_a_wide_pipe_table_is_not_joined_as_wrapped_text() -> None:
    row = f"| {'甲' * 20} | {'乙' * 20} |"
    assert lines("\n".join([row, "|---|---|", *[row] * 9])) == ["甲" * 20 + "\t" + "乙" * 20] * 10


def test_tabs_separate_cells_where_lines_have_as_many_and_else_only_indent() -> None:
    assert lines("项目\t城\t乡\n低保\t\t3\n\t4\t\n") == ["项目\t城\t乡", "低保\t\t3", "\t4\t"]
    assert lines("\t第一段。\n\t第二段。\n第一条\t总则。\n第二条\t细则。") == [
        "第一段。", "第二段。", "第一条 总则。", "第二条 细则。"
    ]  # fmt: skip


def test_spanning_cells_stand_in_every_row_and_column() -> None:
    html = "<table><tr><td colspan=3>表1 补助标准</td></tr><tr><th rowspan=2>项<br>目</th><th colspan=2>标准</th></tr>"
    html += "<tr><th>城</th><th>乡</th></tr><tr><td rowspan=2>低保</td><td>1</td><td></td></tr>"
    html += "<tr><td></td><td>3</td></tr><tr><td colspan=3>其他</td></tr><tr><td>临时</td><td>5</td><td>6</td></tr>"
    assert lines(html + "<tr><td colspan=3>注：按月发放。</td></tr></table>", ".html") == [
        "表1 补助标准",
        "项目\t标准\t标准",
        "项目\t城\t乡",
        "低保\t1\t",
        "低保\t\t3",
        "其他\t\t",
        "临时\t5\t6",
        "注：按月发放。",
    ]


def test_absurd_spans_are_cut_off() -> None:
    html = "<table><tr><td rowspan=99999999>甲</td><td colspan=99999999>乙</td></tr><tr><td>丙</td></tr></table>"
    assert lines(html, ".html") == ["甲\t乙", "甲\t丙"]


def test_a_table_without_a_row_of_two_cells_may_have_one_that_reaches_down() -> None:
    assert lines("<table><tr><td rowspan=2>甲</td></tr><tr><td>乙</td></tr></table>", ".html") == ["甲", "甲\t乙"]


def test_lists_and_paragraphs_in_a_cell_stay_in_its_row() -> None:
    html = "<table><tr><th>事项</th><th>材料</th></tr>"
    html += "<tr><td>低保</td><td><ul><li>户口本</li><li>身份证。</li><li>照片</li></ul></td></tr>"
    html += f"<tr><td>临时救助</td><td><p>申请书</p><p>{'说明' * 300}</p></td></tr></table>"
    assert lines(html, ".html") == ["事项\t材料", "低保\t户口本；身份证。 照片", f"临时救助\t申请书；{'说明' * 300}"]


def test_an_article_laid_out_in_a_table_is_text() -> None:
    paragraphs = [f"第{n}段写的是江城治水，说得很长，也说得很细。" for n in range(5)]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<table><tr><td>栏目</td><td>日期</td></tr><tr><td>{body}</td><td>侧栏</td></tr></table>"
    assert lines(html, ".html") == ["栏目\t日期", *paragraphs, "侧栏"]
