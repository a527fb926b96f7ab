"""The network of the reader: a BERT over question and text with four heads on top."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from embeddings.network.bert import Bert, BertSize


@dataclass(frozen=True, slots=True)
class ReaderOutput:
    """What the network says of n pairs, padded to one length; all are logits."""

    score: Tensor
    """(n,): that the text answers the question."""
    start: Tensor
    """(n, length): that an answer starts at a token; the first token stands for “no answer”."""
    end: Tensor
    """(n, length): that it ends with a token."""
    belongs: Tensor
    """(n, length): that the sentence a token is part of belongs to the answer; a sentence's own is their mean."""


class ReaderModel(nn.Module):
    """A cross-encoder: one pass over question and text gives all four (after Devlin et al., NAACL 2019)."""

    def __init__(self, size: BertSize) -> None:
        super().__init__()
        self.encoder = Bert(size)
        self.summary = nn.Linear(size.hidden_size, size.hidden_size)
        self.score = nn.Linear(size.hidden_size, 1)
        self.span = nn.Linear(size.hidden_size, 2)
        self.belongs = nn.Linear(size.hidden_size, 1)

    def forward(self, ids: Tensor, mask: Tensor) -> ReaderOutput:
        """Token ids and the mask of what is no padding, both (n, length), to logits in float32."""
        states = self.encoder(ids, mask)
        score = self.score(torch.tanh(self.summary(states[:, 0]))).squeeze(-1)
        pointers = self.span(states).float().masked_fill(mask.unsqueeze(-1) == 0, float("-inf"))
        belongs = self.belongs(states).squeeze(-1)
        return ReaderOutput(score.float(), pointers[..., 0], pointers[..., 1], belongs.float())
