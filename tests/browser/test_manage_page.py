"""The owner at work in a real browser: logs in, drops articles, rebuilds, sees them answer, rolls back."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import Visitor
from playwright.sync_api import Page, expect

import qa
from benchmarks.page.serving import served
from embeddings.rebuilding.rebuild import rebuild
from embeddings.snapshot.snapshot import live_id
from tests.written_articles import write_articles
from ui.manage import Owner

PASSWORD = "browser password"  # noqa: S105
expect.set_options(timeout=20_000)
QUESTION = "柳湖镇设湖长多少名？"
ARTICLE = (
    "柳湖镇推行湖长制\n柳湖镇从2021年起推行湖长制，全镇设湖长12名，每周巡湖两次。\n"
    "湖长发现问题当天上报，镇里三天内办结。\n沿湖铺设截污管网46公里，关停小作坊31家。\n"
)
WORD_QUESTION = "石桥镇有多少座水塔？"


@pytest.fixture(scope="module")
def owner(one_model: object, tmp_path_factory: pytest.TempPathFactory) -> Owner:
    home = tmp_path_factory.mktemp("owner")
    rebuild(write_articles(home / "articles"), home / "index")
    return Owner(home / "index", home / "articles", PASSWORD)


@pytest.fixture(scope="module")
def url(owner: Owner) -> Iterator[str]:
    with served(qa.load(owner.index), owner=owner) as address:
        yield address


def log_in(page: Page, url: str) -> None:
    page.goto(f"{url}/manage")
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_selector("#files tbody tr")


def write_word(folder: Path) -> Path | None:
    """A .docx file where the extra `office`, which reads it, and what writes it here are installed."""
    if not importlib.util.find_spec("mammoth") or not importlib.util.find_spec("docx"):
        return None
    import docx

    document = docx.Document()
    document.add_heading("石桥镇的水塔", 1)
    document.add_paragraph("石桥镇现有水塔9座，最高的一座高31米，由镇水务站管护。")
    document.add_paragraph("水务站每月清洗一次水塔，并把水质检测结果张贴在塔下。")
    document.save(str(folder / "石桥镇.docx"))
    return folder / "石桥镇.docx"


def test_the_owner_drops_articles_rebuilds_and_rolls_back(
    visit: Callable[..., Visitor], url: str, owner: Owner, tmp_path: Path
) -> None:
    (tmp_path / "柳湖.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "空.txt").write_text("", encoding="utf-8")
    (tmp_path / "script.sh").write_text("echo", encoding="utf-8")
    word = write_word(tmp_path)
    first = live_id(owner.index)
    visitor = visit(url)
    expect(visitor.ask(QUESTION).locator(".refusal")).to_be_visible()

    page = visitor.page
    log_in(page, url)
    expect(page.locator("#back")).to_be_visible()
    assert page.locator("#files tbody tr").count() == 3
    dropped = [tmp_path / "柳湖.txt", tmp_path / "空.txt", tmp_path / "script.sh", *([word] if word else [])]
    page.set_input_files("#drop input[type=file]", dropped)
    expect(page.locator("#note .right")).to_contain_text("柳湖.txt：已放入，重建后可问")
    expect(page.locator("#note .wrong")).to_contain_text("“script.sh”：不收这种文件")
    expect(page.locator("#files tr[data-path='柳湖.txt'] .state")).to_have_text("不在索引里", use_inner_text=True)
    visitor.screenshot("manage-dropped")

    page.click("#rebuild")
    expect(page.locator("#rebuilding progress")).to_be_visible()
    expect(page.locator("#rebuild")).to_be_disabled()
    visitor.screenshot("manage-rebuilding")
    expect(page.locator("#rebuilding .report")).to_contain_text("重建完成", timeout=300_000)
    expect(page.locator("#rebuilding .aside li")).to_contain_text(["空.txt文件是空的。"])
    expect(page.locator("#files tr[data-path='柳湖.txt'] .title")).to_have_text("柳湖镇推行湖长制")
    expect(page.locator("#files tr[data-path='柳湖.txt'] .state")).to_have_text("已入索引", use_inner_text=True)
    assert page.locator("#rebuilding dd").all_text_contents()[0] == ("5" if word else "4")
    second = live_id(owner.index)
    expect(page.locator("#indexes [data-snapshot]").nth(0)).to_have_attribute("data-snapshot", second)
    expect(page.locator("#indexes [data-snapshot]").nth(1)).to_have_attribute("data-snapshot", first)
    visitor.screenshot("manage")

    reader = visit(url)
    expect(reader.ask(QUESTION).locator(".answer")).to_contain_text("12名")
    if word:
        expect(reader.ask(WORD_QUESTION).locator(".answer")).to_contain_text("9座")

    page.click("#back")
    expect(page.locator("#confirm")).to_contain_text("退回到")
    page.click("#back-no")
    expect(page.locator("#confirm")).to_be_hidden()
    assert live_id(owner.index) == second
    page.click("#back")
    page.click("#back-yes")
    expect(page.locator("#rebuilding")).to_contain_text("已退回上一份索引")
    expect(page.locator("#indexes [data-snapshot]").nth(0)).to_have_attribute("data-snapshot", first)
    assert live_id(owner.index) == first
    again = visit(url)
    expect(again.ask(QUESTION).locator(".refusal")).to_be_visible()

    page.get_by_role("tab", name="没答上的问题").click()
    expect(page.locator("#questions .voices > li").first).to_contain_text(QUESTION)
    expect(page.locator("#questions .times").first).to_contain_text("2 次")
    with page.expect_download() as download:
        page.click("#questions .export")
    assert QUESTION in download.value.path().read_text(encoding="utf-8-sig")
    visitor.screenshot("manage-unanswered")
    page.get_by_role("tab", name="读者评价").click()
    expect(page.locator("#voices")).to_contain_text("还没有人评价")
    assert visitor.errors == []
    hosts = {
        urlsplit(asked).hostname for asked in visitor.requested if urlsplit(asked).scheme.startswith(("http", "ws"))
    }
    assert hosts == {"127.0.0.1"}


def test_a_file_is_removed_and_restored_on_a_phone_in_the_dark(
    visit: Callable[..., Visitor], url: str, owner: Owner
) -> None:
    visitor = visit(url, width=390, height=844, dark=True)
    page = visitor.page
    page.goto(f"{url}/manage/")
    if page.locator("#password").count():
        log_in(page, url)
    row = page.locator("#files tr[data-path='valley.md']")
    row.locator("button").click()
    expect(page.locator("#note")).to_contain_text("valley.md：已移走")
    expect(row).to_have_count(0)
    assert not (owner.folder / "valley.md").exists()
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    visitor.screenshot("manage-phone-dark")
    contrasts = {
        selector: visitor.contrast(selector)
        for selector in ("#files .title", "#files .path", "#files .state", ".small", "#note p", "#rebuild", "#header a")
    }
    assert [selector for selector, contrast in contrasts.items() if contrast < 4.5] == []
    page.click("#removed summary")
    page.locator("#removed button").first.click()
    expect(row).to_have_count(1)
    assert (owner.folder / "valley.md").exists()


def test_the_page_speaks_english_and_logs_out(visit: Callable[..., Visitor], url: str) -> None:
    visitor = visit(url)
    page = visitor.page
    page.goto(f"{url}/manage/")
    if page.locator("#password").count():
        log_in(page, url)
    page.click("[data-act=language]")
    expect(page.locator("#rebuild")).to_have_text("Rebuild the index")
    expect(page.get_by_role("tab", name="Unanswered questions")).to_be_visible()
    expect(page.locator("#header a")).to_contain_text("Chat page")
    visitor.screenshot("manage-english")
    page.click("[data-act=language]")
    expect(page.locator("#rebuild")).to_have_text("重建索引")
    page.click("#header form button")
    expect(page.locator("#password")).to_be_visible()
    visitor.screenshot("manage-login")
    page.goto(f"{url}/manage/")
    expect(page.locator("#password")).to_be_visible()
