"""What the reader is trained on: the pairs that are drawn, and what the vocabulary keeps."""

import random

import pytest
from tokenizers import Tokenizer, models

from embeddings.types import Span
from material import examples
from material.examples import Pair
from qa.reading.tokens import Asking
from tests.tiny_models import character_tokenizer
from tests.training_pool import LETTERS, LIGHTHOUSE, drawn, pool_of, read_items
from training.sampling import encoded
from training.vocabulary import cut_vocabulary


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    return read_items(tmp_path_factory.mktemp("reading"))


def test_examples_are_read_folded_with_the_places_of_their_answers(read):
    assert [e.question for e in read] == ["灯塔建于哪一年", "灯塔有多高?", "1954年灯塔改用了什么", "灯塔的门票多少钱"]
    assert [e.context[s.start : s.end] for e in read for s in e.answers] == ["1907年", "21米", "电灯"]


def test_an_answer_pair_holds_its_answer_and_stays_short(read):
    for seed in range(20):
        pair = examples.answer_pair(read[1], 40, random.Random(seed))
        (answer,) = pair.answers
        assert pair.text[answer.start : answer.end] == "21米"
        (sentence,) = pair.belongs
        said = pair.units[sentence]
        assert pair.text[said.start : said.end] == "灯塔高21米,由三名守塔人看护。"
        assert "灯塔高21米,由三名守塔人看护。" in pair.text
        assert len(pair.text) <= 40 + len("北岬灯塔建于1907年\n")


def test_a_pair_from_elsewhere_or_with_the_answer_removed_does_not_hold_it(read):
    for seed in range(20):
        elsewhere = examples.elsewhere_pair(read[1], 60, random.Random(seed))
        removed = examples.removed_pair(read[1], 200, random.Random(seed))
        assert (elsewhere.answers, removed.answers, elsewhere.belongs) == ((), (), frozenset())
        assert "21米" not in elsewhere.text + removed.text
    assert removed.text.startswith("北岬灯塔建于1907年,用红砖砌成。1954年")


def test_an_altered_question_names_a_year_that_the_text_does_not(read):
    pair = examples.altered_pair(read[2], 200, random.Random(3))
    year = pair.asking.question[:4]
    assert pair.asking.question == f"{year}年灯塔改用了什么?"
    assert year not in LIGHTHOUSE
    assert (pair.answers, pair.text) == ((), read[2].context)
    assert examples.altered_pair(read[1], 200, random.Random(3)) is None


def test_a_retrieved_passage_that_may_hold_the_answer_teaches_nothing(read):
    assert examples.retrieved_pair(read[1], "南岬灯塔高21米。") is None
    assert examples.retrieved_pair(read[1], "南岬灯塔高18米。").belongs == frozenset()


def test_the_cut_vocabulary_knows_the_texts_and_cuts_no_number_out_of_a_piece():
    pieces = ["<s>", "<pad>", "</s>", "<unk>", *"2024年县签约8.5亿元abz, ", "年20", "签约", "签约8", "亿元", "xyz"]
    full = Tokenizer(models.Unigram([(p, -10.0 / len(p)) for p in pieces], unk_id=3, byte_fallback=False))
    full = Tokenizer.from_str(full.to_str())
    text = "蕲县2024年签约8.5亿元"
    cut = cut_vocabulary(full, [text, "签约亿元"], least=1)
    assert full.token_to_id("<unk>") in full.encode(text, add_special_tokens=False).ids
    assert cut.tokenizer.token_to_id("<unk>") not in cut.tokenizer.encode(text, add_special_tokens=False).ids
    assert cut.tokenizer.encode(text, add_special_tokens=False).tokens[6:] == ["年", "签约", "8", ".", "5", "亿", "元"]
    kept = cut.tokenizer.get_vocab()
    assert {"蕲", "签约", "a"} <= kept.keys()
    assert kept.keys().isdisjoint({"xyz", "签约8", "年20", "亿元"})
    assert cut.added >= 1
    assert [pieces[row] for row in cut.rows[:4]] == ["<s>", "<pad>", "</s>", "<unk>"]


def test_pairs_as_tokens_point_at_their_answers_and_sentences():
    text, units = "灯高。站长是周海生。", (Span(0, 3), Span(3, 10))
    pair = Pair(Asking("谁?"), text, units, frozenset({1}), (Span(6, 9),))
    (coded,) = encoded([pair], character_tokenizer(LETTERS))
    first = coded.tokens.first
    assert (coded.answers, coded.belongs) == (True, (False, True))
    assert (coded.starts, coded.ends) == ((first + 6,), (first + 8,))
    assert coded.units == ((first, first + 2), (first + 3, first + 9))


def test_what_is_cut_off_teaches_nothing():
    long = "塔" * 500
    text, tail = f"{long}。站长。", Span(501, 504)
    tokenizer = character_tokenizer(LETTERS)
    answers_behind = Pair(Asking("谁?"), text, (Span(0, 501), tail), frozenset({1}), (Span(501, 503),))
    silent = Pair(Asking("谁?"), f"站长。{long}", (Span(0, 3), Span(3, 503)))
    lost, kept = encoded([answers_behind, silent], tokenizer)
    assert lost is None
    assert (kept.starts, kept.ends, kept.belongs) == ((0,), (0,), (False,))


def test_the_same_seed_draws_the_same_batches_from_any_place_on(read):
    tokenizer = character_tokenizer(LETTERS)
    pool = pool_of(read)
    first = drawn(pool, tokenizer, 140)
    assert first == drawn(pool, tokenizer, 140)
    assert drawn(pool, tokenizer, 20, block=first[100].block, place=first[100].place) == first[100:120]
    assert max(batch.block for batch in first) > 0
    pairs = [pair for batch in first for pair in batch.pairs]
    assert 0.4 < sum(pair.answers for pair in pairs) / len(pairs) < 0.9
    said = {tokenizer.decode(p.tokens.ids[p.starts[0] : p.ends[0] + 1]).replace(" ", "") for p in pairs if p.answers}
    assert said == {"1907年", "21米", "电灯", "周海生"}
    assert all((pair.starts, pair.ends) == ((0,), (0,)) for pair in pairs if not pair.answers)
    assert all(len(batch.pairs) * -(-max(len(p.tokens.ids) for p in batch.pairs) // 64) * 64 <= 1024 for batch in first)


def test_of_the_pairs_so_many_are_of_typed_questions(read):
    tokenizer = character_tokenizer(LETTERS)

    def typed(share):
        batch = drawn(pool_of(read, share), tokenizer, 60)
        texts = [tokenizer.decode(p.tokens.ids).replace(" ", "") for b in batch for p in b.pairs]
        return sum("站长是谁" in text for text in texts) / len(texts)

    assert (typed(0.0), typed(1.0)) == (0.0, 1.0)
    assert typed(0.5) == pytest.approx(0.5, abs=0.1)


def test_whole_numbers_of_the_answer_are_pointed_at(read):
    assert read[0].answers == (Span(6, 11),)
