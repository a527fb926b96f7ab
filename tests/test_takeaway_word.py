"""A conversation taken away as .docx: opened again, its notes read, its XML held against the format's rules."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from qa.types import TENTATIVE
from tests.conversations import FINES, HOSTILE, IMAGE, LINK, TEAMS, conversation, hostile, tentative, worded
from ui.takeaway.word import conversation_docx
from ui.types import Turn

RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
ENDNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/endnotes"


def part(file, name):
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return etree.fromstring(archive.read(name))


def text_of(element):
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def notes_of(file):
    """Id and text of every note, in the order of the part."""
    return {
        int(note.get(qn("w:id"))): text_of(note)
        for note in part(file, "word/endnotes.xml")
        if note.get(qn("w:type")) is None
    }


def references_of(file):
    return [int(mark.get(qn("w:id"))) for mark in part(file, "word/document.xml").iter(qn("w:endnoteReference"))]


@pytest.fixture(scope="module")
def file():
    return conversation_docx(conversation(), "港城问答")


def test_headings_paragraphs_and_lists_are_read_back(file):
    document = docx.Document(io.BytesIO(file))
    read = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert read[:-1] == [
        ("Title", "港城问答"),
        ("Heading 1", "罚了多少"),
        ("Body Text", "全年查处违规作业35起，罚款12.6万元。[]"),
        ("Heading 1", "有哪些队伍"),
        ("Body Text", "（理解为：港城有哪些队伍）"),
        ("Body Text", "两支队伍是："),
        ("List Bullet", "一是巡查队。[]"),
        ("List Bullet 2", "二是救援队。[]"),
        ("List Bullet", "全年查处违规作业35起，罚款12.6万元。[1]"),
        ("Heading 1", "金价呢"),
        ("Body Text", "【○没有找到答案 no answer】"),
        ("Body Text", "语料中没有找到这个问题的答案：没有文章说到“金价”。"),
        ("Body Text", "没有一段说到它。"),
        ("Body Text", "最接近的段落（不是答案）："),
        ("List Bullet", "护林员共有27人。[]"),
        ("Heading 1", "坏问题"),
        ("Body Text", "没能回答：没有这篇文章。"),
        ("Heading 1", "等着的问题"),
        ("Body Text", "还没有答案。"),
    ]
    style, closing = read[-1]
    assert style == "Body Text"
    assert closing.startswith("由溯源整理，20")
    assert closing.endswith("；语料快照 20260101T000000Z、s2。")
    assert document.core_properties.title == "港城问答"


def test_what_a_language_model_made_up_is_left_out():
    file = conversation_docx([Turn("罚了多少，谁来查", worded())])
    read = [(one.style.name, one.text) for one in docx.Document(io.BytesIO(file)).paragraphs]
    assert read[1:-1] == [
        ("Heading 1", "罚了多少，谁来查"),
        ("Body Text", "港城一年里查处了35起，共罚12.6万元。[]"),
        ("List Bullet", "一是巡查队。[]"),
        ("List Bullet", "巡查的和救援的各有一支。[2][]"),
    ]
    assert references_of(file) == [1, 2, 3]


def test_every_reference_has_its_note_and_every_note_its_reference(file):
    where = "溯源编写组：《港城：数字工作法》，溯源示例，2023年5月6日。原文："
    assert notes_of(file) == {
        1: f"[] {where}全年查处违规作业35起，罚款12.6万元。",
        2: f"[] {where}一是巡查队。",
        3: f"[] {where}二是救援队。",
        4: "[] 《〈山谷〉怎样种树》，溯源示例，2022。原文：护林员共有27人。",
    }
    assert references_of(file) == [1, 2, 3, 4]


def test_a_second_mention_refers_to_the_first_note(file):
    body = part(file, "word/document.xml")
    (code,) = [code.text for code in body.iter(qn("w:instrText"))]
    assert code == " NOTEREF _RefNote1 \\h "
    (bookmark,) = [mark for mark in body.iter(qn("w:bookmarkStart")) if mark.get(qn("w:name")) == "_RefNote1"]
    (reference,) = bookmark.getnext().iter(qn("w:endnoteReference"))
    assert reference.get(qn("w:id")) == "1"
    assert bookmark.getnext().getnext().tag == qn("w:bookmarkEnd")


def test_exact_words_are_bold_and_that_there_is_no_answer(file):
    document = docx.Document(io.BytesIO(file))
    bold = [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.bold]
    assert bold == ["12.6万元", "【○没有找到答案 no answer】"]


def test_an_unsure_answer_says_so_and_its_quotations_stand_apart():
    file = conversation_docx([Turn("罚了多少", tentative("罚了多少", FINES, TEAMS, exact=("12.6万元",)))])
    document = docx.Document(io.BytesIO(file))
    assert [(one.style.name, one.text) for one in document.paragraphs][1:-1] == [
        ("Heading 1", "罚了多少"),
        ("Body Text", "【?不确定 unsure】"),
        ("Body Text", TENTATIVE),
        ("Quote", f"{FINES.quote}[]"),
        ("Quote", f"{TEAMS.quote}[]"),
    ]
    bold = [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.bold]
    assert bold == ["【?不确定 unsure】", "12.6万元"]
    quote = document.styles["Quote"]
    assert quote.paragraph_format.left_indent == Pt(24)
    assert quote.font.italic is False
    assert references_of(file) == [1, 2]


def test_chinese_fonts_are_named(file):
    styles = part(file, "word/styles.xml")
    fonts = {
        style.find(qn("w:name")).get(qn("w:val")): style.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").attrib
        for style in styles.iter(qn("w:style"))
        if style.find(f"{qn('w:rPr')}/{qn('w:rFonts')}") is not None
    }
    named = {name: fonts[name][qn("w:eastAsia")] for name in ("Normal", "Body Text", "Title", "heading 1")}
    assert named == {"Normal": "宋体", "Body Text": "宋体", "Title": "黑体", "heading 1": "黑体"}
    assert not [key for name in named for key in fonts[name] if key.endswith("Theme")]
    default = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert default.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "宋体"
    assert default.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"


def test_the_package_declares_its_endnotes(file):
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert len(names) == len(set(names))
    types = {
        override.get("PartName"): override.get("ContentType")
        for override in part(file, "[Content_Types].xml")
        if override.get("PartName")
    }
    assert types["/word/endnotes.xml"].endswith("wordprocessingml.endnotes+xml")
    relations = list(part(file, "word/_rels/document.xml.rels").iter(RELATIONSHIPS))
    assert [relation.get("Target") for relation in relations if relation.get("Type") == ENDNOTES] == ["endnotes.xml"]
    # Whatever a part refers to is in the package.
    assert {f"word/{relation.get('Target')}" for relation in relations if relation.get("Target")[0] != "."} <= set(
        names
    )


SETTINGS_ORDER = ["characterSpacingControl", "savePreviewPicture", "footnotePr", "endnotePr", "compat", "rsids"]


def test_separators_and_settings_are_as_word_wants_them(file):
    kinds = {
        note.get(qn("w:id")): [child.tag.split("}")[1] for child in note.iter() if "eparator" in child.tag]
        for note in part(file, "word/endnotes.xml")
        if note.get(qn("w:type")) is not None
    }
    assert kinds == {"-1": ["separator"], "0": ["continuationSeparator"]}
    settings = part(file, "word/settings.xml")
    order = [child.tag.split("}")[1] for child in settings if child.tag.split("}")[1] in SETTINGS_ORDER]
    assert order == [name for name in SETTINGS_ORDER if name in order]
    properties = settings.find(qn("w:endnotePr"))
    assert [(child.tag.split("}")[1], *child.attrib.values()) for child in properties] == [
        ("numFmt", "decimal"), ("endnote", "-1"), ("endnote", "0"),
    ]  # fmt: skip
    section = part(file, "word/document.xml").find(f"{qn('w:body')}/{qn('w:sectPr')}")
    assert [child.tag.split("}")[1] for child in section][:3] == ["footerReference", "endnotePr", "pgSz"]


def test_every_style_and_every_bookmark_that_is_used_is_there(file):
    styles = {style.get(qn("w:styleId")) for style in part(file, "word/styles.xml").iter(qn("w:style"))}
    body, notes = part(file, "word/document.xml"), part(file, "word/endnotes.xml")
    used = {
        element.get(qn("w:val"))
        for root in (body, notes)
        for tag in ("w:pStyle", "w:rStyle")
        for element in root.iter(qn(tag))
    }
    assert used <= styles
    starts = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert starts == [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkEnd"))]
    assert len(set(starts)) == len(starts)
    # A style comes first among the properties of a run, or Word calls the file damaged.
    for properties in [*body.iter(qn("w:rPr")), *notes.iter(qn("w:rPr"))]:
        children = [child.tag for child in properties]
        assert qn("w:rStyle") not in children[1:]
        assert children.index(qn("w:rFonts")) <= 1


def test_hostile_articles_are_text():
    file = conversation_docx(hostile(), f"\x00{IMAGE}\n标题")
    clean = HOSTILE.replace("\0", "").replace("\ufffe", "")
    document = docx.Document(io.BytesIO(file))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:3] == [f"{IMAGE} 标题", clean, f"{clean} 1. 第二行。[](javascript:alert(2))"]
    assert notes_of(file) == {
        1: f"[] {LINK}：《{clean}》，{IMAGE}，2023年5月6日。原文：{clean} 1. 第二行。",
    }
    body = part(file, "word/document.xml")
    assert not list(body.iter(qn("w:hyperlink"), qn("w:drawing"), qn("w:instrText")))
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
    assert "External" not in relations


def test_a_document_without_a_title_or_turns_opens():
    document = docx.Document(io.BytesIO(conversation_docx([])))
    assert document.paragraphs[0].text == "问答记录"
    assert len(document.paragraphs) == 2
    assert notes_of(conversation_docx([])) == {}
