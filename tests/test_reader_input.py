"""Questions and texts as tokens: places in the text are found again."""

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from qa.cross_encoder.tokens import encode_pairs, pad, special_id

WORDS = ("<s>", "<pad>", "</s>", "<unk>", "多", "高", "塔", "高2", "1", "米", "。", "灯")


@pytest.fixture(scope="module")
def tokenizer():
    """Unigrams with scores by length: 高2 is one piece."""
    pieces = [(word, -10.0 / len(word)) for word in WORDS]
    made = Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False))
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return made


def test_a_pair_is_question_and_text_between_marks(tokenizer):
    (pair,) = encode_pairs(tokenizer, [("多高", "灯塔高21米。")], longest=50)
    assert [WORDS[i] for i in pair.ids] == [
        *("<s>", "多", "高", "</s>", "</s>", "灯", "塔", "高2", "1", "米", "。", "</s>")
    ]
    assert pair.first == 5
    assert pair.offsets == ((0, 1), (1, 2), (2, 4), (4, 5), (5, 6), (6, 7))


def test_characters_are_found_as_the_tokens_that_hold_them(tokenizer):
    (pair,) = encode_pairs(tokenizer, [("多高", "灯塔高21米。")], longest=50)
    assert pair.tokens_of(3, 6) == (7, 9)
    assert pair.tokens_of(0, 1) == (5, 5)


def test_what_was_cut_off_is_not_found(tokenizer):
    (pair,) = encode_pairs(tokenizer, [("多高", "灯塔高21米。")], longest=8)
    assert [WORDS[i] for i in pair.ids] == ["<s>", "多", "高", "</s>", "</s>", "灯", "塔", "</s>"]
    assert pair.tokens_of(3, 6) is None


def test_batches_are_padded_to_a_multiple_and_the_padding_is_masked(tokenizer):
    pairs = encode_pairs(tokenizer, [("多高", "灯塔。"), ("高", "塔。")], longest=50)
    batch = pad(pairs, special_id(tokenizer, "<pad>"), multiple=8)
    assert batch.ids.shape == (2, 16)
    assert batch.ids[1].tolist() == [*pairs[1].ids, *[1] * (16 - len(pairs[1].ids))]
    assert batch.mask.sum(dim=1).tolist() == [9, 7]


def test_a_tokenizer_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="<pad>"):
        special_id(Tokenizer(models.Unigram([("<unk>", 0.0)], unk_id=0, byte_fallback=False)), "<pad>")
