"""Follow-ups made whole by rule, worked out by hand."""

import pytest

from qa.understanding.followup import interpretations, standalone

FIRST = "泰安的12345工作法是什么"
FINES = "咸宁2018年查处了多少起？"
TITLED = "《山谷县怎样种树》的作者是谁"
LISTED = "港城的“三件实事”是哪三件"
SOUGHT = "哪几篇文章提到了渎职"


@pytest.mark.parametrize("history", [[], ["", "  "], ["你好"], ["谢谢！"]])
@pytest.mark.parametrize("question", ["它的作者是谁", "罚款呢", "那青海呢？", ""])
def test_without_an_earlier_question_nothing_is_filled_in(question, history):
    assert standalone(question, history) == question


@pytest.mark.parametrize(
    ("question", "history", "whole"),
    [
        # What points back is replaced by what the last question was about.
        ("它的作者是谁", [FIRST], "讲泰安的12345工作法的文章的作者是谁"),
        ("那它的作者呢？", [FIRST], "讲泰安的12345工作法的文章的作者是谁"),
        ("其中的两大责任是什么", [FIRST], "泰安的12345工作法中的两大责任是什么"),
        ("这个方法有什么效果", [FIRST], "泰安的12345工作法有什么效果"),
        ("该局的党建品牌是什么", [FIRST], "泰安的党建品牌是什么"),
        ("他们开展了多少次主题党日活动", [FIRST], "泰安开展了多少次主题党日活动"),
        ("它和咸宁的五档学习法有什么不同", [FIRST], "泰安的12345工作法和咸宁的五档学习法有什么不同"),
        # Of the article that the last question was about.
        ("这篇文章是谁写的", [FIRST], "讲泰安的12345工作法的文章是谁写的"),
        ("作者是谁", [FIRST], "讲泰安的12345工作法的文章的作者是谁"),
        ("发表在哪里", [FIRST], "讲泰安的12345工作法的文章发表在哪里"),
        ("什么时候发表的", [TITLED], "《山谷县怎样种树》什么时候发表的"),
        ("发表时间呢", [TITLED], "《山谷县怎样种树》的发表时间是什么时候"),
        ("它讲了什么", [TITLED], "《山谷县怎样种树》讲了什么"),
        ("那《岛上的图书馆：五个专区和一辆车》呢", [TITLED], "《岛上的图书馆：五个专区和一辆车》的作者是谁"),
        # A part by its name or its number.
        ("那五个聚焦呢", [FIRST], "泰安的五个聚焦是什么"),
        ("那五个聚焦具体是哪些？", [FIRST], "泰安的五个聚焦具体是哪些"),
        ("其中第三个是什么", [FIRST], "泰安的12345工作法中的第三个是什么"),
        ("第二个呢", [LISTED], "港城的“三件实事”中的第二个是什么"),
        ("详细说说第二点", [FIRST], "泰安的12345工作法中的第二点具体是什么"),
        ("那两支队伍呢", [LISTED], "港城的两支队伍是什么"),
        ("四大课堂具体是哪四个？", ["泰安的党建工作怎么样"], "四大课堂具体是哪四个？"),
        # Nothing but a word of asking.
        ("为什么", [FIRST], "泰安的12345工作法为什么这样做"),
        ("为什么？", ["山谷县种树的成活率是多少"], "山谷县种树的成活率为什么是这样"),
        ("为什么", [FINES], "咸宁2018年为什么查处了这么多"),
        ("什么时候的事", [FIRST], "泰安的12345工作法是什么时候的事"),
        ("谁提出的", [FIRST], "泰安的12345工作法是谁提出的"),
        ("还有呢", [FIRST], "讲泰安的12345工作法的文章还说了什么"),
        ("这篇文章还说了什么", [TITLED], "《山谷县怎样种树》还说了什么"),
        # Another thing of the same owner, in the same year.
        ("罚款多少", [FINES], "咸宁2018年罚款多少"),
        ("罚款呢", [FINES], "咸宁2018年罚款是多少"),
        ("护林员呢", ["山谷县种树的成活率是多少"], "山谷县护林员有多少"),
        ("那2017年罚款多少", [FINES], "咸宁2017年罚款多少"),
        ("有哪些成效", [FIRST], "泰安有哪些成效"),
        # Another place, year, office or name: the same question asked of it.
        ("那青海呢？", ["泰安罚款多少"], "青海罚款多少"),
        ("青海呢", ["泰安罚款多少"], "青海罚款多少"),
        ("那青海省生态环境厅呢", ["泰安市生态环境局的党建品牌叫什么"], "青海省生态环境厅的党建品牌叫什么"),
        ("2019年呢", [FINES], "咸宁2019年查处了多少起"),
        ("港务局呢", ["岛城图书馆去年开放了几个专区"], "港务局去年开放了几个专区"),
        ("那12345工作法呢", ["泰安的67890工作法是什么"], "泰安的12345工作法是什么"),
        ("那泰安的呢", ["青海的五个坚持是什么"], "泰安的五个坚持是什么"),
        ("和咸宁相比呢", [FIRST], "泰安和咸宁的12345工作法有什么不同"),
        ("那青海呢", ["泰安和咸宁的学习方法有什么不同"], "泰安和青海的学习方法有什么不同"),
        # After a question on the corpus.
        ("两个维护呢", [SOUGHT], "哪几篇文章提到了两个维护"),
        ("最早的是哪篇", [SOUGHT], "提到渎职的文章里最早的是哪篇"),
        ("它们的作者是谁", [SOUGHT], "提到渎职的文章的作者是谁"),
        ("什么时候发表的", ["林一舟写了哪些文章"], "林一舟写的文章什么时候发表的"),
        # The last question that stood by itself counts, not the first; thanks are no question.
        ("那青海呢", [FIRST, "黑龙江罚款多少"], "青海罚款多少"),
        ("它的作者是谁", [FIRST, "谢谢"], "讲泰安的12345工作法的文章的作者是谁"),
    ],
)
def test_a_follow_up_is_made_whole(question, history, whole):
    assert standalone(question, history) == whole


