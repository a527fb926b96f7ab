"""The library: which articles a filter lets through, in what order, and what the page shows of them."""

from __future__ import annotations

import re
from html import unescape

import pytest

import qa
from embeddings.snapshot.corpus_store import ArticleHead
from embeddings.snapshot.snapshot import open_live
from embeddings.types import Article, Reprint, Span
from tests.test_snapshot import article as document
from tests.test_snapshot import write
from ui.library import render
from ui.library.catalogue import Entry, Facet, Filter, entries, facets, filtered, page_of
from ui.library.requests import chosen, read_request


def head(name: str, title: str, **stated: object) -> ArticleHead:
    fields: dict[str, object] = {
        "authors": (),
        "source": "",
        "published": "",
        "place": "",
        "characters": 1,
        "reprints": 0,
    }
    return ArticleHead(id=name, title=title, author_post="", editors=(), uploader="", **(fields | stated))  # type: ignore[arg-type]


LISTED = entries(
    (
        head(
            "a",
            "“三步走”治水",
            authors=("王小二",),
            source="柳湖日报",
            published="2022-03-05",
            place="柳湖",
            characters=900,
        ),
        head("b", "安静的图书馆", source="岛城晚报", published="2024-08-01", place="岛城", characters=300),
        head(
            "c",
            "港城的碼頭",
            authors=("Li Lei",),
            source="柳湖日报",
            published="2022-11-20",
            place="港城",
            characters=1500,
        ),
        head("d", "北方种树", published="", place="", characters=600),
    )
)


ARTICLE = Article(
    id="x<y",
    title="<b>题",
    text="一二三四五六七",
    path="x<y.txt",
    authors=("张三", "李四"),
    source="<script>报",
    published="2020-01-02",
    reprints=(Reprint("copy.txt", "题", "某报", "2020-01-03", ""),),
)


def ids(wanted: Filter) -> str:
    return "".join(found.id for found in filtered(LISTED, wanted))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), "bcad"),
        (Filter(order="oldest"), "acbd"),
        (Filter(order="title"), "bdca"),  # ānjìng, běifāng, gǎngchéng, sānbù
        (Filter(order="source"), "bacd"),  # dǎochéng, liǔhú twice in the order given, and what states none
        (Filter(order="longest"), "cadb"),
        (Filter(place="港城"), "c"),
        (Filter(source="柳湖日报"), "ca"),
        (Filter(year="2022", order="oldest"), "ac"),
        (Filter(year="2022", place="柳湖"), "a"),
        (Filter(place=""), "d"),
        (Filter(year=""), "d"),
        (Filter(source="柳湖"), ""),
    ],
)
def test_what_a_filter_lets_through(wanted: Filter, found: str) -> None:
    assert ids(wanted) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("治水", "a"),
        ("王小二", "a"),
        ("晚报", "b"),
        ("柳湖", "ca"),  # c by its source, a by its place too
        ("码头", "c"),  # the title has 碼頭
        ("圖書館", "b"),
        ("ｌｉ LEI", "c"),
        ("  柳湖   治水 ", "a"),
        ("柳湖 晚报", ""),
        ("水王", ""),  # the end of the title and the beginning of the author
        ("三步走", "a"),
        ("%_.*", ""),
        (" ", "bcad"),
    ],
)
def test_every_word_of_a_search_is_found(words: str, found: str) -> None:
    assert ids(Filter(words=words)) == found


def test_facets_count_what_articles_share() -> None:
    counted = facets(LISTED)
    assert counted.places == (Facet("岛城", 1), Facet("柳湖", 1), Facet("港城", 1), Facet("", 1))
    assert counted.sources == (Facet("柳湖日报", 2), Facet("岛城晚报", 1), Facet("", 1))
    assert counted.years == (Facet("2024", 1), Facet("2022", 2), Facet("", 1))


