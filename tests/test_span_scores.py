"""How a marked answer is compared with the gold ones."""

import pytest

from benchmarks.measuring.span_scores import exact_match, f1, tokens


def test_tokens_are_chinese_characters_and_runs_of_letters_and_digits():
    assert tokens("《GB 3838》于2002年发布。") == ["gb", "3838", "于", "2002", "年", "发", "布"]


@pytest.mark.parametrize(
    ("said", "gold", "score"),
    [
        ("1996年3月", ["1996年3月"], 1.0),
        ("1996年3月", ["1997年", "1996年"], 2 * 2 / (4 + 2)),
        # The longest run that both share is 省林业 of five and four characters.
        ("甲省林业局", ["省林业厅"], 2 * 3 / (5 + 4)),
        ("没有", ["有没"], 2 * 1 / (2 + 2)),
        ("甲", ["乙"], 0.0),
        ("", ["乙"], 0.0),
    ],
)
def test_f1_counts_the_longest_common_run(said, gold, score):
    assert f1(said, gold) == pytest.approx(score)


def test_an_exact_match_is_one_but_for_punctuation_and_case():
    assert exact_match("“gb3838”。", ["GB3838"])
    assert not exact_match("gb3838标准", ["GB3838"])
