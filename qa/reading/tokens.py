"""Questions and texts -> padded token ids for the reader, and tokens -> characters of the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from embeddings.network.texts import special_id

_LONGEST_QUESTION = 64
"""Tokens of a question that are read; about 100 characters."""
_LONGEST_EARLIER = 32
"""Tokens that are read of each question before it."""


@dataclass(frozen=True, slots=True)
class TokenPair:
    """A question and a text as one sequence of tokens: <s> question </s></s> text </s>.

    Questions before a follow-up stand before it, each behind the other: <s> earlier </s> question </s></s> text </s>.
    """

    ids: tuple[int, ...]
    first: int
    """Index of the text's first token in `ids`."""
    offsets: tuple[tuple[int, int], ...]
    """For each token of the text the characters [start, end) that it covers, in order."""

    def tokens_of(self, start: int, end: int) -> tuple[int, int] | None:
        """First and last token of the characters [start, end), as indices of `ids`; None where they were cut off."""
        first = bisect_right(self.offsets, start, key=lambda offset: offset[1])
        behind = bisect_left(self.offsets, end, key=lambda offset: offset[0])
        if first >= behind or self.offsets[-1][1] < end:
            return None
        return self.first + first, self.first + behind - 1


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as the reader is given it, folded; `earlier` are the questions before a follow-up, oldest first."""

    question: str
    earlier: tuple[str, ...] = ()


def encode_pairs(tokenizer: Tokenizer, pairs: Sequence[tuple[Asking, str]], longest: int) -> list[TokenPair]:
    """Pairs of a question and a text, each cut off to `longest` tokens; offsets count from the start of the text."""
    bos, eos = special_id(tokenizer, "<s>"), special_id(tokenizer, "</s>")
    askings = list(dict.fromkeys(asking for asking, _ in pairs))
    fronts = {asking: _front(tokenizer, asking, bos, eos) for asking in askings}
    texts = tokenizer.encode_batch([text for _, text in pairs], add_special_tokens=False)
    coded: list[TokenPair] = []
    for (asking, _), text in zip(pairs, texts, strict=True):
        front = fronts[asking]
        room = longest - len(front) - 1
        coded.append(TokenPair((*front, *text.ids[:room], eos), len(front), tuple(text.offsets[:room])))
    return coded


def _front(tokenizer: Tokenizer, asking: Asking, bos: int, eos: int) -> tuple[int, ...]:
    """All that stands before the text."""
    parts = tokenizer.encode_batch([*asking.earlier, asking.question], add_special_tokens=False)
    ids = [bos]
    for earlier in parts[:-1]:
        ids.extend((*earlier.ids[:_LONGEST_EARLIER], eos))
    return (*ids, *parts[-1].ids[:_LONGEST_QUESTION], eos, eos)


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


def means(values: Tensor, runs: Sequence[Sequence[tuple[int, int]]]) -> Tensor:
    """Of each row of `values` (n, length) the mean over each of its runs [first, last], all in one vector."""
    sums = torch.nn.functional.pad(values.cumsum(dim=1), (1, 0))
    rows = torch.tensor([row for row, each in enumerate(runs) for _ in each], dtype=torch.long)
    firsts = torch.tensor([first for each in runs for first, _ in each], dtype=torch.long)
    behind = torch.tensor([last + 1 for each in runs for _, last in each], dtype=torch.long)
    return (sums[rows, behind] - sums[rows, firsts]) / (behind - firsts)
