"""Which of the sentences found are given, in which order, and what of them is marked."""

import pytest

from embeddings.structure.outline import read_outline
from embeddings.types import Section, Span
from qa.composing.citations import compose
from qa.composing.sentence_lines import lines_beside, sentence_lines
from qa.evidence.completion import ListFound
from qa.retrieving.term_weights import TermWeights
from qa.understanding.question import understand
from tests.found import evidence, place_of, written

TOWER = written("tower", "灯塔建于1907年。灯塔高21米，台阶96级。由三人看护。夏天开放。冬天关门。")
GUIDE = written("guide", "灯塔高21米。登塔要买票。")
NINE = written("nine", "".join(f"第{n}条写得清楚明白。" for n in range(1, 21)))
FINES = written("fines", "单位\t处罚起数\t罚款\n甲县\t12\t3.5万元\n乙县\t20\t8万元")
NO_WEIGHTS = TermWeights({"灯塔": 1.0})


RULES = written(
    "rules",
    "车辆使用规定\n第五条 有下列情形之一的，不予派车：\n（一）能坐公交又不赶时间的；\n（二）个人看病的；\n"
    "（三）接送家属的；\n（四）单子没有填全的。\n第六条 夜里不得用车。",
)


def outline_of(*found):
    return {one.article.id: read_outline(one.article) for one in found}.get


def lines(question, *found, weights=NO_WEIGHTS, unsure=False):
    composed = compose(sentence_lines(understand(question), found, weights, unsure, outline_of(*found)), "s")
    return [sentence.text for sentence in composed.sentences]


def test_sentences_that_belong_with_the_best_stand_in_the_order_of_the_text():
    found = [
        evidence(TOWER, "由三人看护。", 3.0),
        evidence(TOWER, "灯塔建于1907年。", -1.9),
        evidence(TOWER, "夏天开放。", -2.1),
    ]
    assert lines("灯塔怎么样", *found) == ["灯塔建于1907年。", "由三人看护。"]


def test_the_best_is_given_however_unlikely():
    assert lines("灯塔怎么样", evidence(TOWER, "由三人看护。", -5.0)) == ["由三人看护。"]


@pytest.mark.parametrize(("question", "most"), [("怎么写得清楚", 4), ("有哪些条写得清楚", 12)])
def test_at_most_four_and_of_several_things_twelve(question, most):
    found = [evidence(NINE, f"第{n}条写得清楚明白。", 3.0 - n / 10) for n in range(1, 21)]
    assert lines(question, *found) == [f"第{n}条写得清楚明白。" for n in range(1, most + 1)]


def test_a_sentence_that_makes_the_answer_too_long_is_left_out_for_a_shorter_one():
    long, short = f"{'长' * 199}。", "短。"
    both = written("both", f"{'首' * 99}。{long}{short}")
    found = [evidence(both, f"{'首' * 99}。", 3.0), evidence(both, long, 2.0), evidence(both, short, 1.0)]
    assert lines("写了什么", *found) == [f"{'首' * 99}。", short]
    assert lines("写了哪些", *found) == [f"{'首' * 99}。", long, short]


def test_another_article_speaks_only_where_it_adds_something():
    first = evidence(TOWER, "灯塔高21米，台阶96级。", 3.0)
    same, more = evidence(GUIDE, "灯塔高21米。", 2.0), evidence(GUIDE, "登塔要买票。", 2.0)
    weights = TermWeights({"灯塔": 1.0, "买票": 1.0})
    assert lines("灯塔多高", first, same, weights=weights) == ["灯塔高21米，台阶96级。"]
    assert lines("灯塔多高，要买票吗", first, more, weights=weights) == ["灯塔高21米，台阶96级。", "登塔要买票。"]
    likely_enough = evidence(GUIDE, "登塔要买票。", -1.4)
    said = lines("灯塔多高，要买票吗", first, likely_enough, weights=weights)
    assert said == ["灯塔高21米，台阶96级。", "登塔要买票。"]
    unlikely = evidence(GUIDE, "登塔要买票。", -1.6)
    assert lines("灯塔多高，要买票吗", first, unlikely, weights=weights) == ["灯塔高21米，台阶96级。"]


def test_another_article_needs_to_add_to_what_is_said():
    first, more = evidence(TOWER, "灯塔高21米，台阶96级。", 3.0), evidence(GUIDE, "登塔要买票。", 2.0)
    both = ["灯塔高21米，台阶96级。", "登塔要买票。"]
    assert lines("灯塔多高，要买票吗", first, more, weights=TermWeights({"灯塔": 3.0, "买票": 1.0})) == both[:1]
    assert lines("灯塔多高，要买票吗", first, more, weights=TermWeights({"灯塔": 1.0, "买票": 1.0})) == both


def test_the_article_of_the_best_sentence_comes_first():
    weights = TermWeights({"灯塔": 1.0, "买票": 1.0})
    best = evidence(GUIDE, "登塔要买票。", 3.0)
    assert lines("灯塔", best, evidence(TOWER, "灯塔建于1907年。", 2.0), weights=weights)[0] == "登塔要买票。"


def test_an_unsure_answer_has_two_sentences_of_one_article():
    found = [
        evidence(TOWER, "由三人看护。", 0.0),
        evidence(GUIDE, "登塔要买票。", -0.1),
        evidence(TOWER, "灯塔建于1907年。", -2.4),
        evidence(TOWER, "夏天开放。", -2.45),
    ]
    assert lines("灯塔，买票", *found, unsure=True) == ["灯塔建于1907年。", "由三人看护。"]
    assert lines("灯塔，买票", found[0], evidence(TOWER, "夏天开放。", -2.6), unsure=True) == ["由三人看护。"]


