"""Rows told apart by a year, by what was set and what was done, by what is free, and by dashes."""

from __future__ import annotations

import pytest

from embeddings.types import Article
from qa.items.choosing import find_items
from qa.understanding.question import understand
from tests.found import evidence, index_of, written

LOTS = written(
    "lots",
    "现将全区停车场公布如下。\n停车场\t泊位（个）\t启用年份\t收费（元/小时）\n东门停车场\t310\t2021年\t0\n"
    "西桥停车场\t95\t2022年\t3\n北湖停车场\t420\t2022年\t0\n南站停车场\t288\t2019年\t5\n",
    title="平湖区公共停车场一览",
)
PLANTED = written(
    "planted",
    "指标\t2023年 目标\t2023年 完成\t2024年 目标\t2024年 完成\n造林（亩）\t500\t520\t480\t450\n"
    "封山（亩）\t810\t790\t760\t765\n补植（万株）\t54\t55\t57\t57\n",
    title="栎山县造林任务完成表",
)
RANGERS = written(
    "rangers",
    "各乡镇配备情况。\n乡镇\t应配（名）\t实配（名）\n高岭乡\t45\t43\n竹园镇\t38\t38\n沙溪镇\t31\t27\n",
    title="栎山县护林员配备情况",
)
TANKS = written(
    "tanks",
    "抽检小区6个。\n小区\t结果\t整改情况\n锦绣苑\t合格\t—\n海棠里\t不合格\t已整改\n望江台\t合格\t—\n"
    "柏悦居\t不合格\t未整改\n丽水园\t合格\t—\n紫荆阁\t不合格\t未整改\n",
    title="湾里区小区二次供水水箱抽检结果",
)


@pytest.mark.parametrize(
    ("question", "article", "names"),
    [
        ("2022年启用的停车场是哪些", LOTS, ["西桥停车场", "北湖停车场"]),
        ("2022年以前启用的停车场有哪些", LOTS, ["东门停车场", "南站停车场"]),
        ("平湖区2021年以后启用的停车场有几个", LOTS, ["东门停车场", "西桥停车场", "北湖停车场"]),
        ("不要钱的停车场有哪些", LOTS, ["东门停车场", "北湖停车场"]),
        ("超过300个泊位的停车场有几个，哪几个", LOTS, ["东门停车场", "北湖停车场"]),
        ("栎山县2024年哪一项没完成目标", PLANTED, ["造林（亩）"]),
        ("栎山县2023年没完成目标的有哪些", PLANTED, ["封山（亩）"]),
        ("栎山县2024年完成了目标的有哪些", PLANTED, ["封山（亩）", "补植（万株）"]),
        ("栎山县没完成目标的有哪些", PLANTED, None),
        ("栎山县哪些乡镇护林员没配齐", RANGERS, ["高岭乡", "沙溪镇"]),
        ("湾里区哪些小区水箱还没整改", TANKS, ["柏悦居", "紫荆阁"]),
        ("水箱已经整改的是哪几个小区", TANKS, ["海棠里"]),
    ],
)
def test_the_rows_that_meet_what_is_asked(
    question: str, article: Article, names: list[str] | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    snapshot = index_of(tmp_path_factory.mktemp("told_apart"), article).snapshot
    found = find_items(understand(question), [evidence(article, article.text[:5], 1.0)], snapshot)
    assert (found and [article.text[one.name.start : one.name.end] for one in found.chosen]) == names


DAMS = written(
    "dams",
    "全市有尾矿库131座。\n建立三色台账：\n- 红色库9座，24小时值守\n- 橙色库34座，每日巡查\n- 黄色库88座，每周巡查\n",
    title="尾矿库有了库长",
)


def test_items_that_say_themselves_how_many_they_are_are_not_counted(tmp_path_factory: pytest.TempPathFactory) -> None:
    snapshot = index_of(tmp_path_factory.mktemp("dams"), DAMS).snapshot
    assert find_items(understand("全市一共多少座尾矿库"), [evidence(DAMS, "全市有尾矿库", 1.0)], snapshot) is None
