"""PDF files set in two columns, in whatever order the file gives the lines, with tables whose cells stand close."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

import pytest

import qa
from embeddings.encoding.encoder import Encoder
from embeddings.reading.articles import parse_article
from tests.asked_cases import answerer_over, check
from tests.office_files import Set, pdf

SIZE, PITCH, WIDTH = 12.0, 20.0, 20
"""Points, points, and characters of a column's line."""

BULLETIN = (
    "柏林县敬老院工作简报",
    [
        "一、膳食管理",
        "　　柏林县敬老院为186名老人设三种餐，其中吃普食的118人、软食的52人、流食的16人。每周更换一次菜谱。",
        "二、康复护理",
        "　　敬老院聘请康复师7名，上半年开展推拿理疗1,340人次、康复操95场。对卧床的22名老人两小时翻身一次。",
    ],
    [
        "三、文娱活动",
        "　　开设书法、合唱、棋牌四个兴趣班，参加的老人133人，举办演出28场。活动经费由慈善总会承担，每人每月30元。",
        "四、安全管理",
        "　　安装烟感报警器245个，报警后值班员三分钟内到场。上半年处理报警17起，其中误报15起。",
    ],
)
NEWSPAPER = (
    "凤台矿区环境整治专刊",
    [
        "　　凤台矿区自2023年起关闭露天采坑9处，填埋土方86万立方米，种植刺槐和沙棘共14.2万株，成活率达到91%。",
        "　　矿区设巡山队三支，每支11人，昼夜两班巡查，全年劝阻私采行为63起，移交公安机关4起。",
    ],
    [
        "　　沉陷区的村民搬迁了412户，新房每户补助6.8万元，由县住建局验收，去年底全部入住，旧宅复垦1,150亩。",
        "　　下一年计划治理河道23公里，建设雨水调蓄池5座，总投资估算为1.36亿元。",
    ],
)


def typeset(paragraphs: Sequence[str]) -> list[str]:
    """The lines of a column: broken where they are full, not amid numbers; blanks of full width indent."""
    lines: list[str] = []
    for paragraph in paragraphs:
        line = ""
        for unbroken in re.findall(r"　|[!-~]+[，。、；：]*|.[，。、；：]*", paragraph):
            if sum(0.5 if char.isascii() else 1 for char in line + unbroken) > WIDTH:
                lines.append(line)
                line = ""
            line += unbroken
        lines.append(line)
    return lines


def column(lines: Sequence[str], left: float, top: float) -> list[Set]:
    return [
        Set(left + SIZE * (len(line) - len(line.lstrip("　"))), top - number * PITCH, SIZE, line.lstrip("　"))
        for number, line in enumerate(lines)
    ]


def set_in_columns(
    title: str, one: Sequence[str], other: Sequence[str], *, in_turn: bool, shifted: float = 0
) -> list[Set]:
    """A page of two columns; `in_turn` a line of each, else one column after the other; the second one set lower."""
    left, right = column(typeset(one), 40, 740), column(typeset(other), 310, 740 - shifted)
    lines = [line for pair in zip_longest(left, right) for line in pair if line] if in_turn else [*left, *right]
    return [Set(180, 790, 18, title), *lines]


def table(rows: Sequence[Sequence[str]], lefts: Sequence[float], top: float) -> list[Set]:
    return [
        Set(left, top - number * PITCH, SIZE, cell)
        for number, row in enumerate(rows)
        for left, cell in zip(lefts, row, strict=True)
    ]


STATIONS = [
    ("监测站", "采样数", "超标数", "主要污染物"),
    ("上游", "48", "1", "总磷"),
    ("中游", "52", "6", "氨氮"),
    ("下游", "60", "3", "石油类"),
]
RIVER = [
    Set(180, 790, 18, "沙颍河水质监测月报"),
    *column(["　　2025年4月，沙颍河三个监测站共采样160个，结果如下。"], 40, 740),
    *table(STATIONS, (40, 90, 140, 190), 700),
    *column(["　　超标站点由市环境监测中心每周复测一次，连续三次达标后恢复正常频次。"], 40, 600),
]

ARTICLES = {
    "bulletin.pdf": pdf([set_in_columns(*BULLETIN, in_turn=True)]),
    "newspaper.pdf": pdf([set_in_columns(*NEWSPAPER, in_turn=True, shifted=7)]),
    "river.pdf": pdf([RIVER]),
}


@pytest.fixture(scope="module")
def asked(one_model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    return answerer_over(ARTICLES, tmp_path_factory.mktemp("columns"))


@pytest.mark.parametrize("content", [BULLETIN, NEWSPAPER], ids=["headed", "running"])
@pytest.mark.parametrize(("in_turn", "shifted"), [(True, 0), (True, 7), (False, 0)], ids=["in turn", "lower", "apart"])
def test_one_column_is_read_after_the_other(
    content: tuple[str, list[str], list[str]], in_turn: bool, shifted: float
) -> None:
    page = set_in_columns(*content, in_turn=in_turn, shifted=shifted)
    title, one, other = content
    expected = [title, *(paragraph.lstrip("　") for paragraph in (*one, *other))]
    assert parse_article(pdf([page]), ".pdf").text.split("\n") == expected


def test_a_row_of_names_is_cut_where_the_rows_below_it_are() -> None:
    lines = parse_article(ARTICLES["river.pdf"], ".pdf").text.split("\n")
    assert [line.split("\t") for line in lines if "\t" in line] == [list(row) for row in STATIONS]


@pytest.mark.parametrize(
    ("question", "values", "others"),
    [
        ("柏林县敬老院吃软食的老人有多少", "52人", ""),
        ("敬老院聘请了几名康复师", "7名", "28场"),
        ("敬老院上半年办了多少场康复操", "95场", ""),
        ("敬老院参加兴趣班的老人有多少人", "133人", "186名"),
        ("敬老院装了多少个烟感报警器", "245个", ""),
        ("柏林县敬老院有哪些做法", "膳食管理 康复护理 文娱活动 安全管理", ""),
        ("凤台矿区关闭了多少处露天采坑", "9处", ""),
        ("凤台矿区巡山队每支多少人", "11人", ""),
        ("沉陷区搬迁了多少户，每户补助多少", "412户 6.8万元", ""),
        ("凤台矿区下一年计划治理多少公里河道", "23公里", ""),
        ("沙颍河中游超标了几个", "6", "石油类 总磷"),
        ("沙颍河下游采样数是多少", "60", "52 48"),
        ("沙颍河哪个监测站的主要污染物是总磷", "上游", "氨氮"),
        ("沙颍河哪个监测站超标数最多", "中游 6", "石油类"),
    ],
)
def test_what_is_set_in_columns_answers(asked: qa.Answerer, question: str, values: str, others: str) -> None:
    check(asked.ask(question), values, others)
