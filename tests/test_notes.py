"""Superscripts and notes: no mark becomes part of a figure, and what a note says stands behind its paragraph."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

import qa
from embeddings.folding import fold
from embeddings.reading.articles import parse_article
from embeddings.reading.markup import read_page
from embeddings.rebuild import rebuild
from tests.office_files import Set, pdf, pdf_lines, saved

pytest.importorskip("mammoth", reason="the extra “office” is not installed")
pytest.importorskip("pypdfium2", reason="the extra “office” is not installed")

TITLE = "青石县水利工作年报"
FIGURES = [
    f"{number}{unit}"
    for n in range(25)
    for number, unit in (
        (137 + 61 * n, "座"), (f"{3 + n}.{(7 * n) % 10}", "%"), (f"{1 + n},{205 + n}", "万元"), (20 + 4 * n, "km²")
    )
]  # fmt: skip
MARKED = frozenset(range(0, 100, 2)) | frozenset(range(1, 100, 4))
"""The figures that a note stands at: amid them, before the unit."""
PER_LINE = 4


def split(figure: str) -> tuple[str, str]:
    """The number and its unit, which the mark stands between."""
    found = re.fullmatch(r"([\d.,]+)(.+)", figure)
    assert found
    return found[1], found[2]


def note_of(number: int) -> str:
    return f"第{number}条注说的是口径，另有{number + 300}处未计入。"


def paragraphs() -> list[list[tuple[str, str, int]]]:
    """Per paragraph its figures as number, unit and note (0 for none), notes counted through."""
    rows, count = [], 0
    for at in range(0, len(FIGURES), PER_LINE):
        row = []
        for index in range(at, at + PER_LINE):
            if index in MARKED:
                count += 1
            row.append((*split(FIGURES[index]), count if index in MARKED else 0))
        rows.append(row)
    return rows


def expected() -> list[str]:
    lines = [TITLE]
    for number, row in enumerate(paragraphs()):
        said = "，".join(f"第{number * PER_LINE + n}项为{value}{unit}" for n, (value, unit, _) in enumerate(row))
        lines.append(f"{said}。")
        lines.extend(f"注{note}：{note_of(note)}" for *_, note in row if note)
    return lines


def markdown() -> bytes:
    lines = [f"# {TITLE}", ""]
    for number, row in enumerate(paragraphs()):
        said = [
            f"第{number * PER_LINE + n}项为{value}{f'[^{note}]' if note else ''}{unit}"
            for n, (value, unit, note) in enumerate(row)
        ]
        lines += ["，".join(said) + "。", ""]
    lines += [f"[^{note}]: {note_of(note)}" for row in paragraphs() for *_, note in row if note]
    return "\n".join(lines).encode()


def html() -> bytes:
    body = [f"<h1>{TITLE}</h1>"]
    for number, row in enumerate(paragraphs()):
        said = []
        for n, (value, unit, note) in enumerate(row):
            # Every third of the notes is marked by a link in brackets.
            link = f'<a href="#n{note}" id="r{note}">{f"[{note}]" if note % 3 else note}</a>'
            mark = "" if not note else link if note % 3 else f"<sup>{link}</sup>"
            said.append(f"第{number * PER_LINE + n}项为{value}{mark}{unit.replace('²', '<sup>2</sup>')}")
        body.append(f"<p>{'，'.join(said)}。</p>")
    notes = "".join(
        f'<li id="n{note}">{note_of(note)} <a href="#r{note}">↩</a></li>'
        for row in paragraphs()
        for *_, note in row
        if note
    )
    return f"<html><body><article>{''.join(body)}<ol>{notes}</ol></article></body></html>".encode()


FOOTNOTES = "word/footnotes.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    for number, row in enumerate(paragraphs()):
        paragraph = document.add_paragraph()
        for n, (value, unit, note) in enumerate(row):
            paragraph.add_run(f"{'，' if n else ''}第{number * PER_LINE + n}项为{value}")
            if note:
                paragraph.add_run(f"NOTE{note}E")
            paragraph.add_run(unit.removesuffix("²"))
            if unit.endswith("²"):
                paragraph.add_run("2").font.superscript = True
        paragraph.add_run("。")
    notes = [note for row in paragraphs() for *_, note in row if note]
    return with_footnotes(saved(document), {note: note_of(note) for note in notes})


def with_footnotes(data: bytes, notes: dict[int, str]) -> bytes:
    """The document with footnotes, referred to where its text says NOTE1E and so on."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "word/document.xml":
                part = re.sub(rb"<w:t>NOTE(\d+)E</w:t>", rb'<w:footnoteReference w:id="\1"/>', part)
            after.writestr(name, part)
        inner = "".join(
            f'<w:footnote w:id="{note}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t>'
            "</w:r></w:p></w:footnote>"
            for note, text in notes.items()
        )
        after.writestr(FOOTNOTES, f"<w:footnotes {W}>{inner}</w:footnotes>")
    return file.getvalue()


def raised_at(x: float, y: float, size: float, parts: list[tuple[str, bool]]) -> list[Set]:
    """Text set from x on, some of it raised and in smaller type."""
    placed = []
    for text, high in parts:
        font = size * 0.6 if high else size
        placed.append(Set(x, y + size * 0.4 if high else y, font, text))
        x += sum(0.5 if character.isascii() else 1.0 for character in text) * font
    return placed


def pdf_file(per_page: int = 5) -> bytes:
    """Pages of ten lines, with the notes at their feet, every other of which begins with a superscript itself."""
    rows = paragraphs()
    pages = []
    for first in range(0, len(rows), per_page):
        page = [Set(165, 780, 22, TITLE)] if not first else []
        notes, y = [], 740.0
        for number in range(first, min(first + per_page, len(rows))):
            for half in (0, 2):
                parts = [("", False)]
                for n in (half, half + 1):
                    value, unit, note = rows[number][n]
                    # PDFium drops text of one character that its stand-in for the font does not have.
                    parts[-1] = (f"{parts[-1][0]}第{number * PER_LINE + n}项为{value}", False)
                    parts += [(str(note), True)] if note else []
                    parts += [(unit.removesuffix("²"), False)] if note else []
                    parts[-1] = parts[-1] if note else (parts[-1][0] + unit.removesuffix("²"), False)
                    parts += [("2", True), ("", False)] if unit.endswith("²") else []
                    parts[-1] = (parts[-1][0] + ("以内，" if n < 3 else "以内。"), False)
                    notes += [note] if note else []
                page += raised_at(114 if not half else 90, y, 12, parts)
                y -= 20
        for note in notes:
            mark = [(str(note), True), (note_of(note), False)] if note % 2 else [(f"{note} {note_of(note)}", False)]
            page += raised_at(90, y - 60, 9, mark)
            y -= 14
        pages.append([*page, Set(290, 30, 9, str(1 + first // per_page))])
    return pdf(pages)


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
    (exact,) = answer.answer_spans
    cited = answer.citations[exact.number - 1]
    assert (answer.text[exact.start : exact.end], cited.quote) == ("400万元", "注1：其中省级资金400万元。")
    assert answerer.article("a").text[cited.start : cited.end] == cited.quote
    assert "1130万元" in answerer.ask("青石县投入资金多少万元").text
