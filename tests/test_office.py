"""Word and PDF files become articles with every paragraph as written, or are set aside with a reason."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

import docx
import pytest

import qa
from embeddings.packages.numerals import written
from embeddings.reading.articles import read_articles
from embeddings.rebuilding.rebuild import rebuild
from embeddings.types import Article, SetAside
from tests.conversations import conversation
from tests.office_files import Set, define_list, number, pdf, pdf_lines, saved, typeset
from ui.takeaway.word import conversation_docx

pytest.importorskip("mammoth", reason="the extra “office” is not installed")
pytest.importorskip("pypdfium2", reason="the extra “office” is not installed")

TITLE = "江城治水的五年实践"
FIRST = "这几年，江城的水清了，岸绿了，人也多了起来。全市共有河长1200名，每月巡河两次，问题7日内整改，满意度达到98.5%。"
SECOND = "第二段说的是另一件事：湖边的垃圾站搬走了，新修的步道长12.6公里，老人和孩子都爱去，“四季有花”成了常态。"
THIRD = "截至2023年5月，共投入资金3.5亿元，建成污水处理厂6座，日处理能力18万吨，比前年翻了一番，水质达到三类标准以上。"
HEADER = "江城内部资料 2023年第5期"


def read(folder: Path, name: str, data: bytes) -> Article:
    (folder / name).write_bytes(data)
    (item,) = read_articles(folder)
    assert isinstance(item, Article), item
    return item


def reason(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    (item,) = read_articles(folder)
    assert isinstance(item, SetAside)
    assert item.path == name
    return item.reason


def test_a_word_file_is_read_paragraph_by_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph("作者：溯源编写组")
    document.add_heading("一、治水", 1)
    document.add_paragraph(FIRST)
    document.add_paragraph("巡河队每天走一遍。", style="List Bullet")
    table = document.add_table(2, 3)
    for row, texts in zip(table.rows, (["河段", "长度", "河长"], ["东河", "12公里", "张三"]), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_heading("二、护岸", 1)
    document.add_paragraph().add_run(SECOND[:10]).bold = True
    document.paragraphs[-1].add_run(SECOND[10:])
    article = read(tmp_path, "a.docx", saved(document))
    assert (article.id, article.path, article.title, article.authors) == ("a", "a.docx", TITLE, ("溯源编写组",))
    assert article.text.split("\n") == [
        TITLE,
        "作者：溯源编写组",
        "一、治水",
        FIRST,
        "巡河队每天走一遍。",
        "河段\t长度\t河长",
        "东河\t12公里\t张三",
        "二、护岸",
        SECOND,
    ]


def test_a_word_file_with_macros_is_read_like_others(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(FIRST)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document))) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            main = b"openxmlformats-officedocument.wordprocessingml.document.main"
            new.writestr(name, old.read(name).replace(main, b"ms-word.document.macroEnabled.main"))
        new.writestr("word/vbaProject.bin", COMPOUND)
    assert read(tmp_path, "a.docm", file.getvalue()).text == FIRST
    assert reason(tmp_path, "a.docm", file.getvalue()[:5000]).startswith("文件已损坏，不是完整的 .docm；")


def test_numbers_that_word_sets_by_itself_are_written_out(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    outline = define_list(
        document, ("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")
    )
    chapters = define_list(document, ("chineseCounting", "第%1条"))
    for depth, text in [(0, "治水"), (1, "清淤。"), (1, "截污。"), (2, "查排口。"), (0, "护岸"), (1, "种树。")]:
        number(document.add_paragraph(text), outline, depth)
    document.add_paragraph(FIRST)
    for text in ("河长每月巡河。", "违者罚款。"):
        number(document.add_paragraph(text), chapters)
    assert read(tmp_path, "a.docx", saved(document)).text.split("\n") == [
        TITLE, "一、治水", "（一）清淤。", "（二）截污。", "1. 查排口。", "二、护岸", "（一）种树。", FIRST,
        "第一条 河长每月巡河。", "第二条 违者罚款。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "numbers", "expected"),
    [
        ("chineseCounting", [1, 10, 11, 20, 21, 101, 110, 1010], "一 十 十一 二十 二十一 一百零一 一百一十 一千零一十"),
        ("chineseLegalSimplified", [1, 21, 105], "壹 贰拾壹 壹佰零伍"),
        ("upperRoman", [4, 9, 14], "IV IX XIV"),
        ("lowerLetter", [1, 26, 27], "a z aa"),
        ("decimalEnclosedCircle", [1, 20, 21, 36, 99], "① ⑳ ㉑ ㊱ 99"),
        ("ideographTraditional", [1, 10, 11], "甲 癸 11"),
        ("decimalZero", [3, 12], "03 12"),
        ("unheardOf", [7], "7"),
        ("none", [7], ""),
    ],
)
def test_numbers_in_words(form: str, numbers: list[int], expected: str) -> None:
    assert " ".join(written(number, form) for number in numbers) == expected


def test_marks_of_notes_are_left_out_and_notes_come_behind_their_paragraphs(tmp_path: Path) -> None:
    text = read(tmp_path, "a.docx", conversation_docx(conversation(), TITLE)).text
    lines = text.split("\n")
    assert lines[:3] == [TITLE, "罚了多少", "全年查处违规作业35起，罚款12.6万元。"]
    assert "↑" not in text
    assert lines[3].startswith("注1：") and lines[3].endswith("原文：全年查处违规作业35起，罚款12.6万元。")


def test_a_title_on_two_lines_is_one(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("江城市人民政府\n关于治水的通知", style="Title")
    document.add_paragraph(FIRST)
    article = read(tmp_path, "a.docx", saved(document))
    assert article.title == "江城市人民政府关于治水的通知"
    assert article.text.split("\n") == [article.title, FIRST]


def pages() -> bytes:
    """Two pages with a header, numbers, a paragraph across both, and a table."""
    first, second, third = map(typeset, (FIRST, SECOND, THIRD))
    return pdf(
        [
            [
                Set(90, 800, 9, HEADER),
                Set(165, 770, 22, TITLE),
                *pdf_lines([*first, *second, third[0]], top=720),
                Set(280, 40, 9, "- 1 -"),
            ],
            [
                Set(90, 800, 9, HEADER),
                *pdf_lines([*third[1:], "　　一、总体要求", "　　（一）抓好源头。"], top=760),
                *(Set(x, 600, 12, text) for x, text in ((90, "河段"), (200, "长度"), (320, "河长"))),
                *(Set(x, 580, 12, text) for x, text in ((90, "东河"), (200, "12公里"), (320, "张三"))),
                *pdf_lines(["　　排污口全部登记造册，一个不留。"], top=540),
                Set(280, 40, 9, "- 2 -"),
            ],
        ]
    )


def test_a_chinese_pdf_is_read_paragraph_by_paragraph(tmp_path: Path) -> None:
    article = read(tmp_path, "a.pdf", pages())
    assert article.title == TITLE
    assert article.text.split("\n") == [
        TITLE, FIRST, SECOND, THIRD, "一、总体要求", "（一）抓好源头。", "河段\t长度\t河长", "东河\t12公里\t张三",
        "排污口全部登记造册，一个不留。",
    ]  # fmt: skip


def test_the_title_of_an_official_document_is_not_its_letterhead(tmp_path: Path) -> None:
    lines = [
        Set(120, 760, 36, "江城市人民政府文件"),
        Set(165, 700, 22, "关于治水的通知"),
        *pdf_lines(typeset(FIRST), top=650),
    ]
    assert read(tmp_path, "a.pdf", pdf([lines])).title == "关于治水的通知"


def test_paragraphs_without_indents_are_told_by_their_gaps(tmp_path: Path) -> None:
    lines, top = [Set(90, 780, 20, TITLE)], 740.0
    for text in (FIRST, SECOND, THIRD):
        lines += pdf_lines(typeset(text, indent=0), top=top)
        top = lines[-1].y - 36
    assert read(tmp_path, "a.pdf", pdf([lines])).text.split("\n") == [TITLE, FIRST, SECOND, THIRD]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left, right = typeset(FIRST + SECOND, 16), typeset(THIRD, 16)
    cut = len(left) - 2
    columns = [*pdf_lines(left[:cut], top=700), *pdf_lines([*left[cut:], *right], top=700, left=320)]
    text = read(tmp_path, "a.pdf", pdf([[Set(165, 770, 22, TITLE), *columns]])).text
    assert text.split("\n") == [TITLE, FIRST + SECOND, THIRD]


def test_english_words_at_line_ends_are_parted(tmp_path: Path) -> None:
    lines = ["The river of the city is clean again, and the", "people have come back to its banks, which are", "green."]
    text = read(tmp_path, "a.pdf", pdf([pdf_lines(lines, size=12)])).text
    assert text == " ".join(lines)


def test_radicals_that_a_font_left_behind_are_characters_again(tmp_path: Path) -> None:
    text = "⼈⼤代表⾦先生说：江城的水清了，岸绿了，⼀年比一年好。"
    assert (
        read(tmp_path, "a.pdf", pdf([pdf_lines([text])])).text
        == "人大代表金先生说：江城的水清了，岸绿了，一年比一年好。"
    )


def test_contents_are_not_read_twice(tmp_path: Path) -> None:
    lines = ["一、治水............3", "二、护岸 . . . . . . 12", "　　一、治水", *typeset(FIRST)]
    assert read(tmp_path, "a.pdf", pdf([pdf_lines(lines)])).text.split("\n") == ["一、治水", FIRST]


def test_answers_quote_word_and_pdf_files_verbatim(one_model: object, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    document = docx.Document()
    document.add_paragraph("山谷县怎样种树", style="Title")
    document.add_paragraph("山谷县林业站去年种树4200亩，成活率93%，护林员共有27人。")
    (tmp_path / "articles" / "valley.docx").write_bytes(saved(document))
    (tmp_path / "articles" / "river.pdf").write_bytes(pages())
    rebuild(tmp_path / "articles", tmp_path / "index")
    answerer = qa.load(tmp_path / "index")
    for question, article_id, said in (
        ("山谷县的护林员有多少人", "valley", "山谷县林业站去年种树4200亩，成活率93%，护林员共有27人。"),
        ("江城的污水处理厂建了几座", "river", THIRD),
    ):
        (cited,) = answerer.ask(question).citations
        assert (cited.article_id, cited.quote) == (article_id, said)
        assert answerer.article(article_id).text[cited.start : cited.end] == said


def bomb(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a/>")
        with archive.open(name, "w", force_zip64=True) as part:
            for _ in range(80):
                part.write(b" " * 1024 * 1024)
    return file.getvalue()


def word_with(document: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", document)
    return file.getvalue()


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("empty.docx", b"", "已损坏"),
        ("text.docx", FIRST.encode(), "已损坏"),
        ("cut.docx", saved(docx.Document())[:9000], "已损坏"),
        ("other.docx", word_with(b"<a/>"), "没有文字|已损坏"),
        ("entities.docx", word_with(ENTITIES), "已损坏"),
        ("entities16.docx", word_with(ENTITIES.decode().encode("utf-16")), "已损坏"),
        ("nothing.docx", saved(docx.Document()), "没有文字.*OCR"),
        ("secret.docx", COMPOUND + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("old.docx", COMPOUND, r"另存为 \.docx"),
        ("bomb.docx", bomb("word/styles.xml"), "解压后太大"),
        ("empty.pdf", b"", "已损坏"),
        ("text.pdf", FIRST.encode(), "已损坏"),
        ("scan.pdf", pdf([[]]), "没有文字.*OCR"),
        ("secret.pdf", pdf([pdf_lines(typeset(FIRST))], encrypt=True), "密码"),
        ("unmapped.pdf", pdf([pdf_lines(typeset(FIRST))], mapped=False), "乱码.*OCR"),
        ("bomb.pdf", b"%PDF-1.5\nstream\n" + zlib.compress(bytes(129 * 1024 * 1024)), "解压后太大"),
    ],
)
def test_what_can_not_be_read_is_set_aside_with_a_reason(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    assert re.search(expected, reason(tmp_path, name, data))


def test_pictures_in_a_word_file_are_never_unpacked(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(FIRST)
    file = io.BytesIO(saved(document))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/huge.bin", bytes(80 * 1024 * 1024))
    assert read(tmp_path, "a.docx", file.getvalue()).text == FIRST


def test_what_an_article_says_is_never_markup(tmp_path: Path) -> None:
    text = "标题里写着<img src=x onerror=alert(1)>和[x](javascript:alert(1))，正文照样读得出来。"
    document = docx.Document()
    document.add_paragraph(text)
    assert read(tmp_path, "a.docx", saved(document)).text == text


def test_the_rest_goes_on_and_nothing_is_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("embeddings.formats.older.find_libreoffice", lambda: None)
    (tmp_path / "a.pdf").write_bytes(pages())
    (tmp_path / "b.docx").write_bytes(b"broken")
    for name in ("c.caj", "d.WPS", "e.xlsx", "f.rtf"):
        (tmp_path / name).write_bytes(COMPOUND)
    for name in ("photo.gif", ".hidden.docx", "~$lock.docx", ".DS_Store"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "z.txt").write_text(f"{TITLE}\n{FIRST}", encoding="utf-8")
    items = list(read_articles(tmp_path))
    assert [item.path for item in items] == ["a.pdf", "b.docx", "c.caj", "d.WPS", "e.xlsx", "f.rtf", "z.txt"]
    assert [isinstance(item, Article) for item in items] == [True, False, False, False, False, False, True]
    assert items[2] == SetAside("c.caj", "读不了 .caj 文件；请用能打开它的程序另存为 .pdf。")
    assert isinstance(items[3], SetAside)
    assert "装上 LibreOffice" in items[3].reason
