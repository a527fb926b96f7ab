"""Readers that a user names: loaded by folder, read by their own kind, refused by name; the option that names them."""

import argparse

import pytest
import torch
from tokenizers import Regex, Tokenizer, models, pre_tokenizers, processors
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertForQuestionAnswering,
    BertForSequenceClassification,
    PreTrainedTokenizerFast,
)

from embeddings.errors import ModelError, SuyuanError
from embeddings.types import Span
from qa.reading.excerpts import plain_excerpt
from qa.reading.named import ExtractiveReader, Reranker, load_named_reader
from ui import cli
from ui.commands import reader_option

TOWER = plain_excerpt("北岬灯塔", "灯塔高21米。由三人看护。")
MARKET = plain_excerpt("", "鱼市周三开市。")
LETTERS = sorted(set("北岬灯塔高多少？?21米。由三人看护鱼市周开\n"))
MARKS = {"cls_token": "[CLS]", "pad_token": "[PAD]", "sep_token": "[SEP]", "unk_token": "[UNK]"}
PIECES = {piece: number for number, piece in enumerate(["[CLS]", "[PAD]", "[SEP]", "[UNK]", *LETTERS])}


def save(folder, kind, **more):
    """Write a tiny network of a kind and its tokenizer of single characters, as a hub's folder has them."""
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(PIECES),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        initializer_range=0.5,
        pad_token_id=1,
    )
    for name, value in more.items():
        setattr(config, name, value)
    kind(config).save_pretrained(folder)
    made = Tokenizer(models.WordLevel(PIECES, unk_token=MARKS["unk_token"]))
    made.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    made.post_processor = processors.BertProcessing(("[SEP]", 2), ("[CLS]", 0))
    PreTrainedTokenizerFast(tokenizer_object=made, **MARKS).save_pretrained(folder)
    return str(folder)


def test_a_reader_for_question_answering_marks_characters_of_each_sentence(tmp_path):
    reader = load_named_reader(save(tmp_path, BertForQuestionAnswering))
    assert isinstance(reader, ExtractiveReader)
    tower, market = reader.read("灯塔多高？", ("鱼市多少",), [TOWER, MARKET])
    assert (len(tower.units), len(market.units)) == (2, 1)
    for excerpt, reading in ((TOWER, tower), (MARKET, market)):
        assert reading.score == max(unit.certain for unit in reading.units)
        for unit, of_unit in zip(excerpt.units, reading.units, strict=True):
            assert unit.read.start <= of_unit.exact.start < of_unit.exact.end <= unit.read.end
            assert of_unit.belongs == of_unit.certain


def test_a_question_longer_than_the_network_takes_is_cut(tmp_path):
    reader = load_named_reader(save(tmp_path, BertForQuestionAnswering))
    (reading,) = reader.read("灯塔多高" * 300, (), [TOWER])
    assert len(reading.units) == 2


@pytest.mark.parametrize("classes", [1, 2])
def test_a_cross_encoder_scores_each_excerpt_and_sentence(tmp_path, classes):
    reader = load_named_reader(save(tmp_path, BertForSequenceClassification, num_labels=classes))
    assert isinstance(reader, Reranker)
    tower, market = reader.read("灯塔多高？", (), [TOWER, MARKET])
    assert (len(tower.units), len(market.units)) == (2, 1)
    assert len({tower.score, market.score, *(unit.belongs for unit in (*tower.units, *market.units))}) > 2
    # The one sentence of the market is all of its excerpt.
    assert market.units[0].belongs == pytest.approx(market.score, abs=1e-5)
    assert [unit.exact for unit in tower.units] == [unit.read for unit in TOWER.units]


def test_a_network_made_for_something_else_is_refused_by_its_name(tmp_path):
    folder = save(tmp_path / "guesser", BertForMaskedLM)
    with pytest.raises(ModelError, match="guesser 不是阅读模型") as raised:
        load_named_reader(folder)
    assert "neither a cross-encoder nor an extractive reader" in str(raised.value)


def test_a_folder_that_holds_no_model_is_refused_by_its_name(tmp_path):
    with pytest.raises(ModelError, match="nothing-here"):
        load_named_reader(str(tmp_path / "nothing-here"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match="empty"):
        load_named_reader(str(tmp_path / "empty"))


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "config.json"])
def test_a_folder_whose_files_are_damaged_is_refused_by_its_name(tmp_path, name):
    folder = save(tmp_path / "spoilt", BertForQuestionAnswering)
    file = tmp_path / "spoilt" / name
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(ModelError, match="spoilt"):
        load_named_reader(folder)


