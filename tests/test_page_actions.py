"""Taking an answer away, judging it, recording a refused question: whatever the browser sends."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any

import pytest

from qa.types import Answer
from tests.conversations import worded
from tests.test_render_parts import NEW, OLD, answer, refusal
from ui.asking import actions, messages
from ui.types import FeedbackGiven, Hooks, Turn

TURNS = (Turn("渡口何时建？", answer()), Turn("坏了", error="索引坏了"), Turn("票价？", refusal()))


def read(message: str | None) -> dict[str, Any]:
    assert message is not None
    told: dict[str, Any] = json.loads(message)
    return told


def test_a_verdict_on_a_models_answer_leaves_out_what_it_made_up() -> None:
    given: list[FeedbackGiven] = []
    assert actions.judged(Hooks(feedback=given.append), (Turn("问", worded()),), 0, "up", "") is not None
    assert given[0].answer == worded().text
    assert "比上一年" not in given[0].answer


def test_an_answer_and_a_conversation_as_markdown() -> None:
    one, all_of_it = (read(actions.taken_away(TURNS, turn, "md")) for turn in (0, -1))
    assert (one["kind"], one["name"]) == ("file", "溯源-渡口何时建？.md")
    text, longer = (base64.b64decode(told["data"]).decode("utf-8") for told in (one, all_of_it))
    assert OLD.removesuffix("。") in text
    assert "票价" not in text
    assert "票价" in longer


def test_an_answer_as_word() -> None:
    told = read(actions.taken_away(TURNS, 0, "docx"))
    assert told["name"].endswith(".docx")
    assert base64.b64decode(told["data"])[:4] == b"PK\x03\x04"


@pytest.mark.parametrize(
    ("turn", "form"), [(3, "md"), (-2, "md"), (None, "md"), ("0", "md"), (0, "exe"), (0, None), (10**30, "docx")]
)
def test_nothing_else_can_be_taken_away(turn: object, form: object) -> None:
    assert actions.taken_away(TURNS, turn, form) is None
    assert actions.taken_away((), -1, "md") is None


@pytest.mark.parametrize(
    ("question", "name"),
    [("../../etc/passwd", "溯源-etc passwd.md"), ('a:b*c?"<d>|\r\n', "溯源-a b c d.md"), ("???", "溯源-问答.md")],
)
def test_a_file_name_holds_no_path(question: str, name: str) -> None:
    assert read(actions.taken_away([replace(TURNS[0], question=question)], 0, "md"))["name"] == name


def test_a_verdict_is_handed_on_with_the_answer_it_is_of() -> None:
    given: list[FeedbackGiven] = []
    hooks = Hooks(feedback=given.append)
    assert read(actions.judged(hooks, TURNS, 0, "up", "")) | {"moment": 0} == {
        "kind": "noted",
        "turn": 0,
        "verdict": "up",
        "moment": 0,
    }
    actions.judged(hooks, TURNS, 2, "down", "  应该有票价  ")
    actions.judged(hooks, TURNS, 0, "down", ["no text"])
    text = f"{OLD}[1]\n- {NEW}[2]"
    assert given == [
        FeedbackGiven("渡口何时建？", text, "up", "", "s7"),
        FeedbackGiven("渡口何时建？", "没有提到。", "down", "应该有票价", "s7"),
        FeedbackGiven("渡口何时建？", text, "down", "", "s7"),
    ]


@pytest.mark.parametrize(
    ("turn", "verdict"), [(0, "sideways"), (0, None), (1, "up"), (3, "up"), (-1, "up"), ("0", "up"), (None, "up")]
)
def test_no_other_verdict_is_handed_on(turn: object, verdict: object) -> None:
    given: list[FeedbackGiven] = []
    assert actions.judged(Hooks(feedback=given.append), TURNS, turn, verdict, "") is None
    assert actions.judged(Hooks(), TURNS, 0, "up", "") is None
    assert given == []


def test_only_a_refused_question_is_recorded() -> None:
    recorded: list[Answer] = []
    hooks = Hooks(record=recorded.append)
    for turn in (0, 1, 3, -1, None, "2"):
        assert actions.recorded(hooks, TURNS, turn) is None
    assert read(actions.recorded(hooks, TURNS, 2))["turn"] == 2
    assert recorded == [TURNS[2].answer]
    assert actions.recorded(Hooks(), TURNS, 2) is None


def test_a_message_holds_no_tag_and_is_never_the_same_twice() -> None:
    hostile = [Turn("<script>alert(1)</script>", error="<b>")]
    first, second = messages.keep(hostile, 0, replaced=False), messages.keep(hostile, 0, replaced=False)
    assert "<" not in first
    assert first != second
    told = read(first)
    assert (told["kind"], told["earlier"], told["replaced"]) == ("keep", 0, False)
    assert told["turns"][0]["question"] == "<script>alert(1)</script>"
