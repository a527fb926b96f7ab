"""Questions as people ask them who write reports: several at once, lists with a wrong count, how, why, overviews."""

import re

import pytest


def plain(answer):
    return re.sub(r"\[\d+\]$", "", answer.text, flags=re.MULTILINE).split("\n")


def cited(answer):
    return [citation.article_id for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("绍兴编印了简报、信息各多少？", ["全年编印简报26期、信息112条。"]),
        ("洛阳处罚了多少起，罚款多少", ["全年处罚工地37起，罚款58.2万元。"]),
        (
            "绍兴的水质达标率和洛阳的罚款分别是多少",
            ["水质达标率为96.5%，透明度由40厘米提高到85厘米。", "全年处罚工地37起，罚款58.2万元。"],
        ),
    ],
)
def test_figures_asked_together_are_all_given_once(offices, question, lines):
    assert plain(offices.ask(question)) == lines


def test_two_places_are_each_answered_from_their_own_article(offices):
    answer = offices.ask("绍兴的水质达标率和洛阳的罚款分别是多少")
    assert cited(answer) == ["shaoxing", "luoyang"]


def test_of_two_things_asked_the_one_that_no_article_says_is_named(offices):
    answer = offices.ask("绍兴登记了多少个问题，用了多少艘船")
    assert plain(answer) == ["巡河时看到的问题当天填写，全年登记418个。", "（没有找到“用了多少艘船”的答案。）"]


def test_a_count_that_the_article_gets_wrong_is_said_under_the_list(offices):
    answer = offices.ask("绍兴的“四件实事”有哪些")
    assert plain(answer) == [
        "办好“四件实事”，让居民愿意到河边来",
        "- 修步道。",
        "- 装路灯。",
        "- 设座椅。",
        "（问的是 4 项，文章列出的是 3 项。）",
    ]


def test_a_count_that_the_question_gets_wrong_is_said_too(offices):
    assert plain(offices.ask("洛阳在哪五个方面下功夫"))[1:] == [
        "- 在源头管理上下功夫。",
        "- 在日常巡查上下功夫。",
        "- 在惩戒问责上下功夫。",
        "（问的是 5 项，文章列出的是 3 项。）",
    ]


def test_a_name_with_another_number_is_refused_and_the_right_one_shown(offices):
    answer = offices.ask("绍兴的六步法是什么")
    assert answer.abstained
    assert answer.reason == "没有文章说到“六步法”；文章说的是“五步法”"
    assert [citation.quote for citation in answer.nearest][1:] == ["巡河", "登记", "派单", "整改", "复核"]


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("绍兴的“三张表”是哪三张", ["问题表。", "责任表。", "销号表。"]),
        ("绍兴的五步法是什么", ["巡河", "登记", "派单", "整改", "复核"]),
        ("绍兴五步法的第三步是什么", ["派单"]),
        ("洛阳在哪些方面下功夫", ["在源头管理上下功夫。", "在日常巡查上下功夫。", "在惩戒问责上下功夫。"]),
    ],
)
def test_lists_in_sections_and_inside_sentences_are_complete(offices, question, items):
    answer = offices.ask(question)
    assert [line[2:] for line in plain(answer) if line.startswith("- ")] == items


def test_a_name_that_the_article_only_mentions_is_said_to_be_only_mentioned(offices):
    assert plain(offices.ask("洛阳的“一表三单”是什么")) == [
        "洛阳市环境监察队去年把全市的工地分片包干，实行“一表三单”管理，扬尘投诉少了一半。",
        "（文章提到了“一表三单”，没有逐项列出它的内容。）",
    ]


def test_how_is_answered_by_the_heading_and_the_sentences_under_it(offices):
    assert plain(offices.ask("洛阳在日常巡查上是怎么做的")) == [
        "在日常巡查上下功夫。",
        "队员每天早晚各查一遍，拍照留底。",
        "发现裸土没有盖网的，两小时内必须盖好。",
    ]


def test_why_is_answered_by_the_sentence_with_the_reason(offices):
    answer = offices.ask("洛阳为什么把被罚两次的工地列入重点名单")
    assert plain(answer) == ["被罚两次的工地列入重点名单，因为它们最容易反弹。"]


@pytest.mark.parametrize("question", ["洛阳有哪些做法", "《洛阳怎样管住工地的扬尘》讲了什么"])
def test_what_an_article_says_in_the_main_is_its_sections(offices, question):
    assert plain(offices.ask(question)) == [
        "《洛阳怎样管住工地的扬尘》的主要内容：",
        "- 在源头管理上下功夫。",
        "- 在日常巡查上下功夫。",
        "- 在惩戒问责上下功夫。",
    ]


def test_who_is_looked_for_behind_the_asking(offices):
    answer = offices.ask("谁给监测站送了锦旗")
    assert plain(answer) == ["县里的同事送来一面锦旗，感谢他们准时预报了沙尘。"]


@pytest.mark.parametrize("question", ["洛阳的市长是谁", "绍兴市水务局的电话是多少", "宁夏监测站哪一年建成"])
def test_what_an_article_of_the_right_place_leaves_out_is_refused(offices, question):
    assert offices.ask(question).abstained
