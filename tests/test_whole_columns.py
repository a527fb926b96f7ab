"""All rows of a column, rows by one of several names in a cell, and tables whose cells bars separate."""

from __future__ import annotations

import pytest

import qa
from embeddings.reading.articles import parse_article
from tests.asked_cases import answerer_over, check_text

_HELP = """# 青石镇便民服务联系表

| 机构 | 服务内容 | 负责人 | 电话 |
|---|---|---|---|
| 修缮站 | 漏雨补瓦 | 谷雨生 | 5530121 |
| 缝补铺 | 改衣换拉链 | 秦巧珍 | 5530177 |
| 代写处 | 写信填表 | 文国柱 | 5530166 |
| 磨刀摊 | 磨剪子戗菜刀 | 铁大年 | 5530190 |

以上由镇便民中心汇总，号码变了请告知。
"""
_DUTY = """# 渡口值班表

| 日期 | 带班 | 白班 | 夜班 |
|---|---|---|---|
| 3月2日 | 老谭 | 石有田、岳大山 | 春明远、满仓 |
| 3月3日 | 老齐 | 春明远、满仓 | 石有田、岳大山 |
| 3月4日 | 老谭 | 岳大山、满仓 | 石有田、春明远 |
| 3月5日 | 老齐 | 石有田、满仓 | 岳大山、春明远 |
"""
_CRAFTS = (
    "河口镇手艺人比赛通知\n\n比赛定在4月9日，各村先报名。\n\n附件 项目和裁判一览表\n"
    "序号｜项目｜时长｜裁判｜来自\n1｜编筐｜40分钟｜柳成荫｜东柳村\n2｜打铁｜60分钟｜火旺｜铁匠铺\n3｜剪纸｜30分钟｜红英｜小学\n"
)
_MEALS = """# 榆荫社区饭堂收费公示

| 套餐 | 内容 | 60—69岁 | 70—79岁 | 80岁以上 | 其他居民 |
|:--|:--|--:|--:|--:|--:|
| 早餐 | 小米粥两个包子 | 5 | 4 | 3 | 7 |
| 午餐 | 一荤两素一汤 | 13 | 11 | 9 | 18 |
| 晚餐 | 手擀面加小菜 | 8 | 7 | 6 | 10 |

单位：元/份。
"""
_TRADES = """# 云门县匠人大赛获奖名单

| 工种 | 名次 | 姓名 | 单位 |
|---|---|---|---|
| 瓦工 | 第一名 | 石传新 | 城南建筑队 |
| | 第二名 | 高登云 | 城北建筑队 |
| 木工 | 第一名 | 柳正直 | 东街木器社 |
| | 第二名 | 杉长青 | 西街木器社 |
| | 第三名 | 柏永茂 | 林场 |
"""
_CARS = (
    "河务段假期值班表\n\n"
    "日期        带班      值班员          备勤车辆（台）\n"
    "--------------------------------------------------\n"
    "5月1日      老纪      阿旺、小陶      4\n5月2日      老纪      小陶、大全      3\n"
    "5月3日      老顾      大全、阿旺      3\n5月4日      老顾      阿旺、小陶      5\n"
    "--------------------------------------------------\n\n换班提前一天说。\n"
)
_FEES = (
    "柳溪殡仪馆收费公示\n\n"
    "项目                  计价单位      标准(元)    备注\n"
    "接运(城区)            次            260         含15公里以内\n"
    "普通炉                具            450\n"
    "拣灰炉                具            980         须提前一天预约\n"
    "冷藏                  天            80          不足12小时按半天计\n"
    "守灵间                昼夜          360         含冷藏棺\n\n"
    "价格举报电话12315。\n"
)
_STATIONS = """# 曲河县气站检查情况

| 企业 | 类型 | 隐患(处) | 处理 |
|---|---|---|---|
| 东关气站 | 瓶装 | 21 | 停业整顿、立案 |
| 西关气站 | 瓶装 | 13 | 停业整顿 |
| 南关气站 | 车用 | 6 | 当场整改 |
| 北关气站 | 瓶装 | 17 | 停业整顿、立案 |
| 山口供应点 | 供应点 | 11 | 停业整顿、立案 |

查出的隐患都已登记，移交立案的三家另行公布。
"""
_BOXES = (
    "实验室废料转运时段\n\n"
    "┌────┬────┬────┐\n│ 院系 │ 日期 │ 时段 │\n├────┼────┼────┤\n"
    "│ 陶瓷系 │ 6月2日 │ 8:30—10:00 │\n│ 染织系 │ 6月2日 │ 14:00—15:30 │\n│ 造纸系 │ 6月3日 │ 8:30—9:30 │\n"
    "└────┴────┴────┘\n\n过时不收。\n"
)


