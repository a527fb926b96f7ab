"""Questions and texts as tokens: places in the text are found again."""

import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers

from embeddings.network.texts import special_id
from qa.reading.tokens import Asking, encode_pairs, means, pad

WORDS = ("<s>", "<pad>", "</s>", "<unk>", "多", "高", "塔", "高2", "1", "米", "。", "灯")
HIGH = Asking("多高")


@pytest.fixture(scope="module")
def tokenizer():
    """Unigrams with scores by length: 高2 is one piece."""
    pieces = [(word, -10.0 / len(word)) for word in WORDS]
    made = Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False))
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return made


def said(pair):
    return [WORDS[i] for i in pair.ids]


def test_a_pair_is_question_and_text_between_marks(tokenizer):
    (pair,) = encode_pairs(tokenizer, [(HIGH, "灯塔高21米。")], longest=50)
    assert said(pair) == [*("<s>", "多", "高", "</s>", "</s>", "灯", "塔", "高2", "1", "米", "。", "</s>")]
    assert pair.first == 5
    assert pair.offsets == ((0, 1), (1, 2), (2, 4), (4, 5), (5, 6), (6, 7))


def test_questions_before_a_follow_up_stand_before_it(tokenizer):
    (pair,) = encode_pairs(tokenizer, [(Asking("多高", ("灯塔", "塔")), "米。")], longest=50)
    assert said(pair) == [
        *("<s>", "灯", "塔", "</s>", "塔", "</s>", "多", "高", "</s>", "</s>", "米", "。", "</s>"),
    ]
    assert pair.tokens_of(0, 1) == (10, 10)


def test_long_questions_are_cut_and_leave_room_for_the_text(tokenizer):
    asking = Asking("高" * 100, ("塔" * 100,))
    (pair,) = encode_pairs(tokenizer, [(asking, "灯塔")], longest=512)
    assert [said(pair).count(word) for word in ("塔", "高")] == [32 + 1, 64]
    assert pair.tokens_of(0, 2) == (pair.first, pair.first + 1)


def test_characters_are_found_as_the_tokens_that_hold_them(tokenizer):
    (pair,) = encode_pairs(tokenizer, [(HIGH, "灯塔高21米。")], longest=50)
    assert pair.tokens_of(3, 6) == (7, 9)
    assert pair.tokens_of(0, 1) == (5, 5)


def test_what_was_cut_off_is_not_found(tokenizer):
    (pair,) = encode_pairs(tokenizer, [(HIGH, "灯塔高21米。")], longest=8)
    assert said(pair) == ["<s>", "多", "高", "</s>", "</s>", "灯", "塔", "</s>"]
    assert pair.tokens_of(3, 6) is None


@pytest.mark.parametrize("text", ["", "灯塔"])
def test_a_text_without_room_or_without_characters_holds_nothing(tokenizer, text):
    (pair,) = encode_pairs(tokenizer, [(HIGH, text)], longest=6 if text else 50)
    assert pair.tokens_of(0, 1) is None


def test_batches_are_padded_to_a_multiple_and_the_padding_is_masked(tokenizer):
    pairs = encode_pairs(tokenizer, [(HIGH, "灯塔。"), (Asking("高"), "塔。")], longest=50)
    batch = pad(pairs, special_id(tokenizer, "<pad>"), multiple=8)
    assert batch.ids.shape == (2, 16)
    assert batch.ids[1].tolist() == [*pairs[1].ids, *[1] * (16 - len(pairs[1].ids))]
    assert batch.mask.sum(dim=1).tolist() == [9, 7]


def test_a_unit_has_the_mean_of_its_tokens():
    values = torch.tensor([[1.0, 2.0, 3.0, 4.0], [0.0, -2.0, 6.0, 8.0]])
    assert means(values, [[(0, 1), (3, 3)], [(1, 3)]]).tolist() == [1.5, 4.0, 4.0]
    assert means(values, [[], [(0, 0)]]).tolist() == [0.0]


def test_a_tokenizer_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="<pad>"):
        special_id(Tokenizer(models.Unigram([("<unk>", 0.0)], unk_id=0, byte_fallback=False)), "<pad>")
