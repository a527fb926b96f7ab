"""An answer in a language model's words as HTML: what is checked, what is struck, what is not checked yet."""

from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup, Tag

from qa.types import Answer, AnswerSpan, Sentence
from tests.conversations import FINES, HOSTILE, WORDED, refusal, worded
from ui.answer import conversation as render
from ui.types import Turn

STRUCK = "未在原文找到依据"


def shown(answer: Answer, pieces: int | None = None) -> Tag:
    """The answer as a reader of Chinese sees it."""
    soup = BeautifulSoup(render.conversation([Turn("问", answer)], pieces), "html.parser")
    for hidden in soup.select(".en"):
        hidden.decompose()
    return soup.select(".reply")[0]


def texts(part: Tag, selector: str) -> list[str]:
    return [found.text for found in part.select(selector)]


def test_sentences_stand_in_their_lines_with_all_their_markers() -> None:
    reply = shown(worded())
    assert texts(reply, ".answer > p")[:1] == [f"港城一年里查处了35起，共罚12.6万元。[1]这比上一年多了一倍。 {STRUCK}"]
    assert texts(reply, ".answer > ul > li") == [
        "一是巡查队。[2]",
        "巡查的和救援的各有一支。[2][3]",
        f"第三支正在组建。 {STRUCK}",
    ]
    assert [one["data-number"] for one in reply.select("li .marker")] == ["2", "2", "3"]
    # The markers stay with the end of their sentence.
    assert texts(reply, "li .tail") == ["队。[2]", "支。[2][3]"]


def test_what_nothing_supports_is_struck_and_says_so_in_words() -> None:
    reply = shown(worded())
    assert texts(reply, "del") == ["这比上一年多了一倍。", "第三支正在组建。"]
    assert texts(reply, ".unfounded .reason") == [STRUCK, STRUCK]
    assert reply.select("del .marker, .unfounded .marker") == []
    english = BeautifulSoup(render.conversation([Turn("问", worded())]), "html.parser")
    assert texts(english, ".unfounded .reason .en") == ["not found in the articles"] * 2


def test_the_foot_says_how_much_is_supported() -> None:
    assert texts(shown(worded()), ".worded") == ["由语言模型改写，5 句中 3 句有据；划去的不会被复制和导出。"]
    founded = replace(worded(), sentences=tuple(one for one in WORDED if one.numbers))
    assert texts(shown(founded), ".worded") == ["由语言模型改写，3 句都有据。"]
    assert texts(shown(replace(worded(), mode="extractive")), ".worded") == []


def test_what_is_under_way_is_dimmed_without_markers_and_has_no_foot_yet() -> None:
    growing = replace(worded(), sentences=WORDED[:1], pending="这比上一年[9]多")
    reply = shown(growing, 1)
    assert "growing" in reply["class"]
    assert texts(reply, ".answer > p") == ["港城一年里查处了35起，共罚12.6万元。[1]这比上一年[9]多"]
    assert texts(reply, ".unchecked") == ["这比上一年[9]多"]
    assert reply.select(".unchecked .marker, .foot, .worded") == []
    item = shown(replace(worded(), sentences=WORDED[:3], pending="巡查"), 3)
    assert [part.name for part in item.find_all(True, recursive=False)] == ["p", "ul", "p"]
    assert texts(item, ".answer > p")[1:] == ["巡查"]


def test_before_the_first_sentence_the_page_says_that_it_is_being_written() -> None:
    empty = replace(worded(), text="", citations=(), sentences=())
    assert texts(shown(empty, 0), ".unchecked[role=status]") == ["正在成文…"]
    assert texts(shown(empty), ".unchecked") == []


def test_a_sentence_that_begins_no_line_begins_one_where_there_is_none() -> None:
    behind = replace(worded(), sentences=(replace(WORDED[1], begins_line=False), WORDED[0]))
    assert texts(shown(behind), ".answer > p")[:2] == [
        f"这比上一年多了一倍。 {STRUCK}",
        "港城一年里查处了35起，共罚12.6万元。[1]",
    ]


def test_exact_words_are_bold_in_their_own_sentence() -> None:
    answer = worded()
    start, said = answer.text.index("12.6万元"), FINES.start + FINES.quote.index("12.6万元")
    exact = AnswerSpan(start, start + 6, 1, said, said + 6)
    # The struck sentence before it says the same words, and is no part of the text.
    struck = Sentence("去年共罚12.6万元。", "unsupported", ())
    reply = shown(replace(answer, sentences=(struck, *WORDED), answer_spans=(exact,)))
    assert texts(reply, "strong.exact") == ["12.6万", "元"]
    assert "12.6万元" in texts(reply, "p")[1]
    assert reply.select("del strong") == []


def test_hostile_sentences_stay_text() -> None:
    sentences = (
        Sentence(HOSTILE, "supported", (1,)),
        Sentence(HOSTILE, "unsupported", ()),
    )
    reply = shown(replace(worded(), sentences=sentences, pending=HOSTILE, note=HOSTILE))
    assert reply.select("img, script, a, b, code") == []
    assert texts(reply, "del") == [HOSTILE]
    assert texts(reply, ".unchecked") == [HOSTILE]


def test_why_the_models_wording_is_not_given_is_one_line_above() -> None:
    note = "语言模型没有回答：连接不上。\nThe language model can’t be reached."
    fallback = replace(worded(), mode="extractive", text=f"{FINES.quote}[1]", citations=(FINES,), note=note)
    reply = shown(fallback)
    assert [part.get("class") for part in reply.find_all("p", recursive=False)] == [["instead"], None]
    assert texts(reply, ".instead") == ["语言模型没有回答：连接不上。"]
    refused = shown(replace(refusal("问", "没有提到。"), note=note))
    assert texts(refused, ".instead") == ["语言模型没有回答：连接不上。"]
    assert texts(shown(worded()), ".instead") == []
