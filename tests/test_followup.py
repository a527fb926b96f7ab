"""Follow-ups made whole by rule, worked out by hand."""

import pytest

from qa.followup import standalone

FIRST = "泰安的12345工作法是什么"


@pytest.mark.parametrize("history", [[], ["", "  "]])
@pytest.mark.parametrize("question", ["它的作者是谁", "罚款呢", "那青海呢？", ""])
def test_without_an_earlier_question_nothing_is_filled_in(question, history):
    assert standalone(question, history) == question


@pytest.mark.parametrize(
    ("question", "history", "whole"),
    [
        # What points back is replaced by what the last question was about.
        ("它的作者是谁", [FIRST], "泰安的12345工作法的作者是谁"),
        ("其中的两大责任是什么", [FIRST], "泰安的12345工作法的两大责任是什么"),
        ("这篇文章是谁写的", [FIRST], "泰安的12345工作法的是谁写的"),
        ("那它的作者呢？", [FIRST], "泰安的12345工作法的作者是什么"),
        # A thing that names nothing of its own belongs to the same subject.
        ("四大课堂具体是哪四个？", ["泰安的党建工作怎么样"], "四大课堂具体是哪四个？"),
        ("罚款多少", ["咸宁2018年查处了多少起？"], "咸宁2018年查处了，罚款多少"),
        # Another place: the same question asked of it.
        ("那青海呢？", ["泰安罚款多少"], "青海罚款多少"),
        ("青海呢", ["泰安罚款多少"], "青海罚款多少"),
        # The last question that stood by itself counts, not the first.
        ("那青海呢", [FIRST, "黑龙江罚款多少"], "青海罚款多少"),
        # A chain: each follow-up builds on the one before it.
        ("那咸宁呢", ["泰安罚款多少", "那青海呢"], "咸宁罚款多少"),
        # A new topic of its own stays as it is.
        ("青海的五个坚持是什么", [FIRST], "青海的五个坚持是什么"),
        ("《山谷县怎样种树》的作者是谁", [FIRST], "《山谷县怎样种树》的作者是谁"),
    ],
)
def test_a_follow_up_is_made_whole(question, history, whole):
    assert standalone(question, history) == whole


@pytest.mark.parametrize(
    "question",
    [
        "渔业码头职工应该怎样领取劳动防护用品",
        "渔业码头职工尤其要遵守哪些消防安全规定",
        "渔业码头的其他职工领取多少劳动防护用品",
        "吉他培训班老师今年招收多少小学生学员",
    ],
)
def test_a_word_that_only_looks_like_pointing_back_does_not(question):
    assert standalone(question, [FIRST]) == question


def test_a_history_of_any_length_is_followed():
    assert standalone("那青海呢", ["泰安罚款多少", *["那咸宁呢"] * 5000]) == "青海罚款多少"
