"""The reader that is shipped, with a tiny network in its place: how logits become readings, and its files."""

from dataclasses import replace

import pytest
import torch

from embeddings.errors import ModelError
from qa.reading.cross_encoder import CrossEncoder, asking_of, load_reader, text_of
from qa.reading.excerpts import Excerpt, plain_excerpt
from qa.reading.files import FILE, TOKENIZER, load_tensors, save_model
from qa.reading.network import ReaderOutput
from tests.tiny_models import character_tokenizer, tiny_model, write_reader

TOWER = plain_excerpt("北岬灯塔", "灯塔高21米。由三人看护。")
MARKET = plain_excerpt("", "鱼市周三开市。")
LETTERS = "北岬灯塔高多少？?21米。由三人看护鱼市周开\nabc"


class Pointed(torch.nn.Module):
    """A network that knows which token belongs, starts and ends: those of the character ids it was told."""

    def __init__(self, tokenizer, begins, ends):
        super().__init__()
        self.begins, self.ends = map(tokenizer.token_to_id, (begins, ends))
        self.lengths = []

    def forward(self, ids, mask):
        self.lengths.append(tuple(ids.shape))
        start, end = (ids == self.begins).float() * 5, (ids == self.ends).float() * 3
        start[:, 0] = 1.0
        return ReaderOutput(start.sum(dim=1) - 5, start, end, start)


@pytest.fixture
def tokenizer():
    return character_tokenizer(LETTERS)


def test_each_unit_has_its_mean_its_likeliest_span_and_the_lead_over_no_answer(tokenizer):
    reader = CrossEncoder(Pointed(tokenizer, "2", "米"), tokenizer)
    (reading,) = reader.read("灯塔多高", (), [TOWER])
    first, second = reading.units
    assert reading.score == 1.0
    assert TOWER.text[first.exact.start : first.exact.end] == "21米"
    # Of the seven tokens of 灯塔高21米。 one has 5; 5 + 3 for the span less 1 for no answer.
    assert (first.belongs, first.certain) == (pytest.approx(5 / 7), 7.0)
    assert (second.belongs, second.certain) == (0.0, -1.0)
    assert second.exact.start >= TOWER.units[1].read.start


def test_an_end_before_its_start_is_no_span(tokenizer):
    reader = CrossEncoder(Pointed(tokenizer, "米", "2"), tokenizer)
    (reading,) = reader.read("灯塔多高", (), [TOWER])
    exact = reading.units[0].exact
    assert exact.start < exact.end
    assert reading.units[0].certain == 4.0


def test_a_span_has_at_most_64_tokens(tokenizer):
    reader = CrossEncoder(Pointed(tokenizer, "2", "米"), tokenizer)
    far = plain_excerpt("", f"灯2{'塔' * 63}米")
    (reading,) = reader.read("灯塔多高", (), [far, plain_excerpt("", far.text.replace("塔", "", 1))])[:1]
    assert reading.units[0].certain == 4.0
    near = reader.read("灯塔多高", (), [plain_excerpt("", f"灯2{'塔' * 62}米")])[0]
    assert near.units[0].certain == 7.0


def test_a_unit_beyond_what_the_network_takes_is_unread(tokenizer):
    reader = CrossEncoder(Pointed(tokenizer, "2", "米"), tokenizer)
    long = plain_excerpt("", f"{'灯' * 300}。{'塔' * 300}。")
    first, second = reader.read("灯塔多高", (), [long])[0].units
    assert first.belongs == 0.0
    assert (second.belongs, second.certain, second.exact) == (-10.0, -10.0, long.units[1].read)


def test_readings_come_in_the_order_of_the_excerpts_whatever_is_read_beside(tmp_path):
    write_reader(tmp_path, LETTERS)
    texts = [TOWER, MARKET, plain_excerpt("", "看护。"), plain_excerpt("灯塔", "鱼市。"), plain_excerpt("", "周三。")]
    together = load_reader(tmp_path).read("灯塔高多少", (), texts * 2)
    alone = [load_reader(tmp_path).read("灯塔高多少", (), [text])[0] for text in texts]
    assert together[:5] == together[5:]
    assert [r.score for r in together[:5]] == pytest.approx([r.score for r in alone], abs=0.05)
    assert len({r.score for r in alone}) == 5


