"""The five real articles: every sentence kept, nothing of the page, the metadata exactly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from embeddings.page.characters import tidy
from embeddings.reading.articles import read_articles
from embeddings.types import Article

CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the real articles are not on this machine (../shared/corpus)"
)

METADATA = {
    "000": (
        (("生态环境部海河流域北海海域生态环境监督管理局分党组",), ""),
        (),
        "",
        "中国环境报",
        "2021-12-16",
        "",
        ("中国环境报新闻",),
    ),
    "001": ((("李合俊",), "省生态环境厅机关党委"), (), "", "龙江机关党建", "", "黑龙江", ()),
    "002": ((("姜强", "李志平"), ""), ("潘圆圆",), "", "", "", "泰安", ()),
    "003": (
        (("汤宛峰",), "青海省生态环境厅党组书记、厅长"),
        (),
        "",
        "中国环境报",
        "2022-01-11",
        "青海",
        ("中国环境报新闻",),
    ),
    "004": (((), ""), (), "游锐", "咸宁市委市直机关工委", "2019-04-18", "咸宁", ()),
}
PAGE = (
    "人阅读", "文章来源", "返回首页", "http", "withounder", "版权", "主办单位", "技术支持", "联系电话", "编辑:",
    "签发审核",
    "当前位置",
    "稿件上传", "邮编", "E-MAIL", "ICP", "赤峰", "洋水河", "南通", "layout:", "<p", "&nbsp;",
)  # fmt: skip


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {item.id[:3]: item for item in read_articles(CORPUS) if isinstance(item, Article)}


def raw_sentences(article: Article) -> list[str]:
    """The sentences of the file's long lines: the pages' running text, but for the teasers with their counts."""
    raw = (CORPUS / article.path).read_text(encoding="utf-8")
    raw = re.sub(r"\A---\n.*?\n---\n", "", raw, flags=re.DOTALL)
    lines = [tidy(re.sub(r"<[^<>]*>", " ", line)) for line in raw.replace("</p>", "</p>\n").splitlines()]
    running = [
        line for line in lines if "。" in line and "人阅读" not in line and "版权" not in line and "ICP" not in line
    ]
    return [sentence for line in running for sentence in re.findall(r"[^。]+。?", line)]


@pytest.mark.parametrize("name", METADATA)
def test_metadata(articles: dict[str, Article], name: str) -> None:
    got = articles[name]
    assert (
        (got.authors, got.author_post), got.editors, got.uploader, got.source, got.published, got.place, got.tags,
    ) == METADATA[name]  # fmt: skip


@pytest.mark.parametrize("name", METADATA)
def test_every_sentence_is_kept_in_order(articles: dict[str, Article], name: str) -> None:
    text, at = articles[name].text, 0
    sentences = raw_sentences(articles[name])
    assert len(sentences) >= 20
    for sentence in sentences:
        found = text.find(sentence, at)
        assert found >= at, sentence
        at = found + len(sentence)


@pytest.mark.parametrize("name", METADATA)
def test_nothing_of_the_page_is_left_in_the_body(articles: dict[str, Article], name: str) -> None:
    article = articles[name]
    assert [word for word in PAGE if word in article.text[: article.body_end]] == []


def test_what_the_page_says_of_the_article_stands_behind_it(articles: dict[str, Article]) -> None:
    said = {name: [a.text[span.start : span.end] for span in a.page_lines] for name, a in articles.items()}
    assert said == {
        "000": ["（文章来源：中国环境报）"],
        "001": ["联系电话:0451-87589289"],
        "002": ["编辑:潘圆圆 签发审核:杨凡"],
        "003": ["（文章来源：中国环境报）"],
        "004": ["来源: 时间:2019-04-18 稿件上传:游锐"],
    }


def test_titles(articles: dict[str, Article]) -> None:
    stated = {name: article.body_start > 0 for name, article in articles.items()}
    assert stated == {"000": True, "001": False, "002": False, "003": True, "004": True}
    for name in ("000", "003", "004"):
        assert articles[name].text.split("\n")[0] == articles[name].title
        assert articles[name].text.count(articles[name].title) == 1
    assert articles["002"].title.startswith("山东省泰安市") and articles["002"].title in articles["002"].text


def test_bylines_are_spans_of_the_text(articles: dict[str, Article]) -> None:
    written = {
        name: [article.text[span.start : span.end] for span in article.bylines] for name, article in articles.items()
    }
    assert written["002"] == ["作者:姜强 李志平"]
    assert written["003"] == ["汤宛峰", "作者系青海省生态环境厅党组书记、厅长"]
    assert written["001"][0].endswith("李合俊)") and written["000"][0].endswith("分党组") and written["004"] == []


def test_addresses(articles: dict[str, Article]) -> None:
    assert [articles[name].url.endswith(end) for name, end in (("000", "2162215337233"), ("003", "2242849385"))] == [
        True,
        True,
    ]
