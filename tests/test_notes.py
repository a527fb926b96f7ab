"""Superscripts and notes: no mark becomes part of a figure, and what a note says stands behind its paragraph."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

import qa
from embeddings.folding import fold
from embeddings.reading.articles import parse_article
from embeddings.rebuilding.rebuild import rebuild
from embeddings.text.markup import read_page
from tests.noted_articles import (
    FIGURES,
    PER_LINE,
    TITLE,
    expected,
    html,
    markdown,
    note_of,
    paragraphs,
    pdf_file,
    raised_at,
    word,
)
from tests.office_files import pdf, pdf_lines, saved

pytest.importorskip("mammoth", reason="the extra “office” is not installed")
pytest.importorskip("pypdfium2", reason="the extra “office” is not installed")


@pytest.mark.parametrize(
    ("suffix", "data"), [(".md", markdown()), (".html", html()), (".docx", word())], ids=["md", "html", "docx"]
)
def test_a_hundred_figures_with_marks_of_notes_stay_as_they_are(suffix: str, data: bytes) -> None:
    assert parse_article(data, suffix).text.split("\n") == expected()


def test_a_hundred_figures_of_a_pdf_with_notes_at_the_foot_of_pages_stay_as_they_are() -> None:
    text = parse_article(pdf_file(), ".pdf").text
    assert re.findall(r"项为([\d.,]+(?:座|%|万元|km²))", text.replace("\n", "")) == FIGURES
    notes = [f"注{note}：{note_of(note)}" for row in paragraphs() for *_, note in row if note]
    assert [line for line in text.split("\n") if line.startswith("注")] == notes
    lines = text.split("\n")
    for number, row in enumerate(paragraphs()):
        for n, (value, unit, note) in enumerate(row):
            if note:
                before = [line for line in lines[: lines.index(f"注{note}：{note_of(note)}")] if line[0] != "注"]
                assert f"第{number * PER_LINE + n}项为{value}{unit}" in before[-1]


def test_every_page_of_a_pdf_may_count_its_notes_anew(tmp_path: Path) -> None:
    body = "全县共有水库若干座，分布在各个乡镇，由县水利局统一管理，每年汛期之前检查一次。"
    pages = []
    for page, (count, said) in enumerate([("35", "不含山塘"), ("18", "只算大型的")]):
        pages.append(
            [
                *pdf_lines([f"　　{body[:30]}", body[30:]], top=740),
                *raised_at(
                    90, 690, 12, [(f"第{page}页的数是{count}", False), ("1", True), ("座，其余的都写在后面。", False)]
                ),
                *pdf_lines([f"1 {said}，这条注写得长，一行写不下，", "要接到第二行。"], top=120, size=9, pitch=13),
            ]
        )
    lines = parse_article(pdf(pages), ".pdf").text.split("\n")
    assert lines[1:3] == [
        "第0页的数是35座，其余的都写在后面。",
        "注1：不含山塘，这条注写得长，一行写不下，要接到第二行。",
    ]
    assert lines[4:] == [
        "第1页的数是18座，其余的都写在后面。",
        "注1：只算大型的，这条注写得长，一行写不下，要接到第二行。",
    ]


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("面积4.5km<sup>2</sup>，库容86万m<sup>3</sup>。", "面积4.5km²，库容86万m³。"),
        ("共10<sup>6</sup>立方米，含1.2×10<sup>-3</sup>克。", "共10⁶立方米，含1.2×10⁻³克。"),
        ("气温25<sup>o</sup>C，R<sup>2</sup>=0.98，用<sup>14</sup>C测年。", "气温25°C，R²=0.98，用¹⁴C测年。"),
        ("Ca<sup>2+</sup>含量35<sup>[2]</sup>毫克，2<sup>10</sup>=1024。", "Ca²⁺含量35毫克，2¹⁰=1024。"),
        ("共28<sup>2</sup>座，35<sup>1,3</sup>处，17<sup>①</sup>人，9<sup>*</sup>户。", "共28座，35处，17人，9户。"),
        ("比上年下降21.5<sup>3</sup>%，长300<sup>注1</sup>米。", "比上年下降21.5%，长300米。"),
        ("第20<sup>th</sup>届，商标<sup>®</sup>，<sup>1</sup>/<sub>2</sub>的村。", "第20th届，商标®，1/2的村。"),
        (
            '<span style="vertical-align: super">2</span>座，28<span style="vertical-align:super">2</span>座。',
            "座，28座。",
        ),
        ("原文打成28²座、4.5km²和10⁶吨。", "原文打成28座、4.5km²和10⁶吨。"),
    ],
)
def test_what_is_raised_is_a_mark_or_a_power(source: str, read: str) -> None:
    assert [block.text for block in read_page(f"<p>{source}</p><p>完。</p>", ".html").blocks] == [read, "完。"]


def test_a_power_is_no_digit_of_its_figure_where_texts_are_compared() -> None:
    assert fold("共10⁶立方米，4.5km²") == "共10⁶立方米,4.5km2"


def test_a_page_without_links_has_its_notes_told_by_their_marks() -> None:
    html = "<p>水库35<sup>1</sup>座，水厂8<sup>2</sup>个。</p><p>泵站4<sup>[3]</sup>处。</p><p>第二段。</p>"
    superscripts = "<p><sup>1</sup> 不含山塘。</p><p><sup>2</sup> 含在建的。</p><p><sup>3</sup> 年底数。</p>"
    plain = "<p>注释</p><p>1. 不含山塘。</p><p>2. 含在建的。</p><p>[3] 年底数。</p>"
    expected = ["水库35座，水厂8个。", "注1：不含山塘。", "注2：含在建的。", "泵站4处。", "注3：年底数。", "第二段。"]
    assert [block.text for block in read_page(html + superscripts, ".html").blocks] == expected
    assert [block.text for block in read_page(html + plain, ".html").blocks] == [*expected, "注释"]


def test_several_notes_in_one_line_stand_each_behind_its_own_paragraph() -> None:
    html = "<p>水库35<sup>1</sup>座。</p><p>水厂8<sup>2</sup>个，泵站4<sup>③</sup>处。</p>"
    html += "<p>注：1 不含山塘3座。2 含在建的2个；③年底数。</p><p>注：数字均为年底数。</p>"
    assert [block.text for block in read_page(html, ".html").blocks] == [
        "水库35座。",
        "注1：不含山塘3座。",
        "水厂8个，泵站4处。",
        "注2：含在建的2个；",
        "注③：年底数。",
        "注：数字均为年底数。",
    ]


def test_a_numbered_list_is_no_notes() -> None:
    html = "<p>水库35<sup>1</sup>座，办法有二：</p><p>1. 清淤。</p><p>2. 加固。</p>"
    assert [block.text for block in read_page(html, ".html").blocks] == [
        "水库35座，办法有二：",
        "1. 清淤。",
        "2. 加固。",
    ]


def test_notes_of_a_table_stand_below_it() -> None:
    markdown = "| 项目 | 数 |\n|---|---|\n| 水库 | 35[^a] |\n| 水厂 | 8 |\n\n后面的一段。\n\n[^a]: 不含山塘。\n"
    assert [block.text for block in read_page(markdown, ".md").blocks] == [
        "项目\t数", "水库\t35", "水厂\t8", "注1：不含山塘。", "后面的一段。"
    ]  # fmt: skip


def test_footnotes_of_markdown() -> None:
    markdown = (
        "水库35[^甲]座，水厂8[^2]个，泵站4[^9]处，写作`[^2]`，字符类[^a-z]。\n\n[^2]: 含在建的，\n    共两个。\n\n"
    )
    markdown += "    另有一处停用。\n[^甲]: 不含山塘。\n\n最后一段。\n\n[^没人提]: 独自一条。\n"
    assert [block.text for block in read_page(markdown, ".md").blocks] == [
        "水库35座，水厂8个，泵站4处，写作[^2]，字符类[^a-z]。",
        "注1：不含山塘。", "注2：含在建的，", "共两个。", "另有一处停用。", "最后一段。", "注3：独自一条。",
    ]  # fmt: skip


def test_superscripts_of_word_by_property_style_and_position() -> None:
    document = docx.Document()
    style = document.styles.add_style("角标", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    style.font.superscript = True
    paragraph = document.add_paragraph("水库35")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run("座，水厂8")
    paragraph.add_run("2", style="角标")
    paragraph.add_run("个，泵站4")
    properties = paragraph.add_run("3")._r.get_or_add_rPr()
    position = docx.oxml.parser.OxmlElement("w:position")
    position.set(docx.oxml.ns.qn("w:val"), "8")
    properties.append(position)
    paragraph.add_run("处，面积12km")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run("。")
    note = document.add_paragraph()
    note.add_run("1").font.superscript = True
    note.add_run("不含山塘。")
    assert parse_article(saved(document), ".docx").text.split("\n") == [
        "水库35座，水厂8个，泵站4处，面积12km²。", "注1：不含山塘。"
    ]  # fmt: skip


def test_a_note_is_cited_where_it_answers(one_model: object, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    source = (
        f"# {TITLE}\n\n全县投入资金1130[^1]万元，加固水库35[^2]座。\n\n[^1]: 其中省级资金400万元。\n[^2]: 不含山塘。\n"
    )
    (tmp_path / "articles" / "a.md").write_text(source, encoding="utf-8")
    rebuild(tmp_path / "articles", tmp_path / "index")
    answerer = qa.load(tmp_path / "index")
    answer = answerer.ask("青石县的省级资金是多少")
    exact = next(span for span in answer.answer_spans if answer.text[span.start : span.end] == "400万元")
    cited = answer.citations[exact.number - 1]
    assert cited.quote == "注1：其中省级资金400万元。"
    assert answerer.article("a").text[cited.start : cited.end] == cited.quote
    assert "1130万元" in answerer.ask("青石县投入资金多少万元").text
