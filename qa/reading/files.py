"""The reader's files: 8-bit weights as safetensors, the tokenizer as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertConfig

from embeddings.encoding.attention import use_whole_products
from embeddings.encoding.loading import bfloat16_is_fast
from embeddings.errors import ModelError
from qa.reading.network import ReaderModel

FILE, TOKENIZER = "reader.safetensors", "tokenizer.json"
_SCALE = ".scale"
_LARGEST = 127


def save_model(model: ReaderModel, config: BertConfig, folder: Path) -> None:
    """Write the weights: matrices as int8 with one float32 scale a row, all else as float16."""
    tensors: dict[str, Tensor] = {}
    for name, weight in model.state_dict().items():
        if weight.ndim == 2:
            scale = weight.float().abs().amax(dim=1).clamp(min=1e-12) / _LARGEST
            tensors[name] = (weight.float() / scale[:, None]).round().to(torch.int8)
            tensors[name + _SCALE] = scale
        else:
            tensors[name] = weight.to(torch.float16)
    save_file(tensors, folder / FILE, metadata={"config": config.to_json_string(use_diff=True)})


def load_model(folder: Path) -> ReaderModel:
    """The network with its weights, in bfloat16 where this CPU multiplies it in hardware, else in float32.

    Raises:
        ModelError: the file is damaged or another network's.
    """
    try:
        config = read_config(folder)
        with torch.device("meta"):
            model = ReaderModel(config)
        model.load_state_dict(load_tensors(folder), strict=True, assign=True)
        _restore_buffers(model, config)
    except (SafetensorError, OSError, KeyError, ValueError, TypeError, RuntimeError) as error:
        raise _damaged(folder / FILE, error) from error
    if not bfloat16_is_fast():
        return model.to(torch.float32).eval()
    use_whole_products(model.encoder)
    return model.to(torch.bfloat16).eval()


def read_config(folder: Path) -> BertConfig:
    """The network's measures. Raises SafetensorError, OSError, KeyError or ValueError for a damaged file."""
    with safe_open(folder / FILE, framework="pt") as file:
        return BertConfig.from_dict(json.loads((file.metadata() or {})["config"]), attn_implementation="sdpa")


def load_tensors(folder: Path) -> dict[str, Tensor]:
    """The weights in float32, by their names. Raises as `read_config`."""
    with safe_open(folder / FILE, framework="pt") as file:
        return _unpacked({name: file.get_tensor(name) for name in file.keys()})  # noqa: SIM118


def _unpacked(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {
        name: weight.float() * tensors[name + _SCALE][:, None] if weight.dtype == torch.int8 else weight.float()
        for name, weight in tensors.items()
        if not name.endswith(_SCALE)
    }


def _restore_buffers(model: ReaderModel, config: BertConfig) -> None:
    """Positions and token types are counted, not learned, so they are in no file."""
    embeddings = model.encoder.embeddings
    positions = torch.arange(config.max_position_embeddings).unsqueeze(0)
    embeddings.register_buffer("position_ids", positions, persistent=False)
    embeddings.register_buffer("token_type_ids", torch.zeros_like(positions), persistent=False)


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer. Raises ModelError where its file is missing or damaged."""
    file = folder / TOKENIZER
    try:
        return Tokenizer.from_str(file.read_text("utf-8"))
    # The library raises Exception itself for a file that it can't parse.
    except Exception as error:
        raise _damaged(file, error) from error


def _damaged(file: Path, error: Exception) -> ModelError:
    return ModelError(
        f"阅读模型的文件已损坏或不在：{file}（{error}）。请重新安装本程序。\n"
        f"The reader's file is missing or damaged: {file}. Install the program again."
    )
