"""What the page shows after a question or a click, step by step."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from embeddings.errors import SnapshotError
from embeddings.types import Article, Outline, Section, Span
from qa.types import Answer, Citation, Considered, Sentence, Timings, Trace
from tests.fakes import WordedAnswers
from tests.over_articles import OverArticles
from ui.article import reading
from ui.asking import chat
from ui.types import Screen, Turn

ARTICLE = Article("one", "桥", "桥长9米。\n桥宽4米。\n桥高2米。", "one.txt", source="桥报")
FACTS = ("桥长9米。", "桥宽4米。", "桥高2米。")


class Bridge(OverArticles):
    """Answers with the three facts in order; abstains where the question has no 桥; fails where it says so."""

    def __init__(self) -> None:
        super().__init__(ARTICLE)
        self.histories: list[tuple[str, ...]] = []
        self.withins: list[tuple[str, ...]] = []

    def ask(self, question: str, history: Sequence[str] = (), within: Sequence[str] = ()) -> Answer:
        self.histories.append(tuple(history))
        self.withins.append(tuple(within))
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
        width = Considered("one", "桥", 6, 11, 1, None, 0.5, None, 0.02, None, cited=True)
        answer = replace(answer, trace=Trace("fact", ("桥",), (width,)))
        if "桥" in question:
            return answer
        return replace(answer, text="没有提到。", citations=(), nearest=citations[:1], abstained=True)

    def outline(self, article_id: str) -> Outline:
        return {"one": Outline((Section("heading", "", Span(6, 11), 6, 18),))}[article_id]

    def examples(self, limit: int = 6) -> tuple[str, ...]:
        return ("桥多长？",)


def replies(screens: Sequence[Screen]) -> list[str]:
    soups = [BeautifulSoup(screen.conversation or "", "html.parser") for screen in screens]
    return ["".join(part.text for part in soup.select(".turn:last-child .reply > p")) for soup in soups]


def highlighted(pane: str | None) -> str:
    return "".join(mark.text for mark in BeautifulSoup(pane or "", "html.parser").select("mark.quote"))


def cards(pane: str | None) -> list[str]:
    return [quote.text for quote in BeautifulSoup(pane or "", "html.parser").select(".card .quoted")]


def conversation(answerer: Bridge, *questions: str) -> tuple[Turn, ...]:
    turns: tuple[Turn, ...] = ()
    for question in questions:
        turns = list(chat.ask(answerer, question, turns))[-1].turns or ()
    return turns


def test_the_answer_grows_and_its_sources_are_shown_at_the_end() -> None:
    screens = list(chat.ask(Bridge(), " 桥多大？ ", ()))
    assert replies(screens) == ["", "桥长9米。[1]", "桥长9米。[1]桥宽4米。[2]", "桥长9米。[1]桥宽4米。[2]桥高2米。[3]"]
    assert [screen.question for screen in screens] == ["", None, None, None]
    assert [screen.turns is None for screen in screens] == [True, True, True, False]
    assert [cards(screen.pane) for screen in screens] == [[], [], [], ["桥长9米。", "桥宽4米。", "桥高2米。"]]
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
    assert "没有提到。" in replies(screens)[-1]


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
    assert highlighted(reading.open_citation(answerer, turns, 0, 3)) == "桥高2米。"
    assert highlighted(reading.open_citation(answerer, turns, 1, 1)) == "桥长9米。"


@pytest.mark.parametrize(
    ("turn", "number"),
    [(0, 4), (0, 0), (-1, 1), (1, 1), (None, None), ("0", "1"), ([], {}), (0, 1.5), (10**30, 1), (True, True)],
)
def test_whatever_the_browser_sends_is_answered_with_a_sentence(turn: object, number: object) -> None:
    answerer = Bridge()
    pane = BeautifulSoup(
        reading.open_citation(answerer, conversation(answerer, "桥多长？"), turn, number), "html.parser"
    )
    assert pane.select("mark") == []
    assert pane.select_one(".note") is not None


def test_an_article_dropped_from_the_index_is_still_quoted() -> None:
    class Emptied(Bridge):
        def article(self, article_id: str) -> Article:
            raise KeyError(article_id)

    pane = reading.open_citation(Emptied(), conversation(Bridge(), "桥多长？"), 0, 2)
    assert highlighted(pane) == "桥宽4米。"
    assert "已不在索引中" in pane
    assert "已不在索引中" in reading.open_article(Emptied(), "one")


def test_reading_an_article_and_starting_over() -> None:
    assert "桥长9米。" in reading.open_article(Bridge(), "one")
    assert "已不在索引中" in reading.open_article(Bridge(), {"no": "id"})
    screen = chat.start_over(Bridge())
    assert screen.turns == ()
    assert screen.question == ""
    assert "共 1 篇" in (screen.pane or "")


def test_one_article_alone_is_asked_where_the_reader_chose_it() -> None:
    answerer = Bridge()
    list(chat.ask(answerer, "桥多长？", (), ("one",)))
    list(chat.ask(answerer, "桥多长？", ()))
    assert answerer.withins == [("one",), ()]


def test_stopping_puts_the_question_back_and_the_conversation_as_it_was() -> None:
    answerer = Bridge()
    turns = conversation(answerer, "桥多长？")
    screen = chat.stop(turns, "桥多宽？")
    assert screen.question == "桥多宽？"
    assert screen.turns is None
    soup = BeautifulSoup(screen.conversation or "", "html.parser")
    assert [one.text for one in soup.select(".turn .question")] == ["桥多长？"]
    assert chat.stop(turns, "") == Screen()


def test_a_kept_conversation_comes_back_with_its_sources() -> None:
    answerer = Bridge()
    turns = conversation(answerer, "路多长？", "桥多长？")
    screen = chat.restore(answerer, turns)
    assert screen.turns == turns
    assert cards(screen.pane) == ["桥长9米。", "桥宽4米。", "桥高2米。"]
    soup = BeautifulSoup(screen.conversation or "", "html.parser")
    assert [one.text for one in soup.select(".turn .question")] == ["路多长？", "桥多长？"]
    assert "共 1 篇" in (chat.restore(answerer, turns[:1]).pane or "")


def test_the_sources_of_a_turn() -> None:
    turns = conversation(Bridge(), "桥多长？", "路多长？")
    assert cards(reading.open_sources(turns, 0)) == ["桥长9米。", "桥宽4米。", "桥高2米。"]
    assert cards(reading.open_sources(turns, 1)) == ["桥长9米。"]
    for wrong in (2, -1, None, "0", 10**30):
        assert "已经过期" in reading.open_sources(turns, wrong)


def test_a_passage_that_was_considered_opens_highlighted() -> None:
    answerer = Bridge()
    turns = conversation(answerer, "桥多长？")
    assert highlighted(reading.open_passage(answerer, turns, 0, 0)) == "桥宽4米。"
    for turn, place in ((0, 1), (0, -1), (1, 0), (None, 0), (0, "0"), (0, None)):
        assert "已经过期" in reading.open_passage(answerer, turns, turn, place)


def test_an_article_comes_with_its_contents() -> None:
    pane = BeautifulSoup(reading.open_article(Bridge(), "one"), "html.parser")
    assert [(entry.text, entry["data-at"]) for entry in pane.select(".contents [data-at]")] == [("桥宽4米。", "6")]


def test_an_article_chosen_in_another_tab_comes_up_with_its_characters_highlighted() -> None:
    shown = BeautifulSoup(reading.open_elsewhere(Bridge(), "one", Span(6, 11)), "html.parser")
    assert [mark.text for mark in shown.select("[data-raise] mark.quote")] == ["桥宽4米。"]
    assert shown.select("[data-sources]") == []
    whole = BeautifulSoup(reading.open_elsewhere(Bridge(), "one", None), "html.parser")
    assert whole.select("mark") == []
    assert [part.text for part in whole.select("[data-raise] .text p")] == ["桥长9米。", "桥宽4米。", "桥高2米。"]
    assert "已不在索引中" in reading.open_elsewhere(Bridge(), "two", None)


def test_a_long_answer_grows_in_few_steps_to_its_end() -> None:
    class Long(Bridge):
        def ask(self, question: str, history: Sequence[str] = (), within: Sequence[str] = ()) -> Answer:
            answer = super().ask(question, history, within)
            return replace(answer, text="\n".join(f"{FACTS[0]}[1]" for _ in range(100)))

    screens = list(chat.ask(Long(), "桥多长？", ()))
    soups = [BeautifulSoup(screen.conversation or "", "html.parser") for screen in screens]
    grown = [len(soup.select(".reply > p .marker")) for soup in soups]
    assert grown == [0, 1, 8, 15, 22, 29, 36, 43, 50, 57, 64, 71, 78, 85, 92, 99, 100]


SENTENCES = (
    Sentence("这座桥有9米长。", "supported", (1,)),
    Sentence("它是全省最长的。", "unsupported", (), begins_line=False),
    Sentence("桥宽4米。", "verbatim", (2,), begins_line=False),
)


def worded(sentences: int = 3, pending: str = "") -> Answer:
    """The first sentences of an answer in a language model's words."""
    whole = Bridge().ask("桥多大？")
    text = ("这座桥有9米长。[1]", "这座桥有9米长。[1]", "这座桥有9米长。[1]桥宽4米。[2]")[sentences - 1]
    cited = whole.citations[: 1 if sentences < 3 else 2]
    said = SENTENCES[:sentences]
    return replace(
        whole, mode="generated", text=text, citations=cited, sentences=said, pending=pending, answer_spans=()
    )


