"""Nothing of a document is lost but what belongs to its page: what goes in is compared with what comes out."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from bs4 import BeautifulSoup

from embeddings.reading.articles import parse_article
from tests.conftest import SHARED
from tests.looks_like_furniture import CASES, ONE, THREE, TWO
from tests.office_files import Set, pdf, pdf_lines, saved, typeset
from tests.whole_documents import FORMATS, HEADER, Written, document, lines

OF_PAGE = (HEADER, "首页", "相关阅读", "另一篇的标题", "版权所有", "ICP", "- 2 -")
"""What the formats write around the document: navigation, other pages, notices, repeated headers, numbers of pages."""


def characters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


@pytest.mark.parametrize("written", FORMATS, ids=[written.suffix for written in FORMATS])
def test_every_character_of_a_long_document_comes_out_in_order(written: Written) -> None:
    parts = document()
    assert len(parts) >= 100
    article = parse_article(written.write(parts), written.suffix)
    said = list(lines(parts))
    assert characters("".join(said)) - characters(article.text) == Counter()
    notes = "".join(f"注{number}：" for number, _ in enumerate([part for part in parts if part.note], 1))
    assert set(characters(article.text) - characters("".join(said) + notes)) <= set(written.adds)
    at = 0
    for line in said:
        found = article.text.find(line, at)
        assert found >= 0, line
        at = found + len(line)
    assert [words for words in OF_PAGE if words in article.text] == []


@pytest.mark.parametrize("case", CASES)
def test_what_only_looks_like_furniture_stays(case: str) -> None:
    suffix, data, expected = CASES[case]
    article = parse_article(data, suffix)
    said = [cell for line in article.text.split("\n") for cell in (line.strip(), *line.strip().split("\t"))]
    assert [line for line in expected if said.count(line) + said.count(f"- {line}") == 0] == []
    assert "图片" not in article.text.split("\n") and article.text.count("图2 新步道") <= 1


def test_rows_and_notes_at_the_edges_of_pages_are_no_headers_for_being_alike() -> None:
    rows = [(f"甲{n}镇", f"{30 + 7 * n}", f"{80 + 11 * n}") for n in range(105)]
    pages = [
        [
            *(Set(x, 768 - 20 * at, 12, text) for at, row in enumerate(rows[first : first + 35])
              for x, text in zip((90, 220, 350), row, strict=True)),
            Set(90, 52, 9, f"{first + 1} 资料取自{2001 + first}年的年报，第{first + 3}页。"),
            Set(290, 30, 9, f"{1 + first // 35}"),
        ]
        for first in (0, 35, 70)
    ]  # fmt: skip
    said = parse_article(pdf(pages), ".pdf").text.split("\n")
    assert [row for row in rows if "\t".join(row) not in said] == []
    assert [line for line in said if "资料取自" in line] == [
        f"{n + 1} 资料取自{2001 + n}年的年报，第{n + 3}页。" for n in (0, 35, 70)
    ]
    assert not {"1", "2", "3"} & set(said)


def test_a_note_that_two_of_several_pages_end_with_is_none_of_their_footers() -> None:
    source, footer = "资料来源于江城市统计局的年报。", "本册只供内部使用，不得外传。"
    pages = [
        [*pdf_lines(typeset(text), top=760), *([Set(90, 60, 9, source)] if n < 2 else []), Set(90, 40, 9, footer)]
        for n, text in enumerate((ONE, TWO, THREE, ONE + TWO, TWO + THREE))
    ]
    said = parse_article(pdf(pages), ".pdf").text
    assert (said.count(source), said.count(footer)) == (2, 0)


def test_a_number_at_the_foot_of_a_page_is_its_number_or_a_figure() -> None:
    body = pdf_lines(typeset(ONE + TWO), top=760)
    column = [
        [*body, *(Set(90, y, 12, str(figure + at)) for at, y in enumerate((114, 94, 74)))] for figure in (310, 870)
    ]
    said = parse_article(pdf(column), ".pdf").text.split("\n")
    assert [line for line in said if line.isdecimal()] == ["310", "311", "312", "870", "871", "872"]
    numbered = [[*body, Set(290, 74, 12, f"第 {n} 页 共 3 页")] for n in (1, 2, 3)]
    assert "页 共" not in parse_article(pdf(numbered), ".pdf").text


def test_headers_that_count_and_that_repeat_are_left_out() -> None:
    pages = [
        [Set(90, 800, 9, f"江城年鉴 {n + 40}"), Set(400, 800, 9, "2023年"), *pdf_lines(typeset(text), top=760)]
        for n, text in enumerate((ONE, TWO, ONE + TWO))
    ]
    assert parse_article(pdf(pages), ".pdf").text.split("\n") == [ONE, TWO, ONE + TWO]


def test_a_web_page_that_a_browser_printed_is_cleaned_as_one() -> None:
    menu, body = ["首页 新闻 服务 互动", "", ""], [line for text in (ONE, TWO, THREE) for line in typeset(text)]
    pages = [
        [
            *(Set(30, 815, 8, "2024/5/3 10:12"), Set(250, 815, 8, "江城网办事手册")),
            *pdf_lines([*menu, *body] if n == 1 else body, top=760),
            *(Set(30, 20, 8, "https://a.example/b/c/index.html"), Set(540, 20, 8, f"{n}/3")),
        ]
        for n in (1, 2, 3)
    ]
    assert parse_article(pdf(pages), ".pdf").text.split("\n") == 3 * [ONE, TWO, THREE]
    unprinted = [page[2:-2] for page in pages]
    assert parse_article(pdf(unprinted), ".pdf").text.split("\n") == [menu[0], *3 * [ONE, TWO, THREE]]


def test_prices_behind_dots_are_no_contents_and_contents_are_not_said_twice() -> None:
    menu = [*typeset(ONE), "红烧鱼......38", "清炒菜......12", *typeset(TWO)]
    said = parse_article(pdf([pdf_lines(menu)]), ".pdf").text
    assert "红烧鱼......38" in said and "清炒菜......12" in said
    contents = ["一、登记........1", "二、领证........3", "三、附表........9"]
    book = [*contents, "　　一、登记", *typeset(ONE), "　　二、领证", *typeset(TWO)]
    assert parse_article(pdf([pdf_lines(book)]), ".pdf").text.split("\n") == ["一、登记", ONE, "二、领证", TWO]


NAMESPACES = " ".join(
    f'xmlns:{name}="http://schemas.{where}"'
    for name, where in {
        "w": "openxmlformats.org/wordprocessingml/2006/main",
        "m": "openxmlformats.org/officeDocument/2006/math",
        "mc": "openxmlformats.org/markup-compatibility/2006",
        "a": "openxmlformats.org/drawingml/2006/main",
        "wp": "openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "microsoft.com/office/word/2010/wordml",
    }.items()
)
BOX = (
    "<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>框里写的话</w:t>"
    "</w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
OF_WORD = {
    "a field": ("<w:fldSimple w:instr='DATE'><w:r><w:t>域里的字</w:t></w:r></w:fldSimple>", "域里的字"),
    "characters read aloud": (
        "<w:r><w:ruby><w:rt><w:r><w:t>xùn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汛</w:t></w:r></w:rubyBase></w:ruby>"
        "<w:t>期</w:t></w:r>",
        "汛（xùn）期",
    ),
    "a formula": (
        "<m:oMath><m:r><m:t>S=π</m:t></m:r><m:sSup><m:e><m:r><m:t>r</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup>"
        "</m:sSup><m:r><m:t>+</m:t></m:r><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>c</m:t></m:r></m:den>"
        "</m:f></m:oMath>",
        "S=πr²+(a+b)/c",
    ),
    "a sum": (
        "<m:oMath><m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:e><m:d><m:e><m:r><m:t>x</m:t></m:r></m:e></m:d>"
        "</m:e></m:nary>"
        "<m:rad><m:e><m:r><m:t>y</m:t></m:r></m:e></m:rad></m:oMath>",
        "∑(x)√y",
    ),
    "a text box": (f"<w:r>{BOX}</w:r>", "框里写的话"),
    "a text box without an older form": (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{BOX}</mc:Choice></mc:AlternateContent></w:r>",
        "框里写的话",
    ),
    "a ticked box": (
        "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr><w:sdtContent><w:r>"
        "<w:t>☒</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>同意</w:t></w:r>",
        "☒同意",
    ),
    "what is written from right to left": ("<w:dir w:val='rtl'><w:r><w:t>方向</w:t></w:r></w:dir>", "方向"),
    "what was written in and struck out": (
        "<w:ins><w:r><w:t>写进的</w:t></w:r></w:ins><w:del><w:r><w:delText>划掉的</w:delText></w:r></w:del>", "写进的"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", OF_WORD)
def test_all_that_a_reader_of_a_word_file_sees_is_read(case: str) -> None:
    inner, expected = OF_WORD[case]
    paragraphs = "".join(
        f"<w:p>{said}</w:p>" for said in (f"<w:r><w:t>{ONE}</w:t></w:r>", inner, f"<w:r><w:t>{TWO}</w:t></w:r>")
    )
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            of_text = name == "word/document.xml"
            said = f"<w:document {NAMESPACES}><w:body>{paragraphs}</w:body></w:document>".encode()
            after.writestr(name, said if of_text else before.read(name))
    assert parse_article(file.getvalue(), ".docx").text.split("\n") == [ONE, expected, TWO]


MAY_BE_MISSING = {
    "the way to the page": r"^(?:\S{2,12} )?首页|位置[:：]|[^>]+>[^>]+>|^> |新闻中心|政务公开|办事服务|互动交流"
    r"|无障碍|长者版|繁体",
    "the way to other pages": r"上一[篇条]|下一[篇条]|返回|^【?(?:相关|延伸)|人阅读时间",
    "counters and buttons": r"浏览次数|点击数|访问量|阅读：|字体|字号|分享到|打印|扫一扫|关闭",
    "the site": r"版权|主办|技术支持|ICP|公网安备",
}
"""Rule -> what tells a line that it is about."""
OTHER_PAGES = re.compile(r"^【?(?:相关|延伸)")


def raw_lines(file: Path) -> Iterator[str]:
    """What a reader of the file sees, a line each, read without any of the program."""
    data = file.read_bytes()
    text = data.decode("utf-8" if data[:3] != b"\xff\xfe" else "utf-16")
    text = re.sub(r"\A\s*---\n.*?\n---\n", "", text, flags=re.DOTALL)
    if re.search(r"</(?:p|div|td|a)>", text):
        soup = BeautifulSoup(re.sub(r"</(?:p|div|li|tr|td|th|h\d|a)>|<br\s*/?>", r"\g<0>" + "\n", text), "html.parser")
        for element in soup(["script", "style", "head"]):
            element.decompose()
        text = soup.get_text()
    for line in map(str.strip, text.splitlines()):
        bare = re.sub(r"^(?:#{1,6}\s+|>\s*|[-*+]\s+)+", "", line).replace("**", "") if file.suffix == ".md" else line
        yield from (cell.strip() for cell in bare.strip("|").split("|") if cell.strip(" -:=*"))


def real_files() -> list[Path]:
    folders = (SHARED / "corpus", SHARED / "eval" / "office" / "articles")
    return [file for folder in folders for file in sorted(folder.glob("*")) if file.suffix in (".txt", ".md", ".html")]


@pytest.mark.skipif(not real_files(), reason="the real articles (../shared) are not on this machine")
@pytest.mark.parametrize("file", real_files(), ids=lambda file: file.stem)
def test_what_is_missing_of_real_pages_is_missing_by_rule(file: Path) -> None:
    said = "".join(parse_article(file.read_bytes(), file.suffix).text.split())
    seen = list(raw_lines(file))
    missing = [(n, line) for n, line in enumerate(seen) if "".join(line.split()) not in said]
    rules = re.compile("|".join(MAY_BE_MISSING.values()))
    listed = next((n for n, line in enumerate(seen) if OTHER_PAGES.match(line)), len(seen))
    # A headline without a mark of its own stands above the summary of its page.
    teased = {n - 1 for n, line in enumerate(seen) if "人阅读时间" in line}
    assert [line for n, line in missing if n < listed and n not in teased and not rules.search(line)] == []
