"""Takes the pictures of the page anew, over an index of the sample corpus.

    python -m benchmarks.page.screenshots [--output DIR]

Needs chromium and a Chinese font.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

import qa
from benchmarks.page.chromium import chromium
from benchmarks.page.serving import served
from embeddings import console
from embeddings.rebuilding.rebuild import rebuild

_REPOSITORY = Path(__file__).parents[2]
_LISTING = "泰安的12345工作法是什么"
_FACT = "咸宁查处了多少起环境违法行为"
_UNANSWERED = "泰安市的人均收入是多少"


def main() -> int:
    """Take them all; returns the exit code."""
    return console.run("benchmarks.page.screenshots", _run)


def _run() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=_REPOSITORY / "docs" / "screenshots")
    output = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        rebuild(_REPOSITORY / "corpus", Path(folder))
        with served(qa.load(folder, log_unanswered=False)) as address, chromium() as browser:
            _desktop(browser, address, output)
            _phone_in_the_dark(browser, address, output)
    for picture in output.glob("*.png"):
        _shrink(picture)
    return 0


def _shrink(picture: Path) -> None:
    """Keep 256 colours: a page has few, and the file is a third."""
    with Image.open(picture) as taken:
        small = taken.convert("RGB").quantize(256)
    small.save(picture, optimize=True)


def _desktop(browser: Browser, address: str, output: Path) -> None:
    page = _opened(browser, address, 1280, 800, dark=False)
    _ask(page, _LISTING, 0)
    page.screenshot(path=output / "ask.png")
    _ask(page, _FACT, 1)
    page.locator(".turn").nth(1).locator(".marker").first.click()
    page.locator("#pane mark.quote").first.wait_for()
    page.wait_for_timeout(500)
    page.screenshot(path=output / "quote.png")
    _ask(page, _UNANSWERED, 2)
    page.screenshot(path=output / "refusal.png")
    page.get_by_role("tab", name="图景").click()
    page.locator("#overview-map .js-plotly-plot").wait_for()
    page.wait_for_timeout(1500)
    page.locator("#overview-map").scroll_into_view_if_needed()
    page.screenshot(path=output / "overview.png")


def _phone_in_the_dark(browser: Browser, address: str, output: Path) -> None:
    page = _opened(browser, address, 390, 844, dark=True)
    _ask(page, _FACT, 0)
    page.screenshot(path=output / "phone-dark.png")


def _opened(browser: Browser, address: str, width: int, height: int, dark: bool) -> Page:
    page = browser.new_context(color_scheme="dark" if dark else "light").new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_selector("#question textarea")
    return page


def _ask(page: Page, question: str, number: int) -> None:
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.locator(".turn").nth(number).locator(".sources, .refusal").first.wait_for()
    page.wait_for_timeout(500)


if __name__ == "__main__":
    raise SystemExit(main())
