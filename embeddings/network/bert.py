"""BERT (Devlin et al., NAACL 2019) as the bundled encoder and the reader need it, importing nothing but PyTorch.

Weights have the names that transformers gives them, so that either loads what the other wrote; its BertModel takes
seconds to import.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

import torch
from torch import Tensor, nn
from torch.nn import functional

from embeddings.network.attention import attend


@dataclass(frozen=True, slots=True)
class BertSize:
    """The measures of a network; the defaults are those of transformers' BertConfig, which writes only others."""

    vocab_size: int = 30522
    hidden_size: int = 768
    num_hidden_layers: int = 12
    num_attention_heads: int = 12
    intermediate_size: int = 3072
    max_position_embeddings: int = 512
    type_vocab_size: int = 2
    layer_norm_eps: float = 1e-12

    @classmethod
    def from_json(cls, text: str) -> BertSize:
        """What a configuration says.

        Raises:
            ValueError: it is no JSON, or another network's.
            TypeError, KeyError: it is of another form.
        """
        said = json.loads(text)
        kind, act = said.get("model_type", "bert"), said.get("hidden_act", "gelu")
        if (kind, act) != ("bert", "gelu"):
            raise ValueError(f"{kind} with {act} is no BERT")
        return cls(**{field.name: said[field.name] for field in fields(cls) if field.name in said})

    def to_json(self) -> str:
        """As `from_json` reads it, and transformers."""
        return json.dumps({"model_type": "bert", "hidden_act": "gelu", **asdict(self)}, indent=1)


class Bert(nn.Module):
    """Token ids and the mask of what is no padding, both (n, length), to states (n, length, hidden).

    Its matrices hold what memory held until weights are loaded: to draw them takes longer than to load them.
    """

    def __init__(self, size: BertSize) -> None:
        super().__init__()
        self.size = size
        self.embeddings = _Embeddings(size)
        self.encoder = _Layers(size)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The states of the last layer, in the number format of its weights."""
        states: Tensor = self.embeddings(ids)
        seen = mask.bool()
        for layer in self.encoder.layer:
            states = layer(states, seen)
        return states


class _Linear(nn.Linear):
    def reset_parameters(self) -> None:
        nn.init.zeros_(self.bias)


def _table(rows: int, size: BertSize) -> nn.Embedding:
    return nn.Embedding(rows, size.hidden_size, _weight=torch.empty(rows, size.hidden_size))


class _Embeddings(nn.Module):
    def __init__(self, size: BertSize) -> None:
        super().__init__()
        self.word_embeddings = _table(size.vocab_size, size)
        self.position_embeddings = _table(size.max_position_embeddings, size)
        self.token_type_embeddings = _table(size.type_vocab_size, size)
        self.LayerNorm = nn.LayerNorm(size.hidden_size, eps=size.layer_norm_eps)

    def forward(self, ids: Tensor) -> Tensor:
        positions = self.position_embeddings.weight[: ids.shape[1]]
        # The table may be kept in another format than all else, since only a few of its rows are needed.
        words = self.word_embeddings(ids).to(positions.dtype)
        summed: Tensor = self.LayerNorm(words + self.token_type_embeddings.weight[0] + positions)
        return summed


class _Layers(nn.Module):
    def __init__(self, size: BertSize) -> None:
        super().__init__()
        self.layer = nn.ModuleList(_Layer(size) for _ in range(size.num_hidden_layers))


class _Layer(nn.Module):
    def __init__(self, size: BertSize) -> None:
        super().__init__()
        self.attention = _Attention(size)
        self.intermediate = _Dense(size.hidden_size, size.intermediate_size)
        self.output = _Added(size.intermediate_size, size)

    def forward(self, states: Tensor, seen: Tensor) -> Tensor:
        attended = self.attention(states, seen)
        changed: Tensor = self.output(functional.gelu(self.intermediate.dense(attended)), attended)
        return changed


class _Dense(nn.Module):
    def __init__(self, width: int, wider: int) -> None:
        super().__init__()
        self.dense = _Linear(width, wider)


class _Added(nn.Module):
    """A linear layer whose output is added to what went in before it, and normalised."""

    def __init__(self, width: int, size: BertSize) -> None:
        super().__init__()
        self.dense = _Linear(width, size.hidden_size)
        self.LayerNorm = nn.LayerNorm(size.hidden_size, eps=size.layer_norm_eps)

    def forward(self, changed: Tensor, before: Tensor) -> Tensor:
        normalised: Tensor = self.LayerNorm(self.dense(changed) + before)
        return normalised


class _Attention(nn.Module):
    def __init__(self, size: BertSize) -> None:
        super().__init__()
        self.self = _Projections(size)
        self.output = _Added(size.hidden_size, size)

    def forward(self, states: Tensor, seen: Tensor) -> Tensor:
        attended: Tensor = self.output(self.self(states, seen), states)
        return attended


class _Projections(nn.Module):
    def __init__(self, size: BertSize) -> None:
        super().__init__()
        self.heads = size.num_attention_heads
        self.query, self.key, self.value = (_Linear(size.hidden_size, size.hidden_size) for _ in range(3))

    def forward(self, states: Tensor, seen: Tensor) -> Tensor:
        query, key, value = (self._split(one(states)) for one in (self.query, self.key, self.value))
        return attend(query, key, value, seen).flatten(2)

    def _split(self, states: Tensor) -> Tensor:
        return states.view(*states.shape[:2], self.heads, -1).transpose(1, 2)
