"""The network of the reader: a BERT over question and text with four heads on top."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel


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

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.summary = nn.Linear(config.hidden_size, config.hidden_size)
        self.score = nn.Linear(config.hidden_size, 1)
        self.span = nn.Linear(config.hidden_size, 2)
        self.belongs = nn.Linear(config.hidden_size, 1)

    def forward(self, ids: Tensor, mask: Tensor) -> ReaderOutput:
        """Token ids and the mask of what is no padding, both (n, length), to logits in float32."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        score = self.score(torch.tanh(self.summary(states[:, 0]))).squeeze(-1)
        pointers = self.span(states).float().masked_fill(mask.unsqueeze(-1) == 0, float("-inf"))
        belongs = self.belongs(states).squeeze(-1)
        return ReaderOutput(score.float(), pointers[..., 0], pointers[..., 1], belongs.float())