def test_beside_a_list_stand_the_likely_sentences_of_its_article_that_are_none_of_its_lines():
    opening = place_of(TOWER, "由三人看护。")
    part = place_of(TOWER, "夏天开放。")
    listed = ListFound(
        TOWER, opening, (Section("item", "", part, part.start, part.end),), meant=True, announced=False, named=True
    )
    found = [
        evidence(TOWER, "灯塔高21米，台阶96级。", 3.0),
        evidence(TOWER, "夏天开放。", 2.0),
        evidence(GUIDE, "登塔要买票。", 2.0),
        evidence(TOWER, "灯塔建于1907年。", -0.9),
        evidence(TOWER, "冬天关门。", -0.9),
    ]

    def beside(*found):
        return [TOWER.text[one.span.start : one.span.end] for one in lines_beside(found, listed)]

    assert beside(*found) == ["灯塔建于1907年。", "灯塔高21米，台阶96级。"]
    assert beside(*found[1:]) == ["灯塔建于1907年。", "冬天关门。"]
    assert beside(evidence(TOWER, "冬天关门。", -1.1)) == []


def marks(question, *found):
    composed = compose(sentence_lines(understand(question), found, NO_WEIGHTS, False, outline_of(*found)), "s")
    return [composed.text[span.start : span.end] for span in composed.answer_spans]


def test_the_exact_answer_to_a_fact_is_marked_where_the_reader_is_sure():
    sure = evidence(TOWER, "灯塔高21米，台阶96级。", 3.0, exact="21米", certain=0.5)
    assert marks("灯塔有多高", sure) == ["21米"]
    assert marks("为什么修灯塔", sure) == []
    assert marks("灯塔有多高", evidence(TOWER, "灯塔高21米，台阶96级。", 3.0, exact="21米", certain=-0.5)) == []
    assert marks("灯塔有多高", evidence(TOWER, "灯塔高21米，台阶96级。", 3.0, certain=5.0)) == []


def test_what_is_most_of_the_line_needs_no_mark():
    assert marks("谁看护", evidence(TOWER, "由三人看护。", 3.0, exact="由三人看护", certain=5.0)) == []


def test_a_very_long_sentence_is_cut_to_whole_clauses_around_its_exact_answer():
    clauses = [f"第{n:02}处写明了由谁负责到哪天为止，" for n in range(20)]
    sentence = f"{''.join(clauses)}最后一处没有写。"
    long = written("long", sentence)
    (said,) = lines("第10处由谁负责", evidence(long, sentence, 3.0, exact="第10处", certain=5.0))
    assert len(sentence) > 200
    assert said.startswith("第07处") and said.endswith("为止")
    assert "第10处" in said and 90 <= len(said) + 1 < 130
    assert lines("第10处由谁负责", evidence(long, sentence, 3.0)) == [sentence]


def test_a_table_row_is_given_with_the_names_of_its_columns_and_its_cell_marked():
    row = evidence(FINES, "甲县\t12\t3.5万元", 3.0, exact="3.5万元", certain=2.0)
    assert lines("甲县罚款多少", row) == ["单位：甲县；处罚起数：12；罚款：3.5万元"]
    composed = compose(sentence_lines(understand("甲县罚款多少"), [row], NO_WEIGHTS, False, outline_of(row)), "s")
    (span,) = composed.answer_spans
    assert composed.text[span.start : span.end] == "3.5万元"
    assert Span(span.article_start, span.article_end) == place_of(FINES, "3.5万元")
    assert composed.citations[0].quote == "甲县\t12\t3.5万元"


def test_the_row_of_names_is_given_as_it_stands():
    assert lines("有哪几栏", evidence(FINES, "单位\t处罚起数\t罚款", 3.0)) == ["单位\t处罚起数\t罚款"]


ITEMS = ["（一）能坐公交又不赶时间的；", "（二）个人看病的；", "（三）接送家属的；", "（四）单子没有填全的。"]


def test_of_a_list_of_short_items_all_are_given_where_several_are():
    found = [evidence(RULES, ITEMS[1], 2.0), evidence(RULES, ITEMS[3], 1.0)]
    assert lines("怎么才不派车", *found) == ITEMS
    assert lines("怎么才不派车", found[0]) == ITEMS[1:2]


def test_where_the_best_sentence_lies_elsewhere_half_of_a_list_brings_the_rest_and_two_where_several_are_asked_for():
    night = "第六条 夜里不得用车。"
    longer = written("longer", RULES.text.replace("（四）单子没有填全的。", "（四）旧车；\n（五）单子没有填全的。"))
    found = [evidence(longer, night, 2.0), *(evidence(longer, item, 1.0) for item in ITEMS[1:3])]
    assert lines("怎么才不派车", *found) == [*ITEMS[1:3], night]
    assert lines("哪些车不派", *found) == [*ITEMS[:3], "（四）旧车；", "（五）单子没有填全的。", night]
    half = [evidence(RULES, night, 2.0), *(evidence(RULES, item, 1.0) for item in ITEMS[1:3])]
    assert lines("怎么才不派车", *half) == [*ITEMS, night]


def test_an_unsure_answer_gives_a_whole_list_only_where_several_are_asked_for():
    found = [evidence(RULES, ITEMS[1], -3.0), evidence(RULES, ITEMS[2], -3.4), evidence(RULES, ITEMS[0], -3.6)]
    assert lines("怎么才不派车", *found, unsure=True) == ITEMS[1:3]
    assert lines("不派车有哪些情形", *found, unsure=True) == ITEMS
