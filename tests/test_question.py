import pytest

from qa.understanding.names import names_in, numbered_name, ordinal_in, part_count
from qa.understanding.parts import parts_of
from qa.understanding.question import content_terms, topic, understand
from qa.understanding.wording import unit_of, wanted


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("港城罚款多少", "fact"),
        ("谁提出了网格管理", "fact"),
        ("“三步走”是什么", "definition"),
        ("港城的12345工作法", "definition"),
        ("五项制度叫什么", "definition"),
        ("港城有哪些专区", "list"),
        ("五个聚焦是哪五个", "list"),
        ("四大课堂分别是什么", "list"),
        ("如何优化审批流程", "explanation"),
        ("为什么要包干到户", "explanation"),
        ("水质怎么样", "fact"),
        ("同比变化如何", "fact"),
        ("《山谷》的作者是谁", "metadata"),
        ("这篇文章什么时候发表的", "metadata"),
        ("哪几篇文章提到了渎职", "corpus"),
        ("哪些单位提出了一岗双责", "corpus"),
        ("最早的一篇是哪篇", "corpus"),
        ("泰安和咸宁的做法有什么不同", "comparison"),
    ],
)
def test_kinds_of_questions_are_told_apart(question, kind):
    assert understand(question).kind == kind


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("泰安的“四大课堂”是什么", ("四大课堂",)),
        ("五个聚焦是哪五个", ("五个聚焦",)),
        ("泰安的12345工作法是什么", ("12345",)),
        ("“三抓”指什么", ("三抓",)),
        ("四梁八柱包括什么", ("四梁八柱",)),
        ("六个“新提升”是哪六个", ("六个新提升", "新提升")),
        ("下一步要在哪六个方面实现提升", ()),
        ("2018年罚款多少", ()),
        ("查处了三个问题吗", ()),
    ],
)
def test_names_that_a_question_turns_on(question, names):
    assert names_in(question) == names


def test_numbered_names_say_how_many_of_what():
    assert (numbered_name("五个坚持").count, numbered_name("五个坚持").head) == (5, "坚持")
    assert (numbered_name("两大责任").count, numbered_name("两大责任").head) == (2, "责任")
    assert numbered_name("12345") is None
    assert part_count("青海的五个坚持是什么", ("五个坚持",)) == 5
    assert part_count("在哪六个方面提升", ()) == 6
    assert part_count("12345工作法是什么", ("12345",)) == 5
    assert part_count("67890工作法是什么", ("67890",)) is None


def test_units_and_what_is_wanted():
    assert [unit_of(q) for q in ("查处多少起", "开了几次会", "罚了多少钱", "浓度是多少")] == ["起", "次", "元", ""]
    assert [wanted(q) for q in ("查处多少起", "何时开会", "村子在哪里", "叫什么")] == ["amount", "time", "place", ""]


def test_terms_leave_out_the_words_of_asking():
    assert content_terms("泰安的浓度是多少") == ("泰安", "浓度")
    assert content_terms("PM2.5浓度是多少？") == ("pm", "2.5", "浓度")
    assert content_terms("是什么") == ()
    assert content_terms("优良水质比例同比变化如何") == ("优良", "良水", "水质", "质比", "比例", "例同", "同比")


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("青海省生态环境厅的办公电话是多少", ("办公", "公电", "电话")),
        ("海河北海局排查了多少座尾矿库", ("尾矿", "矿库")),
        ("海河北海局怎样优化审批", ("优化", "化审", "审批")),
        ("泰安市生态环境局的地址", ("地址",)),
    ],
)
def test_the_focus_is_the_thing_asked_for(question, focus):
    assert understand(question).focus == focus


def test_two_questions_in_one_are_its_parts():
    assert understand("查处多少起，罚款多少").parts == ("查处多少起", "罚款多少")
    assert understand("罚款多少").parts == ("罚款多少",)


def test_the_topic_is_the_question_without_its_asking():
    assert topic("泰安的12345工作法是什么？") == "泰安的12345工作法"


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("党员大会、支委会各开了多少次", ("党员大会开了多少次", "支委会开了多少次")),
        ("港城的达标率和浓度分别是多少", ("港城的达标率是多少", "浓度是多少")),
        ("泰安的五个聚焦和咸宁的五块阵地分别是什么", ("泰安的五个聚焦分别是什么", "咸宁的五块阵地分别是什么")),
        ("泰安和咸宁的学习方法分别是什么", ("泰安的学习方法分别是什么", "咸宁的学习方法分别是什么")),
        ("“作战图”“结合图”分别怎么画", ("“作战图”怎么画", "“结合图”怎么画")),
        ("五个聚焦分别是什么", ("五个聚焦分别是什么",)),
        ("各单位做了什么", ("各单位做了什么",)),
    ],
)
def test_what_is_asked_of_each_of_several_things_is_asked_one_by_one(question, parts):
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("港城的达标率和浓度分别是多少", "fact"),
        ("取得成效的四个方面是什么", "list"),
        ("被表彰是在哪一年", "fact"),
        ("党员联系群众制度是怎么规定的", "explanation"),
        ("如何处置事故", "explanation"),
    ],
)
def test_kinds_that_look_like_others(question, kind):
    assert understand(question).kind == kind
    assert understand(question).wants != "place"


def test_an_ordinal_asks_for_one_part():
    asked = ("其中第三个是什么", "第三大活动是什么", "12345工作法中的“3”指什么", "五个聚焦是什么")
    assert [ordinal_in(question) for question in asked] == [3, 3, 3, None]


def test_compound_names_have_no_single_number_of_parts():
    assert part_count("四强六规范是什么", ("四强六规范",)) is None
    assert part_count("取得成效的四个方面是什么", ()) == 4
