"""The real page in a real browser, over a hand-written corpus."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from embeddings.types import Article, Span
from qa.types import Answer, Citation, Timings
from ui.app import listen, page_server
from ui.types import Answerer

playwright_api = pytest.importorskip("playwright.sync_api", reason="the browser test needs playwright")

SCREENSHOTS = Path(__file__).parents[2] / "screenshots"

HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>[点我](javascript:window.hacked=1)'

LAKE = Article(
    id="lake",
    title="柳湖市“三步走”治水记",
    text=(
        "柳湖市“三步走”治水记\n"
        "记者 林小舟\n"
        "近三年来，柳湖市把治水当成头等大事，探索出“三步走”的做法，湖水由浊变清。\n"
        "第一步，摸清家底。全市普查入湖排口218个，逐一编号建档。\n"
        "第二步，截断污染。沿湖铺设截污管网46公里，关停小作坊31家。\n"
        + "\n".join(f"其间，第{n}个街道也各自开展了清淤、补种水草等工作，并请居民担任护湖员。" for n in range(1, 25))
        + "\n第三步，长久守护。设立湖长制办公室，每月公布一次水质[2]，接受群众监督。\n"
        "据统计，柳湖市2021年水质优良天数达到312天。"
    ),
    path="lake.md",
    body_start=12,
    authors=("林小舟",),
    bylines=(Span(12, 18),),
    source="柳湖日报",
    published="2022-03-05",
    url="https://example.org/lake",
    place="柳湖",
)
HOSTILE_ARTICLE = Article(
    id="hostile",
    title=f"标题{HOSTILE}",
    text=f"正文{HOSTILE}结束。",
    path="hostile.html",
    source=HOSTILE,
    url="javascript:window.hacked=1",
)


def cite(article: Article, quote: str, number: int) -> Citation:
    start = article.text.index(quote)
    return Citation(
        number=number,
        article_id=article.id,
        title=article.title,
        author=article.author,
        published=article.published,
        source=article.source,
        url=article.url,
        start=start,
        end=start + len(quote),
        quote=quote,
        text_sha256=article.sha256,
        snapshot="test",
    )


class WrittenAnswers:
    """Answers three questions by heart and abstains from every other."""

    snapshot = "test"

    def __init__(self) -> None:
        self.histories: list[tuple[str, ...]] = []

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        self.histories.append(tuple(history))
        if "三步走" in question:
            quotes = re.findall(r"第[一二三]步.*", LAKE.text)
            lead = "近三年来，柳湖市把治水当成头等大事，探索出“三步走”的做法，湖水由浊变清。"
            lines = [f"{lead}[1]", *(f"- {quote}[{number}]" for number, quote in enumerate(quotes, 2))]
            return self._answer(question, "\n".join(lines), [cite(LAKE, q, n) for n, q in enumerate([lead, *quotes], 1)])
        if "优良" in question:
            quote = "据统计，柳湖市2021年水质优良天数达到312天。"
            return self._answer(question, f"{quote}[1]", [cite(LAKE, quote, 1)], standalone="柳湖市水质优良天数是多少？")
        if "攻击" in question:
            return self._answer(question, f"{HOSTILE_ARTICLE.text}[1]", [cite(HOSTILE_ARTICLE, HOSTILE_ARTICLE.text, 1)])
        return Answer(
            question=question,
            standalone=question,
            text="这些文章里没有这个问题的答案。",
            citations=(),
            nearest=(cite(LAKE, "第二步，截断污染。沿湖铺设截污管网46公里，关停小作坊31家。", 1),),
            abstained=True,
            reason="没有一句话同时谈到问题里的人和事。",
            mode="extractive",
            timings=Timings(0.02, 0.01, 0.03),
        )

    def _answer(self, question: str, text: str, citations: list[Citation], standalone: str = "") -> Answer:
        return Answer(
            question, standalone or question, text, tuple(citations), (), False, "", "extractive", Timings(0.1, 0.02, 0.12)
        )

    def articles(self) -> tuple[Article, ...]:
        return (LAKE, HOSTILE_ARTICLE)

    def article(self, article_id: str) -> Article:
        return {article.id: article for article in self.articles()}[article_id]

    def examples(self, limit: int = 6) -> tuple[str, ...]:
        return ("柳湖市治水的“三步走”是什么？", "柳湖市2021年水质优良天数是多少？", "柳湖市的总人口是多少？")[:limit]


@pytest.fixture
def answerer() -> WrittenAnswers:
    return WrittenAnswers()


@pytest.fixture
def page_url(answerer: Answerer) -> Iterator[str]:
    listening = listen("127.0.0.1", 0)
    ready = threading.Event()
    server = page_server(answerer, ready.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    assert ready.wait(30), "the page did not start"
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listening.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[playwright_api.Browser]:
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("no chromium: apt-get install chromium fonts-noto-cjk")
    switches = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync"
    )
    with playwright_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=switches.split())
        yield launched
        launched.close()


OpenPage = Callable[..., playwright_api.Page]


@pytest.fixture
def open_page(browser: playwright_api.Browser, page_url: str) -> Iterator[OpenPage]:
    """Opens the page; its `seen_hosts` says which hosts it asked, its `errors` what went wrong in it."""
    contexts: list[playwright_api.BrowserContext] = []

    def opened(width: int = 1280, height: int = 800, dark: bool = False) -> playwright_api.Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
            has_touch=width < 600,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(page_url, wait_until="domcontentloaded")
        page.wait_for_selector("#question textarea")
        return page

    yield opened
    for context in contexts:
        context.close()
