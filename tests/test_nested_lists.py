"""Lists within lists keep every character, their order and their depth, in Markdown, HTML and Word."""

from __future__ import annotations

import docx
import pytest

from embeddings.reading.articles import parse_article
from embeddings.structure.chunking import cut_passages
from embeddings.structure.outline import read_outline
from embeddings.text.markup import read_page
from qa.reading.excerpts import excerpts_of
from tests.office_files import define_list, number, saved
from tests.outlines import tree

TITLE = "青石县河道整治任务分工"
LEAD = "今年青石县从三个方面整治河道，每个方面都写明由谁牵头、什么时候完成："
ITEMS = [
    (0, "清理河床"),
    (1, "清除东溪淤泥3.2万方"),
    (2, "牵头单位：县水利局"),
    (2, "完成时限：5月底"),
    (1, "拆除违建27处"),
    (2, "牵头单位：县城管局"),
    (0, "修复岸坡"),
    (1, "种植水杉4,600株"),
    (0, "巡查管护"),
    (1, "每月巡河2次（含夜巡）"),
    (2, "牵头单位：县河长办"),
    (3, "联系人：每个乡镇1名"),
    (1, "公示举报电话"),
]
LAST = "以上任务每季度通报一次，年底统一考核。"
EXPECTED = [TITLE, LEAD, *("  " * depth + text for depth, text in ITEMS), LAST]


def markdown(indent: str, marks: str) -> bytes:
    items = (f"{indent * depth}{marks[depth % len(marks)]} {text}" for depth, text in ITEMS)
    return "\n".join([f"# {TITLE}", "", LEAD, "", *items, "", LAST, ""]).encode()


def html(wrap: str) -> bytes:
    body, depth = "", -1
    for level, text in ITEMS:
        body += "<ul>" * (level - depth) + "</li></ul>" * (depth - level)
        body += "</li>" if level <= depth else ""
        body += f"<li>{wrap.format(text)}"
        depth = level
    body += "</li></ul>" * (depth + 1)
    return f"<html><body><article><h1>{TITLE}</h1><p>{LEAD}</p>{body}<p>{LAST}</p></article></body></html>".encode()


def word(form: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(LEAD)
    levels = define_list(document, *[("bullet", "•")] * 4) if form == "levels" else ""
    for depth, text in ITEMS:
        if form == "levels":
            number(document.add_paragraph(text), levels, depth)
        else:
            style = "List Bullet" if not depth else f"List Bullet {depth + 1}"
            paragraph = document.add_paragraph(text, style=style if depth < 3 else "List Bullet 3")
            if depth == 3:
                paragraph.paragraph_format.left_indent = docx.shared.Cm(3)
    document.add_paragraph(LAST)
    return saved(document)


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".md", markdown("  ", "-")),
        (".md", markdown("    ", "*-+")),
        (".md", markdown("\t", "-")),
        (".html", html("{}")),
        (".html", html("<p>{}</p>")),
        (".docx", word("levels")),
        (".docx", word("styles")),
    ],
    ids=["md two", "md four", "md tab", "html", "html p", "word levels", "word styles"],
)
def test_lists_within_lists_keep_order_depth_and_every_character(suffix: str, data: bytes) -> None:
    if suffix == ".docx":
        pytest.importorskip("mammoth", reason="the extra “office” is not installed")
    text = parse_article(data, suffix).text
    assert text.split("\n") == EXPECTED
    assert "".join(text.split()) == "".join("".join([TITLE, LEAD, *(said for _, said in ITEMS), LAST]).split())


def test_numbers_of_a_markdown_list_stay_above_its_bullets() -> None:
    source = "1. 清河床\n   - 清淤泥\n     - 牵头：水利局\n\n     接着说的一段。\n2. 修岸坡\n\n后文。\n\n- 另一个清单\n"
    blocks = read_page(source, ".md").blocks
    assert [(block.depth, block.text) for block in blocks] == [
        (0, "1. 清河床"), (1, "清淤泥"), (2, "牵头：水利局"), (1, "接着说的一段。"), (0, "2. 修岸坡"), (0, "后文。"),
        (0, "另一个清单"),
    ]  # fmt: skip


def test_numbers_of_word_that_look_alike_are_told_apart_by_depth() -> None:
    pytest.importorskip("mammoth", reason="the extra “office” is not installed")
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    outline = define_list(document, ("decimal", "%1."), ("decimal", "%2."), ("bullet", "•"))
    for depth, text in [(0, "清河床"), (1, "清淤泥"), (2, "牵头：水利局"), (1, "拆违建"), (0, "修岸坡")]:
        number(document.add_paragraph(text), outline, depth)
    document.add_paragraph(LAST)
    assert parse_article(saved(document), ".docx").text.split("\n") == [
        TITLE, "1. 清河床", "  1. 清淤泥", "    牵头：水利局", "  2. 拆违建", "2. 修岸坡", LAST
    ]  # fmt: skip


def test_what_is_said_of_a_term_lies_under_it() -> None:
    terms = "<dl><dt>东门</dt><dd>早上六点开</dd><dd>晚上十点关</dd><dt>西门</dt><dd>整天开着</dd></dl>"
    html = f"<html><body><article><h1>{TITLE}</h1><p>{LEAD}</p>{terms}<p>{LAST}</p></article></body></html>"
    assert parse_article(html.encode(), ".html").text.split("\n") == [
        TITLE, LEAD, "东门", "  早上六点开", "  晚上十点关", "西门", "  整天开着", LAST
    ]  # fmt: skip


def test_nested_items_are_parts_of_what_they_lie_under() -> None:
    article = parse_article(markdown("  ", "-"), ".md")
    [(kind, opening, items)] = tree(article)
    assert (kind, opening) == ("item", LEAD)
    assert items == [
        ("item", "清理河床", [
            ("item", "清除东溪淤泥3.2万方", [("item", "牵头单位：县水利局", []), ("item", "完成时限：5月底", [])]),
            ("item", "拆除违建27处", [("item", "牵头单位：县城管局", [])]),
        ]),
        ("item", "修复岸坡", [("item", "种植水杉4,600株", [])]),
        ("item", "巡查管护", [
            ("item", "每月巡河2次（含夜巡）", [("item", "牵头单位：县河长办", [("item", "联系人：每个乡镇1名", [])])]),
            ("item", "公示举报电话", []),
        ]),
    ]  # fmt: skip


def test_nested_items_are_read_behind_what_they_lie_under() -> None:
    article = parse_article(markdown("  ", "-"), ".md")
    read = [
        excerpt.text[unit.read.start : unit.read.end]
        for passage in cut_passages(article, read_outline(article))
        for excerpt in excerpts_of(article, passage)
        for unit in excerpt.units
    ]
    assert "清理河床 拆除违建27处：牵头单位：县城管局" in read
    assert "巡查管护：公示举报电话" in read
    assert "修复岸坡" in read


def test_an_article_laid_out_in_lists_is_not_indented() -> None:
    paragraphs = [f"第{n}段写的是青石县整治河道，说得很长，也说得很细。" for n in range(4)]
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<html><body><ul><li><h1>{TITLE}</h1><ul><li>{inner}</li></ul></li></ul></body></html>"
    assert parse_article(html.encode(), ".html").text.split("\n") == [TITLE, *paragraphs]
