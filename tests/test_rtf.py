"""RTF files become articles, Chinese in every way that programs write it, or are set aside with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from embeddings.formats.known import read_document
from embeddings.page.unreadable import UnreadableError
from embeddings.reading.articles import parse_article

RULES = Path(__file__).parent / "documents" / "rules.rtf"
FONTS = (
    rb"{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fnil\fcharset134 SimSun;}{\f2\fnil\fcharset136 MingLiU;}"
    rb"{\f3\fcharset2 Symbol;}}"
)


def hexadecimal(text: str, encoding: str = "gb18030") -> bytes:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding)).encode()


def rtf(body: bytes, head: bytes = rb"\ansi\ansicpg936\deff0") -> bytes:
    return rb"{\rtf1" + head + FONTS + body + b"}"


def lines(data: bytes) -> list[str]:
    return [block.text for block in read_document(data, ".rtf").blocks]


def test_a_file_of_a_word_processor_is_read_paragraph_by_paragraph() -> None:
    article = parse_article(RULES.read_bytes(), ".rtf")
    assert article.title == "青石市档案条例（试行）"
    assert article.text.split("\n") == [
        "青石市档案条例（试行）",
        "一、总则",
        "本条例自2024年3月1日起施行，适用于青石市范围内的机关、团体、企业事业单位。",
        "1. 归档范围",
        "2. 保管期限",
        "二、保管",
        "库房面积不少于300m²，温度保持在14℃至24℃，镕、喆、𠮷等字要照写。",
        "每日巡查",
        "每月盘点",
        "登记借阅人",
        "类别\t保管期限\t保管期限\t说明",
        "类别\t永久\t定期\t说明",
        "文书\t30卷\t12卷\t按年度",
        "照片\t500张\t80张\t",
        "附则由市档案局解释。",
    ]


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (hexadecimal("江水漫堤，扐石为坝。"), rb"\ansi\ansicpg936"),
        ("江水漫堤，扐石为坝。".encode("gb18030").replace(b"\\", b"\\\\"), rb"\ansi\ansicpg936"),
        (rb"\f1 " + hexadecimal("江水漫堤，扐石为坝。"), rb"\ansi\ansicpg1252"),
        (rb"\loch\af0\hich\af0\dbch\f1 " + hexadecimal("江水漫堤，扐石为坝。"), rb"\ansi\ansicpg1252"),
        (rb"\f2 " + hexadecimal("江水漫堤，", "big5") + rb"\f1 " + hexadecimal("扐石为坝。"), rb"\ansi\ansicpg950"),
        (b"".join(b"\\u%d?" % ord(one) for one in "江水漫堤，扐石为坝。"), rb"\ansi"),
        (b"\\uc0 " + b"".join(b"\\u%d " % ord(one) for one in "江水漫堤，扐石为坝。"), rb"\ansi"),
        (b"\\uc2 " + b"".join(b"\\u%d" % ord(one) + hexadecimal("？") for one in "江水漫堤，扐石为坝。"), rb"\ansi"),
        (b"".join(b"\\u%d?" % (ord(one) - 65536) for one in "江水漫堤，扐石为坝。"), rb"\ansi\ansicpg936"),
    ],
)  # fmt: skip
def test_chinese_comes_out_right_however_it_is_written(body: bytes, head: bytes) -> None:
    assert lines(rtf(body + rb"\par", head)) == ["江水漫堤，扐石为坝。"]


def test_the_second_byte_of_a_character_may_be_a_letter_or_a_brace() -> None:
    # In GBK they are 92 41 and 94 7D.
    assert lines(rtf(rb"\'92A" + rb"\'94\}" + rb"\par")) == ["扐攠"]


def test_characters_beyond_the_first_plane_come_as_two_halves() -> None:
    assert lines(rtf(rb"\u-10174?\u-8263?" + hexadecimal("家") + rb"\par")) == ["𠮹家"]


def test_what_is_no_text_of_the_document_is_left_out() -> None:
    body = (
        rb"{\header " + hexadecimal("内部资料") + rb"\par}{\footer{\shp{\*\shpinst{\shptxt 9\par}}}}"
        rb"{\*\generator X;}{\info{\title T}}{\pict\wmetafile8 0102}{\*\unheardof abc}\pard "
        + hexadecimal("正文")
        + rb"{\v hidden}{\deleted struck}{\field{\*\fldinst HYPERLINK x}{\fldrslt "
        + hexadecimal("链接")
        + rb"}}"
        rb"{\pict\bin5 }}}\}}{\*\bkmkstart a}\'a1\'a3\par"
    )
    assert lines(rtf(body)) == ["正文链接。"]


def test_text_in_a_box_is_read() -> None:
    body = rb"{\shp{\*\shpinst\shpleft10{\sp{\sn a}{\sv b}}{\shptxt \pard " + hexadecimal("框里的字") + rb"\par}}}x\par"
    assert lines(rtf(body)) == ["框里的字", "x"]


def test_styles_tell_headings_and_contents() -> None:
    styles = (
        rb"{\stylesheet{\ql Normal;}{\s1\outlinelevel0 heading 1;}{\s2 " + hexadecimal("标题 2") + rb";}{\s3 toc 1;}}"
    )
    body = styles + rb"\pard\s3 A\tab 1\par\pard\s1 A\par\pard\s2 B\par\pard C\par\pard\outlinelevel2 D\par"
    blocks = read_document(rtf(body), ".rtf").blocks
    assert [(block.text, block.level) for block in blocks] == [("A", 1), ("B", 2), ("C", 0), ("D", 3)]


def test_bullets_are_left_out_and_tell_the_depth_of_their_list() -> None:
    bullet = rb"{\listtext\pard\plain\f3 \'b7\tab}"
    body = bullet + rb"A\par\ilvl1 " + bullet + rb"B\par\pard{\pntext\f1 " + hexadecimal("（一）") + rb"\tab}C\par"
    blocks = read_document(rtf(body), ".rtf").blocks
    assert [(block.text, block.depth) for block in blocks] == [("A", 0), ("B", 1), ("（一）C", 0)]


def test_cells_merged_by_marks_or_by_their_edges_stand_in_every_column() -> None:
    head = rb"\trowd\clvmgf\cellx1000\cellx3000\pard\intbl X\cell Y\cell\row"
    second = rb"\trowd\clvmrg\cellx1000\cellx2000\cellx3000\pard\intbl\cell a\par b\cell c\cell\row"
    third = rb"\trowd\cellx1000\clmgf\cellx2000\clmrg\cellx3000\pard\intbl Z\cell 7\cell\cell\row\pard end\par"
    assert lines(rtf(head + second + third)) == ["X\tY\tY", "X\ta；b\tc", "Z\t7\t7", "end"]


def test_a_note_comes_behind_its_paragraph() -> None:
    note = rb"{\super\chftn}{\footnote\pard\plain {\super\chftn} " + hexadecimal("见年报。") + rb"}"
    body = hexadecimal("种树") + note + hexadecimal("很多。") + rb"\par " + hexadecimal("次年又种。") + rb"\par"
    assert lines(rtf(body)) == ["种树很多。", "注1：见年报。", "次年又种。"]


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "已损坏"),
        (b"plain text", "已损坏，不是完整的 .rtf；请用 Word 或 WPS 打开后另存为 .docx"),
        (RULES.read_bytes()[:20_000], "已损坏"),
        (COMPOUND, r"是旧格式的 \.doc；请另存为 \.docx"),
        (rtf(b""), "没有文字"),
    ],
)
def test_what_can_not_be_read_is_named_with_what_mends_it(data: bytes, expected: str) -> None:
    with pytest.raises(UnreadableError, match=expected):
        read_document(data, ".rtf")


def test_one_paragraph_of_very_many_pieces_takes_no_longer_than_many() -> None:
    assert lines(rtf(rb"\u27743?" * 50_000 + rb"\par")) == ["江" * 50_000]


def test_groups_however_deep_and_words_however_odd_are_no_trouble() -> None:
    deep = b"{" * 50_000 + b"x" + b"}" * 50_000
    assert lines(rtf(deep + rb"\par\u88888888 ?\f-3\s\uc-1\'zz\row\cellx\row\cell y\par")) == ["x", "嘸'zz", "y"]
