"""Figures that a reply works out itself: done again from those that the articles state, or struck."""

import pytest

from embeddings.types import Span
from qa.checking.computed import Term, compute
from qa.checking.sources import Source
from qa.checking.verification import Verifier
from qa.claims.quantities import quantities
from qa.replies.reply import Claimed
from tests.found import index_of, written


def terms_of(*clauses):
    return [Term(q, c[q.start : q.end], c) for c in clauses for q in quantities(c) if not q.is_year]


@pytest.mark.parametrize(
    ("clauses", "said", "shown"),
    [
        (["2024年456人", "2023年428人"], "28人", "456人－428人＝28人"),
        (["甲1200元", "乙800元"], "2000元", "1200元＋800元＝2000元"),
        (["一季3个", "二季4个", "三季5个"], "12个", "3个＋4个＋5个＝12个"),
        (["上年428人", "今年456人"], "6.5%", "（456人－428人）÷428人×100%≈6.5%"),
        (["查了35起", "其中罚7起"], "20%", "7起÷35起×100%≈20%"),
        (["4.5亿元", "3.2亿元"], "1.3亿元", "4.5亿元－3.2亿元＝1.3亿元"),
        (["甲98.2%", "乙96.1%"], "2.1个百分点", "98.2%－96.1%＝2.1个百分点"),
        (["甲300个", "乙100个"], "3倍", "300个÷100个≈3倍"),
    ],
)
def test_how_a_figure_comes_out(clauses, said, shown):
    found = compute(quantities(said)[0], terms_of(*clauses))
    assert found is not None
    assert found.text == shown


@pytest.mark.parametrize(
    ("clauses", "said"),
    [
        (["2024年456人", "2023年428人"], "29人"),
        (["上年428人", "今年456人"], "8%"),
        (["甲30元", "乙20个"], "50元"),
        (["甲30元"], "60元"),
    ],
    ids=["wrong difference", "wrong change", "other units", "one term"],
)
def test_what_does_not_come_out(clauses, said):
    assert compute(quantities(said)[0], terms_of(*clauses)) is None


SCHOOL = written("school", "2023年过线428人。2024年过线456人，其中文科101人。校舍从40间增加到85间。", title="宁国中学")
TOWN = written("town", "甲镇每人补1200元。乙镇每人补800元。", title="两镇补贴")


@pytest.fixture
def verifier(tmp_path):
    retriever = index_of(tmp_path / "index", SCHOOL, TOWN, watched="学镇")
    return Verifier(retriever, "宁国中学过线多少人，比上年多几个")


def checked(verifier, *sentences):
    """The verdict on the last of a reply's sentences."""
    sources = [Source(n, one, Span(one.body_start, len(one.text))) for n, one in enumerate((SCHOOL, TOWN), 1)]
    return [verifier.check(Claimed(text, (), 0, True), sources) for text in sentences][-1]


def quotes(verdict):
    return [one.article.text[one.span.start : one.span.end] for one in verdict.spans]


def test_a_difference_within_a_sentence_cites_both_terms(verifier):
    verdict = checked(verifier, "2024年过线456人，2023年过线428人，增加28人。")
    assert verdict.computed == "456人－428人＝28人"
    assert quotes(verdict) == ["2023年过线428人。2024年过线456人，其中文科101人。"]


def test_a_difference_of_two_sentences_before_it_cites_what_bore_them_out(verifier):
    verdict = checked(verifier, "甲镇每人补1200元。", "乙镇每人补800元。", "甲镇比乙镇多400元。")
    assert verdict.computed == "1200元－800元＝400元"
    assert quotes(verdict) == ["甲镇每人补1200元。", "乙镇每人补800元。"]


@pytest.mark.parametrize(
    "sentences",
    [
        ["2024年过线456人，2023年过线428人，减少28人。"],
        ["2024年过线456人，2023年过线428人，增加29人。"],
        ["甲镇每人补1200元。", "乙镇每人补800元。", "乙镇比甲镇多400元。"],
        ["甲镇每人补1200元。", "乙镇每人补800元。", "甲镇比丙镇多400元。"],
        ["增加28人。"],
    ],
    ids=["wrong way", "wrong figure", "wrong side", "another side", "no terms"],
)
def test_what_can_not_be_worked_out_again_is_struck(verifier, sentences):
    assert checked(verifier, *sentences).spans == ()
