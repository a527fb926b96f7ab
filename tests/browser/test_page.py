"""What a person sees and does on the page, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

import pytest
from conftest import Questions, Visitor
from playwright.sync_api import expect
from written import DAYS, DAYS_QUOTE, HOSTILE, POISONED, WrittenAnswers

from embeddings.snapshot.corpus_store import ArticleHead
from embeddings.snapshot.sampling import PassageSample
from embeddings.types import Article, Outline
from qa.types import Answer
from ui.types import Answerer

Visit = Callable[..., Visitor]


class Recording:
    """An answerer that notes what it is asked."""

    def __init__(self, inner: Answerer) -> None:
        self.inner = inner
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    @property
    def snapshot(self) -> str:
        return self.inner.snapshot

    def ask(self, question: str, history: Sequence[str] = (), within: Sequence[str] = ()) -> Answer:
        self.asked.append((question, tuple(history)))
        (answer,) = self.inner.stream(question, history, within)
        return answer

    def stream(self, question: str, history: Sequence[str] = (), within: Sequence[str] = ()) -> Iterator[Answer]:
        yield self.ask(question, history, within)

    def articles(self) -> tuple[Article, ...]:
        return self.inner.articles()

    def heads(self) -> tuple[ArticleHead, ...]:
        return self.inner.heads()

    def texts(self) -> Iterator[str]:
        return self.inner.texts()

    def sampled(self, limit: int) -> PassageSample:
        return self.inner.sampled(limit)

    def article(self, article_id: str) -> Article:
        return self.inner.article(article_id)

    def outline(self, article_id: str) -> Outline:
        return self.inner.outline(article_id)

    def examples(self, limit: int = 6) -> tuple[str, ...]:
        return self.inner.examples(limit)


def test_every_marker_opens_its_own_quote(
    visit: Visit, page_url: str, answerer: Answerer, questions: Questions
) -> None:
    expected = answerer.ask(questions.listing)
    visitor = visit(page_url)
    turn = visitor.ask(questions.listing)
    expect(visitor.page.locator("#pane .card .quoted")).to_have_text([one.quote for one in expected.citations])
    visitor.screenshot("desktop")

    for citation in reversed(expected.citations):
        turn.locator(f".marker[data-number='{citation.number}']").first.click()
        expect(visitor.page.locator(f"#pane [data-open='0.{citation.number}']")).to_be_visible()
        assert visitor.highlighted() == citation.quote
        assert visitor.sees_highlight()
        expect(visitor.page.locator("#pane h2")).to_have_text(citation.title)
        expect(turn.locator(".marker[aria-current]").first).to_have_text(f"[{citation.number}]")
        if citation is expected.citations[-1]:
            visitor.screenshot("desktop-last-marker")
    assert visitor.errors == []


def test_the_question_about_12345_shows_its_five_parts_in_order(
    visit: Visit, page_url: str, questions: Questions
) -> None:
    visitor = visit(page_url)
    turn = visitor.ask(questions.listing)
    # A part of the method is an item of the list; what belongs to a part is an item within it.
    parts = turn.locator(".answer > ul > li")
    expect(parts).to_have_count(5)
    for number, name in enumerate(("一个中心", "两大责任", "三大活动", "四大课堂", "五个聚焦")):
        expect(parts.nth(number)).to_contain_text(name)
        expect(parts.nth(number)).to_be_visible()
        expect(parts.nth(number).locator(".marker").first).to_be_visible()
    visitor.screenshot("12345")


def test_the_answer_grows_sentence_by_sentence(visit: Visit, page_url: str, questions: Questions) -> None:
    visitor = visit(page_url)
    visitor.page.evaluate(
        "() => { window.seen = []; new MutationObserver(() => window.seen.push("
        "document.querySelectorAll('#conversation .reply .marker').length))"
        ".observe(document.getElementById('conversation'), {childList: true, subtree: true}); }"
    )
    visitor.ask(questions.listing)
    seen = visitor.page.evaluate("() => window.seen")
    assert seen == sorted(seen)
    assert len(set(seen)) >= 3


def test_an_earlier_answer_keeps_its_own_markers(
    visit: Visit, page_url: str, answerer: Answerer, questions: Questions
) -> None:
    first = answerer.ask(questions.listing)
    second = answerer.ask(questions.follow_up, [questions.listing])
    visitor = visit(page_url)
    earlier = visitor.ask(questions.listing)
    later = visitor.ask(questions.follow_up)
    visitor.open_citation(later)
    expect(visitor.page.locator("#pane [data-open='1.1']")).to_be_visible()
    assert visitor.highlighted() == second.citations[0].quote
    earlier.locator(".marker").first.click()
    expect(visitor.page.locator("#pane [data-open='0.1']")).to_be_visible()
    assert visitor.highlighted() == first.citations[0].quote


def test_a_follow_up_carries_this_visitors_questions_only(
    visit: Visit, serve_page: Callable[..., str], answerer: Answerer, questions: Questions
) -> None:
    recording = Recording(answerer)
    url = serve_page(recording)
    one, other = visit(url), visit(url)
    one.ask(questions.listing)
    other.ask(questions.unanswerable)
    one.ask(questions.follow_up)
    one.screenshot("follow-up")
    one.page.click("#start-over")
    expect(one.page.locator(".turn")).to_have_count(0)
    one.ask(questions.listing)
    assert recording.asked == [
        (questions.listing, ()),
        (questions.unanswerable, ()),
        (questions.follow_up, (questions.listing,)),
        (questions.listing, ()),
    ]


def test_a_refusal_looks_like_one_and_shows_the_nearest_passage(
    visit: Visit, page_url: str, answerer: Answerer, questions: Questions
) -> None:
    expected = answerer.ask(questions.unanswerable)
    visitor = visit(page_url)
    turn = visitor.ask(questions.unanswerable)
    expect(turn.locator(".refusal")).to_contain_text(expected.text)
    expect(turn.locator(".nearest .label")).to_contain_text("最接近的段落（不是答案）")
    expect(turn.locator(".sources")).to_have_count(0)
    turn.locator(".nearest .marker").first.click()
    expect(visitor.page.locator("#pane mark.quote").first).to_be_visible()
    assert visitor.highlighted() == expected.nearest[0].quote
    visitor.screenshot("refusal")


def test_an_example_and_the_button_ask_as_enter_does(
    visit: Visit, page_url: str, answerer: Answerer, questions: Questions
) -> None:
    visitor = visit(page_url)
    visitor.screenshot("welcome")
    example = answerer.examples()[0]
    visitor.page.get_by_role("button", name=example, exact=True).click()
    expect(visitor.page.locator(".turn .question")).to_have_text(example)
    visitor.page.locator(".turn .reply:not(.pending):not(.growing)").wait_for()
    expect(visitor.page.locator("#examples")).to_be_hidden()
    visitor.page.fill("#question textarea", questions.unanswerable)
    visitor.page.click("#send")
    expect(visitor.page.locator(".turn .question").nth(1)).to_have_text(questions.unanswerable)
    expect(visitor.page.locator("#question textarea")).to_have_value("")


def test_an_article_can_be_read_without_a_question(visit: Visit, page_url: str, answerer: Answerer) -> None:
    article = answerer.articles()[0]
    visitor = visit(page_url)
    visitor.page.locator("#pane .shelf").first.click()
    expect(visitor.page.locator("#pane h2")).to_have_text(article.title)
    shown = visitor.page.locator("#pane .text p").all_text_contents()
    assert shown == [paragraph for paragraph in article.text[article.body_start :].split("\n") if paragraph.strip()]
    expect(visitor.page.locator("#pane mark")).to_have_count(0)
    visitor.page.locator("#pane [data-library]").click()
    expect(visitor.page.locator("#pane .shelf")).to_have_count(len(answerer.articles()))


def test_a_new_conversation_stops_an_answer_under_way(visit: Visit, serve_page: Callable[..., str]) -> None:
    visitor = visit(serve_page(WrittenAnswers()))
    visitor.page.fill("#question textarea", "慢慢说说“三步走”")
    visitor.page.press("#question textarea", "Enter")
    visitor.page.locator(".pending").wait_for()
    visitor.page.click("#start-over")
    expect(visitor.page.locator(".turn")).to_have_count(0)
    visitor.page.wait_for_timeout(2_500)
    expect(visitor.page.locator(".turn")).to_have_count(0)
    expect(visitor.page.locator("#pane .library")).to_be_visible()


def test_nothing_leaves_this_machine(visit: Visit, page_url: str, questions: Questions) -> None:
    visitor = visit(page_url)
    visitor.open_citation(visitor.ask(questions.listing))
    for tab in ("文库", "图景"):
        visitor.page.get_by_role("tab", name=tab).click()
        visitor.page.wait_for_timeout(1_000)
    hosts = {
        urlsplit(url).hostname for url in visitor.requested if urlsplit(url).scheme in ("http", "https", "ws", "wss")
    }
    assert hosts == {"127.0.0.1"}


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_has_one_column_and_no_sideways_scrolling(
    visit: Visit, page_url: str, answerer: Answerer, questions: Questions, width: int
) -> None:
    expected = answerer.ask(questions.listing)
    visitor = visit(page_url, width=width, height=844)
    assert visitor.overflow() <= 0
    turn = visitor.ask(questions.listing)
    expect(visitor.page.locator("#pane")).to_be_hidden()
    assert visitor.overflow() <= 0
    visitor.screenshot(f"phone-{width}")
    turn.locator(f".marker[data-number='{expected.citations[-1].number}']").first.click()
    expect(visitor.page.locator(f"#pane [data-open='0.{expected.citations[-1].number}']")).to_be_visible()
    assert visitor.highlighted() == expected.citations[-1].quote
    assert visitor.sees_highlight()
    assert visitor.overflow() <= 0
    visitor.screenshot(f"phone-{width}-article")
    visitor.page.click("#pane .back")
    expect(visitor.page.locator("#pane")).to_be_hidden()
    visitor.ask(questions.unanswerable)
    visitor.screenshot(f"phone-{width}-refusal")
    assert visitor.overflow() <= 0


def test_dark_mode_is_readable(visit: Visit, page_url: str, questions: Questions) -> None:
    visitor = visit(page_url, dark=True)
    visitor.open_citation(visitor.ask(questions.listing))
    selectors = (
        ".answer p, .question, .marker, .marker[aria-current], .source .of, #pane h2, #pane .text p, #pane .meta, "
        "mark.quote, #send, #start-over, #question textarea, .tools .plain, .suggestion, .trace summary, "
        "#views [aria-selected='true'], #views [aria-selected='false'], #switches .plain"
    )
    contrasts = {selector: visitor.contrast(selector) for selector in selectors.split(", ")}
    visitor.screenshot("dark")
    assert [selector for selector, contrast in contrasts.items() if contrast < 4.5] == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_exact_words_stand_out_in_the_answer_and_in_the_article(
    visit: Visit, serve_page: Callable[..., str], dark: bool
) -> None:
    visitor = visit(serve_page(WrittenAnswers()), dark=dark)
    turn = visitor.ask("水质优良的有多少天？")
    weight = "element => getComputedStyle(element).fontWeight"
    bold = turn.locator(".answer strong.exact")
    assert bold.all_text_contents() == ["312", "天"]
    assert "".join(bold.all_text_contents()) == DAYS
    assert [part.evaluate(weight) for part in bold.all()] == ["700", "700"]
    assert turn.locator(".answer > p:not(.understood)").evaluate(weight) == "400"

    visitor.open_citation(turn)
    marked = visitor.page.locator("#pane mark.quote mark.exact")
    expect(marked).to_have_text(DAYS)
    assert visitor.highlighted() == DAYS_QUOTE
    assert marked.evaluate(weight) == "700"
    ground = "element => getComputedStyle(element).backgroundColor"
    assert marked.evaluate(ground) != visitor.page.locator("#pane mark.quote").evaluate(ground)
    assert min(visitor.contrast(selector) for selector in (".answer .exact", "mark.quote", "mark.exact")) >= 4.5
    visitor.screenshot(f"exact-{'dark' if dark else 'light'}")


def test_exact_words_far_down_a_long_quote_come_into_view(visit: Visit, serve_page: Callable[..., str]) -> None:
    visitor = visit(serve_page(WrittenAnswers()), width=390, height=844)
    turn = visitor.ask("全文里最后一个数字是什么？")
    turn.locator(".marker").first.click()
    expect(visitor.page.locator("#pane mark.exact")).to_have_text(DAYS)
    expect(visitor.page.locator("#pane mark.exact")).to_be_in_viewport(ratio=1)


def test_hostile_text_is_shown_and_never_run(visit: Visit, serve_page: Callable[..., str]) -> None:
    visitor = visit(serve_page(WrittenAnswers()))
    question = f"攻击{HOSTILE}"
    turn = visitor.ask(question)
    expect(turn.locator(".question")).to_have_text(question)
    expect(turn.locator(".answer > p").first).to_have_text(f"{POISONED.text}[1]")
    expect(visitor.page.locator("#pane .card .quoted")).to_have_text(POISONED.text)
    visitor.open_citation(turn)
    expect(visitor.page.locator("#pane mark.quote").first).to_be_visible()
    assert visitor.highlighted() == POISONED.text
    expect(turn.locator(".answer strong.exact")).to_have_text(HOSTILE)
    expect(visitor.page.locator("#pane mark.exact")).to_have_text(HOSTILE)
    visitor.screenshot("hostile")
    visitor.page.locator("#pane [data-library]").click()
    visitor.page.locator("#pane .shelf").nth(1).click()
    expect(visitor.page.locator("#pane h2")).to_have_text(POISONED.title)
    selector = ":is(#conversation, #pane) :is(img, script, iframe, a)"
    expect(visitor.page.locator(selector)).to_have_count(0)
    visitor.page.wait_for_timeout(300)
    assert visitor.page.evaluate("() => window.hacked") is None
