import pytest

from qa.understanding.names import is_piece_of, name_asked, names_in, numbered_name, ordinal_in, part_count
from qa.understanding.question import content_pieces, content_terms, understand


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
        ("泰安和咸宁的做法有什么不同", "list"),
        ("泰安和咸宁有哪些不同的做法", "list"),
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


def test_terms_leave_out_the_words_of_asking():
    assert content_terms("泰安的浓度是多少") == ("泰安", "浓度")
    assert content_terms("PM2.5浓度是多少？") == ("pm", "2.5", "浓度")
    assert content_terms("是什么") == ()
    assert content_terms("优良水质比例同比变化如何") == ("优良", "良水", "水质", "质比", "比例", "例同", "同比")


def test_the_pieces_are_the_question_without_its_asking():
    assert list(content_pieces("泰安的12345工作法是什么？")) == ["泰安", "12345工作法"]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("港城的达标率和浓度分别是多少", "fact"),
        ("取得成效的四个方面是什么", "list"),
        ("被表彰是在哪一年", "fact"),
        ("党员联系群众制度是怎么规定的", "explanation"),
        ("如何处置事故", "explanation"),
        ("“三先三后”具体指啥", "definition"),
        ("禁火期间都不许干什么", "list"),
        ("这个村有些什么特产", "list"),
        ("查出来的都有啥", "list"),
        ("会上都说了什么时候开工", "fact"),
        ("留着它有啥用", "fact"),
    ],
)
def test_kinds_that_look_like_others(question, kind):
    assert understand(question).kind == kind


def test_an_ordinal_asks_for_one_part():
    asked = ("其中第三个是什么", "第三大活动是什么", "12345工作法中的“3”指什么", "五个聚焦是什么")
    assert [ordinal_in(question) for question in asked] == [3, 3, 3, None]


def test_a_name_that_says_two_things_of_as_many_has_as_many_parts():
    assert part_count("五查五看是什么", ("五查五看",)) == 5
    assert (numbered_name("五查五看").count, numbered_name("五查五看").head) == (5, "查")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("前旗四控控的啥", "四控"),
        ("支部“四联”都联哪些", "四联"),
        ("三亮四联指什么", "三亮四联"),
        ("四控以后水质怎么样", ""),
        ("五控是哪五控", ""),
        ("四控，每种水管什么", "四控"),
        ("四控是哪年搞起来的", ""),
        ("四控什么时候开始", ""),
        ("四控哪个单位牵的头", ""),
    ],
)
def test_a_name_of_the_articles_is_asked_for_however_its_question_is_worded(question, name):
    assert name_asked(question, {"四控", "三亮四联"}) == name


def test_a_piece_of_a_name_is_no_other_thing_of_its_kind():
    assert is_piece_of("四联", "三亮四联") and is_piece_of("四联", "三亮四联五到位")
    assert not is_piece_of("先锋驿站", "先锋驿站+")
    assert not is_piece_of("三亮四联", "三亮四联五到位")


def test_compound_names_have_no_single_number_of_parts():
    assert part_count("四强六规范是什么", ("四强六规范",)) is None
    assert part_count("取得成效的四个方面是什么", ()) == 4


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("港城有哪些专区", True),
        ("“三步走”是什么", True),
        ("五个聚焦怎么落实", True),
        ("积分咋挣 有几种路子", True),
        ("每月哪几天不准挖", False),
        ("港城罚款多少", False),
        ("如何优化审批流程", False),
    ],
)
def test_several_things_are_asked_for_by_wording_number_or_name(question, several):
    assert understand(question).asks_several is several


def test_a_question_names_its_titles_places_and_years():
    asked = understand("《山谷》里泰安和咸宁2018年罚款多少")
    assert (asked.titles, asked.places, asked.years) == (("山谷",), ("泰安", "咸宁"), ("2018",))
    assert (asked.earlier, asked.chinese) == ((), True)
    assert not understand("What was the fine?").chinese


def test_a_follow_up_has_the_places_and_years_of_the_last_question_that_names_some():
    before = ["泰安2018年罚款多少", "咸宁呢", "立案多少起"]
    asked = understand("2020年呢", before)
    assert (asked.places, asked.years, asked.earlier) == (("咸宁",), ("2020",), tuple(before))
    assert understand("罚款多少", before).years == ("2018",)
    assert understand("罚款多少").years == ()


def test_what_names_and_terms_a_follow_up_has_are_its_own():
    asked = understand("第三个怎么做", ["泰安的“四大课堂”是什么"])
    assert asked.names == ()
    assert "课堂" not in asked.terms
