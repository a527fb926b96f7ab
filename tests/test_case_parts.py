"""Several things asked in one question: each is answered, and what has no answer is said to have none."""

from __future__ import annotations

import pytest

import qa
from embeddings.encoding.encoder import Encoder
from tests.asked_cases import answerer_over, check

ARTICLES = {
    "volunteers.md": """# 永安区志愿服务工作小结

永安区文明办 2025年1月8日

2024年，永安区加强志愿服务队伍建设。全年新注册志愿者6,480人，比上年增长22.4%，开展活动1,935场，服务时长由2023年的31万小时增加到47万小时。

在阵地方面，建成社区志愿服务站58个，配备专职管理员72名。区文明办每两个月评比一次，由群众投票。

为留住骨干，永安区推行“积分换礼”，设兑换点19个，全年兑换1.2万人次，由区供销社供货。
""",
    "bridge.md": """# 永安区危桥改造完成情况

永安区交通局 2024年12月3日

永安区把农村危桥由41座减少到7座，完工的34座全部通过验收。改造由区交通局牵头，审计局负责资金检查，工期九个月，总投资5,260万元。
""",
    "library.txt": """梅山县图书馆延时开放

梅山县图书馆 2024年7月15日

梅山县图书馆自2024年7月1日起延时开放，工作日闭馆时间由18时推迟到21时，周末不变。

延时以来，日均到馆1,260人次，借出图书3.8万册，其中少儿图书占46%。夜间由8名志愿者值班，县公安局派辅警两名巡逻。
""",
}


@pytest.fixture(scope="module")
def asked(one_model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    return answerer_over(ARTICLES, tmp_path_factory.mktemp("parts"))


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("永安区新注册志愿者多少人，开展了多少场活动", "6,480人 1,935场"),
        ("永安区2023年和2024年的服务时长分别是多少，农村危桥还剩多少座", "31万小时 47万小时 7座"),
        ("危桥改造由谁牵头？工期多长？谁负责资金检查？", "区交通局 九个月 审计局"),
        ("永安区建成多少个志愿服务站、有几名专职管理员、多久评比一次、设了几个兑换点", "58个 72名 每两个月 19个"),
        ("永安区积分换礼由谁供货，全年兑换了多少人次", "区供销社 1.2万人次"),
        ("梅山县图书馆晚上开到几点，每天来多少人，夜里谁值班", "21时 1,260人次 志愿者"),
        (
            "你好，我在整理材料，想请你帮我看一下，梅山县图书馆延时开放后借出多少册书，少儿图书占百分之几，麻烦了",
            "3.8万册 46%",
        ),
        ("永安区危桥改造总投资多少以及完工了多少座", "5,260万元 34座"),
    ],
)
def test_every_part_of_a_question_is_answered(asked: qa.Answerer, question: str, values: str) -> None:
    check(asked.ask(question), values)


def test_a_part_without_an_answer_is_named(asked: qa.Answerer) -> None:
    answer = asked.ask("梅山县图书馆日均到馆多少人次，馆长叫什么名字")
    check(answer, "1,260人次")
    assert "馆长叫什么名字" in answer.text
