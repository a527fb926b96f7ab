"""Writes a whole language model of a few hundred kilobytes, which llama.cpp loads in no time and which babbles."""

from __future__ import annotations

import random
import struct
from pathlib import Path
from typing import Any

WIDTH, LAYERS, HEADS, FEED_FORWARD = 64, 2, 4, 128
CONTEXT = 2048
_ALIGNED = 32
_UINT32, _FLOAT32, _BOOL, _STRING, _ARRAY = 4, 6, 7, 8, 9
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6
_TEMPLATE = "{% for message in messages %}{{ message['content'] }}{% endfor %}"


def write_tiny_model(path: Path, width: int = WIDTH) -> Path:
    """Write the model, of Llama's architecture with random weights and one token a byte; returns the path."""
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), "▁", "a", "b", "c", "d"]
    kinds = [_UNKNOWN, _CONTROL, _CONTROL, *[_BYTE] * 256, *[_NORMAL] * 5]
    fields: list[tuple[str, int, Any]] = [
        ("general.architecture", _STRING, "llama"),
        ("general.name", _STRING, "tiny"),
        ("llama.context_length", _UINT32, CONTEXT),
        ("llama.embedding_length", _UINT32, width),
        ("llama.block_count", _UINT32, LAYERS),
        ("llama.feed_forward_length", _UINT32, FEED_FORWARD),
        ("llama.attention.head_count", _UINT32, HEADS),
        ("llama.attention.head_count_kv", _UINT32, HEADS),
        ("llama.attention.layer_norm_rms_epsilon", _FLOAT32, 1e-5),
        ("llama.rope.dimension_count", _UINT32, width // HEADS),
        ("tokenizer.ggml.model", _STRING, "llama"),
        ("tokenizer.ggml.tokens", _ARRAY, (_STRING, tokens)),
        ("tokenizer.ggml.scores", _ARRAY, (_FLOAT32, [0.0] * len(tokens))),
        ("tokenizer.ggml.token_type", _ARRAY, (_UINT32 + 1, kinds)),
        ("tokenizer.ggml.bos_token_id", _UINT32, 1),
        ("tokenizer.ggml.eos_token_id", _UINT32, 2),
        ("tokenizer.ggml.add_bos_token", _BOOL, True),
        ("tokenizer.chat_template", _STRING, _TEMPLATE),
    ]
    tensors = _tensors(width, len(tokens))
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(fields))
    for name, kind, value in fields:
        head += _string(name) + struct.pack("<I", kind) + _value(kind, value)
    offset = 0
    for name, shape in tensors:
        head += _string(name) + struct.pack("<I", len(shape)) + b"".join(struct.pack("<Q", n) for n in shape)
        head += struct.pack("<IQ", 0, offset)
        offset += _padded(4 * _size(shape))
    weights = random.Random(7)
    with path.open("wb") as out:
        out.write(head.ljust(_padded(len(head)), b"\0"))
        for name, shape in tensors:
            norm = "norm" in name
            data = struct.pack(
                f"<{_size(shape)}f", *(1.0 if norm else weights.gauss(0, 0.3) for _ in range(_size(shape)))
            )
            out.write(data.ljust(_padded(len(data)), b"\0"))
    return path


def _tensors(width: int, vocabulary: int) -> list[tuple[str, tuple[int, ...]]]:
    of_layer: list[tuple[str, tuple[int, ...]]] = [
        ("attn_norm", (width,)),
        ("attn_q", (width, width)),
        ("attn_k", (width, width)),
        ("attn_v", (width, width)),
        ("attn_output", (width, width)),
        ("ffn_norm", (width,)),
        ("ffn_gate", (width, FEED_FORWARD)),
        ("ffn_up", (width, FEED_FORWARD)),
        ("ffn_down", (FEED_FORWARD, width)),
    ]
    return [
        ("token_embd.weight", (width, vocabulary)),
        *((f"blk.{layer}.{name}.weight", shape) for layer in range(LAYERS) for name, shape in of_layer),
        ("output_norm.weight", (width,)),
        ("output.weight", (width, vocabulary)),
    ]


def _value(kind: int, value: Any) -> bytes:
    if kind == _STRING:
        return _string(value)
    if kind == _ARRAY:
        of, values = value
        return struct.pack("<IQ", of, len(values)) + b"".join(_value(of, each) for each in values)
    return struct.pack({_UINT32: "<I", _UINT32 + 1: "<i", _FLOAT32: "<f", _BOOL: "<?"}[kind], value)


def _string(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _size(shape: tuple[int, ...]) -> int:
    size = 1
    for length in shape:
        size *= length
    return size


def _padded(length: int) -> int:
    return -(-length // _ALIGNED) * _ALIGNED
