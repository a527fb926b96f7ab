"""Comparisons: what is compared with what, and both sides' answers under their names, each from its own article."""

import re

import pytest

from qa.understanding.comparison_questions import read_comparison
from tests.bureau_articles import bureaus


@pytest.fixture(scope="module")
def answerer(one_model):
    return bureaus()


def lines(answer):
    return [re.sub(r"\[\d+\]$", "", line) for line in answer.text.split("\n")]


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("泰安和咸宁的学习方法有什么不同", ["泰安的学习方法", "咸宁的学习方法"]),
        ("泰安和咸宁学习方法有什么不同", ["泰安的学习方法", "咸宁的学习方法"]),
        ("泰安与青海相比，党建做法有什么不同", ["泰安的党建做法", "青海的党建做法"]),
        ("和咸宁相比，泰安的做法有什么特点", ["泰安的做法", "咸宁的做法"]),
        ("在警示教育上，泰安和黑龙江有什么差异", ["泰安的警示教育", "黑龙江的警示教育"]),
        ("泰安和黑龙江在警示教育方面有何异同", ["泰安的警示教育", "黑龙江的警示教育"]),
        ("比较一下泰安、青海和咸宁的党建经验", ["泰安的党建经验", "青海的党建经验", "咸宁的党建经验"]),
        ("泰安的学习方法与咸宁相比有什么不同", ["泰安的学习方法", "咸宁的学习方法"]),
        ("泰安对比咸宁的学习方法", ["泰安的学习方法", "咸宁的学习方法"]),
        ("港务局和林业站罚款有什么不同", ["港务局的罚款", "林业站的罚款"]),
        ("海河北海局与市局机关党支部的监督有什么区别", ["海河北海局的监督", "市局机关党支部的监督"]),
        ("咸宁2018年和2019年的罚款有什么不同", ["咸宁2018年的罚款", "咸宁2019年的罚款"]),
        ("泰安的“四大课堂”和咸宁的“五块阵地”有什么不同", ["泰安的“四大课堂”", "咸宁的“五块阵地”"]),
        ("泰安的四大课堂和五个聚焦有什么区别", ["泰安的四大课堂", "泰安的五个聚焦"]),
        ("泰安和咸宁有什么不同", ["泰安", "咸宁"]),
    ],
)
def test_the_sides_and_what_is_asked_of_each(question, topics):
    comparison = read_comparison(question)
    assert comparison is not None
    assert [side.topic for side in comparison.sides] == topics


@pytest.mark.parametrize(
    "question",
    [
        "与去年同期相比PM2.5下降了多少",
        "成活率比前年提高了多少",
        "比较好的做法有哪些",
        "不同的支部采取了哪些做法",
        "针对不同情况采取了什么措施",
        "同比变化如何",
        "泰安和咸宁的罚款各是多少",
        "泰安比较有名的品牌是什么",
        "为什么港务局与林业站略有不同",
    ],
)
def test_what_only_sounds_like_a_comparison_is_none(question):
    assert read_comparison(question) is None


@pytest.mark.parametrize("question", ["鹤壁和丽水的罚款有什么不同", "鹤壁与丽水相比，罚款有什么区别"])
def test_each_side_is_cited_under_its_name(answerer, question):
    answer = answerer.ask(question)
    assert lines(answer) == [
        "鹤壁：去年查处偷排9起，罚款18.5万元。",
        "丽水：警示教育的材料人手一份，罚款3.2万元全部上缴。",
    ]
    assert [citation.article_id for citation in answer.citations] == ["river", "forest"]


@pytest.mark.parametrize("question", ["鹤壁和丽水的党建做法有什么不同", "比较一下鹤壁和丽水", "鹤壁和丽水有什么不同"])
def test_something_broad_is_answered_by_the_articles_main_sections(answerer, question):
    answer = lines(answerer.ask(question))
    heads = [n for n, line in enumerate(answer) if not line.startswith((" ", "-"))]
    assert [answer[n].split("：")[0] for n in heads] == ["鹤壁", "丽水"]
    assert answer[heads[0] + 1 : heads[1]] == ["- 巡得勤", "- 管得严", "- 学得实"]
    assert answer[heads[1] + 1 :] == ["- 记好学习账。", "- 记好责任账。", "- 记好服务账。", "- 记好廉洁账。"]


def test_units_that_are_no_places_are_compared(answerer):
    answer = answerer.ask("港务局和鹤壁市生态环境局的培训有什么区别")
    assert [line.split("：")[0] for line in lines(answer)] == ["港务局", "鹤壁市生态环境局"]
    assert "安全培训30场" in lines(answer)[0]
    assert "业务培训" in lines(answer)[1]


def test_a_side_without_an_answer_is_named_and_the_other_is_nearest(answerer):
    answer = answerer.ask("鹤壁和北京的罚款有什么不同")
    assert answer.abstained
    assert "北京" in answer.reason
    assert "鹤壁" not in answer.reason
    assert [citation.quote for citation in answer.nearest] == ["去年查处偷排9起，罚款18.5万元。"]
