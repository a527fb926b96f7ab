"""“哪类最低”: the row with the smallest figure of the column that is meant, or no row at all."""

import pytest

from qa.composing.item_lines import answer_items
from qa.items.extreme_rows import extreme_rows
from qa.understanding.question import understand
from tests.found import evidence, written

CHECKED = written(
    "checked",
    "各类抽检结果如下。\n类别\t批次\t不合格\t合格率\n肉类\t1,030\t2\t98.2%\n蔬菜\t52\t2\t96.15%\n酒类\t8\t0\t100%\n"
    "合计\t1090\t4\t97.0%\n以上是全部结果。",
    title="夷陵区抽检",
)
MIXED = written("mixed", "单位\t投资\n一队\t3亿元\n二队\t5000万元\n三队\t40公里\n", title="投资")
MILLIONS = written("millions", "单位\t投资\n一队\t3亿元\n二队\t5000万元\n三队\t8000万元\n", title="投资")


def answered(question, article, row):
    found = extreme_rows(understand(question), [evidence(article, row, 1.0)])
    said = found and answer_items(found)
    return said and ([line.wording for line in said.statements], said.note)


@pytest.mark.parametrize(
    ("question", "row", "column"),
    [
        ("夷陵哪类合格率最低", "类别：蔬菜；批次：52；不合格：2；合格率：96.15%", "合格率"),
        ("夷陵哪类合格率最差", "类别：蔬菜；批次：52；不合格：2；合格率：96.15%", "合格率"),
        ("夷陵哪类合格率最高", "类别：酒类；批次：8；不合格：0；合格率：100%", "合格率"),
        ("哪类抽的批次最多", "类别：肉类；批次：1,030；不合格：2；合格率：98.2%", "批次"),
    ],
)
def test_the_row_of_the_column_that_the_question_says(question, row, column):
    said = answered(question, CHECKED, "酒类\t8\t0\t100%")
    assert said == ([row], f"按《夷陵区抽检》里“{column}”一栏比较了 3 项")


def test_rows_with_the_same_figure_are_all_given():
    lines, _ = answered("哪类不合格最多", CHECKED, "酒类\t8\t0\t100%")
    assert [line.partition("；")[0] for line in lines] == ["类别：肉类", "类别：蔬菜"]


def test_figures_are_compared_whatever_they_are_told_in():
    assert answered("哪个队投资最多", MILLIONS, "二队\t5000万元")[0] == ["单位：一队；投资：3亿元"]
    assert answered("哪个队投资最少", MILLIONS, "二队\t5000万元")[0] == ["单位：二队；投资：5000万元"]


@pytest.mark.parametrize(
    ("question", "article", "row"),
    [
        ("夷陵哪类合格率是多少", CHECKED, "酒类\t8\t0\t100%"),
        ("夷陵哪类最差", CHECKED, "酒类\t8\t0\t100%"),
        ("夷陵哪类批次最差", CHECKED, "酒类\t8\t0\t100%"),
        ("夷陵哪类合格率最低", CHECKED, "以上是全部结果。"),
        ("哪个队投资最多", MIXED, "一队\t3亿元"),
    ],
    ids=["no extreme asked", "no column meant", "worst of what is no rate", "no row found", "units differ"],
)
def test_no_row_where_it_is_not_sure(question, article, row):
    assert answered(question, article, row) is None


def test_a_row_shorter_than_its_table_breaks_nothing():
    ragged = written(
        "ragged", "类别\t批次\t合格率\n其他\t3\n肉类\t30\t98.2%\n蔬菜\t52\t96.15%\n酒类\t8\t100%\n", title="抽检"
    )
    said = answered("哪类合格率最低", ragged, "肉类\t30\t98.2%")
    assert said == (["类别：蔬菜；批次：52；合格率：96.15%"], "按《抽检》里“合格率”一栏比较了 3 项")


BUSES = written(
    "buses",
    "时刻表如下。\n线路\t里程（公里）\t间隔（分钟）\t全程票价（元）\n101\t18\t15\t4\n203\t31\t60\t11\n夜1\t6\t25\t2\n以上为夏季。",
    title="丰溪公交",
)
RANKED = written(
    "ranked",
    "排名如下。\n名次\t乡镇\t均值\t上月\n1\t青岩乡\t11\t13\n2\t云台镇\t12\t12\n3\t柳陂镇\t24\t21\n",
    title="月报",
)


@pytest.mark.parametrize(
    ("question", "article", "row", "first"),
    [
        ("丰溪坐车哪条线最贵", BUSES, "101\t18\t15\t4", "线路：203"),
        ("丰溪哪路车最便宜", BUSES, "101\t18\t15\t4", "线路：夜1"),
        ("丰溪跑得最远的是哪路", BUSES, "101\t18\t15\t4", "线路：203"),
        ("丰溪哪条线最多", BUSES, "101\t18\t15\t4", None),
        ("空气排倒数第一的是哪个镇", RANKED, "2\t云台镇\t12\t12", "名次：3"),
        ("空气第一名是哪个乡镇", RANKED, "2\t云台镇\t12\t12", "名次：1"),
    ],
)
def test_a_column_may_be_meant_without_being_named(question, article, row, first):
    said = answered(question, article, row)
    assert [line.partition("；")[0] for line in said[0]] == [first] if first else said is None
