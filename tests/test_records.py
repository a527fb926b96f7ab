"""Records of every form: what they are called, what is said of them, and what only looks like some."""

import pytest

from embeddings.records.reading import read_records
from embeddings.structure.outline import read_outline
from tests.found import written


def sets_of(text, title="清单"):
    """For each set its kind and, of every record, its name and its fields."""
    article = written("records", text, title=title)
    said = article.text
    return [
        (
            found.kind,
            [
                (
                    said[record.name.start : record.name.end],
                    {field.name: said[field.value.start : field.value.end] for field in record.fields},
                )
                for record in found.records
            ],
        )
        for found in read_records(article, read_outline(article))
    ]


TABLE = "汇总如下。\n序号\t乡镇\t受理（件）\t备注\n1\t东乡\t12\t\n2\t西乡\t7\t迟报\n\t合计\t19\t\n"
TRANSPOSED = "指标\t一季度\t二季度\n受理（件）\t12\t7\n办结率\t98%\t95%\n"
HEADED = (
    "清单印发如下。\n1. 东桥加固\n总投资4,200万元，目前状态：在建。\n2. 西路拓宽\n总投资860万元，目前状态：未开工。\n"
    "3. 南园改造\n总投资95万元，目前状态：完工。\n"
)
KEYED_LINES = "1. 项目名称：东桥 总投资：486万元 进展：完工\n2. 项目名称：西路 总投资：1,230万元 进展：招标中\n"
BLOCKS = "企业如下。\n企业名称：东厂\n隐患：无台账\n整改：已完成\n企业名称：西厂\n隐患：通道堵塞\n整改：未完成\n"
TITLED_BLOCKS = "进度如下。\n东桥加固\n责任单位：交通局\n状态：在建\n西路拓宽\n责任单位：住建局\n状态：完工\n"
LINES = "结果如下：\n东店：合格\n西店：不合格，台账不全\n  已责令整改\n南店：合格\n"
PARTS = "上半年各村演练情况是：（1）东村，5月12日演练，参加120人；（2）西村，尚未演练；（3）南村，6月7日演练。"
SECTIONS = (
    "一、完工项目\n1. 东桥，投资1,320万元。\n2. 西路，投资470万元。\n"
    "二、未开工项目\n1. 南园，投资760万元。\n2. 北站，投资95万元。\n"
)
CLAUSES = "截至6月1日，东水库蓄水量3,210万立方米，低于汛限；西水库蓄水量960万立方米，超过汛限；南水库蓄水量87万立方米。"
NAMES = "各村情况：已上报的有东村、西村、南村；未上报的有北村、中村。"


@pytest.mark.parametrize(
    ("text", "kind", "records"),
    [
        (
            TABLE,
            "rows",
            [("东乡", {"序号": "1", "受理（件）": "12"}), ("西乡", {"序号": "2", "受理（件）": "7", "备注": "迟报"})],
        ),
        (
            HEADED,
            "parts",
            [
                ("东桥加固", {"总投资": "4,200万元", "目前状态": "在建"}),
                ("西路拓宽", {"总投资": "860万元", "目前状态": "未开工"}),
                ("南园改造", {"总投资": "95万元", "目前状态": "完工"}),
            ],
        ),
        (
            KEYED_LINES,
            "blocks",
            [("东桥", {"总投资": "486万元", "进展": "完工"}), ("西路", {"总投资": "1,230万元", "进展": "招标中"})],
        ),
        (
            BLOCKS,
            "blocks",
            [("东厂", {"隐患": "无台账", "整改": "已完成"}), ("西厂", {"隐患": "通道堵塞", "整改": "未完成"})],
        ),
        (
            TITLED_BLOCKS,
            "blocks",
            [
                ("东桥加固", {"责任单位": "交通局", "状态": "在建"}),
                ("西路拓宽", {"责任单位": "住建局", "状态": "完工"}),
            ],
        ),
        (LINES, "lines", [("东店", {"": "合格"}), ("西店", {"": "已责令整改"}), ("南店", {"": "合格"})]),
        (
            PARTS,
            "parts",
            [("东村", {"": "5月12日演练", "参加": "120人"}), ("西村", {"": "尚未演练"}), ("南村", {"": "6月7日演练"})],
        ),
        (
            SECTIONS,
            "parts",
            [
                ("东桥", {"投资": "1,320万元", "小标题": "完工项目"}),
                ("西路", {"投资": "470万元", "小标题": "完工项目"}),
                ("南园", {"投资": "760万元", "小标题": "未开工项目"}),
                ("北站", {"投资": "95万元", "小标题": "未开工项目"}),
            ],
        ),
        (
            CLAUSES,
            "clauses",
            [
                ("东水库", {"蓄水量": "3,210万立方米", "": "低于汛限"}),
                ("西水库", {"蓄水量": "960万立方米", "": "超过汛限"}),
                ("南水库", {"蓄水量": "87万立方米"}),
            ],
        ),
        (
            NAMES,
            "names",
            [(village, {"小标题": "已上报的"}) for village in ("东村", "西村", "南村")]
            + [(village, {"小标题": "未上报的"}) for village in ("北村", "中村")],
        ),
    ],
    ids=["table", "headed", "keyed lines", "blocks", "titled", "lines", "parts", "sections", "clauses", "names"],
)
def test_records_are_read_with_their_names_and_fields(text, kind, records):
    assert sets_of(text) == [(kind, records)]


def test_a_table_whose_rows_are_what_is_measured_is_read_both_ways():
    rows, columns = sets_of(TRANSPOSED)
    assert rows == (
        "rows",
        [("受理（件）", {"一季度": "12", "二季度": "7"}), ("办结率", {"一季度": "98%", "二季度": "95%"})],
    )
    assert columns == (
        "columns",
        [("一季度", {"受理（件）": "12", "办结率": "98%"}), ("二季度", {"受理（件）": "7", "办结率": "95%"})],
    )


def test_a_row_that_sums_up_others_is_none_of_them():
    article = written("records", TABLE, title="清单")
    (found,) = read_records(article, read_outline(article))
    assert [article.text[total.name.start : total.name.end] for total in found.totals] == ["合计"]
    assert found.head == "乡镇"


@pytest.mark.parametrize(
    "text",
    [
        "时间：2月6日\n地点：镇政府\n主持：俞某\n出席：江某",
        "他走了很久，天黑才到家。\n第二天，雨停了。",
        "“三会”，即：例会、晨会、晚会。三会每月都开，一次不少。",
    ],
    ids=["what a page says of one meeting", "prose", "a name that numbers its parts"],
)
def test_what_only_looks_like_records_is_none(text):
    assert sets_of(text) == []


def test_things_listed_in_a_cell_are_no_records_of_their_own():
    table = "门诊\t时间\t要带的\n儿保\t周一；周三\t接种证；出生证\n慢病\t周二上午；周四停诊\t社保卡；化验单；记录本"
    article = written("clinics", f"各门诊的时间见下表。\n{table}", title="东湖镇门诊安排")
    assert [found.kind for found in read_records(article, read_outline(article))] == ["rows"]
