"""Figures that the articles do not give are refused: of another county, another year, a target, another thing."""

from __future__ import annotations

import pytest

import qa
from embeddings.encoding.encoder import Encoder
from tests.asked_cases import answerer_over, check

ARTICLES = {
    "water.md": """# 临颍县2024年农村供水保障

临颍县水利局 2024年12月18日

2024年，临颍县新建供水管网146公里，改造水厂5座，受益群众8.3万人，水质抽检合格率98.2%。按计划，2026年全县自来水普及率要达到99%。

县水利局组织巡查620次，发现漏点214处，当场修复187处，限期修复27处。2023年同期巡查480次。
""",
    "jobs.md": """# 襄城县春季招聘活动

襄城县人力资源和社会保障局 2025年3月28日

今年春季，襄城县举办招聘会16场，参加企业293家，提供岗位1.1万个，达成意向3,750人。全年目标是新增城镇就业9,000人。

其中为高校毕业生举办专场4场，参加毕业生1,260人。
""",
    "crime.txt": """郏县公安局夏季治安行动通报

郏县公安局 2024年9月5日

6月至8月，郏县公安局设卡312次，检查车辆4.7万台，查处酒驾86起、醉驾14起，调解纠纷930起，抓获在逃人员9名。

行动期间出动警力1.5万人次，接处警平均用时6分钟。
""",
    "trees.md": """# 河间市绿化工作计划与进展

河间市林业局 2024年9月30日

河间市计划到2026年森林覆盖率达到32%，新增绿地450公顷，财政投入2.4亿元。

截至2024年9月，已新增绿地187公顷，栽植国槐6.3万株。下一步争取年底前再完成40公顷。
""",
    "petitions.txt": """肃宁县信访工作半年通报

肃宁县信访局 2024年7月12日

上半年，肃宁县受理信访事项816件，办结742件，群众满意率94.3%。其中来访303批次，网上信访513件。

领导接访117次，化解积案28件，尚有9件未化解。去年同期受理921件。
""",
}


@pytest.fixture(scope="module")
def asked(one_model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    return answerer_over(ARTICLES, tmp_path_factory.mktemp("refusals"))


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("临颍县2024年改造了几座水厂", "5座"),
        ("临颍县2023年同期巡查了多少次", "480次"),
        ("临颍县还有多少处漏点没有当场修复", "27处"),
        ("襄城县春季提供了多少岗位", "1.1万个"),
        ("襄城县达成就业意向多少人", "3,750人"),
        ("郏县查处了多少起酒驾", "86起"),
        ("郏县抓获在逃人员几名", "9名"),
        ("河间市截至2024年9月新增了多少公顷绿地", "187公顷"),
        ("河间市计划新增绿地多少公顷", "450公顷"),
        ("肃宁县去年同期受理多少件", "921件"),
        ("临颍县2025年改造了几座水厂", ""),
        ("临颍县供水投入了多少资金", ""),
        ("舞阳县新建供水管网多少公里", ""),
        ("临颍县水利局局长叫什么", ""),
        ("襄城县2023年春季举办了多少场招聘会", ""),
        ("禹州市春季招聘会有多少家企业参加", ""),
        ("襄城县招聘会花了多少钱", ""),
        ("郏县公安局罚款多少万元", ""),
        pytest.param(
            "郏县夏季行动破获盗窃案多少起",
            "",
            marks=pytest.mark.xfail(reason="the reader takes other offences for these", strict=False),
        ),
        ("宝丰县查处了多少起酒驾", ""),
        ("郏县2022年查处了多少起酒驾", ""),
    ],
)
def test_what_is_given_is_answered_and_what_is_not_is_refused(asked: qa.Answerer, question: str, values: str) -> None:
    check(asked.ask(question), values)


@pytest.mark.parametrize("question", ["河间市目前森林覆盖率是多少", "河间市已经投入了多少财政资金"])
def test_what_is_only_planned_is_never_certain_to_be_done(asked: qa.Answerer, question: str) -> None:
    answer = asked.ask(question)
    assert answer.abstained or answer.tentative, answer.text


def test_what_was_then_is_not_given_for_now(asked: qa.Answerer) -> None:
    check(asked.ask("肃宁县上半年受理了多少件信访"), "816件", "921件")
