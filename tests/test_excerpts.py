"""What the reader is given of an article, and where the characters it points at stand."""

import pytest

from embeddings.types import Passage, Span
from qa.reading.excerpts import excerpts_of, heading_of, plain_excerpt
from tests.found import place_of, written

TOWER = written(
    "tower",
    "北岬灯塔建于1907年。\n灯塔高21米，由三人看护。",
    title="北岬的灯塔",
    published="2024-05-06",
    place="烟台",
)
HEADER = "单位\t处罚起数\t罚款"
FINES = written(
    "fines", f"全年处罚情况如下。\n{HEADER}\n甲县\t12\t3.5万元\n乙县\t\t8万元\n以上数字截至年底。", title="处罚统计"
)


def passage(article, start, end, headings=()):
    return Passage(f"{article.id}#0", article.id, start, end, headings)


def whole(article, headings=()):
    return passage(article, article.body_start, len(article.text), headings)


def test_plain_text_is_read_as_it_stands():
    (excerpt,) = excerpts_of(TOWER, whole(TOWER))
    assert excerpt.text == "北岬灯塔建于1907年。\n灯塔高21米，由三人看护。"
    assert [excerpt.text[u.read.start : u.read.end] for u in excerpt.units] == excerpt.text.split("\n")
    for unit in excerpt.units:
        assert TOWER.text[unit.span.start : unit.span.end] == excerpt.text[unit.read.start : unit.read.end]


def test_blanks_between_sentences_of_one_line_are_read_as_one():
    hall = written("hall", "开门。   关门。")
    (excerpt,) = excerpts_of(hall, whole(hall))
    assert excerpt.text == "开门。 关门。"
    second = excerpt.units[1]
    assert second.in_article(second.read) == place_of(hall, "关门。")


def test_the_heading_says_title_date_place_and_the_two_innermost_headings():
    lower = passage(TOWER, TOWER.body_start, 30, ("一、上", "（二）中", "3. 下"))
    assert heading_of(TOWER, lower) == "北岬的灯塔 2024-05-06 烟台 （二）中 3. 下"


def test_a_passage_that_begins_with_the_title_is_not_told_it_again():
    assert heading_of(TOWER, passage(TOWER, 0, 30)) == "2024-05-06 烟台"


def test_a_place_that_the_title_names_is_not_told_twice():
    named = written("one", "正文。", title="烟台的灯塔", place="烟台")
    assert heading_of(named, whole(named)) == "烟台的灯塔"


def test_long_titles_and_headings_are_cut():
    named = written("one", "正文。", title="灯" * 60)
    assert heading_of(named, whole(named, ("塔" * 60,))) == f"{'灯' * 44} {'塔' * 24}"


BODY = "近年来，开化县林业局把护林员管了起来，每人一台手机，一人一座山。\n" + "护林员要巡山。" * 8
SIGNED = ("开化县林业局办公室",)


@pytest.mark.parametrize(
    ("title", "more", "heading"),
    [
        ("青山不老", {}, "青山不老 近年来，开化县林业局把护林员管了起来，每人一台手机，一人一座"),
        ("青山不老", {"authors": ("徐敏华", *SIGNED)}, "青山不老 开化县林业局办公室"),
        ("青山不老", {"place": "衢州"}, "青山不老 衢州"),
        ("开化青山不老", {}, "开化青山不老"),
    ],
    ids=["lead", "office", "place", "title"],
)
def test_a_later_passage_is_told_whom_its_article_is_about_where_its_title_does_not_say(title, more, heading):
    article = written("green", BODY, title=title, **more)
    assert heading_of(article, passage(article, len(article.text) - 7, len(article.text))) == heading
    assert heading_of(written("green", BODY, title=title), whole(article)) == title


def test_a_row_is_read_with_the_names_of_its_columns():
    (excerpt,) = excerpts_of(FINES, whole(FINES))
    assert excerpt.text.split("\n") == [
        "全年处罚情况如下。",
        HEADER,
        "单位：甲县；处罚起数：12；罚款：3.5万元",
        "单位：乙县；罚款：8万元",
        "以上数字截至年底。",
    ]
    rows = [FINES.text[unit.span.start : unit.span.end] for unit in excerpt.units[2:4]]
    assert rows == ["甲县\t12\t3.5万元", "乙县\t\t8万元"]


def test_the_names_stand_above_the_passage_too():
    start = FINES.text.index("乙县")
    (excerpt,) = excerpts_of(FINES, passage(FINES, start, start + len("乙县\t\t8万元")))
    assert excerpt.text == "单位：乙县；罚款：8万元"


@pytest.mark.parametrize(
    ("read", "stands"),
    [
        ("3.5万元", "3.5万元"),
        ("12", "12"),
        ("甲县；处罚起数：12", "甲县\t12"),
        ("罚款：3.5", "3.5"),
        ("：12；罚", "12"),
    ],
)
def test_what_is_pointed_at_in_a_row_is_the_cells_that_hold_it(read, stands):
    (excerpt,) = excerpts_of(FINES, whole(FINES))
    unit = excerpt.units[2]
    start = excerpt.text.index(read, unit.read.start)
    assert unit.in_article(Span(start, start + len(read))) == place_of(FINES, stands)


def test_the_name_of_a_column_stands_nowhere_in_the_row():
    (excerpt,) = excerpts_of(FINES, whole(FINES))
    unit = excerpt.units[2]
    start = excerpt.text.index("罚款", unit.read.start)
    assert unit.in_article(Span(start, start + 3)) is None


def test_a_long_table_is_read_in_several_excerpts_of_whole_rows():
    rows = [f"第{n}组\t{n}起\t{n}万元" for n in range(1, 41)]
    table = written("table", "\n".join([HEADER, *rows]))
    found = excerpts_of(table, whole(table))
    assert len(found) > 1
    assert max(len(excerpt.text) for excerpt in found) <= 380 + 40
    read = [table.text[unit.span.start : unit.span.end] for excerpt in found for unit in excerpt.units]
    assert read == [HEADER, *rows]
    last = found[-1].units[-1]
    assert found[-1].text.endswith("单位：第40组；处罚起数：40起；罚款：40万元")
    assert last.in_article(Span(last.read.end - 4, last.read.end)) == place_of(table, "40万元")


def test_what_is_no_article_has_its_sentences_as_units():
    excerpt = plain_excerpt("灯塔", "灯塔高21米。三人看护。")
    assert (excerpt.heading, excerpt.text) == ("灯塔", "灯塔高21米。三人看护。")
    assert [unit.in_article(unit.read) for unit in excerpt.units] == [Span(0, 7), Span(7, 12)]
