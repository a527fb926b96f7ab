"""The whole path with a small real language model: its words, held to the corpus."""

import re

import pytest

from qa.generation.writer import Writer
from qa.llm.model import Limits
from qa.providers.providers import BASE_URL, language_model
from tests.llm.faults import passing

pytestmark = pytest.mark.llm
SHORT = Limits(seconds=240, silence=200, prompt_tokens=1100)
"""Few passages, so that a small machine reads them in time."""

FINE = "港务局查处违规作业罚款多少"


@pytest.fixture
def worded(written, llm_server, monkeypatch):
    """The written articles, answered by the real model."""
    model = language_model("llamacpp:test", SHORT, {BASE_URL: llm_server})
    monkeypatch.setattr(written, "_writer", Writer(model))
    monkeypatch.setattr(written, "_log_unanswered", False)
    return written


def check_every_shown_sentence(answer, answerer):
    """Each cites characters that stand where it says, and its figures stand in them or on the article's page."""
    by_number = {citation.number: citation for citation in answer.citations}
    for sentence in answer.sentences:
        if sentence.support == "unsupported":
            assert sentence.text not in answer.text
            continue
        quotes = []
        for number in sentence.numbers:
            citation = by_number[number]
            assert answerer.article(citation.article_id).text[citation.start : citation.end] == citation.quote
            quotes.append(citation.quote)
        for figure in re.findall(r"\d+(?:\.\d+)?", sentence.text):
            assert figure in "".join(quotes) or figure in answer.standalone


def test_a_fact_is_answered_with_its_figure_and_the_sentence_it_stands_in(worded):
    *growing, answer = worded.stream(FINE)
    assert growing
    assert "12.6万元" in answer.text
    assert "罚款12.6万元" in "".join(citation.quote for citation in answer.citations)
    check_every_shown_sentence(answer, worded)


def test_a_list_is_complete_whatever_the_model_leaves_out(worded):
    answer = worded.ask("岛城图书馆的五个专区是哪些")
    assert [name for name in ("少儿", "盲文", "古籍", "渔民", "安静") if name in answer.text] == [
        "少儿",
        "盲文",
        "古籍",
        "渔民",
        "安静",
    ]
    check_every_shown_sentence(answer, worded)


def test_a_real_reply_that_is_cut_off_is_replaced(written, proxy_before_llm, monkeypatch):
    proxy_before_llm.plan(passing(cut_after=8))
    model = language_model("llamacpp:test", SHORT, {BASE_URL: proxy_before_llm.base_url})
    monkeypatch.setattr(written, "_writer", Writer(model))
    answer = written.ask(FINE)
    assert answer.text == written.without_llm().ask(FINE).text
    assert answer.note
