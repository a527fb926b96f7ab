"""Reads from the head of a GGUF file what decides how much memory its model takes.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from qa.llm.model import GenerationError

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_MOST_FIELDS, _LONGEST = 100_000, 1 << 26
"""Numbers that no sound file reaches: a damaged one must not fill the memory."""
_STRING, _ARRAY = 8, 9
_NUMBERS = {
    0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d",
}  # fmt: skip
_HALF = 2
"""Bytes of a number in the cache of what was read: 16 bits."""


@dataclass(frozen=True, slots=True)
class ModelShape:
    """What of a model takes memory beside its weights."""

    longest_context: int
    """Tokens that it was made for."""
    bytes_a_token: int
    """Of memory that each token of the context takes."""


def read_shape(path: Path) -> ModelShape:
    """The shape that the file's head states.

    Raises:
        GenerationError: it can't be read, is no GGUF file, or does not state it.
    """
    try:
        with path.open("rb") as file:
            fields = _fields(file)
        kind = fields["general.architecture"]
        width, heads = _most(fields[f"{kind}.embedding_length"]), _most(fields[f"{kind}.attention.head_count"])
        keys = fields.get(f"{kind}.attention.key_length", width // heads)
        values = fields.get(f"{kind}.attention.value_length", width // heads)
        shared = _most(fields.get(f"{kind}.attention.head_count_kv", heads))
        layers = _most(fields[f"{kind}.block_count"])
        return ModelShape(
            longest_context=_most(fields[f"{kind}.context_length"]),
            bytes_a_token=layers * shared * (_most(keys) + _most(values)) * _HALF,
        )
    except OSError as error:
        raise GenerationError(
            f"读不了模型文件 {path}：{error.strerror or error} / The model file can't be read"
        ) from error
    except (ValueError, KeyError, TypeError, ZeroDivisionError, struct.error) as error:
        raise GenerationError(
            f"{path} 不是 GGUF 语言模型，或已损坏：请换一个 .gguf 文件"
            " / It is no language model in GGUF, or is damaged: name another .gguf file"
        ) from error


def _most(value: object) -> int:
    """A number; of several, one a layer, the largest."""
    number = max(value) if isinstance(value, list) else value
    if not isinstance(number, int):
        raise TypeError(number)
    return number


def _fields(file: BinaryIO) -> dict[str, object]:
    """The head's fields by name; of an array of texts only its length."""
    if file.read(4) != _MAGIC or _number(file, "<I") not in _VERSIONS:
        raise ValueError("no GGUF")
    _number(file, "<Q")
    count = int(_number(file, "<Q"))
    if count > _MOST_FIELDS:
        raise ValueError(count)
    return {_text(file): _value(file, int(_number(file, "<I"))) for _ in range(count)}


def _value(file: BinaryIO, kind: int) -> object:
    if kind == _STRING:
        return _text(file)
    if kind != _ARRAY:
        return _number(file, _NUMBERS[kind])
    of, count = int(_number(file, "<I")), int(_number(file, "<Q"))
    if of == _ARRAY or count > _LONGEST:
        raise ValueError(count)
    if of == _STRING:
        for _ in range(count):
            _text(file)
        return count
    form = _NUMBERS[of]
    return [number for (number,) in struct.iter_unpack(form, _exactly(file, count * struct.calcsize(form)))]


def _text(file: BinaryIO) -> str:
    return _exactly(file, int(_number(file, "<Q"))).decode("utf-8", "replace")


def _number(file: BinaryIO, form: str) -> int | float:
    number: int | float
    (number,) = struct.unpack(form, _exactly(file, struct.calcsize(form)))
    return number


def _exactly(file: BinaryIO, size: int) -> bytes:
    if size > _LONGEST:
        raise ValueError(size)
    data = file.read(size)
    if len(data) < size:
        raise ValueError("cut off")
    return data
