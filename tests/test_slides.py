"""Presentations become articles, a slide a section, with everything on a slide in the order it is read."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Cm

from embeddings.formats.known import read_document
from embeddings.page.blocks import Page
from embeddings.page.unreadable import UnreadableError
from embeddings.reading.articles import parse_article
from embeddings.structure.chunking import cut_passages
from embeddings.structure.outline import read_outline

DECK = Path(__file__).parent / "documents" / "deck.pptx"
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def saved(presentation: object) -> bytes:
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def read(data: bytes, suffix: str = ".pptx") -> list[tuple[str, int]]:
    """[(line, depth)]"""
    return [(block.text, block.depth) for block in page(data, suffix).blocks]


def page(data: bytes, suffix: str = ".pptx") -> Page:
    return read_document(data, suffix)


def slide_of(presentation: object, layout: int = 6) -> object:
    return presentation.slides.add_slide(presentation.slide_layouts[layout])


def box(shapes: object, left: float, top: float, text: str, width: float = 9, height: float = 1.6) -> object:
    """A text box, by centimetres."""
    shape = shapes.add_textbox(Cm(left), Cm(top), Cm(width), Cm(height))
    shape.text_frame.text = text
    return shape


def test_a_presentation_is_read_slide_by_slide() -> None:
    article = parse_article(DECK.read_bytes(), ".pptx")
    assert article.title == "青石市数字档案馆建设情况"
    assert article.text.split("\n") == [
        "青石市数字档案馆建设情况",
        "汇报人：陈立",
        "2024年6月",
        "主要做法",
        "抓源头",
        "  立卷归档一次到位",
        "  每周检查一次",
        "抓利用",
        "  查档平均用时由40分钟降到6分钟",
        "备注：这里要讲东河区的例子。",
        "备注：大约讲三分钟。",
        "两端发力",
        "采集端",
        "扫描件进库前逐页核对",
        "服务端",
        "接诉即办，3小时内回复",
        "先登记",
        "再扫描",
        "后入库",
        "数字化进度",
        "年份\t馆藏\t馆藏\t备注",
        "年份\t卷数\t页数\t备注",
        "2022年\t12000\t3600000\t已完成",
        "2023年\t15000\t4100000\t",
        "经费构成",
        "2023年经费占比",
        "类别\t占比",
        "设备\t0.45",
        "人工\t0.35",
        "软件\t0.2",
        "全部由市财政安排",
        "合计210万元",
    ]


def test_a_slide_is_a_section_and_no_passage_holds_two() -> None:
    article = parse_article(DECK.read_bytes(), ".pptx")
    outline = read_outline(article)
    assert [article.text[one.heading.start : one.heading.end] for one in outline.sections] == [
        "主要做法", "两端发力", "数字化进度", "经费构成"
    ]  # fmt: skip
    starts = {part.start for part in article.parts}
    for passage in cut_passages(article, outline):
        assert not any(passage.start < start < passage.end for start in starts)


def test_cards_are_read_one_by_one_and_rows_of_boxes_row_by_row() -> None:
    presentation = pptx.Presentation()
    shapes = slide_of(presentation).shapes
    box(shapes, 13, 8, "右边的说明")
    box(shapes, 2, 8, "左边的说明")
    box(shapes, 13, 6, "右边")
    box(shapes, 2, 6, "左边")
    box(shapes, 2, 1, "标题在上面", width=20)
    rows = slide_of(presentation).shapes
    for text, left, top in (("丁", 8, 6), ("乙", 8, 3), ("丙", 2, 6), ("甲", 2, 3)):
        box(rows, left, top, text, width=5, height=2)
    lines = [text for text, _ in read(saved(presentation))]
    assert lines == ["标题在上面", "左边", "左边的说明", "右边", "右边的说明", "甲", "乙", "丙", "丁"]


def test_a_slide_without_a_title_is_called_by_its_number_and_the_rest_of_its_text_is_kept() -> None:
    presentation = pptx.Presentation()
    box(slide_of(presentation).shapes, 2, 1, "第一页只有一句话。")
    hidden = slide_of(presentation)
    box(hidden.shapes, 2, 1, "藏起来的一页")
    hidden.element.set("show", "0")
    shapes = slide_of(presentation).shapes
    box(shapes, 2, 1, "先说一句完整的话，不是标题。")
    box(shapes, 2, 4, "再说一句。")
    blocks = page(saved(presentation)).blocks
    assert [(block.text, block.part) for block in blocks] == [
        ("第一页只有一句话。", False),
        ("第3页", True),
        ("先说一句完整的话，不是标题。", False),
        ("再说一句。", False),
    ]


def test_numbers_that_the_program_sets_by_itself_are_written_out() -> None:
    presentation = pptx.Presentation()
    frame = box(slide_of(presentation).shapes, 2, 1, "登记").text_frame
    for text, level in (("扫描", 0), ("调光", 1), ("校对", 1), ("入库", 0)):
        paragraph = frame.add_paragraph()
        paragraph.text, paragraph.level = text, level
    for paragraph in frame.paragraphs:
        form = "circleNumDbPlain" if paragraph.level else "ea1ChsPeriod"
        paragraph._p.get_or_add_pPr().append(parse_xml(f'<a:buAutoNum {A} type="{form}"/>'))
    assert read(saved(presentation)) == [
        ("一、登记", 0),
        ("二、扫描", 0),
        ("① 调光", 1),
        ("② 校对", 1),
        ("三、入库", 0),
    ]


def test_two_tables_of_a_slide_are_two_and_a_chart_says_its_figures_as_it_shows_them() -> None:
    presentation = pptx.Presentation()
    shapes = slide_of(presentation).shapes
    for number, (name, value) in enumerate((("姓名", "张三"), ("地点", "礼堂"))):
        table = shapes.add_table(2, 2, Cm(1), Cm(1 + 4 * number), Cm(9), Cm(2)).table
        for place, text in enumerate((name, "数量", value, "7")):
            table.cell(place // 2, place % 2).text = text
    data = CategoryChartData(number_format="0.0%")
    data.categories = ["设备", "人工"]
    data.add_series("占比", (0.455, None))
    shapes.add_chart(XL_CHART_TYPE.PIE, Cm(1), Cm(10), Cm(9), Cm(6), data)
    assert [text for text, _ in read(saved(presentation))] == [
        "姓名\t数量", "张三\t7", "第2个表", "地点\t数量", "礼堂\t7", "第3个表", "类别\t占比", "设备\t45.5%"
    ]  # fmt: skip


def test_superscripts_and_line_breaks() -> None:
    presentation = pptx.Presentation()
    frame = box(slide_of(presentation).shapes, 2, 1, "库房300m").text_frame
    paragraph = frame.paragraphs[0]
    paragraph.add_run().text = "2"
    paragraph.runs[1]._r.get_or_add_rPr().set("baseline", "30000")
    paragraph.add_line_break()
    paragraph.add_run().text = "恒温24℃"
    assert [text for text, _ in read(saved(presentation))] == ["库房300m²", "恒温24℃"]


def test_the_texts_of_a_diagram_are_read_in_its_order() -> None:
    file, data = io.BytesIO(), (Path(__file__).parent / "documents" / "diagram.xml").read_bytes()
    presentation = pptx.Presentation()
    slide = slide_of(presentation)
    part = pptx.opc.package.Part(
        pptx.opc.packuri.PackURI("/ppt/diagrams/data1.xml"),
        "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
        slide.part.package,
        data,
    )
    relation = slide.part.relate_to(
        part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
    )
    frame = slide.shapes.add_table(1, 1, Cm(1), Cm(1), Cm(5), Cm(5))._element
    graphic = frame.find(f".//{qn('a:graphicData')}")
    graphic.clear()
    uri = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    graphic.set("uri", uri)
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    graphic.append(parse_xml(f'<dgm:relIds xmlns:dgm="{uri}" xmlns:r="{r}" r:dm="{relation}"/>'))
    presentation.save(file)
    assert read(file.getvalue()) == [("收件", 0), ("当场登记", 1), ("办理", 0)]


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, part if member == name else old.read(member))
        if name not in old.namelist():
            new.writestr(name, part)
    return file.getvalue()


def test_shows_and_presentations_with_macros_are_read_too() -> None:
    data = DECK.read_bytes()
    with zipfile.ZipFile(DECK) as archive:
        types = archive.read("[Content_Types].xml")
    for suffix, main in (
        (".ppsx", b"openxmlformats-officedocument.presentationml.slideshow.main"),
        (".pptm", b"ms-powerpoint.presentation.macroEnabled.main"),
    ):
        changed = types.replace(b"openxmlformats-officedocument.presentationml.presentation.main", main)
        assert changed != types
        assert read(with_part(data, "[Content_Types].xml", changed), suffix) == read(data)


def test_pictures_are_never_unpacked() -> None:
    bytes_of_pictures = bytes(200 * 1024 * 1024)
    assert read(with_part(DECK.read_bytes(), "ppt/media/film.mp4", bytes_of_pictures)) == read(DECK.read_bytes())


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (COMPOUND, r"是旧格式的 \.ppt；请另存为 \.pptx。"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "密码保护.*取消密码后另存"),
        (DECK.read_bytes()[:50_000], "已损坏.*PowerPoint 或 WPS 打开后另存"),
        (with_part(DECK.read_bytes(), "ppt/slides/slide1.xml", b"<a>"), "已损坏"),
        (with_part(DECK.read_bytes(), "ppt/slides/slide1.xml", b"<!DOCTYPE a><a/>"), "已损坏"),
        (saved(pptx.Presentation()), "没有文字"),
    ],
)
def test_what_can_not_be_read_is_named_with_what_mends_it(data: bytes, expected: str) -> None:
    with pytest.raises(UnreadableError, match=expected):
        page(data)


def test_an_encrypted_archive_says_so() -> None:
    data = bytearray(DECK.read_bytes())
    for header in re.finditer(rb"PK\x01\x02", bytes(data)):
        data[header.start() + 8] |= 1
    with pytest.raises(UnreadableError, match="密码保护"):
        page(bytes(data))
