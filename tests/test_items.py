"""Which items, how many, the most and their sum, from the structure of an article: exactly those, or none at all."""

import re

import pytest

from embeddings.reading.articles import read_articles
from embeddings.types import Article
from qa.composing.citations import compose
from qa.composing.item_lines import answer_items
from qa.items.choosing import find_items
from qa.understanding.question import understand
from tests.counted_articles import write_counted_articles
from tests.counted_questions import ALL, HOW_MANY, MOST, SUMS, UNTOUCHED, WHICH, Counted
from tests.found import evidence, index_of, written

COUNTED = (*WHICH, *HOW_MANY, *MOST, *SUMS)


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    folder = write_counted_articles(tmp_path_factory.mktemp("counted"))
    return {one.id: one for one in read_articles(folder) if isinstance(one, Article)}


@pytest.fixture(scope="module")
def snapshot(articles, tmp_path_factory):
    return index_of(tmp_path_factory.mktemp("index"), *articles.values(), *OTHERS.values()).snapshot


def said_by(question, article, snapshot):
    """The answer where the best sentence is one of this article, or None."""
    found = find_items(understand(question), [evidence(article, article.text[article.body_start :][:5], 1.0)], snapshot)
    if found is None:
        return None
    finding = answer_items(found)
    return compose(finding.statements, "snapshot", finding.note).text


OTHERS = {
    one.id: one
    for one in (
        written(
            "market",
            "第二季度抽检农贸市场4家，检出不合格市场2家。\n市场名称\t所在街道\t抽检批次\t不合格批次\t结论\n"
            "东门市场\t城东街道\t98\t3\t不合格\n桥头市场\t城东街道\t120\t0\t合格\n西坝市场\t西坝街道\t88\t1\t不合格\n"
            "港口市场\t港口街道\t47\t0\t合格\n合计\t\t353\t4\t\n",
            title="平湖区农贸市场抽检情况",
        ),
        written(
            "quarters",
            "指标\t一季度\t二季度\t三季度\n受理量（件）\t3,120\t2,894\t3,671\n退回量（件）\t41\t35\t65\n",
            title="临川市热线办2024年受理情况",
        ),
        written(
            "sections",
            "一、完工项目\n1. 东干渠衬砌，投资1,320万元。\n2. 河口泵站，投资470万元。\n"
            "二、未开工项目\n1. 双溪治理，投资1,650万元。\n2. 南岗信息化，投资760万元。\n",
            title="长岭县水利项目推进表",
        ),
        written(
            "villages",
            "全镇12个村中，收入过百万元的村有3个。各村情况：\n江头村：126万元，光伏收入38万元\n江尾村：58万元\n"
            "沙洲村：204万元，渔业收入150万元\n坝上村：33万元\n新渡村：115万元\n",
            title="望江镇村级集体经济收入情况",
        ),
        written(
            "reported",
            "各村上报防汛负责人情况：已上报的有东岗村、西岗村、前进村；未上报的有柳林村、新民村。",
            title="永宁镇防汛物资",
        ),
        written(
            "accepted",
            "村名\t改厕（户）\t是否通过验收\n上湾村\t86\t是\n下湾村\t54\t否\n河口村\t112\t是\n林场村\t27\t否\n",
            title="东湾镇各村验收结果",
        ),
        written(
            "debts",
            "全县有债务的村88个，化解办法是：（1）盘活闲置资产；（2）协商减免；（3）发展村办企业。",
            title="河东县村级债务化解情况",
        ),
    )
}


def wrong_with(asked: Counted, said: str | None) -> list[str]:
    plain = re.sub(r"\[\d+\]", "", said or "")
    missing = [one for one in asked.says.split() if not any(either in plain for either in one.split("|"))]
    return missing + [f"not {one}" for one in asked.never.split() if one in plain]


@pytest.mark.parametrize("asked", COUNTED, ids=lambda asked: asked.question)
def test_the_items_asked_for_and_no_others(asked, articles, snapshot):
    assert not wrong_with(asked, said_by(asked.question, articles[asked.articles], snapshot))


@pytest.mark.parametrize("article", sorted({asked.articles for asked in COUNTED}))
def test_no_other_article_is_taken_for_the_one_meant(article, articles, snapshot):
    others = [asked for asked in ALL if article not in asked.articles.split()]
    assert [asked.question for asked in others if said_by(asked.question, articles[article], snapshot)] == []


@pytest.mark.parametrize("asked", UNTOUCHED, ids=lambda asked: asked.question)
def test_nothing_is_made_of_what_is_not_wholly_read(asked, articles, snapshot):
    assert [name for name, article in articles.items() if said_by(asked.question, article, snapshot)] == []


