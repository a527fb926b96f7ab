"""Counties and towns in questions, by their short names too; what a question on several of them is answered by."""

import pytest

from qa.composing.sentence_lines import sentence_lines
from qa.evidence.fit import names_another
from qa.evidence.sides import sides_of
from qa.term_weights import TermWeights
from qa.understanding.localities import localities_in
from qa.understanding.question import understand
from tests.found import evidence, index_of, written


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("开化护林员补多少", ("开化",)),
        ("我们隆德低保改厕能多拿钱不", ("隆德",)),
        ("松阳跟铜鼓的老年餐", ("松阳", "铜鼓")),
        ("通道县的鼓楼", ("通道",)),
        ("安全通道堵了找谁", ()),
        ("巴彦淖尔的水", ()),
        ("老小区装充电桩", ()),
        ("那三个县呢", ()),
        ("振兴文化站要多少钱", ()),
        ("苍南县灵溪镇的网格员", ("苍南",)),
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


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("松阳跟开化的护林员各补多少", ("松阳", "开化")),
        ("2023年和2024年各收了多少", ("2023", "2024")),
        ("山东泰安和山东济宁哪个多", ("泰安", "济宁")),
        ("山东泰安2024年多少", ()),
    ],
)
def test_the_sides_of_a_question(question, sides):
    assert sides_of(understand(question)) == sides


def test_a_question_on_two_counties_is_answered_from_both(tmp_path):
    question = understand("松阳跟开化的护林员一个月补多少")
    lexical = index_of(tmp_path / "index", KAIHUA, SONGYANG, watched="补贴").snapshot.lexical
    found = [
        evidence(KAIHUA, "护林员月补贴1100元。", 2.0),
        evidence(KAIHUA, "护林员要巡山。", -3.0),
        evidence(SONGYANG, "护林员月补贴900元。", -3.2),
        evidence(SONGYANG, "护林员要会游泳。", -3.4),
    ]
    lines = sentence_lines(question, found, TermWeights.of(question.terms, lexical), unsure=False)
    assert [line.article.text[line.span.start : line.span.end] for line in lines] == [
        "护林员月补贴1100元。",
        "护林员月补贴900元。",
    ]
