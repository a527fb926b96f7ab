"""What a person sees and does in the library and in the overview, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from conftest import Visitor
from playwright.sync_api import Locator, expect
from written import HOSTILE

from embeddings.types import Article
from qa.types import Answer
from tests.over_articles import OverArticles
from ui.types import Answerer

Visit = Callable[..., Visitor]


class ManyArticles(OverArticles):
    """A hundred and twenty articles of two papers and three years, one of them hostile; it answers nothing."""

    snapshot = "many"

    def __init__(self) -> None:
        plain = [
            Article(
                id=f"n{n}",
                title=f"第{n}号报道",
                text=f"第{n}号报道的正文，提到“三步走”。",
                path=f"n{n}.txt",
                source="晨报" if n % 2 else "晚报",
                published=f"{2020 + n % 3}-01-{n % 28 + 1:02}",
                place="东岛" if n < 12 else "西岛",
            )
            for n in range(119)
        ]
        super().__init__(*plain, replace(plain[0], id='h"><i>', title=HOSTILE, source=HOSTILE, published="2019-01-01"))

    def ask(self, question: str, history: Sequence[str] = (), within: Sequence[str] = ()) -> Answer:
        raise NotImplementedError


@pytest.fixture(scope="module")
def many_url(serve_page: Callable[[Answerer], str]) -> str:
    return serve_page(ManyArticles())


def library(visitor: Visitor) -> Locator:
    visitor.page.get_by_role("tab", name="文库").click()
    expect(visitor.page.locator("#library-rows .count")).to_be_visible(timeout=30_000)
    return visitor.page.locator("#library-rows [data-article]")


def overview(visitor: Visitor) -> Locator:
    visitor.page.get_by_role("tab", name="图景").click()
    # The first visitor's browser loads the plotting library's 4.6 MB.
    expect(visitor.page.locator("#overview-names .js-plotly-plot .bars .point").first).to_be_visible(timeout=30_000)
    return visitor.page.locator("#overview-map .js-plotly-plot .point")


def count(visitor: Visitor) -> Locator:
    return visitor.page.locator("#library-rows .count .zh")


def no_errors_and_no_request_elsewhere(visitor: Visitor, url: str) -> None:
    assert visitor.errors == []
    hosts = {urlsplit(asked).netloc for asked in visitor.requested if not asked.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(url).netloc}


def test_the_library_is_searched_filtered_and_sorted(visit: Visit, page_url: str, answerer: Answerer) -> None:
    visitor = visit(page_url)
    rows = library(visitor)
    heads = answerer.heads()
    newest = sorted(heads, key=lambda head: head.published, reverse=True)
    expect(count(visitor)).to_have_text(f"{len(heads)} / {len(heads)} 篇")
    assert rows.locator(".title").all_text_contents() == [head.title for head in newest]
    visitor.page.fill("#library-form input", "青海")
    about = [head.title for head in newest if "青海" in f"{head.title}{head.place}{head.source}{''.join(head.authors)}"]
    assert 0 < len(about) < len(heads)
    expect(count(visitor)).to_have_text(f"{len(about)} / {len(heads)} 篇")
    assert rows.locator(".title").all_text_contents() == about
    visitor.page.get_by_role("button", name="清除").click()
    expect(count(visitor)).to_have_text(f"{len(heads)} / {len(heads)} 篇")
    visitor.page.select_option("#library-form [name=place]", "=咸宁")
    visitor.page.select_option("#library-form [name=order]", "oldest")
    oldest = sorted((head for head in heads if head.place == "咸宁"), key=lambda head: head.published)
    expect(count(visitor)).to_have_text(f"{len(oldest)} / {len(heads)} 篇")
    expect(rows.first.locator(".title")).to_have_text(oldest[0].title)
    assert rows.locator(".title").all_text_contents() == [head.title for head in oldest]
    visitor.page.fill("#library-form input", "没有这样的文章")
    expect(visitor.page.locator("#library-rows")).to_contain_text("没有符合条件的文章")
    no_errors_and_no_request_elsewhere(visitor, page_url)


def test_an_article_is_opened_beside_the_list_and_asked_alone(visit: Visit, page_url: str, answerer: Answerer) -> None:
    visitor = visit(page_url)
    second = library(visitor).nth(1)
    title = str(second.locator(".title").text_content())
    article = next(article for article in answerer.articles() if article.title == title)
    second.click()
    expect(visitor.page.locator("#library-pane h2")).to_have_text(title)
    shown = "".join(visitor.page.locator("#library-pane .text p").all_text_contents())
    assert shown == article.text[article.body_start :].replace("\n", "")
    visitor.screenshot("library")
    visitor.page.locator("#library-rows [data-within]").nth(1).click()
    expect(visitor.page.locator("#chips")).to_contain_text(title)
    expect(visitor.page.locator("#question textarea")).to_be_visible()
    no_errors_and_no_request_elsewhere(visitor, page_url)


def test_a_long_list_has_pages(visit: Visit, many_url: str) -> None:
    visitor = visit(many_url)
    rows = library(visitor)
    expect(rows).to_have_count(50)
    visitor.page.get_by_role("button", name="末页").click()
    expect(visitor.page.locator(".pages")).to_contain_text("第 3 / 3 页")
    expect(rows).to_have_count(20)
    # Whoever filters begins with the first page again.
    visitor.page.select_option("#library-form [name=source]", "=晨报")
    visitor.page.select_option("#library-form [name=year]", "=2021")
    expect(count(visitor)).to_have_text("20 / 120 篇")
    expect(rows.first.locator(".of")).to_contain_text("2021-01-")


def test_a_rebuilt_corpus_is_seen_when_its_tab_is_opened_again(
    visit: Visit, serve_page: Callable[[Answerer], str]
) -> None:
    answerer = ManyArticles()
    visitor = visit(serve_page(answerer))
    library(visitor)
    expect(count(visitor)).to_have_text("120 / 120 篇")
    visitor.page.select_option("#library-form [name=place]", "=东岛")
    expect(count(visitor)).to_have_text("13 / 120 篇")
    answerer.held, answerer.snapshot = answerer.held[:30], "fewer"
    visitor.page.get_by_role("tab", name="问答").click()
    library(visitor)
    expect(count(visitor)).to_have_text("30 / 30 篇")
    expect(visitor.page.locator("#library-form [name=place] option")).to_have_text(["全部", "西岛 (18)", "东岛 (12)"])


def test_a_hostile_title_is_text(visit: Visit, many_url: str) -> None:
    visitor = visit(many_url)
    rows = library(visitor)
    visitor.page.select_option("#library-form [name=order]", "oldest")
    expect(rows.first.locator(".title")).to_have_text(HOSTILE)
    rows.first.click()
    expect(visitor.page.locator("#library-pane h2")).to_have_text(HOSTILE)
    overview(visitor)
    expect(visitor.page.locator("#overview-time .legend")).to_contain_text("<img src=x")
    assert visitor.page.evaluate("window.hacked") is None
    no_errors_and_no_request_elsewhere(visitor, many_url)


def test_a_click_on_the_map_opens_the_article(visit: Visit, page_url: str, answerer: Answerer) -> None:
    visitor = visit(page_url, height=1900)
    points = overview(visitor)
    expect(points).to_have_count(answerer.sampled(4000).of)
    box = points.nth(7).bounding_box()
    assert box is not None
    at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visitor.page.mouse.move(*at)
    hover = visitor.page.locator("#overview-map .hoverlayer .hovertext")
    expect(hover).to_be_visible()
    told = "".join(hover.locator(".nums").all_text_contents()).replace("\n", "")
    visitor.screenshot("overview")
    visitor.page.mouse.click(*at)
    title = visitor.page.locator("#pane h2")
    expect(title).to_be_visible()
    assert told.startswith(re.sub(r"\s+", " ", str(title.text_content()))[:12])
    no_errors_and_no_request_elsewhere(visitor, page_url)


def test_the_pictures_data_can_be_read_as_tables(visit: Visit, page_url: str, answerer: Answerer) -> None:
    visitor = visit(page_url)
    overview(visitor)
    for picture in visitor.page.locator(".picture .data summary").all():
        picture.click()
    time, articles, names = visitor.page.locator(".picture table").all()
    dated = [head for head in answerer.heads() if head.published]
    assert sum(int(cell) for cell in time.locator("td:last-child").all_text_contents()) == len(dated)
    expect(articles.locator("[data-article]")).to_have_count(len(answerer.heads()))
    assert names.locator("tbody th").first.text_content() is not None
    title = str(articles.locator("[data-article]").first.text_content())
    articles.locator("[data-article]").first.click()
    expect(visitor.page.locator("#pane h2")).to_have_text(title)


@pytest.mark.parametrize("dark", [False, True])
def test_the_pictures_are_readable_on_light_and_dark(visit: Visit, many_url: str, dark: bool) -> None:
    visitor = visit(many_url, dark=dark)
    overview(visitor)
    ink, ground = visitor.page.evaluate(
        "() => [getComputedStyle(document.querySelector('#overview-time .xtick text')).fill,"
        " getComputedStyle(document.querySelector('.picture')).backgroundColor]"
    )
    light = [sum(map(int, re.findall(r"\d+", colour)[:3])) / 3 for colour in (ink, ground)]
    assert abs(light[0] - light[1]) > 150
    assert (light[1] < 60) == dark
    if dark:
        visitor.screenshot("overview-dark")


def test_on_a_phone_the_article_covers_the_list_until_it_is_closed(visit: Visit, page_url: str) -> None:
    visitor = visit(page_url, width=390, height=844)
    rows = library(visitor)
    visitor.screenshot("phone-library")
    rows.first.click()
    expect(visitor.page.locator("#library-pane h2")).to_be_visible()
    visitor.page.locator("#library-pane [data-close]").click()
    expect(visitor.page.locator("#library-pane")).to_be_hidden()
    expect(rows.first).to_be_visible()
    overview(visitor)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") == 390
    assert visitor.page.evaluate("document.querySelector('#view-overview').scrollWidth") <= 390


def test_the_form_speaks_english(visit: Visit, page_url: str, answerer: Answerer) -> None:
    visitor = visit(page_url)
    visitor.page.evaluate("localStorage.setItem('suyuan.language', 'en')")
    visitor.page.reload()
    try:
        visitor.page.get_by_role("tab", name="Library").click()
        total = len(answerer.heads())
        expect(visitor.page.locator("#library-rows .count .en")).to_have_text(f"{total} of {total} articles")
        expect(visitor.page.locator("#library-form [name=order] option").first).to_have_text("Newest first")
        expect(visitor.page.get_by_placeholder("title, author, source, place")).to_be_visible()
    finally:
        visitor.page.evaluate("localStorage.removeItem('suyuan.language')")
