"""Questions and texts -> padded token ids for the reader, and tokens -> characters of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor

_LONGEST_QUESTION = 64
"""Tokens of a question that are read; about 100 characters."""


@dataclass(frozen=True, slots=True)
class TokenPair:
    """A question and a text as one sequence of tokens: <s> question </s></s> text </s>."""

    ids: tuple[int, ...]
    first: int
    """Index of the text's first token in `ids`."""
    offsets: tuple[tuple[int, int], ...]
    """For each token of the text the characters [start, end) that it covers."""

    def tokens_of(self, start: int, end: int) -> tuple[int, int] | None:
        """First and last token of the characters [start, end), as indices of `ids`; None where they were cut off."""
        inside = [i for i, (s, e) in enumerate(self.offsets) if s < end and start < e]
        if not inside or self.offsets[-1][1] < end:
            return None
        return self.first + inside[0], self.first + inside[-1]


def special_id(tokenizer: Tokenizer, piece: str) -> int:
    """The id of a special piece. Raises ValueError where the tokenizer lacks it."""
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise ValueError(f"the tokenizer has no {piece}")
    return number


def encode_pairs(tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]], longest: int) -> list[TokenPair]:
    """Pairs of a question and a text, each cut off to `longest` tokens; offsets count from the start of the text."""
    flat = [part for pair in pairs for part in pair]
    parts: list[Encoding] = tokenizer.encode_batch(flat, add_special_tokens=False)
    bos, eos = special_id(tokenizer, "<s>"), special_id(tokenizer, "</s>")
    return [_joined(question, text, bos, eos, longest) for question, text in zip(parts[::2], parts[1::2], strict=True)]


def _joined(question: Encoding, text: Encoding, bos: int, eos: int, longest: int) -> TokenPair:
    asked = question.ids[:_LONGEST_QUESTION]
    room = longest - len(asked) - 4
    ids = (bos, *asked, eos, eos, *text.ids[:room], eos)
    return TokenPair(ids, len(asked) + 3, tuple(text.offsets[:room]))


@dataclass(frozen=True, slots=True)
class Batch:
    """Token ids and the mask of what is no padding, both int64 (n, length)."""

    ids: Tensor
    mask: Tensor


def padded(tokens: int, multiple: int) -> int:
    """The next multiple of `multiple` that is not less than this many tokens."""
    return -(-tokens // multiple) * multiple


def pad(pairs: Sequence[TokenPair], padding: int, multiple: int) -> Batch:
    """One batch, padded with the id `padding` to the next multiple of `multiple` tokens.

    A few fixed lengths: with every length its own, PyTorch's kernels on a CPU keep buffers for each.
    """
    length = padded(max(len(pair.ids) for pair in pairs), multiple)
    ids = torch.full((len(pairs), length), padding, dtype=torch.long)
    mask = torch.zeros((len(pairs), length), dtype=torch.long)
    for row, pair in enumerate(pairs):
        ids[row, : len(pair.ids)] = torch.tensor(pair.ids)
        mask[row, : len(pair.ids)] = 1
    return Batch(ids, mask)
