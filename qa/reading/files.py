"""The reader's files: 8-bit weights as safetensors, the tokenizer as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor

from embeddings.errors import ModelError
from embeddings.network.bert import BertSize
from embeddings.network.number_format import bfloat16_is_fast
from qa.reading.network import ReaderModel

FILE, TOKENIZER = "reader.safetensors", "tokenizer.json"
_SCALE = ".scale"
_LARGEST = 127


def save_model(model: ReaderModel, folder: Path) -> None:
    """Write the weights: matrices as int8 with one float32 scale a row, all else as float16."""
    tensors: dict[str, Tensor] = {}
    for name, weight in model.state_dict().items():
        if weight.ndim == 2:
            scale = weight.float().abs().amax(dim=1).clamp(min=1e-12) / _LARGEST
            tensors[name] = (weight.float() / scale[:, None]).round().to(torch.int8)
            tensors[name + _SCALE] = scale
        else:
            tensors[name] = weight.to(torch.float16)
    save_file(tensors, folder / FILE, metadata={"config": model.encoder.size.to_json()})


def load_model(folder: Path) -> ReaderModel:
    """The network with its weights, in bfloat16 where this CPU multiplies it in hardware, else in float32.

    Raises:
        ModelError: the file is damaged or another network's.
    """
    try:
        model = ReaderModel(read_size(folder))
        model.load_state_dict(load_tensors(folder), strict=True, assign=True)
    except (SafetensorError, OSError, KeyError, ValueError, TypeError, RuntimeError) as error:
        raise _damaged(folder / FILE, error) from error
    return model.to(torch.bfloat16 if bfloat16_is_fast() else torch.float32).eval()


def read_size(folder: Path) -> BertSize:
    """The network's measures. Raises SafetensorError, OSError, KeyError, TypeError or ValueError for a damaged file."""
    with safe_open(folder / FILE, framework="pt") as file:
        return BertSize.from_json((file.metadata() or {})["config"])


def load_tensors(folder: Path) -> dict[str, Tensor]:
    """The weights in float32, by their names. Raises as `read_size`."""
    with safe_open(folder / FILE, framework="pt") as file:
        return _unpacked({name: file.get_tensor(name) for name in file.keys()})  # noqa: SIM118


def _unpacked(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {
        name: weight.float() * tensors[name + _SCALE][:, None] if weight.dtype == torch.int8 else weight.float()
        for name, weight in tensors.items()
        if not name.endswith(_SCALE)
    }


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
