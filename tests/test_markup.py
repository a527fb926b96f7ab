"""What a page's lines are, whatever it was written in."""

from __future__ import annotations

from embeddings.reading.markup import read_page


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


def test_text_wrapped_at_a_fixed_width_is_joined() -> None:
    paragraph = "".join(chr(0x4E00 + n) for n in range(10 * 30 + 7))
    wrapped = "\n".join(paragraph[at : at + 30] for at in range(0, len(paragraph), 30))
    assert lines(wrapped) == [paragraph]
