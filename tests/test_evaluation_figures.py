"""Figures of outcomes written by hand."""

import pytest

from qa.evaluation.figures import FirstRight, Outcome, figures_by_source, figures_of, is_right
from qa.evaluation.formats import Asked
from qa.evaluation.worth import WORTH
from qa.types import TENTATIVE, Answer, Timings

UNFOUND = FirstRight(None, None, None)


def outcome(source, gold, text, *, ranks=UNFOUND, cited=(), tentative=False):
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
        tentative=tentative,
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


def unsure(gold, text):
    return outcome("", gold, f"{TENTATIVE}\n{text}", tentative=True)


def test_unsure_answers_are_counted_apart_and_weigh_less():
    outcomes = [
        *[outcome("", ["三次"], "去三次。[1]")] * 3,
        outcome("", ["三次"], "去两次。[1]"),
        *[outcome("", ["三次"], "")] * 2,
        *[unsure(["三次"], "去三次。[1]")] * 2,
        unsure(["三次"], "去两次。[1]"),
        outcome("", [], ""),
        unsure([], "去两次。[1]"),
        outcome("", [], "去两次。[1]"),
    ]
    figures = figures_of(outcomes)
    assert (figures.questions, figures.answerable, figures.refused, figures.tentative) == (12, 9, 3, 4)
    assert figures.verdicts == {
        "right": 3,
        "right, unsure": 2,
        "silent": 2,
        "wrong, unsure": 1,
        "wrong": 1,
        "none: silent": 1,
        "none: unsure": 1,
        "none: answered": 1,
    }
    assert list(figures.verdicts) == list(WORTH)
    assert figures.answer_accuracy == 5 / 9
    assert figures.worth == pytest.approx((3 * 1 + 2 * 0.6 - 0.2 - 1 + 1 + 0.4 - 1) / 12)
    assert figures_of([]).worth is None


def test_the_line_that_an_answer_is_unsure_answers_nothing():
    assert not is_right(unsure(["没有直接这样说"], "去两次。[1]"))
    assert figures_of([unsure(["两次"], "去两次。[1]")]).median_answer_length == len("去两次。")


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
