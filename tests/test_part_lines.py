"""Several things asked at once: what is given of each, and how sure the whole is."""

from qa.composing.citations import Statement, quote_of
from qa.composing.finding import Finding
from qa.composing.part_lines import with_parts
from qa.understanding.question import understand
from tests.found import place_of, written

BEES = written(
    "bees", "老曲今年养了173箱蜂。\n今年摇了1.9吨蜜，去年是4.6吨。\n花期赶上九天雨。\n蜂场在山脚下。", title="养蜂人"
)
HIVES, HONEY, RAIN = "老曲今年养了173箱蜂。", "今年摇了1.9吨蜜，去年是4.6吨。", "花期赶上九天雨。"


def found(*said, sure=True, confidence=0.9):
    statements = tuple(Statement(BEES, place_of(BEES, one)) for one in said)
    rests_on = statements[0] if statements else None
    return Finding(statements, confidence=confidence, tentative=bool(said) and not sure, rests_on=rests_on)


def answered(whole, *parts):
    asked = [understand(text) for text in ("老曲养了多少箱蜂", "摇了多少蜜", "为什么少")[: len(parts)]]
    given = with_parts(whole, list(zip(asked, parts, strict=True)))
    return [quote_of(one.article, one.span) for one in given.statements], given.note, given.tentative, given.confidence


def test_what_the_whole_lacks_is_taken_from_the_parts():
    assert answered(found(HIVES), found(HIVES), found(HONEY, confidence=0.8)) == ([HIVES, HONEY], "", False, 0.8)


def test_the_answer_is_unsure_as_soon_as_a_part_is():
    parts = (found(HIVES), found(HONEY), found(RAIN, sure=False, confidence=0.5))
    assert answered(found(HONEY), *parts) == ([HIVES, HONEY, RAIN], "", True, 0.5)


def test_an_unsure_part_that_is_said_already_changes_nothing():
    assert answered(found(HIVES, HONEY), found(HIVES), found(HONEY, sure=False, confidence=0.4)) == (
        [HIVES, HONEY],
        "",
        False,
        0.9,
    )


def test_a_part_without_an_answer_is_named_and_leaves_the_rest_unsure():
    said, note, tentative, _ = answered(found(HIVES), found(HIVES), found(confidence=0.1))
    assert (said, note, tentative) == ([HIVES], "没有找到“摇了多少蜜”的答案", True)


def test_where_nothing_is_sure_each_part_gives_its_sentence():
    unsure = [found(said, sure=False, confidence=0.5) for said in (HIVES, HONEY, RAIN)]
    assert answered(found(HONEY, sure=False), *unsure) == ([HIVES, HONEY, RAIN], "", True, 0.5)


def test_where_a_part_has_no_sentence_of_its_own_and_nothing_is_sure_the_whole_stands():
    unsure = [found(said, sure=False, confidence=0.5) for said in (HIVES, HIVES, RAIN)]
    assert answered(found(HONEY, sure=False, confidence=0.6), *unsure) == ([HONEY], "", True, 0.6)


def test_a_whole_that_is_sure_stands_by_itself_where_it_asks_one_thing():
    assert answered(found(HIVES)) == ([HIVES], "", False, 0.9)
