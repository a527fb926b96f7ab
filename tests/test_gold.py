"""When a text says a gold answer."""

import pytest

from qa.evaluation.gold import says


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("司机每月去外岛三次。", "三次"),
        ("罰款共１，２００元", "1200元"),
        ("罚款1,200元", "1，200 元"),
        ("出版《故事会》", "故事 會"),
        ("由 ATP 供能", "atp"),
        ("建于1907年,高21米", "21米"),
        ("长 3.5 公里", "3.5公里"),
        ("先后有3、5、8人到场", "5"),
        ("一共27。", "27"),
        ("2019年，200册图书入库", "200册"),
    ],
)
def test_it_is_said(text, gold):
    assert says(text, gold)


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("每月去13次", "3次"),
        ("每月去2.3次", "3次"),
        ("高210米", "21"),
        ("长21.5米", "21"),
        ("罚款1,200元", "200元"),
        ("罚款1,200元", "1"),
        ("共3人，其中5名", "3名"),
        ("三名守塔人", "两名守塔人"),
    ],
)
def test_it_is_not_said(text, gold):
    assert not says(text, gold)
