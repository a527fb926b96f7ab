"""A follow-up completed by a language model is believed only where it keeps to the dialogue."""

import pytest

from qa.generation.standalone import is_faithful, standalone_by
from qa.llm.model import GenerationError
from tests.scripted_model import ScriptedModel

HISTORY = ("泰安的12345工作法是什么", "罚款多少")


@pytest.mark.parametrize(
    ("reply", "believed"),
    [
        ("泰安的12345工作法是哪一年提出的？", "泰安的12345工作法是哪一年提出的？"),
        ("改写后的问题：泰安的12345工作法是哪一年提出的", "泰安的12345工作法是哪一年提出的"),
        ("“泰安的12345工作法是哪一年提出的”\n", "泰安的12345工作法是哪一年提出的"),
        ("泰安的12345工作法是2021年提出的吗", ""),
        ("青岛的12345工作法是哪一年提出的", ""),
        ("泰安的12345工作法是哪一年提出的。是2020年。", ""),
        ("好的，我来改写。\n泰安的12345工作法是哪一年提出的", ""),
        ("", ""),
    ],
)
def test_it_adds_no_number_place_or_sentence_of_its_own(reply, believed):
    assert standalone_by(ScriptedModel(reply), "是哪一年提出的", HISTORY) == believed


def test_it_keeps_the_numbers_and_names_of_the_question():
    assert is_faithful("青海的“五个坚持”与泰安的12345工作法有什么不同", "和青海的“五个坚持”有什么不同", HISTORY)
    assert not is_faithful("泰安的12345工作法有什么不同", "和青海的“五个坚持”有什么不同", HISTORY)
    assert not is_faithful("泰安的工作法在机场扩建中怎样应用", "怎样应用", HISTORY)


def test_it_keeps_most_of_the_questions_own_words():
    asked = ("云浮医保住院一年最多给报多少",)
    follow_up = "那血压高的门诊一年最多给报多少"
    assert not is_faithful("云浮医保住院一年最多给报多少", follow_up, asked)
    assert is_faithful("云浮医保血压高的门诊一年最多给报多少", follow_up, asked)
    # What only points at something may become its name.
    assert is_faithful("云浮医保怎么报", "它怎么报", asked)


def test_the_model_sees_the_last_questions_and_the_new_one():
    model = ScriptedModel("泰安的12345工作法是哪一年提出的")
    standalone_by(model, "是哪一年提出的", [f"第{n}个问题" for n in range(9)])
    assert "第2个问题" not in model.sent[0]
    assert model.sent[0].endswith("之前的问题：第8个问题\n最后的问题：是哪一年提出的")


def test_a_model_that_fails_says_so():
    with pytest.raises(GenerationError, match="没有连上"):
        standalone_by(ScriptedModel(GenerationError("没有连上")), "是哪一年提出的", HISTORY)
