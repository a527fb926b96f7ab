"""A citation of words that were recognised in a picture says so, with the page, wherever it is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from embeddings.types import Article, Outline, RecognisedSpan, Span
from qa.composing.citations import cite
from qa.integrations import langchain_chain
from qa.json_form import about_json, answer_json
from qa.recognised import notice_of
from qa.types import Citation
from tests.conversations import FINES, answer, refusal
from ui.answer import conversation as render
from ui.answer.plain import with_sources
from ui.article import article as render_article
from ui.article.cards import cards
from ui.asking.stored import turns_from_json, turns_to_json
from ui.commands.terminal import print_answer
from ui.takeaway.references import note
from ui.types import Turn

ZH, EN = "第 3 页，文字由图片识别，请核对原件", "page 3, recognised from a picture; check the original"
SCANNED = replace(FINES, recognised_page=3)
ARTICLE = Article(
    id="harbour",
    title="港城记",
    text="港城记\n全年查处35起。\n罚款12.6万元。\n一是巡查队。",
    path="harbour.pdf",
    body_start=4,
    recognised=(RecognisedSpan(13, 22, 3), RecognisedSpan(23, 29, 4)),
    unread="第 9 页是图片，没有读。",
)


def shown(citation: Citation) -> tuple[str, ...]:
    """An answer with this citation in every form that it is shown in."""
    given = answer("罚款多少？", f"{citation.quote}[1]", citation)
    turn = Turn("罚款多少？", given)
    unanswered = Turn("票价多少？", refusal("票价多少？", "没有提到。", citation))
    return (
        render.conversation([turn]),
        render.conversation([unanswered]),
        cards(turn, 0),
        render_article.article(ARTICLE, 0, 1, [citation], (), Outline(())),
        render_article.lost_article(citation, 0),
    )


def test_a_citation_has_the_page_that_its_words_were_recognised_on() -> None:
    assert ARTICLE.text[13:22] == "罚款12.6万元。"
    spans = (Span(4, 12), Span(13, 22), Span(23, 29), Span(4, 22))
    assert [cite(ARTICLE, span, 1, "s").recognised_page for span in spans] == [0, 3, 4, 3]


def test_the_page_says_so_in_both_languages_wherever_the_words_stand() -> None:
    for html in shown(SCANNED):
        assert (ZH in html, EN in html) == (True, True)
    for html in shown(FINES):
        assert "由图片识别，请核对原件" not in html.replace("第 3–4 页，文字由图片识别，请核对原件", "")


def test_the_article_says_which_pages_were_recognised_and_what_was_not_read() -> None:
    html = render_article.article(ARTICLE)
    assert "第 3–4 页，文字由图片识别，请核对原件" in html
    assert "第 9 页是图片，没有读。" in html
    assert "由图片识别" not in render_article.article(replace(ARTICLE, recognised=(), unread=""))


def test_texts_say_so_behind_the_words(capsys: pytest.CaptureFixture[str]) -> None:
    given = answer("罚款多少？", f"{FINES.quote}[1]", SCANNED)
    print_answer(given)
    said = (capsys.readouterr().out, with_sources(given), note(SCANNED), langchain_chain._as_text(given))
    assert [ZH in text and text.index(ZH) > text.rindex(FINES.quote) for text in said] == [True] * 4
    plain = answer("罚款多少？", f"{FINES.quote}[1]", FINES)
    print_answer(plain)
    said = (capsys.readouterr().out, with_sources(plain), note(FINES), langchain_chain._as_text(plain))
    assert [text for text in said if "识别" in text] == []


def test_the_json_form_has_page_and_notice() -> None:
    def told(citation: Citation) -> object:
        return answer_json(answer("罚款多少？", f"{FINES.quote}[1]", citation))["citations"][0]["recognised"]

    assert told(SCANNED) == {"page": 3, "notice": f"{ZH} / {EN}"}
    assert told(FINES) is None
    assert list(about_json(ARTICLE)["recognised"]) == [
        {"start": 13, "end": 22, "page": 3},
        {"start": 23, "end": 29, "page": 4},
    ]


def test_a_conversation_kept_in_the_browser_keeps_it() -> None:
    turns = (Turn("罚款多少？", answer("罚款多少？", f"{FINES.quote}[1]", SCANNED)),)
    stored = turns_to_json(turns)
    assert turns_from_json(stored) == turns
    del stored[0]["answer"]["citations"][0]["recognised_page"]
    (older,) = turns_from_json(stored)
    assert older.answer is not None
    assert older.answer.citations[0].recognised_page == 0
    stored[0]["answer"]["citations"][0]["recognised_page"] = -1
    with pytest.raises(ValueError, match="below 0"):
        turns_from_json(stored)


def test_pages_that_follow_each_other_are_a_range() -> None:
    several = notice_of([0, 7, 1, 2, 3, 3])
    assert several is not None
    assert several.zh.startswith("第 1–3、7 页")
    assert several.en.startswith("pages 1–3, 7, ")
    assert notice_of([0, 0]) is None