def following(screens: Iterator[Screen], text: str) -> Screen:
    """The next screen whose answer reads so; of the empty ones and repetitions between nothing is asked."""
    for screen in screens:
        if screen.conversation is not None and replies([screen]) == [text]:
            return screen
    raise AssertionError(f"no screen says {text}")


def seen(screen: Screen, selector: str) -> list[str]:
    return [found.text for found in BeautifulSoup(screen.conversation or "", "html.parser").select(selector)]


STRUCK = "它是全省最长的。 未在原文找到依据not found in the articles"


def test_an_answer_in_a_models_words_is_shown_as_it_is_checked() -> None:
    answerer = WordedAnswers([worded(1, "它是全省"), worded(2, "桥宽"), worded()], ARTICLE)
    screens = chat.ask(answerer, "桥多大？", ())
    assert following(screens, "正在成文…Writing…").turns is None
    answerer.go_on()
    first = following(screens, "这座桥有9米长。[1]它是全省")
    assert (seen(first, ".unchecked"), seen(first, ".growing del"), seen(first, ".foot")) == (["它是全省"], [], [])
    answerer.go_on()
    second = following(screens, f"这座桥有9米长。[1]{STRUCK}桥宽")
    assert (seen(second, ".unchecked"), seen(second, ".growing del")) == (["桥宽"], ["它是全省最长的。"])
    assert (second.turns, second.pane) == (None, None)
    answerer.go_on()
    *_, last = screens
    assert replies([last]) == [f"这座桥有9米长。[1]{STRUCK}桥宽4米。[2]"]
    assert seen(last, ".growing") == []
    assert cards(last.pane) == ["桥长9米。", "桥宽4米。"]
    assert [turn.answer.sentences for turn in last.turns or () if turn.answer] == [SENTENCES]
    assert not answerer.given_up.is_set()


