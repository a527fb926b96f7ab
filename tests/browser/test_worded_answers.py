"""Answers in a language model's words on the page: as they come, stopped, failed, taken away, kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Visitor
from playwright.sync_api import Locator, expect
from worded import INVENTED, LEAD, NOTE, SEWERS, TEXT, failing, wording

from tests.fakes import WordedAnswers

Visit = Callable[..., Visitor]
Serve = Callable[..., str]
QUESTION = "柳湖市怎样治水？"
STRUCK = "未在原文找到依据"


def begin(visitor: Visitor, question: str = QUESTION) -> Locator:
    """Asks, and returns the turn as soon as it is being written."""
    before = visitor.page.locator(".turn").count()
    visitor.page.fill("#question textarea", question)
    visitor.page.press("#question textarea", "Enter")
    turn = visitor.page.locator(".turn").nth(before)
    turn.locator(".growing").wait_for()
    return turn


def whole(visitor: Visitor, answerer: WordedAnswers) -> Locator:
    """Asks, and returns the turn once the answer is whole."""
    turn = begin(visitor)
    answerer.go_on(len(answerer.states))
    turn.locator(".sources").wait_for()
    return turn


def test_what_is_not_checked_yet_is_dimmed_and_has_no_marker(visit: Visit, serve_page: Serve) -> None:
    answerer = wording()
    visitor = visit(serve_page(answerer))
    turn = begin(visitor)
    expect(turn.locator(".unchecked")).to_have_text("正在成文…", use_inner_text=True)
    answerer.go_on()
    expect(turn.locator(".unchecked")).to_have_text("为此投入了3")
    expect(turn.locator(".marker")).to_have_text(["[1]"])
    colour = "element => getComputedStyle(element).color"
    assert turn.locator(".unchecked").evaluate(colour) != turn.locator(".answer p").first.evaluate(colour)
    assert visitor.contrast(".unchecked") >= 4.5
    visitor.screenshot("worded-growing")
    answerer.go_on()
    expect(turn.locator("del")).to_have_text(INVENTED)
    expect(turn.locator(".unchecked")).to_have_count(0)
    answerer.go_on()
    expect(turn.locator("li .marker")).to_have_text(["[2]"])
    expect(turn.locator(".unchecked")).to_have_text("再铺46公里")
    expect(turn.locator(".foot")).to_have_count(0)
    answerer.go_on(2)
    expect(turn.locator(".worded")).to_have_text(
        "由语言模型改写，4 句中 3 句有据；划去的不会被复制和导出。", use_inner_text=True
    )
    expect(turn.locator(".growing, .unchecked")).to_have_count(0)
    expect(turn.locator("li .marker")).to_have_text(["[2]", "[2]", "[3]"])
    assert visitor.errors == []


def test_a_marker_opens_its_quote_while_the_answer_is_being_written(visit: Visit, serve_page: Serve) -> None:
    answerer = wording()
    visitor = visit(serve_page(answerer))
    turn = begin(visitor)
    answerer.go_on()
    expect(turn.locator(".marker")).to_have_text(["[1]"])
    visitor.open_citation(turn)
    assert visitor.highlighted() == LEAD
    answerer.go_on(4)
    turn.locator(".sources").wait_for()
    visitor.open_citation(turn, 3)
    assert visitor.highlighted() == SEWERS


def test_what_nothing_supports_is_struck_and_left_out_of_what_is_taken_away(visit: Visit, serve_page: Serve) -> None:
    answerer = wording()
    visitor = visit(serve_page(answerer))
    turn = whole(visitor, answerer)
    struck = turn.locator("del")
    expect(struck).to_have_text(INVENTED)
    assert "line-through" in struck.evaluate("element => getComputedStyle(element).textDecorationLine")
    expect(turn.locator(".unfounded")).to_contain_text(STRUCK, use_inner_text=True)

    visitor.page.evaluate("() => { navigator.clipboard.writeText = text => { window.copied = text; } }")
    turn.get_by_role("button", name="复制").click()
    copied = visitor.page.evaluate("() => window.copied")
    assert copied.startswith(f"{TEXT}\n\n出处：")
    assert INVENTED not in copied

    turn.locator(".menu summary").click()
    with visitor.page.expect_download() as download:
        turn.get_by_role("button", name="这一条 Markdown").click()
    taken = Path(download.value.path()).read_text(encoding="utf-8")
    assert "柳湖市用三年多把湖水由浊变清。[^1]" in taken
    assert INVENTED not in taken

    # What a reader selects and copies by hand is without it too.
    visitor.page.evaluate("() => getSelection().selectAllChildren(document.querySelector('.answer'))")
    selected = visitor.page.evaluate("() => getSelection().toString()")
    assert "湖水由浊变清" in selected
    assert INVENTED not in selected


def test_where_the_model_fails_the_page_says_why(visit: Visit, serve_page: Serve) -> None:
    answerer = failing()
    visitor = visit(serve_page(answerer))
    turn = begin(visitor)
    answerer.go_on(2)
    expect(turn.locator("del")).to_have_text(INVENTED)
    answerer.go_on()
    turn.locator(".sources").wait_for()
    expect(turn.locator(".instead")).to_have_text(NOTE.split("\n")[0], use_inner_text=True)
    expect(turn.locator("del, .worded")).to_have_count(0)
    expect(turn.locator(".answer > p:not(.instead)").first).to_have_text(f"{LEAD}[1]")
    visitor.screenshot("worded-failed")
    visitor.page.click("#language")
    expect(visitor.page.locator(".instead")).to_have_text(NOTE.split("\n")[1], use_inner_text=True)


def test_stopping_ends_what_is_asked_of_the_model(visit: Visit, serve_page: Serve) -> None:
    answerer = wording()
    visitor = visit(serve_page(answerer))
    turn = begin(visitor)
    answerer.go_on()
    expect(turn.locator(".marker")).to_have_text(["[1]"])
    visitor.page.click("#stop")
    expect(visitor.page.locator("#question textarea")).to_have_value(QUESTION)
    expect(visitor.page.locator(".turn")).to_have_count(0)
    assert answerer.given_up.wait(5)
    visitor.page.wait_for_timeout(500)
    expect(visitor.page.locator("#send")).to_be_visible()
    answerer.go_on(len(answerer.states))
    visitor.page.press("#question textarea", "Enter")
    visitor.page.locator(".turn .sources").wait_for()


def test_leaving_the_page_ends_what_is_asked_of_the_model(visit: Visit, serve_page: Serve) -> None:
    answerer = wording()
    visitor = visit(serve_page(answerer))
    begin(visitor)
    visitor.page.goto("about:blank")
    assert answerer.given_up.wait(20)


def test_a_reload_keeps_what_was_struck(visit: Visit, serve_page: Serve) -> None:
    answerer = wording()
    visitor = visit(serve_page(answerer))
    before = whole(visitor, answerer).locator(".answer").inner_text()
    visitor.page.reload(wait_until="domcontentloaded")
    turn = visitor.page.locator(".turn")
    expect(turn.locator("del")).to_have_text(INVENTED)
    kept = turn.locator(".answer").inner_text()
    assert kept.split("出处")[0] == before.split("出处")[0]
    visitor.open_citation(turn, 2)
    assert visitor.errors == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_struck_can_be_read_on_a_phone_and_in_the_dark(visit: Visit, serve_page: Serve, dark: bool) -> None:
    answerer = wording()
    visitor = visit(serve_page(answerer), width=390, height=844, dark=dark)
    whole(visitor, answerer)
    assert visitor.overflow() <= 0
    contrasts = [visitor.contrast(selector) for selector in ("del", ".unfounded .reason", ".worded")]
    visitor.screenshot(f"worded-phone-{'dark' if dark else 'light'}")
    assert min(contrasts) >= 4.5
    visitor.page.click("#language")
    expect(visitor.page.locator(".worded")).to_contain_text("3 of 4 sentences", use_inner_text=True)
    assert visitor.overflow() <= 0
    visitor.screenshot(f"worded-phone-{'dark' if dark else 'light'}-english")
