"""Answers judged against what is right said in prose: values, what they must not be, and what is left to be read."""

from __future__ import annotations

import pytest

from benchmarks.measuring.prose_answers import is_said, read_right


@pytest.mark.parametrize(
    ("right", "answer", "expected"),
    [
        ("17个；236个", "清理程序17个，解散工作群236个。[1]", True),
        ("17个；236个", "清理程序17个，解散工作群1236个。[1]", False),
        ("88个（不得881）", "仍有债务的村为88个。[1]", True),
        ("88个（不得881）", "仍有债务的村为88个，又说881个。[1]", False),
        ("88个", "仍有债务的村为188个。[1]", False),
        ("第三季度（36,718件）", "季度：第三季度；受理量（件）：36,718[1]", True),
        ("36718件", "季度：第三季度；受理量（件）：36,718；办结率：96.2%[1]", True),
        ("3718件", "季度：第三季度；受理量（件）：36,718；办结率：96.2%[1]", False),
        ("设立5000万元资金池；举办一次对接会", "设立风险补偿5000万元的资金池；每月举办一次银企对接会[1]", True),
        ("90.7%（不得给92.4/93.1，也不得给目标93%）", "满意率：90.7%[1]", True),
        ("90.7%（不得给92.4/93.1，也不得给目标93%）", "满意率90.7%，目标是93%。[1]", False),
        ("区司法局或区检察院", "由区检察院负责。[1]", True),
        ("四分之一", "不得超过来访人数的四分之一。[1]", True),
        ("1/4", "不得超过来访人数的四分之一。[1]", True),
        ("40→45、60→65", "由40元调到45元，由60元调到65元。[1]", True),
        ("40→45、60→65", "由40元调到45元，由60元调到64元。[1]", False),
        ("4.5平方千米（km2 保留）", "绿地面积4.5km²。[1]", True),
        ("三个小标题：审批、融资、法治", "审批[1]\n- 融资[2]\n- 法治[3]", True),
        ("17项全列", "一、二、三。[1]", None),
        ("90元（现行），若列80元须注明年份；不得只给80元", "每餐90元。[1]", None),
        ("90元（现行），若列80元须注明年份；不得只给80元", "每餐80元。[1]", False),
        ("126,299或明说文中未给出总数", "没有给出总数。[1]", None),
        ("126,299或明说文中未给出总数", "一共126299件。[1]", True),
    ],
)
def test_values_are_judged_and_conditions_are_left_to_be_read(right: str, answer: str, expected: bool | None) -> None:
    assert is_said(answer, read_right(right)) is expected


def test_silence_is_asked_for() -> None:
    right = read_right("拒答（文中没有）；不得答区司法局")
    assert right.silent
    assert right.forbidden == ("区司法局",)