@pytest.fixture(scope="module")
def answerer(one_model: object, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    articles = {"联系表.md": _HELP, "值班.md": _DUTY, "手艺.txt": _CRAFTS, "饭堂.md": _MEALS, "匠人.md": _TRADES}
    return answerer_over(
        {**articles, "假期.txt": _CARS, "转运.txt": _BOXES, "殡仪.txt": _FEES, "气站.md": _STATIONS},
        tmp_path_factory.mktemp("columns"),
    )


@pytest.mark.parametrize(
    ("question", "said", "others"),
    [
        ("青石镇便民服务联系表里都有哪些机构", ["修缮站", "缝补铺", "代写处", "磨刀摊"], []),
        ("渡口值班表里石有田上夜班的日子，全部", ["3月3日", "3月4日"], ["3月2日", "3月5日"]),
        ("手艺人比赛火旺是哪儿来的", ["来自：铁匠铺"], ["东柳村"]),
        ("河务段备勤车辆只有3台的日子", ["5月2日", "5月3日"], ["5月1日", "5月4日"]),
        ("云门匠人大赛木工都是谁获奖", ["柳正直", "杉长青", "柏永茂"], ["石传新", "高登云"]),
        ("上午8点半送废料的是哪几个院系", ["陶瓷系", "造纸系"], ["染织系"]),
        ("柳溪殡仪馆拣灰炉烧一次什么价", ["标准(元)：980"], ["450"]),
        ("柳溪守灵间和冷藏各多少", ["360", "80"], []),
        ("曲河被立案的是哪几家气站", ["东关", "北关", "山口"], ["西关", "南关"]),
        ("榆荫饭堂80岁以上的午餐收几块", ["80岁以上：9"], []),
    ],
)
def test_the_rows_that_are_asked_for_and_no_others(
    answerer: qa.Answerer, question: str, said: list[str], others: list[str]
) -> None:
    check_text(answerer.ask(question), said, others)


def test_lines_whose_cells_bars_separate_are_rows() -> None:
    article = parse_article(_CRAFTS.encode(), ".txt")
    assert "2\t打铁\t60分钟\t火旺\t铁匠铺" in article.text
    assert "首页｜新闻｜联系" in parse_article("标题\n\n首页｜新闻｜联系\n\n正文一句。\n".encode(), ".txt").text


@pytest.mark.parametrize(
    ("source", "suffix", "row"),
    [
        (_CARS, ".txt", "日期\t带班\t值班员\t备勤车辆（台）\n5月1日\t老纪\t阿旺、小陶\t4"),
        (_FEES, ".txt", "普通炉\t具\t450\t\n拣灰炉\t具\t980\t须提前一天预约"),
        (_BOXES, ".txt", "院系\t日期\t时段\n陶瓷系\t6月2日\t8:30—10:00"),
        (_TRADES, ".md", "瓦工\t第二名\t高登云\t城北建筑队\n木工\t第一名"),
    ],
)
def test_rules_between_rows_are_none_and_a_name_stands_for_the_rows_below_it(
    source: str, suffix: str, row: str
) -> None:
    assert row in parse_article(source.encode(), suffix).text


def test_a_first_cell_is_left_empty_where_the_row_sums_up_or_nothing_groups_the_rows() -> None:
    rows = "| 组 | 人 | 数 |\n|---|---|---|\n| 甲 | 老石 | 1 |\n| | 老岳 | 2 |\n| 乙 | 老春 | 3 |\n| | 合计 | 6 |\n"
    text = parse_article(f"# 数数\n\n{rows}".encode(), ".md").text
    assert "甲\t老岳\t2" in text
    assert "\n\t合计\t6" in text
