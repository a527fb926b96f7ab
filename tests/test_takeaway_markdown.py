"""A conversation taken away as Markdown: every line, every footnote, and nothing that an article made up."""

from dataclasses import replace
from datetime import date

import pytest
from markdown_it import MarkdownIt

from qa.types import TENTATIVE
from tests.conversations import (
    FINES,
    HOSTILE,
    IMAGE,
    LINK,
    TEAMS,
    citation,
    conversation,
    hostile,
    tentative,
    worded,
)
from ui.answer.plain import with_sources
from ui.takeaway.markdown import conversation_markdown
from ui.takeaway.references import plain, reference
from ui.types import Turn


def test_a_whole_conversation_line_by_line():
    today = date.today()
    assert conversation_markdown(conversation()).splitlines() == [
        "## 罚了多少",
        "",
        "全年查处违规作业35起，罚款12.6万元。[^1]",
        "",
        "## 有哪些队伍",
        "",
        "（理解为：港城有哪些队伍）",
        "",
        "两支队伍是：",
        "",
        "- 一是巡查队。[^2]",
        "  - 二是救援队。[^3]",
        "- 全年查处违规作业35起，罚款12.6万元。[^1]",
        "",
        "## 金价呢",
        "",
        "**【○没有找到答案 no answer】**",
        "",
        "语料中没有找到这个问题的答案：没有文章说到“金价”。",
        "",
        "没有一段说到它。",
        "",
        "最接近的段落（不是答案）：",
        "",
        "- 护林员共有27人。[^4]",
        "",
        "## 坏问题",
        "",
        "没能回答：没有这篇文章。",
        "",
        "## 等着的问题",
        "",
        "还没有答案。",
        "",
        "---",
        "",
        f"由溯源整理，{today.year}年{today.month}月{today.day}日；语料快照 20260101T000000Z、s2。",
        "",
        "[^1]: 溯源编写组：《港城：数字工作法》，溯源示例，2023年5月6日。原文：全年查处违规作业35起，罚款12.6万元。",
        "",
        "[^2]: 溯源编写组：《港城：数字工作法》，溯源示例，2023年5月6日。原文：一是巡查队。",
        "",
        "[^3]: 溯源编写组：《港城：数字工作法》，溯源示例，2023年5月6日。原文：二是救援队。",
        "",
        "[^4]: 《〈山谷〉怎样种树》，溯源示例，2022。原文：护林员共有27人。",
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "溯源编写组：《港城：数字工作法》，溯源示例，2023年5月6日。"),
        ({"author": ""}, "《港城：数字工作法》，溯源示例，2023年5月6日。"),
        ({"author": "甲、乙", "source": "", "published": ""}, "甲、乙：《港城：数字工作法》。"),
        ({"title": "", "author": "", "source": "", "published": ""}, "《harbour》。"),
        (
            {"title": "《河》与《湖》", "published": "2023-12-31"},
            "溯源编写组：《〈河〉与〈湖〉》，溯源示例，2023年12月31日。",
        ),
    ],
)
def test_a_reference_names_what_is_known(fields, expected):
    assert reference(citation(1, "引文", **fields)) == expected


def test_articles_make_no_links_pictures_or_html():
    written = conversation_markdown(hostile())
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(written)
    every = [token for block in tokens for token in (block, *(block.children or []))]
    made = {token.type for token in every}
    assert (
        made
        == {"heading_open", "inline", "heading_close", "paragraph_open", "paragraph_close", "hr", "text"}
        | {"text_special"} & made
    )
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h2"]


def test_a_reader_of_the_markdown_sees_the_characters_of_the_article():
    tokens = MarkdownIt("commonmark").parse(conversation_markdown(hostile()))
    seen = ["".join(child.content for child in token.children) for token in tokens if token.type == "inline"]
    clean = HOSTILE.replace("\0", "").replace("\ufffe", "")
    assert seen[0] == clean
    assert seen[1] == f"{clean} 1. 第二行。[^1](javascript:alert(2))"
    assert seen[2:6] == ["1. 甲", "# 乙", "---", "=丙"]
    assert seen[7] == f"[^1]: {LINK}：《{clean}》，{IMAGE}，2023年5月6日。原文：{clean} 1. 第二行。"


