"""What the page shows after a question or a click, step by step."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from embeddings.errors import SnapshotError
from embeddings.types import Article
from qa.types import Answer, Citation, Timings
from ui import chat
from ui.types import Screen, Turn

ARTICLE = Article("one", "桥", "桥长9米。\n桥宽4米。\n桥高2米。", "one.txt", source="桥报")
FACTS = ("桥长9米。", "桥宽4米。", "桥高2米。")


class Bridge:
    """Answers with the three facts in order; abstains where the question has no 桥; fails where it says so."""

    snapshot = "s"

    def __init__(self) -> None:
        self.histories: list[tuple[str, ...]] = []

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        self.histories.append(tuple(history))
        if question == "坏索引":
            raise SnapshotError("索引损坏：请运行 rebuild-index")
        if question == "坏程序":
            raise ZeroDivisionError("secret detail")
        starts = [ARTICLE.text.index(fact) for fact in FACTS]
        citations = tuple(
            Citation(n, "one", "桥", "", "", "桥报", "", start, start + 5, fact, ARTICLE.sha256, "s")
            for n, (start, fact) in enumerate(zip(starts, FACTS, strict=True), 1)
        )
        text = "".join(f"{fact}[{n}]" for n, fact in enumerate(FACTS, 1))
        answer = Answer(question, question, text, citations, (), False, "", 1.0, "extractive", Timings(0, 0, 0))
        if "桥" in question:
            return answer
        return replace(answer, text="没有提到。", citations=(), nearest=citations[:1], abstained=True)

    def articles(self) -> tuple[Article, ...]:
        return (ARTICLE,)

    def article(self, article_id: str) -> Article:
        return {"one": ARTICLE}[article_id]

    def examples(self, limit: int = 6) -> tuple[str, ...]:
        return ("桥多长？",)


def replies(screens: Sequence[Screen]) -> list[str]:
    soups = [BeautifulSoup(screen.conversation or "", "html.parser") for screen in screens]
    return ["".join(part.text for part in soup.select(".turn:last-child .reply > p")) for soup in soups]


def highlighted(pane: str | None) -> str:
    return "".join(mark.text for mark in BeautifulSoup(pane or "", "html.parser").select("mark.quote"))


def conversation(answerer: Bridge, *questions: str) -> tuple[Turn, ...]:
    turns: tuple[Turn, ...] = ()
    for question in questions:
        turns = list(chat.ask(answerer, question, turns))[-1].turns or ()
    return turns


def test_the_answer_grows_and_its_first_citation_is_opened_at_the_end() -> None:
    screens = list(chat.ask(Bridge(), " 桥多大？ ", ()))
    assert replies(screens) == ["", "桥长9米。[1]", "桥长9米。[1]桥宽4米。[2]", "桥长9米。[1]桥宽4米。[2]桥高2米。[3]"]
    assert [screen.question for screen in screens] == ["", None, None, None]
    assert [screen.turns is None for screen in screens] == [True, True, True, False]
    assert [highlighted(screen.pane) for screen in screens] == ["", "", "", "桥长9米。"]
    assert screens[-1].turns is not None
    assert screens[-1].turns[0].question == "桥多大？"


def test_history_is_what_this_visitor_asked_before() -> None:
    answerer = Bridge()
    conversation(answerer, "桥多长？", "路多长？", "坏索引", "桥多宽？")
    assert answerer.histories == [(), ("桥多长？",), ("桥多长？", "路多长？"), ("桥多长？", "路多长？")]


def test_a_blank_question_changes_nothing() -> None:
    assert list(chat.ask(Bridge(), " \n\u3000", ())) == [Screen(question="")]


def test_a_refusal_opens_nothing() -> None:
    screens = list(chat.ask(Bridge(), "路多长？", ()))
    assert [screen.pane for screen in screens] == [None, None]
    assert replies(screens)[-1].endswith("没有提到。")


@pytest.mark.parametrize(("question", "said"), [("坏索引", "索引损坏：请运行 rebuild-index"), ("坏程序", "意外的错误")])
def test_errors_become_a_sentence(question: str, said: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        last = list(chat.ask(Bridge(), question, ()))[-1]
    failed = BeautifulSoup(last.conversation or "", "html.parser").select_one(".failed")
    assert failed is not None
    assert said in failed.text
    assert "secret" not in failed.text
    assert ("secret detail" in caplog.text) == (question == "坏程序")


def test_markers_open_the_citation_of_their_turn() -> None:
    answerer = Bridge()
    turns = conversation(answerer, "桥多长？", "路多长？")
    assert highlighted(chat.open_citation(answerer, turns, 0, 3)) == "桥高2米。"
    assert highlighted(chat.open_citation(answerer, turns, 1, 1)) == "桥长9米。"


@pytest.mark.parametrize(
    ("turn", "number"),
    [(0, 4), (0, 0), (-1, 1), (1, 1), (None, None), ("0", "1"), ([], {}), (0, 1.5), (10**30, 1), (True, True)],
)
def test_whatever_the_browser_sends_is_answered_with_a_sentence(turn: object, number: object) -> None:
    answerer = Bridge()
    pane = BeautifulSoup(chat.open_citation(answerer, conversation(answerer, "桥多长？"), turn, number), "html.parser")
    assert pane.select("mark") == []
    assert pane.select_one(".note") is not None


def test_an_article_dropped_from_the_index_is_still_quoted() -> None:
    class Emptied(Bridge):
        def article(self, article_id: str) -> Article:
            raise KeyError(article_id)

    pane = chat.open_citation(Emptied(), conversation(Bridge(), "桥多长？"), 0, 2)
    assert highlighted(pane) == "桥宽4米。"
    assert "已不在索引中" in pane
    assert "已不在索引中" in chat.open_article(Emptied(), "one")


def test_reading_an_article_and_starting_over() -> None:
    assert "桥长9米。" in chat.open_article(Bridge(), "one")
    assert "已不在索引中" in chat.open_article(Bridge(), {"no": "id"})
    screen = chat.start_over(Bridge())
    assert screen.turns == ()
    assert screen.question == ""
    assert "共 1 篇" in (screen.pane or "")
