"""Quotations with full stops inside: the words of one sentence stay together, with who said them."""

from __future__ import annotations

import pytest

import qa
from embeddings.encoding.encoder import Encoder
from embeddings.structure.sentences import sentences
from embeddings.types import Span
from tests.asked_cases import answerer_over, check

ARTICLES = {
    "doctor.txt": """一位村医的三条规矩

双河乡卫生院 2024年5月20日

在双河乡，提起老村医，人人都竖大拇指。“夜里有人敲门，披上衣裳就得走。”他常对徒弟说，“药费可以欠，病不能拖！”十五年来，他出诊2.1万次，垫付药费6.84万元，没有一家赖账。

“看不准的，赶紧往上送。”这是他立下的第二条规矩。卫生室每月15日盘一次药，2023年全年收入18.7万元，支出16.2万元，结余2.5万元。徒弟问他：“送走了，不怕人说你没本事？”他说：“怕人说，就别穿白大褂。”

第三条规矩是“新来的大夫，先跟我走一遍村子。”2021年以来，卫生室来了年轻医生4名，添置设备11台。
""",
    "mine.txt": """矿区来了新书记

“先把路修通，再谈发展。”新书记上任第一天就这样表态。“钱从哪里来？”有人当场问。“机关先省出来。”他回答，“食堂、用车、会议，各省三成。”一年下来，机关省出173万元，修路12.6公里。
老矿工孙师傅说：“以前下雨出不了门。现在好了，班车一天8趟！”他的话引来一片掌声。
""",
    "school.md": """# 一所乡村小学的午饭

“孩子吃不饱，书就念不进。”校长在家长会上说，“每顿两荤一素，一样都不能少！”学校食堂每天采购食材320公斤，每名学生每餐8元，由县里补5元。

有家长问：“剩下的3元谁出？”校长答：“困难学生学校出，其余家里出。”全校困难学生46名，一年补助6.9万元。
""",
}


@pytest.fixture(scope="module")
def asked(one_model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    return answerer_over(ARTICLES, tmp_path_factory.mktemp("quotations"))


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("老村医的第二条规矩是什么", "看不准的，赶紧往上送"),
        ("老村医的第三条规矩是什么", "新来的大夫，先跟我走一遍村子"),
        ("老村医垫付了多少药费", "6.84万元"),
        ("双河乡卫生室2023年结余多少", "2.5万元"),
        ("卫生室每月几号盘药", "15日"),
        ("老村医的三条规矩是哪三条", "披上衣裳就得走 赶紧往上送 先跟我走一遍村子"),
        ("徒弟问送走了不怕人说没本事吗，他怎么说", "怕人说，就别穿白大褂"),
        ("新书记说钱从哪里来", "机关先省出来"),
        ("矿区机关省出了多少钱，修了多少公里路", "173万元 12.6公里"),
        ("孙师傅说班车一天几趟", "8趟"),
        ("校长说每顿要有什么", "两荤一素"),
        ("剩下的3元由谁出，校长怎么答的", "困难学生学校出，其余家里出"),
        ("学校每名学生每餐多少钱，县里补多少", "8元 5元"),
    ],
)
def test_what_was_said_is_given_whole(asked: qa.Answerer, question: str, values: str) -> None:
    check(asked.ask(question), values)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "大家都服他。“欠账要还。”他在会上说，“一天都不能拖！”三年里没有人上访。",
            ["大家都服他。", "“欠账要还。”他在会上说，“一天都不能拖！”", "三年里没有人上访。"],
        ),
        ("有人问：“怕不怕？”他说：“不怕。”", ["有人问：“怕不怕？”", "他说：“不怕。”"]),
        ("“账要公开。”这是他说的第二句话。村里照办。", ["“账要公开。”", "这是他说的第二句话。", "村里照办。"]),
        ("“先修路。”新书记表示。路修通了。", ["“先修路。”新书记表示。", "路修通了。"]),
        ("他写下“人来了，村子就活了。”2022年以来引回6人。", ["他写下“人来了，村子就活了。”", "2022年以来引回6人。"]),
    ],
)
def test_who_said_it_stays_with_what_was_said(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in sentences(text, Span(0, len(text)))] == expected
