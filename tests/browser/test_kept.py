"""Conversations in the visitor's browser, and the page in two languages."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from conftest import Visitor
from playwright.sync_api import expect
from written import DAYS_QUOTE, SUGGESTION, WrittenAnswers

Visit = Callable[..., Visitor]
Serve = Callable[..., str]
STEPS = "柳湖市治水的“三步走”是什么？"
NOWHERE = "柳湖市的总人口是多少？"


@pytest.fixture
def url(serve_page: Serve) -> str:
    """A page of its own, and so a browser's storage of its own, for each test."""
    return serve_page(WrittenAnswers())


def reload(visitor: Visitor) -> None:
    visitor.page.reload(wait_until="domcontentloaded")
    visitor.page.wait_for_selector("#question textarea")


def questions(visitor: Visitor) -> list[str]:
    return visitor.page.locator(".turn .question").all_text_contents()


def titles(visitor: Visitor) -> list[str]:
    return visitor.page.locator("#past-list .past-open").all_text_contents()


def test_a_conversation_survives_a_reload_with_its_citations(visit: Visit, url: str) -> None:
    visitor = visit(url)
    visitor.ask(NOWHERE)
    visitor.ask(SUGGESTION)
    reload(visitor)
    expect(visitor.page.locator(".turn")).to_have_count(2)
    assert questions(visitor) == [NOWHERE, SUGGESTION]
    expect(visitor.page.locator("#pane .card .quoted")).to_have_text(DAYS_QUOTE)
    visitor.open_citation(visitor.page.locator(".turn").nth(1))
    assert visitor.highlighted() == DAYS_QUOTE
    visitor.ask(STEPS)
    reload(visitor)
    expect(visitor.page.locator(".turn")).to_have_count(3)
    assert visitor.errors == []


def test_conversations_are_listed_named_searched_and_deleted(visit: Visit, url: str) -> None:
    visitor = visit(url)
    page = visitor.page
    visitor.ask(STEPS)
    page.click("#start-over")
    expect(page.locator(".turn")).to_have_count(0)
    visitor.ask(NOWHERE)
    page.click("#past-toggle")
    assert titles(visitor) == [NOWHERE, STEPS]
    visitor.screenshot("past-conversations")

    page.get_by_role("button", name=f"命名 {STEPS}").click()
    page.get_by_label("对话名称").fill("治水<b>")
    page.keyboard.press("Enter")
    expect(page.locator("#past-list .past-open").nth(1)).to_have_text("治水<b>")
    page.fill("#past-search", "三步走")
    assert titles(visitor) == ["治水<b>"]
    page.locator("#past-list .past-open").click()
    expect(page.locator(".turn .question")).to_have_text(STEPS)

    page.once("dialog", lambda dialog: dialog.accept())
    page.click("#past-toggle")
    page.fill("#past-search", "")
    page.get_by_role("button", name="删除 治水<b>").click()
    expect(page.locator("#past-list .past-open")).to_have_text([NOWHERE])
    expect(page.locator(".turn")).to_have_count(0)
    reload(visitor)
    page.click("#past-toggle")
    assert titles(visitor) == [NOWHERE]
    assert questions(visitor) == []


def test_another_window_begins_anew_and_sees_what_was_asked_before(visit: Visit, url: str) -> None:
    first, second = visit(url), None
    first.ask(STEPS)
    second = visit(url)
    expect(second.page.locator(".welcome")).to_be_visible()
    second.page.click("#past-toggle")
    assert titles(second) == [STEPS]


def test_a_conversation_that_was_tampered_with_is_refused_and_nothing_runs(visit: Visit, url: str) -> None:
    visitor = visit(url)
    visitor.ask(STEPS)
    bad = json.dumps([{"question": "<img src=x onerror=window.hacked=1>", "answer": {"text": 7}}])
    visitor.page.evaluate(
        "bad => localStorage.setItem('suyuan.conversation.' + sessionStorage.getItem('suyuan.open'), bad)", bad
    )
    reload(visitor)
    expect(visitor.page.get_by_text("读不出来")).to_be_visible()
    assert questions(visitor) == []
    visitor.ask(NOWHERE)
    assert questions(visitor) == [NOWHERE]
    assert visitor.page.evaluate("() => window.hacked") is None


