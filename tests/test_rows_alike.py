"""“北线是哪两个镇”: the rows that share a cell; and the row of all together where that is asked for."""

import pytest

from qa.composing.item_lines import answer_items
from qa.evidence.rows_apart import SUMS_UP, row_fits
from qa.items.rows_alike import rows_alike
from qa.understanding.question import understand
from tests.asked_cases import answerer_over
from tests.found import evidence, written

SAND = written(
    "sand",
    "各镇压沙情况如下。\n片区\t镇\t计划（亩）\t完成（亩）\t承包人\n北线\t柳湖镇\t1800\t1820\t林场\n"
    "北线\t东坝镇\t4100\t4260\t合作社\n西线\t红沙镇\t2600\t2410\t林场\n合计\t合计\t8500\t8490\t\n以上是全部结果。",
    title="青沙县压沙",
)
NORTH = ["片区：北线；镇：柳湖镇；计划（亩）：1800；完成（亩）：1820；承包人：林场",
         "片区：北线；镇：东坝镇；计划（亩）：4100；完成（亩）：4260；承包人：合作社"]  # fmt: skip


def answered(question, row):
    found = rows_alike(understand(question), [evidence(SAND, row, 1.0)])
    return found and [line.wording for line in answer_items(found).statements]


@pytest.mark.parametrize("question", ["属于北线的是哪俩镇啊", "北线那边哪些镇要验收", "列一下北线的镇有哪些"])
def test_the_rows_that_have_the_cell_that_is_said(question):
    assert answered(question, "北线\t东坝镇\t4100\t4260\t合作社") == NORTH


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("北线完成多少亩", "北线\t东坝镇\t4100\t4260\t合作社"),
        ("不在北线的是哪些镇", "北线\t东坝镇\t4100\t4260\t合作社"),
        ("北线完成超过4000亩的有哪些镇", "北线\t东坝镇\t4100\t4260\t合作社"),
        ("北线林场包的有哪些镇", "北线\t东坝镇\t4100\t4260\t合作社"),
        ("南线的是哪些镇", "北线\t东坝镇\t4100\t4260\t合作社"),
        ("北线有哪些镇", "以上是全部结果。"),
    ],
    ids=["no list asked", "denied", "bounded", "one row alone", "no such cell", "no row found"],
)
def test_otherwise_no_rows_are_brought(question, row):
    assert answered(question, row) is None


@pytest.mark.parametrize(
    ("question", "value", "others"),
    [("青沙全县压沙完成得怎么样", "8490", "1820 2410"), ("青沙县柳湖镇压沙完成多少亩", "1820", "8490 2410")],
)
def test_all_together_is_answered_by_the_row_that_sums_up(one_model, tmp_path, question, value, others):
    answer = answerer_over({"sand.txt": SAND.text}, tmp_path).ask(question)
    assert not answer.abstained
    assert value in answer.text
    assert not any(other in answer.text for other in others.split())


RANKED = written(
    "ranked", "榜单如下。\n名次\t书名\t外借（次）\n1\t龙眠山下\t1284\n2\t桐子花开\t990\n合计\t\t2274\n", title="榜"
)


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("榜单第二本是哪本", [-1, 1, -1]),
        ("总外借多少次", [-1, -1, SUMS_UP]),
        ("全县合计外借多少次", [-1, -1, SUMS_UP]),
        ("总结里说了哪几本", []),
        ("哪本外借总次数最多", []),
        ("第二季度外借多少次", []),
    ],
)
def test_a_row_is_named_by_its_number_or_as_that_of_all(question, fits):
    told = row_fits(RANKED, (question,), [])
    starts = [RANKED.text.index(row) for row in ("1\t龙眠", "2\t桐子", "合计\t")]
    assert [told[start] for start in starts if start in told] == fits


def test_who_is_named_in_two_columns_is_named_in_every_row_that_has_him():
    duty = written(
        "duty",
        "值班如下。\n日期\t白班\t夜班\n九日\t老段、小晏\t老谌、小易\n十日\t小方\t小柴\n十一日\t老谌、小葛\t老段\n换班要签字。",
        title="值班表",
    )
    told = row_fits(duty, ("老谌轮到哪几个班",), [])
    assert [told.get(duty.text.index(row)) for row in ("九日", "十日", "十一日")] == [1, -1, 1]


def test_a_cell_that_asks_for_something_at_least_is_said_by_that():
    posts = written(
        "posts",
        "招聘岗位如下。\n岗位\t学历\t人数\n医师\t本科及以上\t4\n护士\t大专及以上\t8\n调度员\t大专及以上\t2\n以上岗位不限户籍。",
        title="松桥招聘",
    )
    found = rows_alike(understand("大专学历能报松桥哪些岗位"), [evidence(posts, "医师\t本科及以上\t4", 1.0)])
    assert found is not None
    assert [line.wording.split("；")[0] for line in answer_items(found).statements] == ["岗位：护士", "岗位：调度员"]
