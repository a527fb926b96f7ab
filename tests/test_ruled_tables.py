"""Tables that a PDF draws with lines are read cell by cell, as Word's are; whatever else is drawn rules nothing."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
import pytest

import qa
from embeddings.encoding.encoder import Encoder
from embeddings.page.blocks import Block
from embeddings.pdf.lines import PdfLine
from embeddings.pdf.pages import read_pdf
from embeddings.pdf.table_rows import with_rows
from embeddings.reading.articles import parse_article
from embeddings.structure.tables import rows_within
from embeddings.types import Span
from tests import hostile_documents as hostile
from tests.asked_cases import answerer_over
from tests.office_files import Set, pdf, pdf_lines, typeset

DOCUMENTS = Path(__file__).parent / "documents"
SIZE, PITCH = 12.0, 16.0
BEFORE = "这几年，江城的水清了，岸绿了，人也多了起来。全市有河长1200名，每月巡河两次，问题7日内整改，满意度98.5%。"
AFTER = "撤离以后，沟水退到警戒线以下满12小时才可以回家。"

COLUMNS = (90.0, 190.0, 290.0, 410.0)
Cell = tuple[int, int, int, int, str]
"""A cell: its first row and column, the row and column behind its last, and its lines."""
PATROL: Sequence[Cell] = (
    (0, 0, 2, 1, "雨情"),
    (0, 1, 1, 3, "要做的事"),
    (1, 1, 2, 2, "巡查"),
    (1, 2, 2, 3, "转移"),
    (2, 0, 3, 1, "1小时降雨达30\n毫米"),
    (2, 1, 3, 2, "每小时一次"),
    (2, 2, 3, 3, "做好准备；\n清点人数。"),
    (3, 0, 4, 1, "1小时降雨达50\n毫米"),
    (3, 1, 4, 2, ""),
    (3, 2, 4, 3, "沟边20米以内全部\n撤离"),
)
PATROL_ROWS = [
    "雨情\t要做的事\t要做的事",
    "雨情\t巡查\t转移",
    "1小时降雨达30毫米\t每小时一次\t做好准备； 清点人数。",
    "1小时降雨达50毫米\t\t沟边20米以内全部撤离",
]


def heights(cells: Sequence[Cell], top: float) -> list[float]:
    """The sides of the rows from the top, each as high as the most lines of a cell in it."""
    sides = [top]
    for row in range(max(cell[2] for cell in cells)):
        lines = max(text.count("\n") + 1 for first, _, stop, _, text in cells if first == row and stop == row + 1)
        sides.append(sides[-1] - PITCH * lines - 8)
    return sides


def texts(cells: Sequence[Cell], top: float, columns: Sequence[float] = COLUMNS) -> list[Set]:
    sides = heights(cells, top)
    return [
        Set(columns[column] + 5, sides[row] - PITCH - number * PITCH, SIZE, line)
        for row, column, _, _, text in cells
        for number, line in enumerate(text.split("\n"))
        if line
    ]


def sides(cells: Sequence[Cell], top: float, columns: Sequence[float] = COLUMNS) -> list[tuple[float, ...]]:
    """The four sides of every cell, each from left to right or from bottom to top."""
    rows = heights(cells, top)
    found = []
    for row, column, below, behind, _ in cells:
        left, right, upper, lower = columns[column], columns[behind], rows[row], rows[below]
        found += [(left, upper, right, upper), (left, lower, right, lower)]
        found += [(left, lower, left, upper), (right, lower, right, upper)]
    return found


def stroked(lines: Sequence[tuple[float, ...]]) -> str:
    return "\n".join("0.5 w {} {} m {} {} l S".format(*line) for line in lines)


def in_one_path(lines: Sequence[tuple[float, ...]]) -> str:
    """All at once, in units of a tenth of a point from another corner."""
    parts = (f"{x * 10 - 500:g} {y * 10:g} m {u * 10 - 500:g} {v * 10:g} l" for x, y, u, v in lines)
    return f"q 0.1 0 0 0.1 50 0 cm {' '.join(parts)} S Q"


def filled(lines: Sequence[tuple[float, ...]]) -> str:
    """As thin rectangles that leave out the corners, where small ones stand."""
    parts = []
    for x, y, u, v in lines:
        parts += [f"{x} {y} 0.5 0.5 re f"]
        parts += [f"{x + 0.5} {y} {u - x - 0.5} 0.5 re f" if y == v else f"{x} {y + 0.5} 0.5 {v - y - 0.5} re f"]
    return "\n".join(parts)


def doubled(lines: Sequence[tuple[float, ...]]) -> str:
    return "\n".join(f"{x + d} {y + d} m {u + d} {v + d} l S" for x, y, u, v in lines for d in (-0.6, 0.6))


def dotted(lines: Sequence[tuple[float, ...]]) -> str:
    parts = []
    for x, y, u, v in lines:
        count = int(max(u - x, v - y) // 2)
        for n in range(count):
            across, up = (u - x) / count, (v - y) / count
            parts.append(f"{x + n * across} {y + n * up} m {x + (n + 0.6) * across} {y + (n + 0.6) * up} l S")
    return "\n".join(parts)


def boxes(cells: Sequence[Cell], top: float, columns: Sequence[float] = COLUMNS) -> str:
    """A stroked rectangle around every cell."""
    rows = heights(cells, top)
    return "\n".join(
        f"{columns[c]} {rows[below]} {columns[behind] - columns[c]} {rows[r] - rows[below]} re S"
        for r, c, below, behind, _ in cells
    )


def said(data: bytes) -> list[str]:
    return parse_article(data, ".pdf").text.split("\n")


def unspaced(lines: Sequence[str]) -> list[str]:
    """The lines without the space that a PDF shows between Chinese and figures."""
    return [re.sub(r"(?<=[\u4e00-\u9fff]) +(?=\d)|(?<=\d) +(?=[\u4e00-\u9fff])", "", line) for line in lines]


def test_one_document_has_the_same_rows_as_pdf_and_as_word() -> None:
    read = {
        suffix: parse_article((DOCUMENTS / f"patrol{suffix}").read_bytes(), suffix).text.split("\n")
        for suffix in (".pdf", ".docx")
    }
    rows = {suffix: [line for line in unspaced(lines) if "\t" in line] for suffix, lines in read.items()}
    assert rows[".pdf"] == rows[".docx"]
    assert rows[".pdf"] == [
        "雨情\t要做的事\t要做的事",
        "雨情\t巡查\t转移",
        "1小时降雨30毫米\t加密到每小时一次\t通知做好准备",
        "1小时降雨50毫米\t驻守沟口\t沟边20米内全部撤离",
    ]
    # What stands around it is where it was.
    for lines in map(unspaced, read.values()):
        first = lines.index(rows[".pdf"][0])
        assert [lines[first - 1], lines[first + 4]] == ["二、什么时候撤", AFTER]


@pytest.mark.parametrize("drawing", [stroked, in_one_path, filled, doubled, dotted], ids=lambda made: made.__name__)
def test_rows_are_read_however_the_lines_are_drawn(drawing: Callable[[Sequence[tuple[float, ...]]], str]) -> None:
    body = pdf_lines(typeset(BEFORE), top=760)
    page = [*body, *texts(PATROL, 660), *pdf_lines(typeset(AFTER), top=480)]
    assert said(pdf([page], drawn=[drawing(sides(PATROL, 660))])) == [BEFORE, *PATROL_ROWS, AFTER]


def test_rows_are_read_where_every_cell_is_a_box_and_all_lies_in_a_group_of_objects() -> None:
    page = pdf([texts(PATROL, 660)], drawn=[boxes(PATROL, 660)])
    source, target = pypdfium2.PdfDocument(page), pypdfium2.PdfDocument.new()
    group = source.page_as_xobject(0, target).as_pageobject()
    group.set_matrix(pypdfium2.PdfMatrix().scale(0.8, 0.8).translate(30, 40))
    sheet = target.new_page(595, 842)
    sheet.insert_obj(group)
    sheet.gen_content()
    file = io.BytesIO()
    target.save(file)
    assert said(file.getvalue()) == PATROL_ROWS


def test_later_rooms_know_the_columns_of_each_row() -> None:
    text = parse_article(pdf([texts(PATROL, 660)], drawn=[stroked(sides(PATROL, 660))]), ".pdf").text
    rows = rows_within(text, Span(0, len(text)))
    named = [[text[name.start : name.end] for name in column] for column in rows[2].columns]
    assert named == [["雨情"], ["要做的事", "巡查"], ["要做的事", "转移"]]


def test_a_cell_has_paragraphs_where_its_lines_had_room_for_more() -> None:
    cells: Sequence[Cell] = (
        (0, 0, 1, 1, "事项"),
        (0, 1, 1, 3, "处置\n办法"),
        (1, 0, 2, 1, "联系人"),
        (1, 1, 2, 3, "张三\n李四"),
        (2, 0, 3, 1, "要求"),
        (2, 1, 3, 3, "巡查员每天要看沟口的水位标尺两次，\n记录在册。\n接到预警后每两小时巡一次。"),
    )
    assert said(pdf([texts(cells, 660)], drawn=[stroked(sides(cells, 660))])) == [
        "事项\t处置办法",
        "联系人\t张三；李四",
        "要求\t巡查员每天要看沟口的水位标尺两次，记录在册。 接到预警后每两小时巡一次。",
    ]


def test_running_text_in_a_cell_is_paragraphs() -> None:
    columns = (60.0, 130.0, 540.0)
    one, other = BEFORE * 3, AFTER * 6
    lines = "\n".join([*typeset(one, 33), *typeset(other, 33)])
    cells: Sequence[Cell] = (
        (0, 0, 1, 1, "姓名"),
        (0, 1, 1, 2, "张三"),
        (1, 0, 2, 1, "事迹"),
        (1, 1, 2, 2, lines),
    )
    read = said(pdf([texts(cells, 760, columns)], drawn=[stroked(sides(cells, 760, columns))]))
    assert read == ["姓名\t张三", "事迹", one, other]


def test_a_row_of_one_cell_is_a_line_above_and_the_first_cell_between() -> None:
    cells: Sequence[Cell] = (
        (0, 0, 1, 3, "名录"),
        (1, 0, 2, 1, "沟名"),
        (1, 1, 2, 2, "长度"),
        (1, 2, 2, 3, "户数"),
        (2, 0, 3, 3, "东片"),
        (3, 0, 4, 1, "石沟"),
        (3, 1, 4, 2, "3公里"),
        (3, 2, 4, 3, "40户"),
    )
    assert said(pdf([texts(cells, 660)], drawn=[stroked(sides(cells, 660))])) == [
        "名录",
        "沟名\t长度\t户数",
        "东片\t\t",
        "石沟\t3公里\t40户",
    ]


def test_a_table_may_be_open_at_its_sides() -> None:
    open_sides = [line for line in sides(PATROL, 660) if line[0] != line[2] or line[0] not in (90, 410)]
    assert said(pdf([texts(PATROL, 660)], drawn=[stroked(open_sides)])) == PATROL_ROWS


UNDERLINED = "90 756 m 490 756 l S 90 736 m 300 736 l S"
BOXED = "85 690 m 510 690 l S 85 780 m 510 780 l S 85 690 m 85 780 l S 510 690 m 510 780 l S"
BANDS = "85 690 425 90 re S 85 720 m 510 720 l S 85 750 m 510 750 l S"
CROSS = "0 700 m 595 700 l S 300 600 m 300 842 l S"
FRAME = "60 60 480 740 re S"


@pytest.mark.parametrize("drawn", [UNDERLINED, BOXED, BANDS, CROSS, FRAME, f"{FRAME} {UNDERLINED}"])
def test_lines_around_and_under_text_rule_no_table(drawn: str) -> None:
    page = [*pdf_lines(typeset(BEFORE + AFTER), top=760), *pdf_lines(["河段　甲", "东河　乙"], top=620)]
    assert said(pdf([page], drawn=[drawn])) == said(pdf([page]))


def test_a_page_that_is_turned_is_read_without_its_lines() -> None:
    def on_its_side(data: bytes) -> bytes:
        document, file = pypdfium2.PdfDocument(data), io.BytesIO()
        document[0].set_rotation(90)
        document.save(file)
        return file.getvalue()

    drawn = on_its_side(pdf([texts(PATROL, 660)], drawn=[stroked(sides(PATROL, 660))]))
    assert said(drawn) == said(on_its_side(pdf([texts(PATROL, 660)])))


def test_boxes_with_arrows_between_them_are_no_table() -> None:
    names = ("受理", "审核", "公示", "发证")
    aside = [Set(100 + 110 * n, 700, SIZE, name) for n, name in enumerate(names)]
    below = [Set(100, 600 - 60 * n, SIZE, name) for n, name in enumerate(names)]
    drawn = [f"{90 + 110 * n} 690 60 30 re S" for n in range(4)]
    drawn += [f"{150 + 110 * n} 705 m {200 + 110 * n} 705 l S" for n in range(3)]
    drawn += [f"90 {590 - 60 * n} 60 30 re S" for n in range(4)]
    drawn += [f"120 {590 - 60 * n} m 120 {560 - 60 * n} l S" for n in range(3)]
    assert said(pdf([[*aside, *below]], drawn=["\n".join(drawn)])) == said(pdf([[*aside, *below]]))


def test_a_chart_with_figures_at_its_bars_is_no_table() -> None:
    bars = [(n, 100 + 80 * n, 20 + 35 * (n * 3 % 5)) for n in range(5)]
    page = [Set(x, 500 + high + 5, SIZE, f"{high}") for _, x, high in bars]
    page += [Set(x, 480, SIZE, f"{2019 + n}年") for n, x, _ in bars]
    drawn = [f"{x} 500 30 {high} re f" for _, x, high in bars]
    drawn += [f"80 {500 + 35 * n} m 500 {500 + 35 * n} l S" for n in range(6)]
    drawn += [f"{80 + 84 * n} 500 m {80 + 84 * n} 675 l S" for n in range(6)]
    assert said(pdf([page], drawn=["\n".join(drawn)])) == said(pdf([page]))


def test_columns_of_a_newspaper_with_lines_around_them_are_running_text() -> None:
    one, other = [BEFORE, AFTER], [AFTER, BEFORE]
    left = [line for text in one for line in typeset(text, 17)]
    right = [line for text in other for line in typeset(text, 17)]
    page = [*pdf_lines(left, top=740, left=60), *pdf_lines(right, top=740, left=310)]
    drawn = "50 500 490 270 re S 290 500 m 290 770 l S"
    assert said(pdf([page], drawn=[drawn])) == [*one, *other]


def test_a_table_in_one_of_two_columns_stands_where_it_is() -> None:
    columns = (320.0, 400.0, 500.0)
    cells: Sequence[Cell] = ((0, 0, 1, 1, "沟名"), (0, 1, 1, 2, "长度"), (1, 0, 2, 1, "石沟"), (1, 1, 2, 2, "3公里"))
    left, right = typeset(BEFORE + AFTER, 18), typeset(AFTER + BEFORE, 16)
    page = [
        *pdf_lines(left, top=740, left=60),
        *pdf_lines(right, top=740, left=320),
        *texts(cells, 560, columns),
        *pdf_lines(typeset(AFTER, 16), top=480, left=320),
    ]
    assert said(pdf([page], drawn=[stroked(sides(cells, 560, columns))])) == [
        BEFORE + AFTER, AFTER + BEFORE, "沟名\t长度", "石沟\t3公里", AFTER,
    ]  # fmt: skip


NAMES: Sequence[Cell] = ((0, 0, 1, 1, "片区"), (0, 1, 1, 2, "沟名"), (0, 2, 1, 3, "怎样处置"))
TURNED = [
    [
        *NAMES,
        (1, 0, 3, 1, "东片"),
        (1, 1, 2, 2, "石沟"),
        (1, 2, 2, 3, "修谷坊12座"),
        (2, 1, 3, 2, "柳沟"),
        (2, 2, 3, 3, "迁出沟口的人家共"),
    ],
    [
        *NAMES,
        (1, 0, 3, 1, ""),
        (1, 1, 2, 2, ""),
        (1, 2, 2, 3, "37户，按期搬到新\n村。"),
        (2, 1, 3, 2, "杏沟"),
        (2, 2, 3, 3, "种刺槐900亩"),
        (3, 0, 4, 1, "西片"),
        (3, 1, 4, 2, "榆沟"),
        (3, 2, 4, 3, "清淤4公里"),
    ],
]


def turned() -> bytes:
    """A table on two pages, the second one a little aside, with headers and numbers between its parts."""
    aside = [column + 12 for column in COLUMNS]
    first = [Set(90, 800, 9, "青石市内部资料"), *pdf_lines(typeset(BEFORE), top=760), *texts(TURNED[0], 300)]
    second = [Set(90, 800, 9, "青石市内部资料"), *texts(TURNED[1], 770, aside), *pdf_lines(typeset(AFTER), top=560)]
    return pdf(
        [[*first, Set(290, 40, 9, "1")], [*second, Set(290, 40, 9, "2")]],
        drawn=[stroked(sides(TURNED[0], 300)), stroked(sides(TURNED[1], 770, aside))],
    )


def test_a_table_on_two_pages_is_one() -> None:
    article = parse_article(turned(), ".pdf")
    assert article.text.split("\n") == [
        BEFORE,
        "片区\t沟名\t怎样处置",
        "东片\t石沟\t修谷坊12座",
        "东片\t柳沟\t迁出沟口的人家共37户，按期搬到新村。",
        "东片\t杏沟\t种刺槐900亩",
        "西片\t榆沟\t清淤4公里",
        AFTER,
    ]
    pages = {article.text[turn.start :][:4]: turn.page for turn in article.pages}
    assert pages == {BEFORE[:4]: 1, "37户，": 2}


def test_a_table_with_the_same_columns_behind_a_paragraph_keeps_its_names() -> None:
    small: Sequence[Cell] = (*NAMES, (1, 0, 2, 1, "东片"), (1, 1, 2, 2, "石沟"), (1, 2, 2, 3, "修谷坊"))
    pages = [texts(small, 300), [*pdf_lines(typeset(BEFORE), top=700), *texts(small, 600)]]
    drawn = [stroked(sides(small, 300)), stroked(sides(small, 600))]
    rows = ["片区\t沟名\t怎样处置", "东片\t石沟\t修谷坊"]
    assert said(pdf(pages, drawn=drawn)) == [*rows, BEFORE, *rows]


def test_rows_that_a_page_ends_between_stay_two() -> None:
    # Columns as narrow as what stands in them leave no room for more in any row.
    columns = (90.0, 124.0, 158.0)
    first: Sequence[Cell] = ((0, 0, 1, 1, "片区"), (0, 1, 1, 2, "沟名"), (1, 0, 2, 1, "东片"), (1, 1, 2, 2, "石沟"))
    second: Sequence[Cell] = ((0, 0, 1, 1, ""), (0, 1, 1, 2, "杏沟"), (1, 0, 2, 1, "西片"), (1, 1, 2, 2, "榆沟"))
    drawn = [stroked(sides(first, 200, columns)), stroked(sides(second, 770, columns))]
    read = said(pdf([texts(first, 200, columns), texts(second, 770, columns)], drawn=drawn))
    assert read == ["片区\t沟名", "东片\t石沟", "\t杏沟", "西片\t榆沟"]


def test_answers_cite_the_row_and_its_page(one_model: Encoder, tmp_path: Path) -> None:
    answerer: qa.Answerer = answerer_over({"turned.pdf": turned()}, tmp_path)
    answer = answerer.ask("榆沟怎样处置")
    cited = answer.citations[0]
    assert "清淤4公里" in cited.quote
    assert (cited.page, cited.page_end) == (2, 2)
    text = answerer.article(cited.article_id).text
    assert all(text[each.start : each.end] == each.quote for each in answer.citations)


def test_a_hundred_thousand_paths_are_a_drawing_in_bounded_time() -> None:
    data = hostile.paths(100_000)
    before = time.process_time()
    (block,) = read_pdf(data, pypdfium2, None).blocks
    assert isinstance(block, Block) and block.text == hostile.DRAWN
    assert time.process_time() - before < 10


def test_lines_recognised_beside_a_row_of_cells_are_kept() -> None:
    lines = [
        PdfLine(text, 0, 50, 300, 100 + 20 * n, 112 + 20 * n, 12, 800, recognised=True)
        for n, text in enumerate(["沟名\t长度", "下面一行没有分格"])
    ]
    assert [line.text for line in with_rows(lines)] == ["沟名\t长度", "下面一行没有分格"]
