"""A reply in pieces: the same sentences wherever it is cut, and never a marker or half of one in sight."""

import random
import re

from qa.replies.reply import Claimed, ReplyParser

FORMS = """青海有五个坚持[1]。第二句在后面。[2]第三句有两个[3][4]。

[1]标记在前。[2]每句都在前。[3]
根据[1]，绍兴有“五步法”。巡河（来源：[2]）每周两次。
- **一是问题表**：登记418个[1,2]。
  - 当天填写【3】；逐个销号［1，2、3］。
1. 甲事办完[^2]
2. 乙事在办[1-3]
（1）丙事未办[来源1]
3.5万元是全部经费[资料2]。文件是环发[2015]4号[passage 1]。
他说：“先巡河。再登记”，然后走了[citation:2]。[来往]的人不多。
| 单位 | 数量 |
|---|---|
| 支部 | 5个[1] |
| 党委 | 6个 |
> 引用的话`代码`*斜体*。
"""
SENTENCES = [
    Claimed("青海有五个坚持。", (1,), 0, True),
    Claimed("第二句在后面。", (2,), 0, False),
    Claimed("第三句有两个。", (3, 4), 0, False),
    Claimed("标记在前。", (1,), 0, True),
    Claimed("每句都在前。", (2, 3), 0, False),
    Claimed("绍兴有“五步法”。", (1,), 0, True),
    Claimed("巡河每周两次。", (2,), 0, False),
    Claimed("一是问题表：登记418个。", (1, 2), 1, True),
    Claimed("当天填写；逐个销号。", (3, 1, 2), 2, True),
    Claimed("甲事办完", (2,), 2, True),
    Claimed("乙事在办", (1, 2, 3), 2, True),
    Claimed("丙事未办", (1,), 2, True),
    Claimed("3.5万元是全部经费。", (2,), 0, True),
    Claimed("文件是环发[2015]4号。", (1,), 0, False),
    Claimed("他说：“先巡河。再登记”，然后走了。", (2,), 0, True),
    Claimed("[来往]的人不多。", (), 0, False),
    Claimed("支部：5个", (1,), 1, True),
    Claimed("党委：6个", (), 1, True),
    Claimed("引用的话代码斜体。", (), 0, True),
]
OPENING, DIGITS = "[【［", re.compile(r"[\[【［]\s*\^?\s*(?:来源|资料|passage|citation:)?\s*\d{0,3}[\]】］]?$")


def read(text, cuts=()):
    """The sentences of the text fed in pieces, and what was pending after each piece."""
    parser = ReplyParser()
    claimed, pending = [], []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        claimed.extend(parser.feed(text[start:end]))
        pending.append(parser.pending)
    return [*claimed, *parser.end()], pending


def test_every_form_of_marker_and_markdown_is_read():
    assert read(FORMS)[0] == SENTENCES


def test_one_cut_anywhere_changes_nothing():
    assert [cut for cut in range(1, len(FORMS)) if read(FORMS, [cut])[0] != SENTENCES] == []


def test_random_cuts_change_nothing():
    drawn = random.Random(1)
    for _ in range(60):
        cuts = sorted(drawn.sample(range(1, len(FORMS)), drawn.randrange(1, 60)))
        assert read(FORMS, cuts)[0] == SENTENCES


def test_no_marker_and_no_half_marker_is_ever_pending():
    _, pending = read(FORMS, range(1, len(FORMS)))
    shown = [text for text in pending if text]
    assert "青海有五个坚持" in shown and "他说：“先巡河。再登" in shown
    assert [text for text in shown if DIGITS.search(text)] == []
    assert [text for text in shown if text[-1] in OPENING] == []


def test_brackets_that_are_no_marker_appear_once_that_is_known():
    _, pending = read("句子[来往]的人", range(1, 9))
    assert pending == [
        "句",
        "句子",
        "句子",
        "句子",
        "句子[来往",
        "句子[来往]",
        "句子[来往]的",
        "句子[来往]的人",
        "句子[来往]的人",
    ]


def test_a_reply_that_is_cut_within_a_marker_ends_before_it():
    assert read("甲市有3个站[1]。乙市有5个站[2")[0] == [
        Claimed("甲市有3个站。", (1,), 0, True),
        Claimed("乙市有5个站", (), 0, False),
    ]


def test_thoughts_are_dropped_and_never_pending():
    text = "<think>先想[1]。\n再想。</think>\n答案是三级联动[2]。"
    claimed, pending = read(text, range(1, len(text)))
    assert claimed == [Claimed("答案是三级联动。", (2,), 0, True)]
    assert not any("想" in said or "think" in said for said in pending)


def test_a_thought_that_never_ends_says_nothing():
    assert read("<think>一直在想[1]。")[0] == []


def test_signs_that_only_look_like_tags_stay():
    assert read("PM2.5<35微克，a<b。")[0] == [Claimed("PM2.5<35微克，a<b。", (), 0, True)]


def test_a_list_of_sources_at_the_end_is_no_part_of_the_answer():
    assert read("巡河每周两次[1]。\n\n参考资料：\n[1] 绍兴：河道管理。2023年\n- [2] 洛阳怎样管扬尘\n")[0] == [
        Claimed("巡河每周两次。", (1,), 0, True)
    ]


def test_links_are_shown_by_their_words():
    assert read("见[绍兴的办法](https://example.org/a)[1](https://example.org/b)。")[0] == [
        Claimed("见绍兴的办法。", (1,), 0, True)
    ]


def test_levels_follow_indents_and_styles_of_numbering():
    text = "一、责任\n1. 主体责任\n2. 监督责任\n二、活动\n1. 作风建设年\n收尾的话。\n- 单独一项"
    assert [(one.text, one.level) for one in read(text)[0]] == [
        ("责任", 1),
        ("主体责任", 2),
        ("监督责任", 2),
        ("活动", 1),
        ("作风建设年", 2),
        ("收尾的话。", 0),
        ("单独一项", 1),
    ]


def test_numbers_at_the_start_of_a_line_that_count_are_no_bullets():
    assert [one.text for one in read("3、4月份各查一次。\n12.5%的企业整改了。\n2024年印发。\n5。")[0]] == [
        "3、4月份各查一次。",
        "12.5%的企业整改了。",
        "2024年印发。",
        "5。",
    ]


def test_a_table_of_three_columns_says_what_each_cell_is():
    text = "| 单位 | 人数 | 日期 |\n| --- | --- | --- |\n| 支部 | 5人 | 3月[2] |"
    assert read(text)[0] == [Claimed("支部：人数5人，日期3月", (2,), 1, True)]


def test_english_sentences_end_at_a_full_stop_before_a_blank():
    assert read("Four classrooms were opened [1]. PM2.5 fell by 3.5% [2].")[0] == [
        Claimed("Four classrooms were opened.", (1,), 0, True),
        Claimed("PM2.5 fell by 3.5%.", (2,), 0, False),
    ]