def test_markers_open_their_citation_while_the_answer_is_being_worded() -> None:
    answerer = WordedAnswers([worded(1, "它是"), worded()], ARTICLE)
    before = conversation(Bridge(), "路多长？")
    with_first = chat.ask(answerer, "桥多大？", before)
    assert [turn.question for turn in next(with_first).growing or ()] == ["路多长？", "桥多大？"]
    answerer.go_on()
    growing = following(with_first, "这座桥有9米长。[1]它是").growing or ()
    assert highlighted(reading.open_citation(answerer, growing, 1, 1)) == "桥长9米。"
    assert highlighted(reading.open_citation(answerer, growing, 0, 1)) == "桥长9米。"
    with_first.close()


def test_states_that_come_fast_are_skipped_and_the_last_is_shown() -> None:
    many = [worded(1, "它是全省最长的"[: 1 + n % 7]) for n in range(500)]

    class Fast(Bridge):
        def stream(self, question: str, history: Sequence[str] = (), within: Sequence[str] = ()) -> Iterator[Answer]:
            for state in many:
                time.sleep(0.001)
                yield state
            yield worded()

    began = time.monotonic()
    screens = list(chat.ask(Fast(), "桥多大？", ()))
    shown = sum(screen.conversation is not None for screen in screens)
    # One before, one at the end, and ten a second between.
    assert 3 <= shown <= 3 + 10 * (time.monotonic() - began)
    assert replies(screens[-1:]) == [f"这座桥有9米长。[1]{STRUCK}桥宽4米。[2]"]


def test_who_leaves_gives_the_answer_up() -> None:
    answerer = WordedAnswers([worded(1), worded()], ARTICLE)
    screens = chat.ask(answerer, "桥多大？", ())
    following(screens, "正在成文…Writing…")
    screens.close()
    assert answerer.given_up.wait(5)


def test_nobody_waits_for_a_silent_model_in_order_to_leave() -> None:
    speak, closed = threading.Event(), threading.Event()

    class Silent(Bridge):
        def stream(self, question: str, history: Sequence[str] = (), within: Sequence[str] = ()) -> Iterator[Answer]:
            try:
                speak.wait(30)
                yield worded(1)
                yield worded()
            finally:
                closed.set()

    screens = chat.ask(Silent(), "桥多大？", ())
    next(screens)
    assert next(screens) == Screen()
    began = time.monotonic()
    screens.close()
    assert time.monotonic() - began < 5
    assert not closed.is_set()
    speak.set()
    assert closed.wait(5)


def test_where_the_model_fails_the_articles_own_sentences_arrive_with_the_reason() -> None:
    note = "语言模型超时。\nThe language model took too long."
    whole = replace(Bridge().ask("桥多大？"), note=note)
    answerer = WordedAnswers([worded(2, "桥宽"), whole], ARTICLE)
    screens = chat.ask(answerer, "桥多大？", ())
    answerer.go_on()
    following(screens, f"这座桥有9米长。[1]{STRUCK}桥宽")
    answerer.go_on()
    rest = list(screens)
    said = "语言模型超时。The language model took too long."
    assert replies([screen for screen in rest if screen.conversation])[-3:] == [
        f"{said}桥长9米。[1]",
        f"{said}桥长9米。[1]桥宽4米。[2]",
        f"{said}桥长9米。[1]桥宽4米。[2]桥高2米。[3]",
    ]
    assert seen(rest[-1], "del") == []


def test_an_error_in_the_midst_becomes_a_sentence() -> None:
    class Broken(Bridge):
        def stream(self, question: str, history: Sequence[str] = (), within: Sequence[str] = ()) -> Iterator[Answer]:
            yield worded(1)
            raise SnapshotError("索引损坏：请运行 rebuild-index")

    last = list(chat.ask(Broken(), "桥多大？", ()))[-1]
    assert seen(last, ".failed") == ["索引损坏：请运行 rebuild-index"]
    assert seen(last, ".answer") == []
