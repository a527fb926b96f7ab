"""Mistyped and pinyin questions on the articles written for the tests; the passages are those of a real index."""

import pytest

from qa.understanding.sounds import alike, places_sounding, places_spelled, readings, spelled
from qa.understanding.spelling import respelled


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("盲闻专区有什么", "盲文专区有什么"),
        ("岛城图书管有几个专区", "岛城图书馆有几个专区"),
        ("岛城的固籍专区", "岛城的古籍专区"),
        ("鱼民专区什么时候最热闹？", "渔民专区什么时候最热闹？"),
        ("安静专取能打电话吗", "安静专区能打电话吗"),
        ("港城的巡茶队做什么", "港城的巡查队做什么"),
        ("山股县的成活绿是多少", "山谷县的成活率是多少"),
    ],
)
def test_mistyped_characters_are_respelled_as_the_articles_have_them(written, typed, meant):
    assert respelled(typed, written.retriever) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shangu县罚款多少", "山谷县罚款多少"),
        ("港城的liangzhi duiwu是什么", "港城的两支队伍是什么"),
        ("gangcheng de liangzhi duiwu shi shenme", "港城的两支队伍是什么"),
        ("Daocheng tushuguan you naxie zhuanqu", "岛城图书馆有哪些专区"),
        ("dao cheng tu shu guan you naxie zhuan qu", "岛城图书馆有哪些专区"),
    ],
)
def test_pinyin_becomes_the_characters_of_the_articles(written, typed, meant):
    assert respelled(typed, written.retriever) == meant


@pytest.mark.parametrize(
    "question",
    [
        "港城的123工作方法是什么",
        "盲文书有幾冊",
        # Right, but of things that the articles don't speak of.
        "太原的两支队伍是什么",
        "山西的成活率是多少",
        "三支队伍是什么",
        "盲人专区有什么",
        "罚金是多少",
        "谁是港城的局长",
        "图书馆里的公示内容是什么",
        "联通客服电话是多少",
        # Words of asking sound like others too.
        "港城的救援队怎么样",
    ],
)
def test_what_is_spelled_right_stays_as_it_is(written, question):
    assert respelled(question, written.retriever) == question


@pytest.mark.parametrize(
    "question",
    ["What is the survival rate of the trees?", "DNA是什么", "CEO是谁", "huozhe shi shenme", "Obama shi shui"],
)
def test_letters_that_spell_nothing_in_the_articles_stay(written, question):
    assert respelled(question, written.retriever) == question


def test_a_place_is_respelled_only_as_one_that_the_articles_name(sample):
    assert respelled("泰按的12345工作法", sample.retriever) == "泰安的12345工作法"
    assert respelled("咸凝罚款多少", sample.retriever) == "咸宁罚款多少"
    assert respelled("taian的12345工作法是什么", sample.retriever) == "泰安的12345工作法是什么"
    assert respelled("qinghai de wuge jianchi", sample.retriever) == "青海的五个坚持"
    for other in ("泰国的12345工作法", "太原的12345工作法", "青岛的五个坚持", "西宁罚款多少"):
        assert respelled(other, sample.retriever) == other


def test_numerals_are_never_changed(sample):
    for question in ("泰安的五大课堂", "青海的四个坚持", "泰安的54321工作法"):
        assert respelled(question, sample.retriever) == question


def test_readings_and_their_confusions():
    assert readings("重") == {"zhong", "chong"}
    assert readings("A") == readings("。") == frozenset()
    assert alike("堂", "糖") and not alike("堂", "档")
    assert not alike("宁", "凌") and alike("宁", "凌", blur=True)
    assert not alike("脏", "张") and alike("脏", "张", blur=True)
    assert not alike("，", "。") and not alike("，", "。", blur=True)


def test_letters_are_read_as_syllables_and_places():
    assert set(spelled("xian")) >= {("xian",), ("xi", "an")}
    assert list(spelled("what")) == []
    assert places_spelled("taian") == ("泰安",)
    assert set(places_spelled("suzhou")) == {"苏州", "宿州"}
    assert places_spelled("shaanxi") == ("陕西",)
    assert places_spelled("paris") == ()
    assert "咸宁" in places_sounding("咸凝") and places_sounding("泰国") == ()
