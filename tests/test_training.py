"""The scripts that made the reader: what pairs they draw, what the vocabulary keeps, and that a run can be resumed."""

import json
import lzma
import random

import pytest
import torch
from tokenizers import Tokenizer

from embeddings.encoding import bundled
from embeddings.types import Span
from training import examples, train
from training.sampling import Pool, batches
from training.state import RunFolder
from training.vocabulary import coverage, cut_vocabulary

LIGHTHOUSE = (
    "北岬灯塔建于1907年，用红砖砌成。灯塔高21米，由三名守塔人看护。"
    "1954年，灯塔改用电灯，射程增加到18海里。如今每年有四万名游客登塔，旺季要提前一天预约。"
)
ITEMS = [
    ("a1", "灯塔建于哪一年", ["1907年"], False),
    ("a2", "灯塔有多高？", ["21米"], False),
    ("a3", "1954年灯塔改用了什么", ["电灯"], False),
    ("n1", "灯塔的门票多少钱", [], True),
]


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """The examples as read from a file of the reading data's form."""
    file = tmp_path_factory.mktemp("reading") / "train.jsonl.xz"
    with lzma.open(file, "wt", encoding="utf-8") as lines:
        for number, question, answers, impossible in ITEMS:
            found = [{"text": a, "start": LIGHTHOUSE.index(a)} for a in answers]
            item = {"id": number, "source": "示例", "context": LIGHTHOUSE, "question": question}
            lines.write(json.dumps(item | {"answers": found, "impossible": impossible}, ensure_ascii=False) + "\n")
    return examples.read_examples(file)


@pytest.fixture(scope="module")
def begun(read, tmp_path_factory):
    """A run that has its vocabulary and its first weights."""
    folder = tmp_path_factory.mktemp("run")
    RunFolder(folder).begin([LIGHTHOUSE, *(e.question for e in read)], seed=1)
    return folder


def test_examples_are_read_folded_with_the_places_of_their_answers(read):
    assert [e.question for e in read] == ["灯塔建于哪一年", "灯塔有多高?", "1954年灯塔改用了什么", "灯塔的门票多少钱"]
    assert [e.context[s.start : s.end] for e in read for s in e.answers] == ["1907年", "21米", "电灯"]


def test_an_answer_pair_holds_its_answer_and_stays_short(read):
    for seed in range(20):
        pair = examples.answer_pair(read[1], 40, random.Random(seed))
        assert pair.text[pair.answer.start : pair.answer.end] == "21米"
        assert "灯塔高21米,由三名守塔人看护。" in pair.text
        assert len(pair.text) <= 40 + len("北岬灯塔建于1907年\n")


def test_a_pair_from_elsewhere_or_with_the_answer_removed_does_not_hold_it(read):
    for seed in range(20):
        elsewhere = examples.elsewhere_pair(read[1], 60, random.Random(seed))
        removed = examples.removed_pair(read[1], 200, random.Random(seed))
        assert (elsewhere.answer, removed.answer) == (None, None)
        assert "21米" not in elsewhere.text + removed.text
    assert removed.text.startswith("北岬灯塔建于1907年,用红砖砌成。1954年")


def test_an_altered_question_names_a_year_that_the_text_does_not(read):
    pair = examples.altered_pair(read[2], 200, random.Random(3))
    year = pair.question[:4]
    assert pair.question == f"{year}年灯塔改用了什么"
    assert year not in LIGHTHOUSE
    assert (pair.answer, pair.text) == (None, read[2].context)
    assert examples.altered_pair(read[1], 200, random.Random(3)) is None


def test_a_retrieved_passage_that_may_hold_the_answer_teaches_nothing(read):
    assert examples.retrieved_pair(read[1], "南岬灯塔高21米。") is None
    assert examples.retrieved_pair(read[1], "南岬灯塔高18米。").answer is None


def test_the_cut_vocabulary_knows_the_texts_and_cuts_no_number_out_of_a_piece():
    full = Tokenizer.from_file(str(bundled.unpack() / "tokenizer.json"))
    text = "2024年3月12日，蕲春县和荥阳市签约8.5亿元。"
    cut = cut_vocabulary(full, [text, LIGHTHOUSE], least=1)
    assert coverage(full, [text]) < 1
    assert coverage(cut.tokenizer, [text]) == 1
    pieces = cut.tokenizer.encode(text, add_special_tokens=False).tokens
    assert "".join(pieces).replace("▁", "") == "2024年3月12日,蕲春县和荥阳市签约8.5亿元。"
    assert not [p for p in pieces if len(p) > 1 and any(c.isdigit() for c in p) and any(c in "年月日亿" for c in p)]
    assert cut.tokenizer.get_vocab_size() < 20_000


def drawn(pool, tokenizer, count, **start):
    stream = batches(pool, tokenizer, seed=5, tokens=512, **start)
    return [next(stream) for _ in range(count)]


def test_the_same_seed_draws_the_same_batches_from_any_place_on(read, begun):
    tokenizer = RunFolder(begun).tokenizer()
    pool = Pool([e for e in read if e.answers], [e for e in read if not e.answers], {}, ())
    first = drawn(pool, tokenizer, 140)
    assert first == drawn(pool, tokenizer, 140)
    assert drawn(pool, tokenizer, 40, block=first[100].block, place=first[100].place) == first[100:]
    assert max(batch.block for batch in first) > 0
    pairs = [pair for batch in first for pair in batch.pairs]
    assert 0.4 < sum(pair.answers for pair in pairs) / len(pairs) < 0.9
    said = {tokenizer.decode(p.tokens.ids[p.start : p.end + 1]).replace(" ", "") for p in pairs if p.answers}
    assert said == {"1907年", "21米", "电灯"}
    assert all((pair.start, pair.end) == (0, 0) for pair in pairs if not pair.answers)


def test_an_interrupted_run_ends_with_the_weights_of_one_that_was_not(read, begun, tmp_path, monkeypatch):
    recipe = train.Recipe(steps=4, rate=1e-4, tokens=256, save_every=1)

    def run(name):
        folder = tmp_path / name
        if not folder.exists():
            folder.mkdir()
            for file in begun.iterdir():
                (folder / file.name).write_bytes(file.read_bytes())
        train.train(RunFolder(folder), read, {}, recipe)
        return RunFolder(folder).model().state_dict()

    whole = run("whole")
    rate_at = train.rate_at
    stops = iter([None, None, KeyboardInterrupt()])

    def interrupted(step, recipe):
        if stop := next(stops):
            raise stop
        return rate_at(step, recipe)

    monkeypatch.setattr(train, "rate_at", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run("cut short")
    monkeypatch.undo()
    resumed = run("cut short")
    assert whole.keys() == resumed.keys()
    assert all(torch.allclose(whole[name], resumed[name], atol=1e-6) for name in whole)
    begin = RunFolder(begun).model().state_dict()
    assert not torch.allclose(whole["score.weight"], begin["score.weight"])


def test_the_learning_rate_rises_stays_and_falls_to_nothing():
    recipe = train.Recipe(steps=1000, rate=1.0)
    rates = [train.rate_at(step, recipe) for step in (0, 49, 99, 500, 749, 875, 999)]
    assert rates == pytest.approx([0.01, 0.5, 1.0, 1.0, 1.0, 0.5, 0.004])


def test_whole_numbers_of_the_answer_are_pointed_at(read):
    assert read[0].answers == (Span(6, 11),)
