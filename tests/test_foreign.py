"""English questions about Chinese articles, with the real model: answered in the articles' own words, or refused."""

import re

import pytest

from embeddings.lexical import LexicalIndex
from qa.answering.foreign import answer_foreign
from qa.citations import quote_of
from qa.understanding.english import understand_english, without_count
from qa.understanding.question import understand


def said(answerer, question):
    return [quote_of(s.article, s.span) for s in answer_foreign(understand(question), answerer.retriever)]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("What are the three practical things done for the staff?", ["修食堂。", "建浴室。", "通班车。"]),
        ("What are the two teams of the harbour?", ["巡查队。", "救援队。"]),
        (
            "What are the five special areas of the library?",
            ["少儿专区", "盲文专区", "古籍专区", "渔民专区", "安静专区"],
        ),
    ],
)
def test_a_number_of_things_asked_for_is_answered_by_the_list_of_as_many(written, question, parts):
    assert said(written, question)[1:] == parts


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many cameras are installed at the wharf?", "码头上装了60个摄像头，夜里也有人值守，三年没有出过事故。"),
        ("How often does the mobile library go to the outer islands?", "流动图书车每月去外岛三次，司机也是管理员。"),
        ("When is the story time for children?", "每周日下午有故事会，全年办了48场。"),
    ],
)
def test_a_fact_is_answered_by_its_sentence(written, question, sentence):
    assert said(written, question) == [sentence]


@pytest.mark.parametrize(
    "question",
    [
        "What are the six special areas of the library?",
        "What are the three teams of the harbour?",
        "How many nurses work at the hospital?",
        "How many elephants live in the zoo?",
        "Who invented the telephone?",
        "How much was the fine in Tai'an?",
    ],
)
def test_what_the_articles_do_not_say_is_refused(written, question):
    assert said(written, question) == []


def test_the_place_named_in_pinyin_is_the_one_that_answers(sample):
    assert said(sample, "What are the five persistences of Qinghai?")[1:] == [
        "坚持在污染攻坚中融合历练。",
        "坚持在督察执法中融合锤炼。",
        "坚持在技术应用中融合训练。",
        "坚持在环保改革中融合锻炼。",
        "坚持在宣传教育中融合淬炼。",
    ]
    assert len(said(sample, "What are the five focuses of Tai'an?")) == 6
    assert said(sample, "What are the five focuses of Wuhan?") == []
    assert said(sample, "What are the seven persistences of Qinghai?") == []


def test_years_and_numbers_must_match(sample):
    assert any("256起" in s for s in said(sample, "How many environmental violations did Xianning punish in 2018?"))
    assert said(sample, "How many environmental violations did Xianning punish in 2020?") == []
    method = said(sample, "What does the 12345 working method of Tai'an consist of?")
    assert [
        part for part in ("一个中心", "两大责任", "三大活动", "四大课堂", "五个聚焦") if part in "".join(method)
    ] == [
        "一个中心",
        "两大责任",
        "三大活动",
        "四大课堂",
        "五个聚焦",
    ]
    assert said(sample, "What does the 67890 working method of Tai'an consist of?") == []


def test_the_author_and_the_date_are_what_the_article_says_of_itself(written):
    statements = answer_foreign(understand("Who wrote the article about Gangcheng?"), written.retriever)
    assert [quote_of(s.article, s.span) for s in statements] == ["作者：溯源编写组"]
    dated = answer_foreign(understand("When was the article about Daocheng published?"), written.retriever)
    assert [re.sub(r".*：", "", s.wording) for s in dated] == ["2024-08-01。"]


def test_an_english_question_is_taken_apart():
    lexical = LexicalIndex.build(["海河北海局排查了33座尾矿库"])
    asked = understand_english("How many tailings ponds did the Haihe bureau inspect?", lexical)
    assert (asked.names, asked.wants, asked.count) == ((("海河",),), "amount", None)
    assert asked.focus == "tailings ponds inspect"
    focuses = understand_english("What are the five focuses of Tai'an?", lexical)
    assert (focuses.names, focuses.count, focuses.text) == ((("泰安",),), 5, "What are the five focuses of?")
    assert without_count(focuses.focus) == "focuses"
    assert understand_english("What is the PM2.5 level in Inner Mongolia?", lexical).names == (("内蒙古",),)
    assert understand_english("What is the PM2.5 level in Hei Long Jiang?", lexical).names == (("黑龙江",),)
    assert understand_english("Which 3 maps are there?", lexical).count == 3
    assert understand_english("What is the PM2.5 level?", lexical).count is None
    assert understand_english("How many times in two years?", lexical).count is None
    assert understand_english("Who is the author?", lexical).wants == "author"