def test_bare_addresses_do_not_become_links():
    written = conversation_markdown(hostile())
    assert "https\\://e.example" in written
    assert "www\\.e.example" in written
    assert "http://" not in written


def test_plain_text_is_one_line_without_what_no_document_holds():
    assert plain(" 甲\r\n乙\t丙\x00\x1f\ufffe\ufeff丁\u2028戊𠮷 ") == "甲 乙 丙\ufeff丁 戊𠮷"


def test_no_conversation_is_a_closing_line():
    assert conversation_markdown([]).startswith("---\n\n由溯源整理，")


def test_what_a_language_model_made_up_is_left_out():
    lines = conversation_markdown([Turn("罚了多少，谁来查", worded())]).splitlines()
    assert lines[:7] == [
        "## 罚了多少，谁来查",
        "",
        "港城一年里查处了35起，共罚12.6万元。[^1]",
        "",
        "- 一是巡查队。[^2]",
        "- 巡查的和救援的各有一支。[^2][^3]",
        "",
    ]
    copied = with_sources(worded())
    assert copied.split("\n")[:5] == [
        "港城一年里查处了35起，共罚12.6万元。[1]",
        "- 一是巡查队。[2]",
        "- 巡查的和救援的各有一支。[2][3]",
        "",
        "出处：",
    ]
    for invented in ("比上一年", "第三支"):
        assert invented not in "\n".join(lines)
        assert invented not in copied


def test_an_unsure_answer_says_so_and_its_quotations_stand_apart():
    unsure = replace(tentative("罚了多少", FINES, TEAMS), standalone="港城罚了多少")
    written = conversation_markdown([Turn("罚了多少", unsure)])
    assert written.splitlines()[:11] == [
        "## 罚了多少",
        "",
        "**【?不确定 unsure】**",
        "",
        "（理解为：港城罚了多少）",
        "",
        TENTATIVE,
        "",
        "> 全年查处违规作业35起，罚款12.6万元。[^1]",
        "",
        "> 一是巡查队。[^2]",
    ]
    tokens = MarkdownIt("commonmark").parse(written)
    strong = [token for block in tokens for token in block.children or [] if token.tag == "strong"]
    assert len(strong) == 2
    assert [token.type for token in tokens].count("blockquote_open") == 2


def test_what_an_unsure_answer_quotes_stays_text():
    (turn,) = hostile()
    cited = replace(turn.answer.citations[0], quote=HOSTILE)
    written = conversation_markdown([Turn("问", tentative("问", cited))])
    tokens = MarkdownIt("commonmark").parse(written)
    quoted = tokens[[token.type for token in tokens].index("blockquote_open") + 2]
    assert {child.type for child in quoted.children} <= {"text", "text_special"}
    assert "".join(child.content for child in quoted.children) == f"{plain(HOSTILE)}[^1]"


def test_real_answers_are_taken_away_whole(written):
    question = "种树的办法有哪四条"
    answer = written.ask(question)
    lines = conversation_markdown([Turn(question, answer)]).splitlines()
    assert lines[0] == f"## {question}"
    items = [line for line in lines if line.startswith("- ")]
    assert [item.split("[^")[0] for item in items] == [
        "- 选本地树种", "- 雨季前栽下", "- 包干到户", "- 验收付款。"
    ]  # fmt: skip
    notes = [line for line in lines if line.startswith("[^")]
    assert len(notes) == len(answer.citations)
    for number, (note, cited) in enumerate(zip(notes, answer.citations, strict=True), 1):
        assert note == f"[^{number}]: 《山谷县怎样种树》，溯源示例，2022年3月12日。原文：{cited.quote}"
