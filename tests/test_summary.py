"""Summaries by a language model: whole articles, section by section where they are long, each sentence held to them."""

import pytest

from qa.generation.summary import asks_for_summary
from qa.llm.model import Limits
from tests.scripted_model import ScriptedModel


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("把港城的做法写成三句话", True),
        ("这几篇都讲了什么", True),
        ("总结一下岛上的图书馆", True),
        ("请概括山谷县怎样种树", True),
        ("宁国教体局2024年那份总结是谁写的", False),
        ("总结会什么时候开", False),
        ("港务局查处违规作业罚款多少", False),
    ],
)
def test_what_asks_for_a_summary(text, asks):
    assert asks_for_summary(text) is asks


@pytest.fixture
def summed_up(written, monkeypatch):
    def ask(model, question, within):
        from qa.generation.writer import Writer

        monkeypatch.setattr(written, "_writer", Writer(model))
        monkeypatch.setattr(written, "_log_unanswered", False)
        return list(written.stream(question, (), within))[-1]

    return ask


def ids_of(written, *names):
    return [head.id for head in written.heads() if any(name in head.id for name in names)]


def test_a_short_article_is_sent_as_a_whole_and_what_it_does_not_say_is_struck(summed_up, written):
    model = ScriptedModel("种树的办法有四条，一是选本地树种[1]。全县种树9900亩[1]。")
    answer = summed_up(model, "把这篇概括一下", ids_of(written, "valley"))
    (sent,) = model.sent
    assert "死一棵补一棵" in sent
    assert "罚款3000元" in sent
    assert answer.text.startswith("种树的办法有四条，一是选本地树种。[1]")
    assert "9900" not in answer.text
    assert {citation.article_id for citation in answer.citations} == set(ids_of(written, "valley"))


def test_several_articles_are_summed_up_one_after_the_other(summed_up, written):
    model = ScriptedModel("港务局全年罚款12.6万元[1]。", "盲文书有1200册[1]。", "成活率93%[1]。")
    answer = summed_up(model, "这几篇都讲了什么", ids_of(written, "harbour", "valley", "library"))
    assert len(model.sent) == 3
    order = [citation.article_id for citation in answer.citations]
    assert order == sorted(order, key=[*dict.fromkeys(order)].index)
    assert len(set(order)) == 3


def test_a_long_article_is_summed_up_section_by_section(summed_up, written):
    replies = [f"第{n}部分没有说。" for n in range(12)]
    model = ScriptedModel(*replies, limits=Limits(prompt_tokens=900))
    summed_up(model, "总结一下岛上的图书馆", ids_of(written, "library"))
    sections = ("少儿专区", "盲文专区", "古籍专区", "渔民专区", "安静专区")
    assert len(model.sent) > 1
    shown = ["".join(section for section in sections if f"{section}\n" in sent) for sent in model.sent]
    assert "".join(shown) == "".join(sections)
