"""Answers and articles as HTML, read back with a real parser."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag

from embeddings.snapshot.corpus_store import ArticleHead
from embeddings.types import Article, Reprint, Span
from qa.types import Answer, Citation, Timings
from ui.answer import conversation as render
from ui.article import article as render_article
from ui.types import Turn

HOSTILE = (
    '<img src=x onerror=alert(1)><script>alert(1)</script>" onclick="alert(1) '
    "[点](javascript:alert(1)) **粗** ${1} {{2}}"
)

ARTICLE = Article(
    id="dir/one",
    title="河长进村",
    text="河长进村\n通讯员 张三\n甲村设河长3名。\n乙村设河长5名，每周巡河。\n丙村正在筹备。",
    path="dir/one.txt",
    body_start=5,
    authors=("张三",),
    author_post="县水务局",
    bylines=(Span(5, 11),),
    editors=("李四",),
    source="清川日报",
    published="2023-06-01",
    url="https://example.org/1?a=1&b=2",
    place="清川",
    reprints=(Reprint("two.txt", "河长进村了", "清川网", "2023-06-02", ""),),
)


def cite(article: Article, quote: str, number: int) -> Citation:
    start = article.text.index(quote)
    return Citation(
        number,
        article.id,
        article.title,
        article.author,
        article.published,
        article.source,
        article.url,
        start,
        start + len(quote),
        quote,
        article.sha256,
        "s",
    )


def answer(text: str, *citations: Citation, question: str = "问？") -> Answer:
    return Answer(question, question, text, citations, (), False, "", 1.0, "extractive", Timings(0.1, 0.1, 0.25))


def parsed(html: str) -> BeautifulSoup:
    """What a reader of Chinese sees: the English wording is in the HTML too, and hidden."""
    soup = BeautifulSoup(html, "html.parser")
    for hidden in soup.select(".en"):
        hidden.decompose()
    return soup


def one(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    found = soup.select(selector)
    assert len(found) == 1, (selector, found)
    return found[0]


TWO = (cite(ARTICLE, "甲村设河长3名。", 1), cite(ARTICLE, "乙村设河长5名，每周巡河。", 2))


def test_an_answer_with_its_sources() -> None:
    soup = parsed(render.conversation([Turn("问？", answer("甲村设河长3名。[1]\n乙村设河长5名，每周巡河。[2]", *TWO))]))
    assert [p.text for p in soup.select(".answer > p")] == ["甲村设河长3名。[1]", "乙村设河长5名，每周巡河。[2]"]
    markers = soup.select(".answer > p .marker")
    assert [(m["data-turn"], m["data-number"]) for m in markers] == [("0", "1"), ("0", "2")]
    source = one(soup, ".source")
    assert source.text == "[1][2]河长进村 张三 · 2023-06-01 · 清川日报"
    assert one(soup, ".took").text == "0.25 秒"


def test_lists_nest_as_the_text_says() -> None:
    one_line, other_line = "甲村设河长3名。[1]", "乙村设河长5名，每周巡河。[2]"
    text = f"{one_line}\n- {one_line}\n  - {other_line}\n- {one_line}\n{other_line}"
    html = render.conversation([Turn("问？", answer(text, *TWO))])
    for tag in ("ul", "li", "p", "div", "section", "footer", "span", "button"):
        assert html.count(f"<{tag}>") + html.count(f"<{tag} ") == html.count(f"</{tag}>"), tag
    body = one(parsed(html), ".answer")
    outer = one(body, ".answer > ul")
    items = outer.find_all("li", recursive=False)
    assert [item.find(string=True) for item in items] == ["甲村设河长3", "甲村设河长3"]
    assert one(items[0], "ul > li").text == "乙村设河长5名，每周巡河。[2]"
    assert [p.text for p in body.find_all("p", recursive=False)] == [
        "甲村设河长3名。[1]",
        "乙村设河长5名，每周巡河。[2]",
    ]


def test_a_growing_answer_shows_its_first_pieces_and_no_sources_yet() -> None:
    turn = Turn("问？", answer("甲村设河长3名。[1]乙村设河长5名，每周巡河。[2]", *TWO))
    half = parsed(render.conversation([turn], shown=1))
    assert one(half, ".growing > p").text == "甲村设河长3名。[1]"
    assert half.select(".sources") == []
    assert parsed(render.conversation([turn], shown=2)) == parsed(render.conversation([turn]))


def test_sources_are_grouped_by_article_in_the_order_of_the_answer() -> None:
    other = replace(ARTICLE, id="other", title="另一篇", authors=(), published="", text="别处也有。")
    citations = (TWO[0], cite(other, "别处也有。", 2), replace(TWO[1], number=3))
    soup = parsed(render.conversation([Turn("问？", answer("甲村设河长3名。[1]别处也有。[2]", *citations))]))
    assert [row.text for row in soup.select(".source")] == [
        "[1][3]河长进村 张三 · 2023-06-01 · 清川日报",
        "[2]另一篇 清川日报",
    ]


def test_many_citations_of_one_article_take_one_short_row() -> None:
    other = replace(ARTICLE, id="other", title="另一篇", authors=(), published="", text="别处也有。")
    citations = [replace(TWO[0], number=n) for n in (1, 2, 3, 4, 6, 7)] + [cite(other, "别处也有。", 5)]
    soup = parsed(render.conversation([Turn("问？", answer("甲村设河长3名。[1]", *citations))]))
    assert [row.text for row in soup.select(".source .numbers")] == ["[1]–[4][6][7]", "[5]"]


def test_how_a_follow_up_was_understood() -> None:
    understood = replace(answer("甲村设河长3名。[1]", *TWO), question="那甲村呢", standalone="甲村有几名河长")
    soup = parsed(render.conversation([Turn("那甲村呢", understood)]))
    assert one(soup, ".understood").text == "理解为：甲村有几名河长"


def test_a_refusal() -> None:
    refused = replace(answer("文章没有提到。"), abstained=True, reason="没有相关句子。", nearest=TWO[:1])
    soup = parsed(render.conversation([Turn("问？", refused)]))
    box = one(soup, ".refusal")
    assert [p.text for p in box.find_all("p", recursive=False)][1:] == ["文章没有提到。", "没有相关句子。"]
    assert one(box, ".nearest .label").text.startswith("最接近的段落（不是答案）")
    assert one(box, ".snippet").text == "甲村设河长3名。"
    assert soup.select(".answer, .sources") == []


def test_an_error_and_a_question_under_way() -> None:
    soup = parsed(render.conversation([Turn("一", error="索引坏了 <b>"), Turn("二")]))
    assert one(soup, ".failed").text == "索引坏了 <b>"
    assert one(soup, ".pending").text.startswith("正在查找")


def test_hostile_text_everywhere_stays_text() -> None:
    article = replace(
        ARTICLE,
        id=HOSTILE,
        title=HOSTILE,
        text=f"{HOSTILE}\n前{HOSTILE}后\n尾",
        body_start=len(HOSTILE) + 1,
        authors=(HOSTILE,),
        author_post=HOSTILE,
        editors=(HOSTILE,),
        uploader=HOSTILE,
        source=HOSTILE,
        published=HOSTILE,
        place=HOSTILE,
        url=f"javascript:{HOSTILE}",
        bylines=(),
        reprints=(Reprint(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
    )
    citation = cite(article, f"前{HOSTILE}后", 1)
    good = answer(f"前{HOSTILE}后[1]", citation, question=HOSTILE)
    refused = replace(good, text=HOSTILE, citations=(), nearest=(citation,), abstained=True, reason=HOSTILE + "。")
    turns = [
        Turn(HOSTILE, replace(good, standalone=f"{HOSTILE}？")),
        Turn(HOSTILE, refused),
        Turn(HOSTILE, error=HOSTILE),
    ]
    pages = [
        render.conversation(turns),
        render_article.article(article, 0, 1, [citation]),
        render_article.lost_article(citation, 0),
        render_article.library([ArticleHead.of(article)]),
    ]
    for soup in (BeautifulSoup(page, "html.parser") for page in pages):
        assert soup.select("img, script, iframe, a, strong, em") == []
        assert all(not name.startswith("on") for tag in soup.find_all(True) for name in tag.attrs)
    assert one(parsed(pages[0]), ".answer > p:not(.understood)").text == f"前{HOSTILE}后[1]"
    assert one(parsed(pages[1]), "mark.quote").text == citation.quote
    assert one(parsed(pages[3]), "[data-article]")["data-article"] == HOSTILE


def test_an_article_with_one_quote_highlighted_and_the_others_marked_lightly() -> None:
    soup = parsed(render_article.article(ARTICLE, 3, 2, TWO))
    assert one(soup, "h2").text == "河长进村"
    assert one(soup, "mark#quote").text == "乙村设河长5名，每周巡河。"
    also = one(soup, "mark.also")
    assert (also.text, also["data-turn"], also["data-number"]) == ("甲村设河长3名。", "3", "1")
    assert [p.text for p in soup.select(".text p")] == ARTICLE.text.split("\n")[1:]
    assert one(soup, ".byline").text == "通讯员 张三"
    assert one(soup, ".reading")["data-open"] == "3.2"
    assert one(soup, ".jump .label").text == "引文 [2] · 2/2"
    before, after = soup.select(".jump button")
    assert (before.text, before["data-turn"], before["data-number"]) == ("‹ 上一处", "3", "1")
    assert after.has_attr("disabled")


def test_the_articles_metadata_and_its_link() -> None:
    soup = parsed(render_article.article(ARTICLE))
    facts, reprints = soup.select(".meta")
    assert [fact.text for fact in facts.find_all("span", recursive=False)] == [
        "作者 张三 · 县水务局",
        "来源 清川日报",
        "日期 2023-06-01",
        "地区 清川",
        "编辑 李四",
    ]
    assert one(soup, "a")["href"] == "https://example.org/1?a=1&b=2"
    assert reprints.text == "另见转载：河长进村了 · 清川网 · 2023-06-02"
    assert soup.select("mark") == []


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "http://[bad", "ftp://a/b", ""]
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert parsed(render_article.article(replace(ARTICLE, url=url))).select("a") == []


@pytest.mark.parametrize("quote", ["河长进村", "河长进村\n通讯员 张三\n甲村", "名。\n乙村设河长5名", "丙村正在筹备。"])
def test_a_quote_over_several_paragraphs_and_in_the_title(quote: str) -> None:
    soup = parsed(render_article.article(ARTICLE, 0, 1, [cite(ARTICLE, quote, 1)]))
    assert "\n".join(mark.text for mark in soup.select("mark.quote")) == quote
    one(soup, "#quote")


def test_a_title_that_is_not_in_the_text() -> None:
    untitled = replace(ARTICLE, title="据首句而定", text="甲村设河长3名。\n完。", body_start=0, bylines=())
    soup = parsed(render_article.article(untitled, 0, 1, [cite(untitled, "甲村设河长3名。", 1)]))
    assert one(soup, "h2").text == "据首句而定"
    assert [p.text for p in soup.select(".text p")] == ["甲村设河长3名。", "完。"]


def test_overlapping_quotes_leave_the_opened_one_whole() -> None:
    citations = [cite(ARTICLE, "乙村设河长5名", 1), cite(ARTICLE, "河长5名，每周巡河。", 2)]
    soup = parsed(render_article.article(ARTICLE, 0, 2, citations))
    assert one(soup, "mark.quote").text == "河长5名，每周巡河。"
    assert soup.select("mark.also") == []
    assert [p.text for p in soup.select(".text p")] == ARTICLE.text.split("\n")[1:]


def test_an_article_that_changed_since() -> None:
    moved = replace(ARTICLE, text=ARTICLE.text.replace("通讯员", "本报通讯员"))
    assert one(parsed(render_article.article(moved, 0, 2, TWO)), "mark#quote").text == "乙村设河长5名，每周巡河。"
    rewritten = replace(ARTICLE, text=ARTICLE.text.replace("每周", "每月"))
    soup = parsed(render_article.article(rewritten, 0, 2, TWO))
    assert one(soup, "blockquote mark#quote").text == "乙村设河长5名，每周巡河。"
    assert "有改动" in one(soup, ".note").text
    assert soup.select(".text mark") == []


def test_an_article_that_is_gone() -> None:
    soup = parsed(render_article.lost_article(TWO[0], 0))
    assert one(soup, "h2").text == "河长进村"
    assert one(soup, "mark#quote").text == "甲村设河长3名。"
    assert "已不在索引中" in one(soup, ".note").text


def test_a_long_library_says_that_it_is_cut() -> None:
    many = [ArticleHead.of(replace(ARTICLE, id=f"a{n}", title=f"第{n}篇")) for n in range(5)]
    soup = parsed(render_article.library(many, limit=3))
    assert [row.text for row in soup.select(".shelf .title")] == ["第0篇", "第1篇", "第2篇"]
    assert "共 5 篇" in soup.text
    assert "仅列出前 3 篇" in soup.text
