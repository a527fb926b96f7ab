"""Counties and towns in questions, by their short names too; what a question on several of them is answered by."""

import pytest

from embeddings.places.localities import localities_in
from qa.composing.citations import quote_of
from qa.composing.side_lines import answer_sides
from qa.evidence.fit import names_another
from qa.evidence.sides import sides_of
from qa.understanding.names import years_asked
from qa.understanding.question import understand
from tests.found import evidence, index_of, written


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("开化护林员补多少", ("开化",)),
        ("我们隆德低保改厕能多拿钱不", ("隆德",)),
        ("松阳跟铜鼓的老年餐", ("松阳", "铜鼓")),
        ("浏阳跟醴陵公租房公示各几天", ("浏阳", "醴陵")),
        ("通道县的鼓楼", ("通道",)),
        ("安全通道堵了找谁", ()),
        ("巴彦淖尔的水", ()),
        ("老小区装充电桩", ()),
        ("那三个县呢", ()),
        ("振兴文化站要多少钱", ()),
        ("腾冲乡镇专家号怎么约", ("腾冲",)),
        ("婺源景区门票抽几个点", ("婺源",)),
        ("从咸丰县城去坪坝营几点走", ("咸丰",)),
        ("我们住在从化区，哪天收垃圾", ("从化",)),
        ("在写和平镇预算解读", ("和平",)),
        ("采访蔚县馆长的记者", ("蔚县",)),
        ("被古浪县点名的是谁", ("古浪",)),
        ("新龙泉镇的路灯", ("新龙泉",)),
        ("沁源村干部大专以上多少", ("沁源",)),
        ("石井村干部的工资", ("石井村",)),
        ("王家庄的“三件实事”有哪些", ("王家庄",)),
        ("新农村建设补多少", ()),
        ("凤凰和来凤两个县打哪个号码", ("凤凰", "来凤")),
        ("江山跟通道两县各几座", ("江山", "通道")),
        ("昌图、开原禁烧从哪天到哪天", ("昌图", "开原")),
        ("赤水支部书记和习水支部书记名字", ("赤水", "习水")),
        ("补贴昌图高还是开原高", ("昌图", "开原")),
        ("赤水河在习水有多长", ("习水",)),
        ("开原煤矿有几个", ()),
        ("苍南县灵溪镇的网格员", ("苍南",)),
        ("泾县旌德21年巡河各多少人次", ("泾县", "旌德")),
    ],
)
def test_what_a_question_names(text, named):
    assert localities_in(text) == named


def test_a_follow_up_has_the_county_of_the_question_before_it_until_it_names_another():
    assert understand("补多少", ["开化护林员归谁管"]).localities == ("开化",)
    assert understand("那松阳呢", ["开化护林员归谁管"]).localities == ("松阳",)
    assert not understand("补多少", ["开化护林员归谁管"]).names_its_own


KAIHUA = written("kaihua", "护林员月补贴1100元。护林员要巡山。", title="开化县林业")
SONGYANG = written("songyang", "护林员月补贴900元。护林员要会游泳。", title="松阳县林业")


def test_an_article_is_of_another_county_where_it_names_none_of_those_asked_for():
    assert names_another(understand("松阳护林员补多少"), KAIHUA)
    assert not names_another(understand("松阳和开化护林员各补多少"), KAIHUA)
    assert not names_another(understand("护林员补多少"), KAIHUA)


def test_a_follow_up_that_turns_to_somebody_whom_the_article_does_not_name_is_of_another():
    before = ["开化护林员2024年补多少"]
    assert names_another(understand("茅坪2023年呢", before), KAIHUA)
    assert not names_another(understand("2023年呢", before), KAIHUA)
    assert not names_another(understand("护林员2023年呢", before), KAIHUA)


def test_a_name_that_is_said_to_be_somebody_elses_is_of_another():
    assert names_another(understand("泰国的“三级巡护”是什么"), KAIHUA)
    assert names_another(understand("王家庄的“三级巡护”有哪些"), KAIHUA)
    assert not names_another(understand("开化县的“三级巡护”有哪些"), KAIHUA)
    assert not names_another(understand("现行的“三级巡护”有哪些"), KAIHUA)
    assert not names_another(understand("大家说的“三级巡护”是什么"), KAIHUA)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("松阳跟开化的护林员各补多少", ["松阳", "开化"]),
        ("桐柏唐河的指挥部各在哪", ["桐柏", "唐河"]),
        ("2023年和2024年各收了多少", ["2023", "2024"]),
        ("19版和23版有啥不同", ["2019", "2023"]),
        ("山东泰安和山东济宁哪个多", ["泰安", "济宁"]),
        ("山东泰安24年多少", []),
    ],
)
def test_the_sides_of_a_question(question, names):
    assert [side.name for side in sides_of(understand(question), ())] == names


SURE = {"read": 6.0, "belongs": 6.0, "certain": 8.0, "cosine": 0.92, "rank": 1.0}
PAID = evidence(KAIHUA, "护林员月补贴1100元。", 3.0, **SURE)
SWIMS = evidence(SONGYANG, "护林员要会游泳。", -6.0, read=-6.0, belongs=-6.0, certain=-6.0)


@pytest.fixture
def snapshot(tmp_path):
    return index_of(tmp_path / "index", KAIHUA, SONGYANG, watched="补贴").snapshot


def said_of(question, found, snapshot):
    finding = answer_sides(sides_of(understand(question), found), snapshot)
    return finding and ([quote_of(line.article, line.span) for line in finding.statements], finding.note)


def test_a_question_on_two_counties_is_answered_from_both_in_its_order(snapshot):
    found = [PAID, evidence(SONGYANG, "护林员月补贴900元。", 2.0, **SURE), SWIMS]
    said = said_of("松阳跟开化的护林员一个月补多少", found, snapshot)
    assert said == (["护林员月补贴900元。", "护林员月补贴1100元。"], "")


def test_a_county_that_nothing_is_said_of_is_named(snapshot):
    said = said_of("松阳跟开化的护林员一个月补多少", [PAID, SWIMS], snapshot)
    assert said == (["护林员月补贴1100元。"], "没有找到关于“松阳”的回答")


def test_where_neither_is_sure_the_question_is_judged_as_a_whole(snapshot):
    assert said_of("松阳跟开化的护林员一个月补多少", [SWIMS], snapshot) is None


def test_years_are_also_typed_with_two_figures():
    typed = ("泾县21年巡河几次", "2024年多少", "20年以上的", "15年前", "3年")
    assert [years_asked(text) for text in typed] == [("2021",), ("2024",), (), (), ()]
