"""Asking within one article: nothing of the others is found, cited or counted."""

from __future__ import annotations

import pytest

import qa
from embeddings.errors import UnknownArticleError
from embeddings.snapshot.selection import select


@pytest.fixture(scope="module", params=["sample", "sample_in_milvus"])
def sample(request: pytest.FixtureRequest) -> qa.Answerer:
    answerer: qa.Answerer = request.getfixturevalue(request.param)
    return answerer


def test_the_same_question_is_answered_from_the_article_asked(sample: qa.Answerer) -> None:
    everywhere = sample.ask("哪些文章提到了生态环境")
    assert len({citation.article_id for citation in everywhere.citations}) > 1
    one = everywhere.citations[-1].article_id
    within = sample.ask("哪些文章提到了生态环境", within=[one])
    assert {citation.article_id for citation in within.citations} == {one}


def test_what_an_article_does_not_say_is_refused_by_it(sample: qa.Answerer) -> None:
    answer = sample.ask("泰安的12345工作法是什么")
    cited = answer.citations[0].article_id
    assert sample.ask("泰安的12345工作法是什么", within=[cited]).text == answer.text
    silent = [article.id for article in sample.articles() if "12345" not in article.text]
    assert len(silent) >= 3
    for other in silent:
        asked = sample.ask("泰安的12345工作法是什么", within=[other])
        assert asked.abstained
        assert {passage.article_id for passage in asked.nearest} <= {other}


def test_retrieval_keeps_order_and_numbers(sample: qa.Answerer) -> None:
    whole = sample.retriever.snapshot
    one = sample.articles()[0].id
    narrowed = select(whole, [one])
    own = [n for n in range(whole.dense.size) if whole.corpus.passage(n).article_id == one]
    assert list(narrowed.corpus.numbers_of([one])) == own
    assert narrowed.corpus.count() == (1, len(own))
    vector = whole.dense.vector(own[-1])
    everywhere = [hit for hit in whole.dense.search(vector, whole.dense.size) if hit.passage in own]
    found = narrowed.dense.search(vector, 100)
    assert [hit.passage for hit in found] == [hit.passage for hit in everywhere]
    assert [hit.score for hit in found] == pytest.approx([hit.score for hit in everywhere], abs=1e-5)
    lexical = [hit for hit in whole.lexical.search("生态环境", whole.dense.size) if hit.passage in own]
    assert narrowed.lexical.search("生态环境", 100) == lexical
    assert set(narrowed.lexical.holding(["生"])) == set(whole.lexical.holding(["生"])) & set(own)


def test_articles_outside_are_not_there(sample: qa.Answerer) -> None:
    first, second = (article.id for article in sample.articles()[:2])
    corpus = select(sample.retriever.snapshot, [first]).corpus
    assert [article.id for article in corpus.articles()] == [first]
    assert [head.id for head in corpus.heads()] == [first]
    assert list(corpus.texts()) == [sample.article(first).text[: sample.article(first).body_end]]
    assert corpus.passages(second) == ()
    for read in (corpus.article, corpus.outline):
        with pytest.raises(KeyError):
            read(second)


def test_an_unknown_article_is_named(sample: qa.Answerer) -> None:
    with pytest.raises(UnknownArticleError, match="没有这篇文章：不存在"):
        sample.ask("泰安的12345工作法是什么", within=["不存在"])