@pytest.mark.parametrize(
    ("history", "whole"),
    [
        (["泰安罚款多少", "那青海呢", "那咸宁呢"], "咸宁罚款多少"),
        ([FIRST, "那五个聚焦呢", "其中第三个是什么", "第四个呢"], "泰安的五个聚焦中的第四个是什么"),
        ([FIRST, "那五个聚焦呢", "其中第三个是什么", "它的作者是谁"], "讲泰安的五个聚焦的文章的作者是谁"),
        ([LISTED, "其中第三个是什么", "那第二个呢", "详细说说第一个"], "港城的“三件实事”中的第一个具体是什么"),
        ([TITLED, "什么时候发表的", "来源呢", "这篇文章还说了什么"], "《山谷县怎样种树》还说了什么"),
        ([FINES, "罚款呢", "2019年呢", "那青海呢"], "青海2019年罚款是多少"),
    ],
)
def test_in_a_chain_each_builds_on_the_one_before(history, whole):
    *earlier, last = history
    assert standalone(last, earlier) == whole


@pytest.mark.parametrize(
    "question",
    [
        "青海的五个坚持是什么",
        "《岛上的图书馆》的作者是谁",
        "特斯拉的股价是多少",
        "生态环保大讲堂多久办一次？",
        "哪几篇文章提到了渎职",
        "一共有几篇文章",
        "最早的一篇是哪篇",
        "港务局和林业站的罚款有什么不同",
        "渔业码头职工应该怎样领取劳动防护用品",
        "渔业码头职工尤其要遵守哪些消防安全规定",
        "渔业码头的其他职工领取多少劳动防护用品",
        "吉他培训班老师今年招收多少小学生学员",
        "谢谢",
    ],
)
def test_a_new_topic_stays_as_it_is(question):
    assert [interpreted.standalone for interpreted in interpretations(question, [FIRST])] == [question]


def test_a_short_question_may_also_stand_by_itself():
    assert [r.standalone for r in interpretations("盲文书有多少册", [FIRST])] == [
        "泰安盲文书有多少册",
        "盲文书有多少册",
    ]


def test_the_words_of_asking_are_kept_apart_from_what_is_filled_in():
    (interpreted,) = interpretations("那五个聚焦具体是哪些", [FIRST])
    assert (interpreted.standalone, interpreted.asked) == ("泰安的五个聚焦具体是哪些", "五个聚焦具体是哪些")
    (interpreted,) = interpretations("那青海呢", ["泰安的五个坚持是什么"])
    assert interpreted.asked == "青海的五个坚持是什么"


def test_a_history_of_any_length_is_followed():
    assert standalone("那青海呢", ["泰安罚款多少", *["那咸宁呢"] * 5000]) == "青海罚款多少"
