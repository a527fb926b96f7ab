"""Names that contain each other: what is said of one is no answer to a question about another."""

from __future__ import annotations

import pytest

import qa
from embeddings.encoding.encoder import Encoder
from tests.asked_cases import answerer_over, check

ARTICLES = {
    "hall.md": """# 临泉市“红帆家园”建设情况

临泉市总工会 2024年11月6日

“红帆家园”是临泉市为货车司机设立的休息点，全市共建成27个，配有床位、热水和停车位，由各镇工会管理，平均每天接待340人次。

2024年，市财政为红帆家园拨付运行费用81万元。
""",
    "hall-pro.md": """# 临泉市“红帆家园Pro”试运行

临泉市总工会 2024年12月20日

“红帆家园Pro”在原来休息点的基础上增加了维修、体检和夜间陪护，目前在两个物流园试运行6个，由市交通运输局派人值守，平均每天接待150人次。

市总工会为“红帆家园Pro”安排设备经费43万元。
""",
    "hall-app.md": """# 临泉市“红帆”小程序上线

临泉市总工会 2025年1月14日

“红帆”是一个手机小程序，供司机查询休息点和路况，注册用户2.6万人，由市大数据局维护，开发费用38万元。
""",
    "loan.txt": """“惠农贷”和“惠农贷通”有什么不同

西陵县农商银行 2025年3月2日

“惠农贷”面向种养大户，单户最高30万元，期限三年，年利率4.1%，由县农商银行发放。
“惠农贷通”是办理贷款的服务平台，不发放贷款，由县金融办建设，已接入乡镇15个。
""",
    "river.md": """# 河长制与“河长制+检察”

北川市水利局 2024年8月19日

北川市“河长制”办公室设在市水利局，共有河长268名，全年巡河1.4万次。

“河长制+检察”是市检察院与市水利局建立的协作机制，全年移送线索33条，办理公益诉讼案件12件，由市检察院牵头。
""",
}


@pytest.fixture(scope="module")
def asked(one_model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    return answerer_over(ARTICLES, tmp_path_factory.mktemp("names"))


@pytest.mark.parametrize(
    ("question", "values", "others"),
    [
        ("红帆家园由谁管理", "各镇工会", "交通运输局 大数据局"),
        ("红帆家园Pro由谁值守", "市交通运输局", "各镇工会 大数据局"),
        ("红帆由哪个单位维护", "市大数据局", "各镇工会 交通运输局"),
        ("红帆家园建了多少个", "27个", "6个"),
        ("红帆家园Pro有多少个", "6个", "27个"),
        ("红帆家园Pro安排了多少经费", "43万元", "81万元 38万元"),
        ("红帆家园的运行费用是多少", "81万元", "43万元 38万元"),
        ("红帆的开发费用是多少", "38万元", "81万元 43万元"),
        ("红帆家园每天接待多少人次", "340人次", "150人次"),
        ("惠农贷由谁发放", "县农商银行", ""),
        ("惠农贷通是谁建的", "县金融办", ""),
        ("惠农贷单户最高多少", "30万元", ""),
        ("北川市河长制+检察由谁牵头", "市检察院", ""),
        ("河长制+检察移送了多少条线索", "33条", "268名"),
        ("北川市有多少名河长", "268名", ""),
        ("红帆家园Pro的注册用户有多少", "", ""),
    ],
)
def test_the_whole_name_tells_which_thing_is_meant(asked: qa.Answerer, question: str, values: str, others: str) -> None:
    check(asked.ask(question), values, others)