def test_what_was_read_before_is_not_read_again(tokenizer):
    network = Pointed(tokenizer, "2", "米")
    reader = CrossEncoder(network, tokenizer)
    first = reader.read("灯塔多高", (), [TOWER, MARKET, TOWER])
    assert network.lengths == [(2, 32)]
    assert reader.read("灯塔多高？", (), [MARKET, TOWER]) == (first[1], first[0])
    assert len(network.lengths) == 1
    reader.read("灯塔多高", ("鱼市",), [TOWER])
    assert len(network.lengths) == 2


def test_traditional_characters_are_read_like_simplified_ones(tokenizer):
    reader = CrossEncoder(Pointed(tokenizer, "开", "市"), tokenizer)
    ours, theirs = reader.read("鱼市", (), [MARKET, plain_excerpt("", "魚市週三開市。")])
    assert ours == theirs


def test_nothing_to_read_gives_nothing(tokenizer):
    reader = CrossEncoder(Pointed(tokenizer, "2", "米"), tokenizer)
    assert reader.read("灯塔多高", (), []) == ()
    assert reader.read("灯塔多高", (), [Excerpt("灯塔", "", ())])[0].units == ()


@pytest.mark.parametrize("asked", ["灯塔多高", "灯塔多高？", " 燈塔多高。 ", "灯塔多高?!"])
def test_a_question_is_read_folded_with_one_question_mark(asked):
    assert asking_of(asked, ()).question == "灯塔多高?"


def test_of_the_questions_before_the_first_and_the_last_are_read():
    assert asking_of("多高", ("甲", "乙", "丙")).earlier == ("甲?", "丙?")
    assert asking_of("多高", ("甲",)).earlier == ("甲?",)
    assert asking_of("多高", ("甲", "乙")).earlier == ("甲?", "乙?")


def test_the_heading_stands_on_a_line_before_the_text():
    assert text_of(plain_excerpt("燈塔 PM", "高21米。")) == "灯塔 pm\n高21米。"
    assert text_of(MARKET) == MARKET.text


def test_weights_are_kept_to_a_hundredth_of_the_greatest_of_their_row(tmp_path):
    before = write_reader(tmp_path, LETTERS)
    after = load_tensors(tmp_path)
    assert after.keys() == before.state_dict().keys()
    for name, weight in before.state_dict().items():
        assert torch.allclose(after[name], weight, atol=float(weight.abs().max()) / 200), name
    assert (tmp_path / FILE).stat().st_size < sum(w.numel() for w in before.state_dict().values()) * 3


@pytest.mark.parametrize("name", [FILE, TOKENIZER])
@pytest.mark.parametrize("what", ["missing", "cut short", "empty", "another's"])
def test_a_file_that_is_missing_or_damaged_is_named(tmp_path, name, what):
    write_reader(tmp_path, LETTERS)
    file = tmp_path / name
    content = file.read_bytes()
    if what == "missing":
        file.unlink()
    else:
        file.write_bytes({"cut short": content[: len(content) // 2], "empty": b"", "another's": b"{}"}[what])
    with pytest.raises(ModelError, match=name) as raised:
        load_reader(tmp_path)
    assert "阅读模型的文件已损坏或不在" in str(raised.value)
    assert "Install the program again." in str(raised.value)


def test_weights_of_another_network_are_refused(tmp_path):
    write_reader(tmp_path, LETTERS)
    other = tiny_model(40)
    other.encoder.size = replace(other.encoder.size, num_hidden_layers=2)
    save_model(other, tmp_path)
    with pytest.raises(ModelError, match=FILE):
        load_reader(tmp_path)


def test_a_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(ModelError, match="nowhere"):
        load_reader(tmp_path / "nowhere")
