"""Figures of outcomes written by hand."""

import pytest

from qa.evaluation.figures import FirstRight, Outcome, figures_by_source, is_right
from qa.evaluation.formats import Asked
from qa.types import Answer, Timings

UNFOUND = FirstRight(None, None, None)


def outcome(source, gold, text, *, ranks=UNFOUND, cited=()):
    """`gold` empty: the question has no answer; `text` empty: it was refused."""
    asked = Asked("id", "问", (), tuple((said,) for said in gold), (), answerable=bool(gold), source=source)
    answer = Answer(
        question="问",
        standalone="问",
        text=text or "语料中没有找到。",
        citations=(),
        nearest=(),
        abstained=not text,
        reason="",
        confidence=0.5,
        mode="extractive",
        timings=Timings(0.1, 0.1, 0.2),
    )
    return Outcome(asked, answer, ranks, cited)


def test_each_source_has_its_own_figures():
    by_source = figures_by_source(
        [
            outcome("drcd", ["三次"], "去三次。[1]", ranks=FirstRight(1, 2, 1), cited=(True,)),
            outcome("cail", ["3次"], "去13次，留一天。[1]", ranks=FirstRight(6, None, 8), cited=(False,)),
            outcome("drcd", ["五人", "两船"], "五人乘车到。[1]", ranks=FirstRight(None, 5, 4), cited=(True,)),
            outcome("cail", [], ""),
            outcome("cail", [], "十年。[1]", cited=(False,)),
        ]
    )
    assert list(by_source) == ["drcd", "cail"]
    drcd, cail = by_source["drcd"], by_source["cail"]
    assert (drcd.questions, drcd.answerable, drcd.refused) == (2, 2, 0)
    assert (drcd.fused.recall_at_1, drcd.fused.recall_at_5, drcd.fused.mrr_at_10) == (1 / 2, 1, (1 + 1 / 4) / 2)
    assert (drcd.dense.recall_at_10, drcd.lexical.mrr_at_10) == (1 / 2, pytest.approx((1 / 2 + 1 / 5) / 2))
    assert (drcd.answer_accuracy, drcd.citation_precision, drcd.refusal_recall) == (1 / 2, 1, None)
    assert drcd.median_answer_length == (len("去三次。") + len("五人乘车到。")) / 2
    assert (cail.questions, cail.answerable, cail.refused) == (3, 1, 1)
    assert (cail.fused.recall_at_5, cail.fused.recall_at_10, cail.lexical.mrr_at_10) == (0, 1, 0)
    assert (cail.answer_accuracy, cail.citation_precision) == (0, 0)
    assert (cail.refusal_precision, cail.refusal_recall) == (1, 1 / 2)


def test_one_source_is_the_total():
    assert figures_by_source([outcome("drcd", ["三次"], "三次。"), outcome("drcd", [], "")]) == {}
    assert figures_by_source([]) == {}


def test_an_answer_is_right_if_it_says_all_that_is_asked_and_anything_is():
    assert is_right(outcome("", ["三次", "五人"], "五人去三次。[1]"))
    assert not is_right(outcome("", ["三次", "五人"], "去三次。[1]"))
    assert not is_right(outcome("", ["没有找到"], ""))
    assert not is_right(outcome("", [], "去三次。[1]"))
    # What stands in a marker is not said.
    assert not is_right(outcome("", ["1"], "去三次。[1]"))