@pytest.mark.parametrize(
    ("question", "article", "says", "never"),
    [
        ("平湖区农贸市场不合格的有几家", "market", "检出不合格市场2家 共2家 东门市场 西坝市场", "桥头 港口"),
        ("城东街道有哪些农贸市场", "market", "东门市场 桥头市场", "西坝 港口"),
        ("平湖区一共抽检了多少批次", "market", "合计 353 98 120 88 47", "没有写总数"),
        ("平湖区不合格批次最多的市场是哪个", "market", "东门市场 比较了4项", "桥头"),
        ("临川市热线办全年受理量一共多少件", "quarters", "9,685件 3,120＋2,894＋3,671", "41"),
        ("临川市热线办退回量超过40件的是哪几个季度", "quarters", "一季度：41 三季度：65", "二季度"),
        ("临川市热线办哪个季度受理量最多", "quarters", "三季度：3,671", "3,120"),
        ("长岭县未开工的水利项目有哪些", "sections", "双溪治理 南岗信息化 未开工项目", "东干渠"),
        ("长岭县未开工的水利项目总投资一共多少", "sections", "2,410万元", "东干渠"),
        ("望江镇收入过百万元的村有几个", "villages", "3 江头村 沙洲村 新渡村", "江尾 坝上"),
        ("望江镇集体经济收入最低的两个村", "villages", "坝上村 江尾村", "沙洲"),
        ("望江镇有几个村", "villages", "全镇12个村 两者不一致", ""),
        ("永宁镇有几个村上报了防汛负责人", "reported", "3个 东岗村 西岗村 前进村", "柳林"),
        ("永宁镇未上报防汛负责人的村有哪些", "reported", "柳林村 新民村", "东岗"),
        ("东湾镇没有通过验收的村有哪些", "accepted", "下湾村 林场村", "上湾村 河口村"),
        ("东湾镇改厕不到60户的村有哪些", "accepted", "下湾村 林场村", "上湾村 河口村"),
    ],
)
def test_items_of_other_forms(question, article, says, never, snapshot):
    asked = Counted(question, says, never)
    said = said_by(question, OTHERS[article], snapshot)
    assert not wrong_with(asked, said and said.replace(" ", "")), said


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("河东县有债务的村有多少个", "debts"),
        ("临川市热线办二季度受理量多少件", "quarters"),
        ("东湾镇有多少个村参加验收", "accepted"),
        ("平湖区抽检合格率最高的是哪家", "market"),
        ("东湾镇为什么有的村没有通过验收", "accepted"),
        ("望江镇收入增长的村有哪些", "villages"),
        ("临川市热线办2023年受理量一共多少件", "quarters"),
    ],
)
def test_what_structure_does_not_answer_is_left_to_reading(question, article, snapshot):
    assert said_by(question, OTHERS[article], snapshot) is None


def test_a_plan_is_no_deed_and_named_as_not_judged(articles, snapshot):
    said = said_by("云岭县城建攻坚项目里还没有动工的有哪些", articles["plan"], snapshot)
    note = said.rpartition("\n")[2]
    assert note == (
        "（按《云岭县2024年城建攻坚项目进展通报》里“当前进展”为“尚未动工”判断，7 项里有 2 项；"
        "另有 1 项写的是“计划10月动工”，未算在内：老电影院修缮）"
    )


def test_every_item_has_its_own_citation_and_is_verbatim(articles, snapshot):
    article = articles["canteens"]
    found = find_items(understand("海棠市学校食堂检查合格的有几家"), [evidence(article, "4月", 1.0)], snapshot)
    composed = compose(answer_items(found).statements, "snapshot")
    quotes = [citation.quote for citation in composed.citations]
    assert quotes[1:] == ["第一中学食堂：合格", "育英学校食堂：合格", "滨江小学食堂：合格"]
    assert composed.text.split("\n")[0] == "逐项数来，符合条件的共 3 家。[1]"
    assert quotes[0] == "4月，市局随机抽查了学校食堂，结果如下："


OFFICES = written(
    "offices",
    "各所情况见下表。\n司法所\t在册人数\t走访次数\t脱管人数（人）\n城东\t72\t310\t0\n城西\t65\t284\t1\n河口\t40\t150\t0\n",
    title="临江区社区矫正情况",
)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("哪个司法所有脱管人员", ["城西"]),
        ("哪些司法所没有脱管的", ["城东", "河口"]),
        ("哪些司法所有在册的", None),
    ],
)
def test_a_thing_that_is_counted_is_had_where_it_is_more_than_none(question, names, tmp_path_factory):
    snapshot = index_of(tmp_path_factory.mktemp("offices"), OFFICES).snapshot
    found = find_items(understand(question), [evidence(OFFICES, "城东\t72\t310\t0", 1.0)], snapshot)
    assert (found and [OFFICES.text[one.name.start : one.name.end] for one in found.chosen]) == names
