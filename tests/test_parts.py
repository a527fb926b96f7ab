"""What a question asks is told apart clause by clause, and from what is said to the one who is asked."""

from __future__ import annotations

import pytest

from qa.understanding.parts import asked_of_one, parts_of, without_address
from qa.understanding.question import understand


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        ("开了多少场会、约谈几家、多久抽查一次", ["开了多少场会", "约谈几家", "多久抽查一次"]),
        ("由谁牵头？用了多长时间？谁负责审查？", ["由谁牵头？", "用了多长时间？", "谁负责审查？"]),
        ("建了多少座桥以及修了多少公里路", ["建了多少座桥", "修了多少公里路"]),
        ("2023年，青山县和绿水县分别种了多少亩", []),
        ("在青山县，种树的办法有哪些", []),
        ("青山县种了多少树，其中松树占百分之几，谢谢", ["青山县种了多少树", "其中松树占百分之几"]),
        ("护林队长和水库站长都叫什么", ["护林队长叫什么", "水库站长叫什么"]),
        ("救火的老刘和修桥的老周 分别多大岁数", ["救火的老刘多大岁数", "修桥的老周多大岁数"]),
        ("县里的队长和站长各是谁", ["县里的队长是谁", "县里的站长是谁"]),
        ("青山县中度和重度患者每月分别补多少", ["青山县中度患者每月补多少", "青山县重度患者每月补多少"]),
        ("一等奖和二等奖各奖多少", ["一等奖奖多少", "二等奖奖多少"]),
        ("青山县现有几座站 明年要建几座", ["青山县现有几座站", "明年要建几座"]),
        ("青山县老人理发收不收钱，理了多少人", ["青山县老人理发收不收钱", "理了多少人"]),
        ("想问几个问题，种了多少树", []),
        ("作业本、午饭、课后服务各收多少", []),
        ("党委和政府各部门负责什么", []),
        ("处理了哪些人和单位", []),
    ],
)
def test_every_clause_that_asks_is_a_part(asked: str, parts: list[str]) -> None:
    assert [part.text for part in parts_of(understand(asked))] == parts


def test_a_further_part_is_read_as_a_follow_up_of_the_first() -> None:
    first, second = parts_of(understand("青山县2023年和2024年各种了多少亩，还剩多少荒山"))
    assert (first.years, first.earlier) == (("2023", "2024"), ())
    assert (second.years, second.earlier, second.localities) == ((), (first.text,), first.localities)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("你好，我想问一下，青山县有多少座桥，谢谢", "青山县有多少座桥"),
        ("我在写总结，领导让我核实几个数字，青山县种了多少树", "青山县种了多少树"),
        ("请帮我看看2024年3月的通报，罚了多少钱", "请帮我看看2024年3月的通报，罚了多少钱"),
        ("我们单位在哪个路口", "我们单位在哪个路口"),
        ("谢谢你", "谢谢你"),
    ],
)
def test_what_only_speaks_of_those_who_talk_is_not_asked(asked: str, kept: str) -> None:
    assert without_address(asked) == kept


@pytest.mark.parametrize(
    ("asked", "names", "alone"),
    [
        ("青山县和绿水县2023年分别种了多少亩", ["青山", "绿水"], ["青山县2023年种了多少亩", "绿水县2023年种了多少亩"]),
        ("2023年、2024年产值各多少", ["2023", "2024"], ["2023年产值多少", "2024年产值多少"]),
        ("水库2023和2024两年的水费各是多少", ["2023", "2024"], ["水库2023水费是多少", "水库2024水费是多少"]),
        ("青山、绿水两县各立案几件", ["青山", "绿水"], ["青山立案几件", "绿水立案几件"]),
        (
            "青山县的护林员和绿水县的河长，每月各补多少",
            ["青山", "绿水"],
            ["青山县的护林员，每月补多少", "绿水县的河长，每月补多少"],
        ),
        ("青山县的大讲堂跟绿水县的夜校哪个先办", ["青山", "绿水"], ["青山县的大讲堂哪个先办", "绿水县的夜校哪个先办"]),
        ("信访23年多还是24年多", ["2023", "2024"], ["信访2023年多少", "信访2024年多少"]),
        ("汛期青山县早还是绿水县早？", ["青山", "绿水"], ["汛期青山是什么时候", "汛期绿水是什么时候"]),
        ("青山县怎么种树，绿水县怎么修路", ["青山", "绿水"], ["青山县怎么种树", "绿水县怎么修路"]),
    ],
)
def test_each_of_several_names_is_asked_alone_with_the_thing_of_its_own(
    asked: str, names: list[str], alone: list[str]
) -> None:
    assert [asked_of_one(asked, name, names) for name in names] == alone
