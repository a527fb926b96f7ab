"""OFD files become articles with every paragraph as written, or are set aside with a reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from embeddings.formats.known import read_document
from embeddings.page.unreadable import UnreadableError
from embeddings.reading.articles import parse_article
from tests.ofd_files import content, drawn, ofd
from tests.office_files import Set, pdf_lines
from tests.test_office import FIRST, HEADER, SECOND, THIRD, TITLE, typeset

DOCUMENTS = Path(__file__).parent / "documents"


def lines(data: bytes) -> list[str]:
    return [block.text for block in read_document(data, ".ofd").blocks]


def page(*texts: Set) -> str:
    return content([drawn(text) for text in texts])


def two_pages() -> bytes:
    """A title, a paragraph across both pages, headings and a table; the header stands in a template."""
    first, second, third = map(typeset, (FIRST, SECOND, THIRD))
    on_first = [
        Set(165, 770, 22, TITLE),
        *pdf_lines([*first, *second, third[0]], top=720),
        Set(280, 40, 9, "- 1 -"),
    ]
    on_second = [
        *pdf_lines([*third[1:], "　　一、总体要求", "　　（一）抓好源头。"], top=760),
        *(Set(x, 600, 12, text) for x, text in ((90, "河段"), (200, "长度"), (320, "河长"))),
        *(Set(x, 580, 12, text) for x, text in ((90, "东河"), (200, "12公里"), (320, "张三"))),
        *pdf_lines(["　　排污口全部登记造册，一个不留。"], top=540),
        Set(280, 40, 9, "- 2 -"),
    ]
    template = content([drawn(Set(90, 800, 9, HEADER))])
    return ofd([content(list(map(drawn, texts)), template=True) for texts in (on_first, on_second)], template)


def test_pages_become_paragraphs_headings_and_rows() -> None:
    article = parse_article(two_pages(), ".ofd")
    assert article.title == TITLE
    assert article.text.split("\n") == [
        TITLE, FIRST, SECOND, THIRD, "一、总体要求", "（一）抓好源头。", "河段\t长度\t河长", "东河\t12公里\t张三",
        "排污口全部登记造册，一个不留。",
    ]  # fmt: skip


def test_a_file_of_another_program_is_read() -> None:
    assert lines((DOCUMENTS / "river.ofd").read_bytes()) == [
        "青石市河道管护办法",
        "一、总体要求",
        "全市设河长1200 名，每月巡河两次，发现问题7 日内整改，群众满意度达到98.5%，经费由市财政统一安排，"
        "不得向村民摊派。",
        "二、工作措施",
        "排污口全部登记造册，逐一编号。2024 年共投入资金3.5 亿元，建成污水处理厂6 座，日处理能力18 万吨，"
        "水质达到三类标准以上。",
        "河段\t长度\t河长",
        "东河\t12 公里\t张立",
        "西河\t8 公里\t李敏",
        "本办法自2024 年6 月1 日起施行，由青石市水务局负责解释。",
    ]


def test_texts_drawn_in_any_order_are_read_as_they_stand() -> None:
    form = [
        Set(300, 700, 12, "李敏"), Set(90, 760, 12, "名称"), Set(300, 760, 12, "联系人"), Set(90, 700, 12, "帐篷"),
        Set(90, 730, 12, "水泵"), Set(300, 730, 12, "张立"),
    ]  # fmt: skip
    assert lines(ofd([page(*form)])) == ["名称\t联系人", "水泵\t张立", "帐篷\t李敏"]


def test_characters_are_placed_by_matrices_by_steps_and_by_their_width() -> None:
    stepped = '<ofd:TextCode X="0" Y="5" DeltaX="g 3 5">甲乙丙丁</ofd:TextCode><ofd:TextCode X="20">戊己</ofd:TextCode>'
    scaled = '<ofd:TextCode X="0" Y="1" DeltaX="1 8">河长姓名</ofd:TextCode>'
    objects = (
        f'<ofd:TextObject ID="1" Boundary="20 20 90 9" Size="5">{stepped}</ofd:TextObject>',
        f'<ofd:TextObject ID="2" Boundary="20 40 90 9" Size="1" CTM="5 0 0 5 0 0">{scaled}</ofd:TextObject>',
    )
    assert lines(ofd([content(objects)])) == ["甲乙丙丁戊己", "河长\t姓名"]


def test_what_is_drawn_twice_is_read_once_and_what_is_not_drawn_is_not() -> None:
    bold = drawn(Set(90, 700, 12, "汛期值班表")) + drawn(Set(90.3, 700, 12, "汛期值班表"))
    unseen = drawn(Set(90, 600, 12, "看不见的字"), more='Visible="false"')
    assert lines(ofd([content([bold, unseen])])) == ["汛期值班表"]


def test_parts_in_another_encoding_are_read() -> None:
    text = page(Set(90, 700, 12, "汛期值班表")).replace("UTF-8", "GB18030").encode("gb18030")
    assert lines(ofd(["x"], change={"Doc_0/Pages/Page_0/Content.xml": text})) == ["汛期值班表"]


PAGE = page(Set(90, 700, 12, "汛期值班表"))
CONTENT = "Doc_0/Pages/Page_0/Content.xml"
ENTITIES = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "已损坏，不是完整的 .ofd；请用 WPS 或 OFD 阅读器 打开后另存一份"),
        (ofd([PAGE])[:900], "已损坏"),
        (ofd([PAGE], change={CONTENT: None}), "已损坏"),
        (ofd([PAGE], change={CONTENT: b"<a>"}), "已损坏"),
        (ofd([PAGE], change={CONTENT: ENTITIES}), "已损坏"),
        (ofd([PAGE], change={CONTENT: ENTITIES.decode().encode("utf-16")}), "已损坏"),
        (ofd([PAGE], change={"Doc_0/Document.xml": None, "Doc_0/Encryptions.xml": b"<a/>"}), "密码保护"),
        (ofd([content([])]), "没有文字.*OCR"),
        (ofd([page(Set(90, 700, 12, "\ue001\ue002\ue003"))]), "乱码.*OCR"),
    ],
)
def test_what_can_not_be_read_is_named_with_what_mends_it(data: bytes, expected: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read_document(data, ".ofd")
    assert re.search(expected, str(raised.value))


def test_steps_repeated_beyond_all_measure_cost_nothing() -> None:
    steps = page(Set(90, 700, 12, "汛期值班表")).replace('DeltaX="', 'DeltaX="g 4 4.2333 g 999999999 1 ')
    assert lines(ofd([steps])) == ["汛期值班表"]
