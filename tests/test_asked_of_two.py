"""Questions that ask the same of two counties, years or persons, each of which stands in an article of its own."""

from __future__ import annotations

import pytest

import qa
from embeddings.rebuilding.rebuild import rebuild

_ARTICLES = {
    "醴陵市公共租赁住房办理须知": (
        "醴陵市住建局2024年5月修订本须知。",
        "一、谁能申请",
        "家庭人均月收入在2,410元以下，人均住房面积不到15平方米的城区户籍家庭可以申请。",
        "二、怎么办",
        "社区受理后由街道在6个工作日内初审，住房保障中心复核，公示10天后发放轮候号。",
        "三、怎么交钱",
        "租金按季交纳，逾期每天加收千分之一。",
    ),
    "浏阳市公租房申请指南": (
        "浏阳市住房保障服务中心2024年3月发布。",
        "一、申请条件",
        "家庭人均月收入不高于2,690元，人均建筑面积低于18平方米。",
        "二、流程",
        "街道初审需7个工作日，民政核对收入需10个工作日，中心复审后公示7天，再摇号分房。",
        "三、租金",
        "租金按月收取，每平方米2.6元。",
    ),
    "石门水库管理所2022年度报告": (
        "石门水库管理所2023年1月20日编写。",
        "2022年全年向下游供水1,860万立方米，收取水费74万元。",
        "大坝巡查412次，发现渗漏点2处，均已封堵。",
    ),
    "石门水库管理所2023年度报告": (
        "石门水库管理所2024年1月18日编写。",
        "2023年全年向下游供水2,015万立方米，水费收入83万元。",
        "大坝巡查430次，更换闸门止水橡皮6处。",
    ),
    "夜里守桥的人": (
        "云溪村的渡口边有一座木桥，桥头住着护桥员何广田。老何今年67岁，守桥已有二十九年。",
        "每逢涨水，他都要整夜提着马灯站在桥头，拦住要过河的人。",
    ),
    "三十年背着药箱走山路": (
        "乡村医生覃月娥现年54岁，从1992年起在大瑶山的七个寨子里巡诊。",
        "她的药箱换过五只，最远的寨子要走四个小时。",
    ),
    "青坪县石滩村通上自来水": (
        "青坪县水利局2024年6月为石滩村铺设管道11.4公里，新建蓄水池一座。",
        "水厂每天两次化验，水费每吨2.1元。",
    ),
    "白溪县石滩村喝上放心水": (
        "白溪县投入86万元，在石滩村铺设管道8.6公里，受益村民512户。",
        "村里选了一名管水员，每月补助300元。",
    ),
}


@pytest.fixture(scope="module")
def answerer(one_model: object, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    folder = tmp_path_factory.mktemp("asked_of_two") / "articles"
    folder.mkdir()
    for number, (title, lines) in enumerate(_ARTICLES.items(), 1):
        (folder / f"{number}.md").write_text("\n\n".join([f"# {title}", *lines]), encoding="utf-8")
    rebuild(folder, folder.parent / "index")
    return qa.load(folder.parent / "index", log_unanswered=False)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("浏阳跟醴陵公租房公示各几天", {"1": "公示10天", "2": "公示7天"}),
        ("公租房对比：浏阳和醴陵的人均月收入线", {"1": "2,410元", "2": "2,690元"}),
        ("石门水库2022和2023两年的水费各是多少", {"3": "74万元", "4": "83万元"}),
        ("石门水库大坝巡查22年多还是23年多", {"3": "412次", "4": "430次"}),
        ("这两年石门水库向下游供水有没有增加，数是多少", {"3": "1,860万立方米", "4": "2,015万立方米"}),
        ("两个石滩村的水管各铺了多长", {"7": "11.4公里", "8": "8.6公里"}),
        ("守桥的何广田和巡诊的覃月娥 都多大岁数", {"5": "67岁", "6": "54岁"}),
    ],
)
def test_each_of_two_is_answered_from_its_own_article(
    answerer: qa.Answerer, question: str, said: dict[str, str]
) -> None:
    answer = answerer.ask(question)
    assert not answer.abstained, answer.reason
    assert {citation.article_id for citation in answer.citations} == set(said)
    for article_id, words in said.items():
        assert words in "".join(one.quote for one in answer.citations if one.article_id == article_id), answer.text
