"""All rows of a column, rows by one of several names in a cell, and tables whose cells bars separate."""

from __future__ import annotations

import pytest

import qa
from embeddings.reading.articles import parse_article
from tests.asked_cases import answerer_over

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


@pytest.fixture(scope="module")
def answerer(one_model: object, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    return answerer_over({"联系表.md": _HELP, "值班.md": _DUTY, "手艺.txt": _CRAFTS}, tmp_path_factory.mktemp("columns"))


@pytest.mark.parametrize(
    ("question", "said", "others"),
    [
        ("青石镇便民服务联系表里都有哪些机构", ["修缮站", "缝补铺", "代写处", "磨刀摊"], []),
        ("渡口值班表里石有田上夜班的日子，全部", ["3月3日", "3月4日"], ["3月2日", "3月5日"]),
        ("手艺人比赛火旺是哪儿来的", ["来自：铁匠铺"], ["东柳村"]),
    ],
)
def test_the_rows_that_are_asked_for_and_no_others(
    answerer: qa.Answerer, question: str, said: list[str], others: list[str]
) -> None:
    answer = answerer.ask(question)
    assert not answer.abstained, answer.reason
    assert [one for one in said if one not in answer.text] == [], answer.text
    assert [one for one in others if one in answer.text] == [], answer.text


def test_lines_whose_cells_bars_separate_are_rows() -> None:
    article = parse_article(_CRAFTS.encode(), ".txt")
    assert "2\t打铁\t60分钟\t火旺\t铁匠铺" in article.text
    assert "首页｜新闻｜联系" in parse_article("标题\n\n首页｜新闻｜联系\n\n正文一句。\n".encode(), ".txt").text
