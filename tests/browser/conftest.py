"""The real page in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

import qa
from benchmarks.page.serving import served
from ui.types import Answerer, Hooks

playwright_api = pytest.importorskip("playwright.sync_api", reason="the browser test needs playwright")

SWITCHES = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)

_CONTRAST = """element => {
  const parse = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = e => { const c = parse(getComputedStyle(e).backgroundColor);
    return c.length === 4 && c[3] === 0 && e.parentElement ? ground(e.parentElement) : c; };
  const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground(element))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""


@dataclass(frozen=True)
class Questions:
    """What the tests ask the `answerer`."""

    listing: str
    """Answered with several sentences, each with its own citation."""
    follow_up: str
    """Understood after `listing`, and answered."""
    unanswerable: str


@pytest.fixture(scope="session")
def questions() -> Questions:
    return Questions("泰安的12345工作法是什么", "四大课堂具体是哪四个？", "泰安市的人均收入是多少")


@pytest.fixture(scope="session")
def answerer(sample: qa.Answerer) -> Answerer:
    """Real answers from the sample corpus."""
    return sample


@pytest.fixture(scope="session")
def serve_page() -> Iterator[Callable[..., str]]:
    """Serves a page over any answerer, with hooks or without, and returns its address."""
    with ExitStack() as pages:
        yield lambda answerer, hooks=None: pages.enter_context(served(answerer, hooks or Hooks()))


@pytest.fixture(scope="session")
def page_url(answerer: Answerer, serve_page: Callable[..., str]) -> str:
    return serve_page(answerer)


@pytest.fixture(scope="session")
def browser() -> Iterator[playwright_api.BrowserContext]:
    """One browser for all visitors, so that gradio's hundreds of files are loaded once."""
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("no chromium: apt-get install chromium fonts-noto-cjk")
    with playwright_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=SWITCHES.split())
        yield launched.new_context(locale="en-US")  # the page is Chinese whatever the browser says
        launched.close()


class Visitor:
    """Someone with a page open; notes everything the page asks for and every error in it."""

    def __init__(self, browser: playwright_api.BrowserContext, url: str, width: int, height: int, dark: bool) -> None:
        self.page = browser.new_page()
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
        self.page.set_default_timeout(30_000)
        self.requested: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requested.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(url, wait_until="domcontentloaded")
        self.page.wait_for_selector("#question textarea")

    def ask(self, question: str) -> playwright_api.Locator:
        """Types a question, presses Enter, and returns the finished turn."""
        before = self.page.locator(".turn").count()
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        turn = self.page.locator(".turn").nth(before)
        turn.locator(".sources, .refusal, .failed").wait_for()
        return turn

    def open_citation(self, turn: playwright_api.Locator, number: int = 1) -> None:
        """Clicks a marker of the turn and waits until its quote is highlighted."""
        turn.locator(f".marker[data-number='{number}']").first.click()
        self.page.locator("#pane mark.quote").first.wait_for()

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))

    def highlighted(self) -> str:
        return "\n".join(self.page.locator("#pane mark.quote").all_text_contents())

    def sees_highlight(self) -> bool:
        """Whether the beginning of the quote lies inside the visible part of the pane."""
        return bool(
            self.page.evaluate(
                "() => { const mark = document.getElementById('quote').getBoundingClientRect();"
                " const pane = document.getElementById('pane').getBoundingClientRect();"
                " return mark.top >= pane.top && mark.top < Math.min(pane.bottom, innerHeight) && mark.width > 0; }"
            )
        )

    def contrast(self, selector: str) -> float:
        """The contrast (WCAG 2.2) of the first such element's characters with what lies behind them: 1 to 21."""
        return float(self.page.locator(selector).first.evaluate(_CONTRAST))

    def screenshot(self, name: str) -> None:
        folder = Path(__file__).parents[2] / "screenshots"
        folder.mkdir(exist_ok=True)
        self.page.screenshot(path=folder / f"{name}.png")


@pytest.fixture
def visit(browser: playwright_api.BrowserContext) -> Iterator[Callable[..., Visitor]]:
    """Opens a page as a new visitor: visit(url, width=..., height=..., dark=...)."""
    visitors: list[Visitor] = []

    def opened(url: str, width: int = 1280, height: int = 800, dark: bool = False) -> Visitor:
        visitors.append(Visitor(browser, url, width, height, dark))
        return visitors[-1]

    yield opened
    for visitor in visitors:
        visitor.page.close()