def test_the_oldest_conversations_make_room_and_the_page_says_so(visit: Visit, url: str) -> None:
    visitor = visit(url)
    visitor.page.evaluate(
        "() => localStorage.setItem('suyuan.conversations', JSON.stringify(Array.from({length: 50}, (_, n) =>"
        " ({id: 'old' + n, title: '旧' + n, questions: ['旧'], time: 1}))))"
    )
    visitor.ask(STEPS)
    visitor.page.click("#past-toggle")
    expect(visitor.page.locator("#past-notice")).to_contain_text("删去了最早的 1 段对话")
    listed = titles(visitor)
    assert (len(listed), listed[0], listed[-1]) == (50, STEPS, "旧48")


def test_a_conversation_the_server_forgot_is_not_written_over(visit: Visit, url: str) -> None:
    before = visit(url)
    before.ask(STEPS)
    before.ask(NOWHERE)
    forgotten = before.page.evaluate("() => sessionStorage.getItem('suyuan.open')")
    # To a server that was started anew, the window is one that has asked nothing yet.
    after = visit(url)
    after.page.evaluate("id => sessionStorage.setItem('suyuan.open', id)", forgotten)
    after.ask(SUGGESTION)
    after.page.click("#past-toggle")
    expect(after.page.locator("#past-list .past-open")).to_have_text([SUGGESTION, STEPS])
    after.page.locator("#past-list .past-open").nth(1).click()
    expect(after.page.locator(".turn")).to_have_count(2)
    assert questions(after) == [STEPS, NOWHERE]


def test_a_past_conversation_and_a_new_one_come_up_from_any_tab(visit: Visit, url: str) -> None:
    visitor = visit(url)
    visitor.ask(STEPS)
    visitor.page.get_by_role("tab", name="文库").click()
    expect(visitor.page.locator("#library")).to_be_visible()
    visitor.page.click("#start-over")
    expect(visitor.page.locator(".welcome")).to_be_visible()
    visitor.page.get_by_role("tab", name="图景").click()
    visitor.page.click("#past-toggle")
    visitor.page.locator("#past-list .past-open").click()
    expect(visitor.page.locator(".turn .question")).to_have_text(STEPS)
    expect(visitor.page.locator(".turn .question")).to_be_visible()


def test_the_page_is_chinese_until_english_is_chosen(visit: Visit, url: str) -> None:
    visitor = visit(url)
    page = visitor.page
    expect(page.locator("#send")).to_have_text("提问")
    expect(page.get_by_role("textbox", name="问题", exact=True)).to_be_visible()
    expect(page.locator(".welcome-lead")).to_contain_text("每一句答案都能点回文章里的原话")
    visitor.ask(SUGGESTION)
    page.click("#language")
    expect(page.locator("#send")).to_have_text("Ask")
    expect(page.locator("#start-over")).to_have_text("New chat")
    expect(page.get_by_role("tab", name="Library")).to_be_visible()
    expect(page.locator("#question textarea")).to_have_attribute("placeholder", "Ask a question")
    expect(page.get_by_role("textbox", name="Question", exact=True)).to_be_visible()
    expect(page.locator(".turn .question")).to_have_text(SUGGESTION)
    expect(page.locator(".sources .label")).to_contain_text("Sources", use_inner_text=True)
    expect(page.locator(".answer .marker").first).to_have_attribute("aria-label", "Source 1")
    assert page.locator("#view-ask .zh").evaluate_all("all => all.filter(one => one.checkVisibility()).length") == 0
    visitor.screenshot("english")
    page.click("#language")
    expect(page.locator("#send")).to_have_text("提问")
    expect(page.locator(".turn .question")).to_have_text(SUGGESTION)
    assert page.locator("#view-ask .en").evaluate_all("all => all.filter(one => one.checkVisibility()).length") == 0


@pytest.mark.parametrize("width", [390, 320])
def test_english_fits_a_phone(visit: Visit, url: str, width: int) -> None:
    visitor = visit(url, width=width, height=844)
    visitor.page.click("#language")
    expect(visitor.page.locator("#send")).to_have_text("Ask")
    assert visitor.overflow() <= 0
    visitor.ask(STEPS)
    for selector in ("#past-toggle", "#language", "#start-over", "#send"):
        expect(visitor.page.locator(selector)).to_be_in_viewport(ratio=1)
    assert visitor.overflow() <= 0
    visitor.screenshot(f"english-{width}")