def test_pages_are_cut_from_the_articles_found() -> None:
    heads = filtered(LISTED, Filter(order="oldest"))
    second = page_of(heads, 1, size=3)
    assert ("".join(h.id for h in second.heads), second.number, second.first, second.pages, second.found) == (
        "d",
        1,
        3,
        2,
        4,
    )
    assert page_of(heads, 99, size=3) == second
    assert "".join(h.id for h in page_of(heads, -5, size=3).heads) == "acb"
    assert page_of((), 0).pages == 1


@pytest.mark.parametrize("field", [None, 7, ["=泰安"], {"a": 1}, "泰安"])
def test_what_is_no_field_of_the_form_filters_nothing(field: object) -> None:
    request = read_request(None, field, field, field, field, "3", field if field != 7 else 7.5)
    assert (request.wanted, request.page, request.serial) == (Filter(), 0, 0)


def test_the_form_s_fields_make_a_filter() -> None:
    request = read_request("水" * 500, chosen("泰安"), chosen(""), "", "oldest", 2, 41)
    assert request.wanted == Filter("水" * 200, place="泰安", source="", year=None, order="oldest")
    assert (request.page, request.serial) == (2, 41)


def test_a_row_says_what_is_known_of_an_article_and_has_two_buttons() -> None:
    shown = render.rows(page_of([ArticleHead.of(ARTICLE)], 0), of=20_000)
    assert "1 / 20,000 篇" in shown
    assert "1 of 20,000 articles" in shown
    assert re.findall(r'data-(article|within)="([^"]*)"', shown) == [("article", "x&lt;y"), ("within", "x&lt;y")]
    zh = re.sub(r'<span class="en".*?</span>', "", shown)
    assert re.findall(r"<span>([^<]*|<span[^>]*>[^<]*</span>)</span>", zh)[:3] == [
        "张三、李四",
        "2020-01-02",
        "&lt;script&gt;报",
    ]
    assert "7 字" in zh
    assert "转载 1" in zh
    assert "<script>" not in shown
    assert unescape("&lt;b&gt;题") in unescape(shown)


def test_only_pages_that_there_are_can_be_turned_to() -> None:
    heads = [entry.head for entry in LISTED]
    buttons = re.findall(
        r'<button type="button" class="plain" (data-page="\d+"|disabled)', render.rows(page_of(heads, 0, 1), 4)
    )
    assert buttons == ["disabled", "disabled", 'data-page="1"', 'data-page="3"']
    assert "没有符合条件的文章" in render.rows(page_of((), 0), 4)
    assert 'class="pages"' not in render.rows(page_of((), 0), 4)


def test_the_form_offers_what_there_is_and_escapes_it() -> None:
    hostile = Entry(head("h", "题", place='"><img src=x>'), "")
    form = render.form(facets([*LISTED, hostile]))
    assert '<option value="=柳湖日报">柳湖日报 (2)</option>' in form
    assert '<option value="=" data-zh="未注明（1）"' in form
    assert "<img" not in form


def test_heads_give_the_length_and_the_reprints_as_the_articles_do(tmp_path) -> None:
    copy = Reprint("copy.txt", "同名", "某报", "2024-01-01", "")
    documents = [
        document("one", "水水水要治理，河长负责𠮷。"),
        document("two", "气要改善。\n编辑：某某", reprints=(copy,), authors=("某人",), page_lines=(Span(6, 11),)),
    ]
    write(tmp_path, documents)
    corpus = open_live(tmp_path).corpus
    assert [(h.id, h.characters, h.reprints) for h in corpus.heads()] == [("one", 13, 0), ("two", 5, 1)]
    assert corpus.heads() == tuple(map(ArticleHead.of, corpus.articles()))
    assert list(corpus.texts()) == ["水水水要治理，河长负责𠮷。", "气要改善。"]


def test_the_answerer_lists_its_articles(sample: qa.Answerer) -> None:
    assert sample.heads() == tuple(map(ArticleHead.of, sample.articles()))
