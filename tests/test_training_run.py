"""A run of training, with a tiny network: its loss, how it begins, is interrupted and goes on."""

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from qa.reading.files import FILE, TOKENIZER
from qa.reading.network import ReaderOutput
from qa.reading.tokens import TokenPair
from tests.tiny_models import write_reader
from tests.training_pool import ASKED, LETTERS, drawn, pool_of, read_items
from training import train
from training.average import average
from training.sampling import TrainingPair
from training.state import RunFolder


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    return read_items(tmp_path_factory.mktemp("reading"))


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A run that goes on from a tiny network's weights."""
    folder = tmp_path_factory.mktemp("run")
    write_reader(folder / "shipped", LETTERS)
    RunFolder(folder / "run").begin_from(folder / "shipped", seed=1)
    return folder / "run"


def test_the_loss_is_that_of_scores_pointers_and_sentences():
    """Every logit is 0 over the four tokens that count, so that each chance is a half or a quarter."""

    def network(ids, mask):
        nothing = torch.zeros(ids.shape).masked_fill(mask == 0, float("-inf"))
        return ReaderOutput(torch.zeros(len(ids)), nothing, nothing, torch.zeros(ids.shape))

    tokens = TokenPair((0, 5, 6, 2), 1, ((0, 1), (1, 2)))
    answering = TrainingPair(tokens, True, (1, 2), (2, 2), ((1, 1), (2, 2)), (True, False))
    silent = TrainingPair(tokens, False, (0,), (0,), ((1, 2),), (False,))
    half, quarter = torch.tensor([2.0, 4.0]).log().tolist()
    pointers = (0.5 * quarter + 0.1 * quarter) / 2
    # Of two sentences each counts a half, the one that belongs twice; of one alone, all.
    sentences = (half * (2 + 1) / 2 + half) / 2
    loss = train.loss_of(network, [answering, silent], 1, torch.device("cpu"))
    assert float(loss) == pytest.approx(half + pointers + 2 * sentences, rel=1e-5)


def test_a_batch_learned_again_and_again_is_known(read, begun):
    run = RunFolder(begun)
    tokenizer, model = run.tokenizer(), run.model().train()
    (batch,) = drawn(pool_of(read), tokenizer, 1)
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    losses = []
    for _ in range(30):
        loss = train.loss_of(model, batch.pairs, 1, torch.device("cpu"))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(float(loss.detach()))
    assert torch.tensor(losses).isfinite().all()
    assert losses[-1] < losses[0] / 2


def without(file, head):
    """Take a head's weights out of a file."""
    with safe_open(file, framework="pt") as opened:
        metadata = opened.metadata()
    save_file({name: w for name, w in load_file(file).items() if not name.startswith(head)}, file, metadata=metadata)


def test_weights_without_the_heads_of_today_begin_those_anew(tmp_path):
    before = write_reader(tmp_path / "shipped", LETTERS)
    without(tmp_path / "shipped" / FILE, "belongs.")
    run = RunFolder(tmp_path / "run")
    assert not run.is_begun
    run.begin_from(tmp_path / "shipped", seed=3)
    assert run.is_begun
    after = run.model().state_dict()
    assert torch.allclose(after["score.weight"], before.state_dict()["score.weight"], atol=0.01)
    assert after["belongs.weight"].abs().max() > 0
    assert run.tokenizer().get_vocab() == Tokenizer.from_file(str(tmp_path / "shipped" / TOKENIZER)).get_vocab()


def test_weights_that_lack_anything_else_are_not_gone_on_from(tmp_path):
    write_reader(tmp_path, LETTERS)
    without(tmp_path / FILE, "score.")
    with pytest.raises(ValueError, match=r"score\.weight"):
        RunFolder(tmp_path / "run").begin_from(tmp_path, seed=3)


def test_an_interrupted_run_ends_with_the_weights_of_one_that_was_not(read, begun, tmp_path, monkeypatch):
    recipe = train.Recipe(steps=4, rate=1e-4, seed=20, tokens=256, save_every=1)

    def run(name):
        folder = tmp_path / name
        if not folder.exists():
            folder.mkdir()
            for file in begun.iterdir():
                (folder / file.name).write_bytes(file.read_bytes())
        train.train(RunFolder(folder), read, ASKED, {}, recipe)
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
    recipe = train.Recipe(steps=1000, rate=1.0, seed=20)
    rates = [train.rate_at(step, recipe) for step in (0, 49, 99, 500, 749, 875, 999)]
    assert rates == pytest.approx([0.01, 0.5, 1.0, 1.0, 1.0, 0.5, 0.004])


def test_two_readers_are_averaged_weight_by_weight(tmp_path):
    before, after = (write_reader(tmp_path / name, "水清", seed).state_dict() for name, seed in (("a", 1), ("b", 2)))
    mixed = average(tmp_path / "a", tmp_path / "b", 0.25).state_dict()
    assert mixed.keys() == before.keys()
    for name, weight in mixed.items():
        # Both were rounded to 8 bits when they were written.
        assert torch.allclose(weight.float(), 0.75 * before[name] + 0.25 * after[name], atol=0.02)
