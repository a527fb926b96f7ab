"""Numbers however they are written, names, and what turns a clause into its opposite."""

from decimal import Decimal

import pytest

from qa.claims.claims import claims_of, names_of
from qa.claims.polarity import flips, opposed
from qa.claims.quantities import agrees, quantities, relative_years
from qa.replies.refusals import is_refusal


def read(text):
    """Value, unit and bound of each number, and the characters it stands at."""
    return [(float(q.value), q.unit, q.bound, text[q.start : q.end]) for q in quantities(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("五个", "5个"),
        ("五个", "５个"),
        ("百分之三十", "30%"),
        ("三成", "30％"),
        ("3.2万元", "32000元"),
        ("三万二千", "32,000"),
        ("二〇二四年", "2024年"),
        ("十二条", "12条"),
        ("两百五十六起", "256起"),
        ("一千七百二十三点七万元", "1723.7万元"),
        ("捌佰陆拾伍万元", "865万元"),
        ("八百六十五万元", "捌佰陆拾伍万元"),
        ("人民币陆仟伍佰元整", "6500元"),
        ("23年底", "2023年"),
        ("3名", "三人"),
        ("5公里", "5千米"),
        ("四大课堂", "四个课堂"),
        ("3个小时", "三小时"),
    ],
)
def test_ways_to_write_a_number_are_equal(one, other):
    (said,), (stated,) = quantities(one), quantities(other)
    assert agrees(said, stated) and agrees(stated, said)


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("256起", "265起"),
        ("12.6万元", "12.6亿元"),
        ("5%", "5个百分点"),
        ("3年", "3个月"),
        ("23人", "23户"),
        ("第三名", "三名"),
        ("20分钟", "20小时"),
        ("超过20分钟", "不超过20分钟"),
        ("100个以上", "100个以下"),
        ("5000多元", "近5000元"),
    ],
)
def test_numbers_that_differ_in_value_unit_or_bound_do_not_agree(said, stated):
    (one,), (other,) = quantities(said), quantities(stated)
    assert not agrees(one, other)


def test_a_bound_may_be_dropped_but_not_added():
    (more,), (plain,) = quantities("4500多个"), quantities("4500个")
    assert agrees(plain, more) and not agrees(more, plain)


def test_words_that_hold_formal_numerals_count_nothing():
    assert read("大陆一百公里，队伍20人，收拾一新") == [(100.0, "公里", "", "一百公里"), (20.0, "人", "", "20人")]


def test_dates_are_years_months_and_days():
    assert read("2024-03-05发布，即2024年3月5日，周六") == [
        (2024, "年", "", "2024"),
        (3, "月", "", "03"),
        (5, "日", "", "05"),
        (2024, "年", "", "2024年"),
        (3, "月", "", "3月"),
        (5, "日", "", "5日"),
        (6, "星期", "", "周六"),
    ]


def test_a_range_counts_one_thing():
    assert read("3至5个，2021—2022年") == [
        (3, "个", "", "3"),
        (5, "个", "", "5个"),
        (2021, "年", "", "2021"),
        (2022, "年", "", "2022年"),
    ]


def test_words_and_enumerators_are_no_numbers():
    assert read("一起学习，统一部署，千方百计，十分重要，一个中心，三四个人，庆祝七一期间") == []
    assert read("1. 问题表；2. 责任表（3）销号表") == []


def test_last_year_is_counted_from_publication():
    assert [q.value for q in relative_years("去年和今年", "2024-08-01")] == [Decimal(2023), Decimal(2024)]
    assert relative_years("去年", "") == ()


def test_names_are_quoted_terms_latin_words_people_and_spots():
    text = "局长王海生说，天门村用好“三张表”和《河长手册》，PM2.5降了。"
    assert [(name.kind, name.text) for name in names_of(text)] == [
        ("person", "王海生"),
        ("spot", "天门村"),
        ("quoted", "3张表"),
        ("quoted", "河长手册"),
        ("latin", "pm2.5"),
    ]


def test_people_are_told_by_their_posts_and_not_by_a_surname_alone():
    assert [n.text for n in names_of("黄群、宋月才、姜开斌等同志，书记和党员，主任安排工作") if n.kind == "person"] == [
        "宋月才",
        "姜开斌",
    ]


def test_places_come_from_the_gazetteer():
    assert claims_of("山东省泰安市与咸宁市").places == ("山东", "泰安", "咸宁")


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("没有方案的可以动土", "没有方案的不许动土"),
        ("局里没有印发要点", "局里印发要点"),
        ("审批时间延长了30%", "审批时间缩短了30%"),
        ("水质同比下降", "水质同比上升"),
        ("允许接电话", "禁止接电话"),
        ("未完成整改", "完成整改"),
    ],
)
def test_a_clause_turned_round_is_seen(said, stated):
    assert opposed(said, stated) or flips(said, stated)


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("不得接电话", "不许接电话"),
        ("不断提高本领", "提升本领"),
        ("时间缩短了四成", "时间减少40%"),
        ("不仅要查，而且要改", "要查也要改"),
        ("创建无废城市", "“无废城市”创建"),
        ("不超过20分钟", "控制在20分钟以内"),
    ],
)
def test_a_clause_in_other_words_is_not_taken_for_its_opposite(said, stated):
    assert not opposed(said, stated) and not flips(said, stated)


@pytest.mark.parametrize(
    "text",
    [
        "资料中没有提到。",
        "资料中没有提到绍兴的预算。",
        "根据提供的资料，无法确定具体金额。",
        "提供的文章未提及该项目的负责人。",
        "未提及。",
        "很抱歉，我无法回答这个问题。",
        "现有资料不足以回答该问题。",
        "我不知道。",
        "The passages do not mention the budget.",
        "There is no information about this in the sources.",
        "I cannot answer this question.",
    ],
)
def test_refusals_are_recognised(text):
    assert is_refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "工地没有方案的不许动土。",
        "资料员每天登记两次。",
        "码头三年没有出过事故。",
        "这里不许接电话，座位要提前一天预约。",
        "监测站的资料由专人保管，不能外借。",
        "The station did not stop.",
    ],
)
def test_sentences_with_a_negation_are_no_refusals(text):
    assert not is_refusal(text)
