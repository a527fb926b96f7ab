"""The words that answer exactly, bold in the answer and marked once more in the article: HTML worked out by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from embeddings.types import Article, Span
from qa.types import Answer, AnswerSpan, Citation, Timings
from tests.over_articles import OverArticles
from ui.answer import conversation as render
from ui.answer.exact import Run, runs
from ui.article import article as render_article
from ui.article import reading
from ui.types import Turn

SIGNED = "甲村与乙村于2021年5月签约。"
POSTED = "设河长3名，由王某、李某担任。"
HEADED = "柳河来历\n柳河长9公里"
HOSTILE = "价目<b>&9元</b>，见[1]。"
ARTICLE = Article(
    id="a",
    title="柳河来历",
    text=f"{HEADED}。\n{SIGNED}\n{POSTED}\n{HOSTILE}",
    path="a.txt",
    body_start=5,
)


def cite(quote: str, number: int) -> Citation:
    start = ARTICLE.text.index(quote)
    end = start + len(quote)
    return Citation(number, "a", ARTICLE.title, "", "", "", "", start, end, quote, ARTICLE.sha256, "s")


def span(text: str, words: str, citation: Citation, in_article: str = "") -> AnswerSpan:
    """The only `words` of the answer's text, which stand in the citation's quote as `in_article`."""
    assert text.count(words) == 1
    start, article_start = text.index(words), citation.start + citation.quote.index(in_article or words)
    return AnswerSpan(
        start, start + len(words), citation.number, article_start, article_start + len(in_article or words)
    )


def answer(text: str, citations: Sequence[Citation], *spans: AnswerSpan) -> Answer:
    seconds = Timings(0.1, 0.1, 0.25)
    return Answer("问？", "问？", text, tuple(citations), (), False, "", 1.0, "extractive", seconds, spans)


def body(given: Answer, shown: int | None = None) -> str:
    """The answer's HTML without its sources; a marker's button as the “[1]” on it, bold as <B>, the tail as <T>."""
    html = render.conversation([Turn("问？", given)], shown)
    html = re.sub(r"(?s)<footer.*</footer>", "", html).partition('class="reply answer')[2].partition(">")[2]
    html = re.sub(r"<button[^>]*>(.*?)</button>", r"\1", html.removesuffix("</div></section>"))
    html = html.replace('<span class="tail">', "<T>").replace("</span>", "</T>")
    return html.replace('<strong class="exact">', "<B>").replace("</strong>", "</B>")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2021年5月", "甲村与乙村于<B>2021年5月</B>签<T>约。[1]</T>"),
        ("甲村", "<B>甲村</B>与乙村于2021年5月签<T>约。[1]</T>"),
        ("签约", "甲村与乙村于2021年5月<B>签</B><T><B>约</B>。[1]</T>"),
        ("约。", "甲村与乙村于2021年5月签<T><B>约。</B>[1]</T>"),
        ("。", "甲村与乙村于2021年5月签<T>约<B>。</B>[1]</T>"),
        (SIGNED, "<B>甲村与乙村于2021年5月签</B><T><B>约。</B>[1]</T>"),
    ],
)
def test_the_exact_words_are_bold_wherever_in_the_sentence_they_stand(words: str, expected: str) -> None:
    cited, text = cite(SIGNED, 1), f"{SIGNED}[1]"
    assert body(answer(text, [cited], span(text, words, cited))) == f"<p>{expected}</p>"


def test_an_answer_without_spans_has_nothing_bold() -> None:
    assert body(answer(f"{SIGNED}[1]", [cite(SIGNED, 1)])) == "<p>甲村与乙村于2021年5月签<T>约。[1]</T></p>"


def test_two_answers_in_two_lines_and_two_in_one() -> None:
    cited = [cite(SIGNED, 1), cite(POSTED, 2)]
    text = f"{SIGNED}[1]\n{POSTED}[2]\n（两问两答）"
    spans = [
        span(text, "2021年5月", cited[0]),
        span(text, "3名", cited[1]),
        span(text, "王某、李某", cited[1]),
    ]
    assert body(answer(text, cited, *spans)) == (
        "<p>甲村与乙村于<B>2021年5月</B>签<T>约。[1]</T></p>"
        "<p>设河长<B>3名</B>，由<B>王某、李某</B>担<T>任。[2]</T></p>"
        "<p>（两问两答）</p>"
    )


def test_two_sentences_in_one_line() -> None:
    cited = [cite(SIGNED, 1), cite(POSTED, 2)]
    text = f"{SIGNED}[1]{POSTED}[2]"
    spans = [span(text, "约。", cited[0]), span(text, "设河长", cited[1])]
    assert body(answer(text, cited, *spans)) == (
        "<p>甲村与乙村于2021年5月签<T><B>约。</B>[1]</T><B>设河长</B>3名，由王某、李某担<T>任。[2]</T></p>"
    )


def test_lines_of_a_list_and_of_a_list_in_it() -> None:
    cited = [cite(SIGNED, 1), cite(POSTED, 2)]
    text = f"- {SIGNED}[1]\n\n  - {POSTED}[2]"
    spans = [span(text, "甲村", cited[0]), span(text, "3名", cited[1])]
    assert body(answer(text, cited, *spans)) == (
        "<ul><li><B>甲村</B>与乙村于2021年5月签<T>约。[1]</T>"
        "<ul><li>设河长<B>3名</B>，由王某、李某担<T>任。[2]</T></li></ul></li></ul>"
    )


def test_what_looks_like_markup_or_a_marker_stays_text_in_bold_too() -> None:
    cited, text = cite(HOSTILE, 1), f"{HOSTILE}[1]"
    expected = {
        "<b>&9": "价目<B>&lt;b&gt;&amp;9</B>元&lt;/b&gt;，见[1<T>]。[1]</T>",
        "b": "价目&lt;<B>b</B>&gt;&amp;9元&lt;/b&gt;，见[1<T>]。[1]</T>",
        "&9元</b>，见[1]。": "价目&lt;b&gt;<B>&amp;9元&lt;/b&gt;，见[1</B><T><B>]。</B>[1]</T>",
    }
    for words, html in expected.items():
        start, said = text.index(words), cited.start + HOSTILE.index(words)
        exact = AnswerSpan(start, start + len(words), 1, said, said + len(words))
        assert body(answer(text, [cited], exact)) == f"<p>{html}</p>"


def test_words_are_bold_from_the_moment_their_sentence_appears() -> None:
    cited = [cite(SIGNED, 1), cite(POSTED, 2)]
    text = f"{SIGNED}[1]\n- {POSTED}[2]"
    given = answer(text, cited, span(text, "甲村", cited[0]), span(text, "3名", cited[1]))
    first = "<p><B>甲村</B>与乙村于2021年5月签<T>约。[1]</T></p>"
    assert body(given, shown=1) == first
    assert body(given, shown=2) == body(given)
    assert body(given) == f"{first}<ul><li>设河长<B>3名</B>，由王某、李某担<T>任。[2]</T></li></ul>"


def test_a_refusal_has_nothing_bold() -> None:
    nearest = cite(SIGNED, 1)
    stale = AnswerSpan(0, 2, 1, nearest.start, nearest.start + 2)
    refused = replace(answer("没有提到。", [], stale), abstained=True, nearest=(nearest,))
    assert "strong" not in render.conversation([Turn("问？", refused)])
    assert Turn("问？", refused).exact == ()


def opened(number: int, citations: Sequence[Citation], *spans: AnswerSpan, shown: Article = ARTICLE) -> BeautifulSoup:
    return BeautifulSoup(render_article.article(shown, 0, number, citations, spans), "html.parser")


def texts(soup: BeautifulSoup, selector: str) -> list[str]:
    return [found.text for found in soup.select(selector)]


def exact(citation: Citation, words: str) -> AnswerSpan:
    """Words of a quote, wherever they stand in the answer."""
    start = citation.start + citation.quote.index(words)
    return AnswerSpan(0, len(words), citation.number, start, start + len(words))


def test_the_opened_quote_has_its_exact_words_marked_and_the_others_do_not() -> None:
    cited = [cite(SIGNED, 1), cite(POSTED, 2)]
    spans = [exact(cited[0], "2021年5月"), exact(cited[1], "3名"), exact(cited[1], "王某、李某")]
    soup = opened(2, cited, *spans)
    assert str(soup.select_one("mark#quote")) == (
        '<mark class="quote" id="quote">设河长<mark class="exact">3名</mark>，'
        '由<mark class="exact">王某、李某</mark>担任。</mark>'
    )
    assert texts(soup, "mark.also") == [SIGNED]
    assert texts(opened(1, cited, *spans), "mark.exact") == ["2021年5月"]
    assert texts(soup, ".text p") == ARTICLE.text.split("\n")[1:]


def test_only_the_opened_citations_exact_words_are_marked_where_quotes_overlap() -> None:
    cited = [cite(f"{SIGNED}\n{POSTED}", 1), cite(POSTED, 2)]
    spans = [exact(cited[0], "2021年5月"), exact(cited[1], "3名")]
    assert texts(opened(1, cited, *spans), "mark.exact") == ["2021年5月"]
    assert texts(opened(2, cited, *spans), "mark.exact") == ["3名"]


def test_exact_words_of_two_lines_that_rest_on_one_quote() -> None:
    cited = cite(POSTED, 1)
    spans = [exact(cited, "李某担任"), exact(cited, "王某、李某"), exact(cited, "王某、李某")]
    soup = opened(1, [cited], *spans)
    assert "".join(texts(soup, "mark.exact")) == "王某、李某担任"
    assert texts(soup, "mark.quote") == [POSTED]


def test_exact_words_from_the_title_into_the_text() -> None:
    cited = cite(HEADED, 1)
    soup = opened(1, [cited], exact(cited, "来历\n柳河"))
    assert texts(soup, "h2 mark.quote, .text mark.quote") == ["柳河来历", "柳河长9公里"]
    assert texts(soup, "h2 mark.exact") == ["来历"]
    assert texts(soup, ".text mark.exact") == ["柳河"]


def test_a_quote_over_two_lines_is_one_line_of_the_answer() -> None:
    cited, text = cite(HEADED, 1), "柳河来历 柳河长9公里[1]"
    given = answer(text, [cited], span(text, "来历 柳河", cited, in_article="来历\n柳河"))
    assert body(given) == "<p>柳河<B>来历 柳河</B>长9<T>公里[1]</T></p>"


def test_markup_in_exact_words_stays_text_in_the_article() -> None:
    cited = cite(HOSTILE, 1)
    soup = opened(1, [cited], exact(cited, "<b>&9"))
    assert texts(soup, "mark.exact") == ["<b>&9"]
    assert texts(soup, "mark.quote") == [HOSTILE]
    assert soup.select("b") == []


def test_exact_words_of_an_article_that_changed_or_is_gone() -> None:
    cited = cite(POSTED, 1)
    spans = [exact(cited, "王某、李某")]
    moved = replace(ARTICLE, text=ARTICLE.text.replace("甲村", "东甲村"))
    assert texts(opened(1, [cited], *spans, shown=moved), ".text mark.exact") == ["王某、李某"]
    rewritten = replace(ARTICLE, text=ARTICLE.text.replace("担任", "兼任"))
    soup = opened(1, [cited], *spans, shown=rewritten)
    assert (texts(soup, "blockquote mark.exact"), texts(soup, ".text mark")) == (["王某、李某"], [])
    gone = render_article.lost_article(cite(HEADED, 1), 0, [exact(cite(HEADED, 1), "柳河长")])
    assert texts(BeautifulSoup(gone, "html.parser"), "blockquote mark.exact") == ["柳河长"]


class OneArticle(OverArticles):
    """An index of one article, or of none."""

    def ask(self, question: str, history: Sequence[str] = (), within: Sequence[str] = ()) -> Answer:
        raise AssertionError("only what was cited is opened")


@pytest.mark.parametrize("answerer", [OneArticle(ARTICLE), OneArticle()], ids=["there", "gone"])
def test_a_marker_opens_the_exact_words_of_its_own_turn(answerer: OneArticle) -> None:
    cited, text = cite(SIGNED, 1), f"{SIGNED}[1]"
    when = Turn("何时", answer(text, [cited], span(text, "2021年5月", cited)))
    which = Turn("何村", answer(text, [cited], span(text, "乙村", cited)))
    panes = [reading.open_citation(answerer, (when, which), turn, 1) for turn in (0, 1)]
    assert [texts(BeautifulSoup(pane, "html.parser"), "mark.exact") for pane in panes] == [["2021年5月"], ["乙村"]]


def test_runs_join_to_the_text_whatever_the_spans() -> None:
    assert runs("甲乙丙", [], begins=5) == (Run("甲乙丙", False),)
    assert runs("", [Span(0, 3)]) == ()
    assert runs("甲乙丙", [Span(7, 9), Span(0, 6)], begins=5) == (Run("甲", True), Run("乙", False), Run("丙", True))
    assert runs("甲乙丙", [Span(8, 9), Span(2, 5)], begins=5) == (Run("甲乙丙", False),)
    assert runs("甲乙丙", [Span(0, 2), Span(1, 3)]) == (Run("甲乙", True), Run("丙", True))
