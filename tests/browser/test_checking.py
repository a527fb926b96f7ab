"""Checking an answer on the page: cards, contents, how it came about, what can be done with it, asking one article."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Visitor
from playwright.sync_api import expect
from written import DAYS, DAYS_QUOTE, HOSTILE, LAKE, SUGGESTION, WrittenAnswers

from qa.types import TENTATIVE, Answer
from ui.types import FeedbackGiven, Hooks

Visit = Callable[..., Visitor]
Serve = Callable[..., str]
STEPS = "柳湖市治水的“三步走”是什么？"
NOWHERE = "柳湖市的总人口是多少？"
DAYS_QUESTION = "柳湖市2021年水质优良天数是多少？"
STREETS = "哪些街道清淤最早？"


@pytest.fixture(scope="module")
def url(serve_page: Serve) -> str:
    return serve_page(WrittenAnswers())


def test_a_quote_on_a_card_opens_its_place_and_leads_on_to_the_next_and_back(visit: Visit, url: str) -> None:
    visitor = visit(url)
    visitor.ask(STEPS)
    card, places = visitor.page.locator("#pane .card"), visitor.page.locator("#pane .card .place")
    expect(card).to_have_count(1)
    expect(card.locator(".of")).to_have_text("王小二 · 2022-03-05 · 柳湖 · 柳湖日报")
    expect(places.locator(".badge")).to_have_text(["[1]", "[2]", "[3]", "[4]"])
    quoted = places.nth(1).locator(".quoted").inner_text()
    visitor.screenshot("cards")
    places.nth(1).click()
    expect(visitor.page.locator("#pane [data-open='0.2']")).to_be_visible()
    assert visitor.highlighted() == quoted == "第一步，摸清家底。全市普查入湖排口218个，逐一编号建档。"
    assert visitor.sees_highlight()
    visitor.page.locator("#pane .jump button").nth(1).click()
    expect(visitor.page.locator("#pane [data-open='0.3']")).to_be_visible()
    assert visitor.highlighted() == "第二步，截断污染。沿湖铺设截污管网46公里，关停小作坊31家。"
    visitor.page.locator("#pane .jump button").nth(0).click()
    expect(visitor.page.locator("#pane [data-open='0.2']")).to_be_visible()
    visitor.page.locator("#pane [data-sources]").click()
    expect(places).to_have_count(4)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_sure_unsure_and_silent_are_told_apart_at_first_sight(visit: Visit, url: str, width: int, dark: bool) -> None:
    visitor = visit(url, width=width, height=1200, dark=dark)
    sure, silent, unsure = (visitor.ask(question) for question in (DAYS_QUESTION, NOWHERE, STREETS))
    expect(sure.locator(".standing")).to_have_count(0)
    expect(silent.locator(".standing")).to_have_text("○没有找到答案", use_inner_text=True)
    expect(unsure.locator(".standing")).to_have_text("?不确定", use_inner_text=True)
    expect(unsure.locator(".lead")).to_have_text(TENTATIVE, use_inner_text=True)
    expect(unsure.locator(".words > p")).to_have_count(2)
    # The line that no article says stands above the quotations, which stand further in.
    lead, words = unsure.locator(".lead").bounding_box(), unsure.locator(".words > p").first.bounding_box()
    assert lead is not None
    assert words is not None
    assert lead["y"] + lead["height"] <= words["y"]
    assert lead["x"] + 10 <= words["x"]
    shown = (".standing.unsure", ".standing.unsure .sign", ".standing.silent", ".tentative .lead", ".tentative .words")
    assert [selector for selector in shown if visitor.contrast(selector) < 4.5] == []
    assert visitor.overflow() <= 0
    visitor.screenshot(f"three-states-{width}-{'dark' if dark else 'light'}")
    visitor.open_citation(unsure, 2)
    assert visitor.highlighted().startswith("其间，第2个街道")
    visitor.page.locator("#pane [data-sources]").click()
    expect(visitor.page.locator("#pane .bar .standing")).to_have_text("?不确定", use_inner_text=True)
    assert visitor.errors == []


def test_an_entry_of_the_contents_scrolls_to_its_heading(visit: Visit, url: str) -> None:
    visitor = visit(url)
    visitor.open_citation(visitor.ask(STEPS))
    heading = visitor.page.locator("#pane .text p", has_text="第三步，长久守护")
    expect(heading).not_to_be_in_viewport()
    visitor.page.locator("#pane .contents summary").click()
    entries = visitor.page.locator("#pane .contents [data-at]")
    expect(entries).to_have_text(["第一步，摸清家底", "第二步，截断污染", "第三步，长久守护"])
    entries.nth(2).click()
    expect(heading).to_be_in_viewport()
    expect(visitor.page.locator("#pane .contents[open]")).to_have_count(0)


def test_how_the_answer_came_about_is_folded_and_opens_a_passage(visit: Visit, url: str) -> None:
    visitor = visit(url)
    turn = visitor.ask(STEPS)
    table = turn.locator(".trace table")
    expect(table).to_be_hidden()
    turn.locator(".trace summary").click()
    expect(table).to_be_visible()
    expect(table.locator("tbody tr").first.locator("td")).to_have_text(
        [f"1. {LAKE.title}", "1 · 0.812", "2 · 7.500", "0.0325", "0.91", "是"], use_inner_text=True
    )
    visitor.screenshot("how-it-came")
    table.locator("tbody tr").first.click()
    expect(visitor.page.locator("#pane mark.quote")).to_have_text(
        "第二步，截断污染。沿湖铺设截污管网46公里，关停小作坊31家。"
    )
    assert visitor.sees_highlight()


def test_a_suggestion_asks_its_question(visit: Visit, serve_page: Serve) -> None:
    answerer = WrittenAnswers()
    visitor = visit(serve_page(answerer))
    visitor.ask(STEPS).locator(".suggestion").click()
    visitor.page.locator(".turn").nth(1).locator(".sources").wait_for()
    assert visitor.page.locator(".turn .question").all_text_contents() == [STEPS, SUGGESTION]
    assert answerer.histories == [(), (STEPS,)]
    expect(visitor.page.locator("#pane .card mark.exact")).to_have_text(DAYS)
    expect(visitor.page.locator(".suggestion")).to_have_count(0)


def test_stopping_puts_the_question_back_into_the_box(visit: Visit, url: str) -> None:
    visitor = visit(url)
    visitor.ask(NOWHERE)
    expect(visitor.page.locator("#stop")).to_be_hidden()
    visitor.page.fill("#question textarea", "慢慢说说“三步走”")
    visitor.page.press("#question textarea", "Enter")
    visitor.page.locator(".pending").wait_for()
    expect(visitor.page.locator("#send")).to_be_hidden()
    visitor.page.click("#stop")
    expect(visitor.page.locator("#question textarea")).to_have_value("慢慢说说“三步走”")
    visitor.page.wait_for_timeout(2_000)
    assert visitor.page.locator(".turn .question").all_text_contents() == [NOWHERE]
    expect(visitor.page.locator("#send")).to_be_visible()


def test_retrying_replaces_the_last_answer(visit: Visit, serve_page: Serve) -> None:
    answerer = WrittenAnswers()
    visitor = visit(serve_page(answerer))
    visitor.ask(NOWHERE)
    visitor.ask(STEPS).locator("[data-retry]").click()
    expect(visitor.page.locator(".turn .sources")).to_have_count(1)
    visitor.page.wait_for_timeout(500)
    assert visitor.page.locator(".turn .question").all_text_contents() == [NOWHERE, STEPS]
    assert answerer.histories == [(), (NOWHERE,), (NOWHERE,)]


def test_editing_a_question_drops_what_followed_it(visit: Visit, serve_page: Serve) -> None:
    answerer = WrittenAnswers()
    visitor = visit(serve_page(answerer))
    for question in (STEPS, NOWHERE, STEPS):
        visitor.ask(question)
    visitor.page.locator("[data-edit='1']").click()
    expect(visitor.page.locator("#question textarea")).to_have_value(NOWHERE)
    expect(visitor.page.locator(".chip")).to_contain_text("正在修改第 2 问")
    visitor.page.fill("#question textarea", SUGGESTION)
    visitor.page.press("#question textarea", "Enter")
    expect(visitor.page.locator(".turn")).to_have_count(2)
    visitor.page.locator(".turn").nth(1).locator(".sources").wait_for()
    assert visitor.page.locator(".turn .question").all_text_contents() == [STEPS, SUGGESTION]
    expect(visitor.page.locator(".chip")).to_have_count(0)
    assert answerer.histories[-1] == (STEPS,)


def test_one_article_alone_can_be_asked(visit: Visit, serve_page: Serve) -> None:
    answerer = WrittenAnswers()
    visitor = visit(serve_page(answerer))
    visitor.open_citation(visitor.ask(STEPS))
    visitor.page.locator("#pane [data-within]").click()
    expect(visitor.page.locator(".chip .title")).to_have_text(f"《{LAKE.title}》")
    visitor.screenshot("one-article")
    visitor.ask(NOWHERE)
    visitor.page.locator("[data-clear='within']").click()
    expect(visitor.page.locator(".chip")).to_have_count(0)
    visitor.ask(NOWHERE)
    assert answerer.withins == [(), (LAKE.id,), ()]


def test_copying_an_answer_takes_its_sources_along(visit: Visit, url: str) -> None:
    visitor = visit(url)
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    turn = visitor.ask(SUGGESTION)
    turn.locator("[data-copy]").click()
    expect(turn.locator("[data-copy][data-done]")).to_be_visible()
    copied = visitor.page.evaluate("() => navigator.clipboard.readText()")
    assert copied == (
        f"{DAYS_QUOTE}[1]\n\n出处：\n[1] 《{LAKE.title}》王小二，柳湖日报，2022-03-05，{LAKE.url}\n    “{DAYS_QUOTE}”"
    )


def test_an_answer_and_a_conversation_are_taken_away(visit: Visit, url: str) -> None:
    def taken(which: int, form: str) -> bytes:
        turn.locator(".menu summary").click()
        with visitor.page.expect_download() as started:
            turn.locator(f"[data-export='{which}'][data-form='{form}']").click()
        assert started.value.suggested_filename.endswith(f".{form}")
        return Path(started.value.path()).read_bytes()

    visitor = visit(url)
    visitor.ask(NOWHERE)
    turn = visitor.ask(SUGGESTION)
    one, both = taken(1, "md").decode("utf-8"), taken(-1, "md").decode("utf-8")
    assert (DAYS in one, NOWHERE in one) == (True, False)
    assert (DAYS in both, NOWHERE in both) == (True, True)
    with zipfile.ZipFile(io.BytesIO(taken(-1, "docx"))) as word:
        notes = word.read("word/endnotes.xml").decode("utf-8")
    assert all(told in notes for told in (LAKE.title, "王小二", "柳湖日报"))


def test_a_verdict_with_a_reason_and_a_refused_question_reach_the_owner(visit: Visit, serve_page: Serve) -> None:
    given: list[FeedbackGiven] = []
    recorded: list[Answer] = []
    visitor = visit(serve_page(WrittenAnswers(), Hooks(record=recorded.append, feedback=given.append)))
    good = visitor.ask(SUGGESTION)
    good.locator("[data-verdict='up']").click()
    expect(good.locator(".verdict .thanks")).to_be_visible()
    expect(good.locator("[data-verdict='up'][aria-pressed='true']")).to_be_visible()
    refused = visitor.ask(NOWHERE)
    expect(refused.locator(".term")).to_have_text(["柳湖市", HOSTILE])
    refused.locator("[data-verdict='down']").click()
    refused.locator(".why input").fill("应该有人口数")
    refused.locator(".why input").press("Enter")
    expect(refused.locator(".verdict .thanks")).to_be_visible()
    refused.locator("[data-record]").click()
    expect(refused.locator(".recorded .thanks")).to_be_visible()
    assert [(one.question, one.verdict, one.reason) for one in given] == [
        (SUGGESTION, "up", ""),
        (NOWHERE, "down", "应该有人口数"),
    ]
    assert [one.question for one in recorded] == [NOWHERE]
    expect(good.locator("[data-verdict='up'][aria-pressed='true']")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everything_around_an_answer_fits_and_is_readable(visit: Visit, url: str, width: int, dark: bool) -> None:
    visitor = visit(url, width=width, height=844, dark=dark)
    turn = visitor.ask(STEPS)
    turn.locator(".trace summary").click()
    assert visitor.overflow() <= 0
    selectors = [".trace dt", ".trace td", ".trace th", ".tools .plain", ".suggestion", ".edit", ".sources .of"]
    found = {selector: visitor.contrast(selector) for selector in selectors}
    turn.locator("[data-sources]").click()
    expect(visitor.page.locator("#pane .card").first).to_be_visible()
    assert visitor.overflow() <= 0
    found |= {selector: visitor.contrast(selector) for selector in (".card .of", ".card .quoted", ".card .badge")}
    visitor.screenshot(f"cards-{width}-{'dark' if dark else 'light'}")
    assert [selector for selector, contrast in found.items() if contrast < 4.5] == []
    assert visitor.errors == []


def test_every_button_has_a_name_and_shows_the_focus(visit: Visit, serve_page: Serve) -> None:
    hooks = Hooks(record=lambda _: None, feedback=lambda _: None)
    visitor = visit(serve_page(WrittenAnswers(), hooks))
    visitor.open_citation(visitor.ask(STEPS))
    visitor.ask(NOWHERE)
    nameless = visitor.page.evaluate(
        "() => [...document.querySelectorAll('button, summary, input, textarea, [role=tab]')]"
        ".filter(part => part.checkVisibility() && !part.closest('[aria-hidden=true]'))"
        ".filter(part => !(part.getAttribute('aria-label') || part.innerText.trim() || part.labels?.length))"
        ".map(part => part.outerHTML.slice(0, 120))"
    )
    assert nameless == []
    visitor.page.locator("#past-toggle").focus()
    visitor.page.keyboard.press("Tab")
    outline = visitor.page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