class Scored:
    """Scores a pair by the strings that its text holds, one logit or two; keeps what it was asked."""

    def __init__(self, **logits):
        self.logits = logits
        self.pairs = []

    def predict(self, pairs, **options):
        self.pairs.append(pairs)
        return [sum(value for word, value in self.logits.items() if word in text) for _, text in pairs]


def test_a_sentence_is_scored_under_the_heading_of_its_excerpt():
    model = Scored(**{"21米": 3.0, "看护": 1.0, "北岬": 0.5})
    (reading,) = Reranker(model).read("多高", ("灯塔在哪里", "谁建的灯塔"), [TOWER])
    assert model.pairs == [
        [("谁建的灯塔 多高", "北岬灯塔\n灯塔高21米。由三人看护。")],
        [("谁建的灯塔 多高", "北岬灯塔\n灯塔高21米。"), ("谁建的灯塔 多高", "北岬灯塔\n由三人看护。")],
    ]
    assert (reading.score, [unit.belongs for unit in reading.units]) == (4.5, [3.5, 1.5])
    assert [(unit.exact, unit.certain) for unit in reading.units] == [(Span(0, 7), -2.0), (Span(7, 13), -2.0)]


def test_only_the_five_best_excerpts_are_looked_into():
    excerpts = [plain_excerpt("", f"第{n}号。") for n in (3, 1, 6, 2, 5, 4)]
    model = Scored(**{f"第{n}号": float(n) for n in range(1, 7)})
    readings = Reranker(model).read("几号", (), excerpts)
    assert [reading.score for reading in readings] == [3.0, 1.0, 6.0, 2.0, 5.0, 4.0]
    # Of the one left out every sentence lies four below the excerpt.
    assert [reading.units[0].belongs for reading in readings] == [3.0, -3.0, 6.0, 2.0, 5.0, 4.0]


def test_of_two_classes_the_second_counts_against_the_first():
    class Two(Scored):
        def predict(self, pairs, **options):
            return torch.tensor([[0.5, value] for value in super().predict(pairs)]).numpy()

    (reading,) = Reranker(Two(**{"21米": 3.0})).read("多高", (), [TOWER])
    assert (reading.score, [unit.belongs for unit in reading.units]) == (2.5, [2.5, -0.5])


def test_nothing_to_read_asks_nothing():
    model = Scored()
    assert Reranker(model).read("多高", (), []) == ()
    assert model.pairs == []


def chosen(*arguments):
    parser = argparse.ArgumentParser()
    reader_option.add_reader(parser)
    return parser.parse_args(arguments).reader


def test_the_option_names_a_reader_before_the_environment_does(monkeypatch):
    monkeypatch.delenv("SUYUAN_READER", raising=False)
    assert chosen() == ""
    assert chosen("--reader", "some/reranker") == "some/reranker"
    monkeypatch.setenv("SUYUAN_READER", "their/reader")
    assert chosen() == "their/reader"
    assert chosen("--reader", "some/reranker") == "some/reranker"


@pytest.mark.parametrize("command", [("ask", "灯塔多高"), ("chat",)])
def test_the_commands_open_the_index_with_the_reader_that_was_named(monkeypatch, tmp_path, command):
    opened = []

    def load(index, reader, **more):
        opened.append(reader)
        raise SuyuanError("far enough")

    monkeypatch.setattr("qa.load", load)
    folder = save(tmp_path, BertForQuestionAnswering)
    monkeypatch.setenv("SUYUAN_READER", folder)
    assert cli.main([*command, "--index", str(tmp_path)]) == 2
    assert cli.main([*command, "--index", str(tmp_path), "--reader", str(tmp_path / "no")]) == 2
    named, other = opened
    assert isinstance(named(), ExtractiveReader)
    with pytest.raises(ModelError, match=str(tmp_path / "no")):
        other()


def _no_encoder(model=None):
    raise ModelError("not asked for here")


def test_the_doctor_says_that_a_named_reader_cannot_be_loaded(monkeypatch, tmp_path, capsys):
    monkeypatch.delenv("SUYUAN_LLM", raising=False)
    monkeypatch.setattr("embeddings.encoding.encoder.load_encoder", _no_encoder)
    assert cli.main(["doctor", "--index", str(tmp_path), "--reader", str(tmp_path / "nothing-here")]) == 2
    (line,) = [line for line in capsys.readouterr().out.split("\n") if "阅读器 reader" in line]
    assert line.startswith("要修 mend  阅读器 reader：")
    assert "nothing-here" in line


def test_without_a_name_the_shipped_reader_is_opened(monkeypatch, tmp_path):
    shipped = object()
    monkeypatch.setattr("qa.reading.cross_encoder.load_reader", lambda: shipped)
    assert reader_option.open_reader("") is shipped
    assert isinstance(reader_option.open_reader(save(tmp_path, BertForQuestionAnswering)), ExtractiveReader)
