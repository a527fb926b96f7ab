"""What a question asks of items, and whether a value says a state."""

import pytest

from qa.items.asked import items_asked
from qa.items.states import bare_state, stance


@pytest.mark.parametrize(
    ("question", "action", "number", "noun"),
    [
        ("未开工的项目有哪些", "list", None, "项目"),
        ("不合格的是哪几家", "list", None, "格"),
        ("一共几个乡镇上报了", "sum", None, "乡镇"),
        ("清单里有多少个项目", "count", None, "项目"),
        ("有债务的村有多少个", "count", None, "村"),
        ("全年一共受理多少件", "sum", None, "受理"),
        ("总投资加起来是多少", "sum", None, ""),
        ("投资最大的是哪个", "most", None, ""),
        ("投资最少的三个项目", "least", 3, ""),
        ("投资排前三的项目是哪些", "most", 3, "项目"),
        ("前两个项目是哪些", "first", 2, "项目"),
        ("管理员少于五人的县", "list", None, ""),
        ("90分往上的乡镇，帮我找出来", "list", None, ""),
    ],
)
def test_what_is_asked(question, action, number, noun):
    asked = items_asked(question)
    assert (asked.action, asked.number, asked.noun) == (action, number, noun)


@pytest.mark.parametrize(
    "question", ["会议几点开始", "补助多少钱", "总投资是多少", "什么时候开工", "哪天开工", "为什么没有开工"]
)
def test_what_asks_of_no_items(question):
    assert items_asked(question) is None


@pytest.mark.parametrize(
    ("question", "relation", "figures", "words"),
    [
        ("投资超过5000万的有哪些", ">", [50000000], "超过5000万"),
        ("收入过百万元的村有几个", ">", [1000000], "过百万元"),
        ("投资在5,000万元以上的有哪些", ">=", [50000000], "5000万元以上"),
        ("满意率不低于百分之九十三的有哪些", ">=", [93], "不低于百分之九十三"),
        ("满意率没有达到93%的有哪些", "<", [93], "没有达到93%"),
        ("改厕不到60户的村有哪些", "<", [60], "不到60户"),
        ("票价十块以上的线路有哪些", ">=", [10], "十元以上"),
        ("5块钱以下的线路有哪些", "<=", [5], "5元以下"),
        ("90分往上的有哪些", ">=", [90], "90分往上"),
        ("管理员少于五人的县", "<", [5], "少于五人"),
        ("投资不超过一亿元的有哪些", "<=", [100000000], "不超过一亿元"),
        ("投资1000万到5000万之间的有哪些", "between", [10000000, 50000000], "1000万到5000万之间"),
    ],
)
def test_bounds(question, relation, figures, words):
    (bound,) = items_asked(question).comparisons
    assert (bound.relation, [int(figure.value) for figure in bound.figures], bound.words) == (relation, figures, words)


@pytest.mark.parametrize(
    ("value", "state", "name", "said"),
    [
        ("未开工", "开工", "", "denies"),
        ("尚未动工", "开工", "", "denies"),
        ("已竣工", "完工", "", "says"),
        ("在建", "开工", "", None),
        ("计划10月开工", "开工", "", "neither"),
        ("8月底前完成", "完工", "", "neither"),
        ("主体完工", "完工", "", "neither"),
        ("已建成2个", "完工", "", "neither"),
        ("不合格，台账不全", "合格", "", "denies"),
        ("基本合格", "合格", "", "neither"),
        ("合格率98%", "合格", "", None),
        ("正在施工", "在建", "", "says"),
        ("未报", "上报", "", "denies"),
        ("未整改", "整改到位", "", "denies"),
        ("√", "验收", "是否通过验收", "says"),
        ("否", "验收", "是否通过验收", "denies"),
    ],
)
def test_what_a_value_says_of_a_state(value, state, name, said):
    assert stance(value, state, name) == said


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("未开工", ("开工", True)),
        ("没有按期完成", ("完成", True)),
        ("不合格", ("合格", True)),
        ("已完工", ("完工", False)),
        ("招标中", ("招标中", False)),
        ("无锡", ("无锡", False)),
    ],
)
def test_a_state_without_its_denial(words, state):
    assert bare_state(words) == state
