"""How an answer came about, and what to ask next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import qa
from qa.judging.tracing import trace
from qa.reading.passages import read_passages
from qa.understanding.question import understand
from tests.found import LookedUp, index_of, written


def test_the_trace_shows_the_passages_as_retrieved(sample: qa.Answerer) -> None:
    question = "咸宁的五项制度有哪些"
    answer = sample.ask(question)
    assert answer.trace
    assert answer.trace.kind == "list"
    hits = sample.retriever.retrieve(question, 20)
    assert [(p.article_id, p.start) for p in answer.trace.passages] == [
        (h.passage.article_id, h.passage.start) for h in hits
    ]
    scores = [passage.score for passage in answer.trace.passages]
    assert scores == sorted(scores, reverse=True)
    best = answer.trace.passages[0]
    assert (best.dense_rank, best.lexical_rank) == (hits[0].dense_rank, hits[0].lexical_rank)
    cited = {(c.article_id, c.start) for c in answer.citations}
    for passage in answer.trace.passages:
        inside = any(a == passage.article_id and passage.start <= start < passage.end for a, start in cited)
        assert passage.cited or not inside


def test_of_several_excerpts_of_a_passage_the_best_counts(tmp_path: Path) -> None:
    rows = "\n".join(f"第{n}组\t{n}起\t{n}万元" for n in range(1, 41))
    table = written("table", f"单位\t处罚起数\t罚款\n{rows}")
    retriever = index_of(tmp_path, table, written("tower", "灯塔高21米。"))
    hits = retriever.retrieve("罚款多少", 20)
    corpus = retriever.snapshot.corpus
    read = read_passages("罚款多少", (), hits[:-1], corpus, LookedUp(**{"第2组": -2.0, "第40组": 0.0}))
    made = trace(understand("罚款多少"), hits, read, (), corpus)
    # The last passage was retrieved and not read.
    assert made.passages[-1].read is None
    assert max(passage.read for passage in made.passages if passage.read is not None) == 0.5
    assert not any(passage.cited for passage in made.passages)


def test_suggestions_are_the_outline_s_other_names(sample: qa.Answerer) -> None:
    asked = sample.ask("泰安的四大课堂是什么")
    names = [suggestion for suggestion in asked.suggestions if "是什么" in suggestion]
    assert names
    assert not any("四大课堂" in name for name in names)


@pytest.mark.parametrize("question", ["泰安的12345工作法是什么", "青海的五个坚持是什么", "咸宁的五项制度有哪些"])
def test_every_suggestion_is_answered_from_the_same_article(sample: qa.Answerer, question: str) -> None:
    answer = sample.ask(question)
    assert 1 <= len(answer.suggestions) <= 3
    assert question not in answer.suggestions
    for suggestion in answer.suggestions:
        follow_up = sample.ask(suggestion)
        assert not follow_up.abstained, suggestion
        assert _articles(follow_up.citations) == _articles(answer.citations[:1]), suggestion


def _articles(citations: Sequence[qa.Citation]) -> set[str]:
    return {citation.article_id for citation in citations}


def test_a_refusal_suggests_nothing(sample: qa.Answerer) -> None:
    assert sample.ask("火星上有几座发电厂").suggestions == ()
