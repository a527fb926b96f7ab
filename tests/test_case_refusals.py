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
def test_what_is_not_given_is_refused(asked: qa.Answerer, question: str, values: str) -> None:
    check(asked.ask(question), values)
