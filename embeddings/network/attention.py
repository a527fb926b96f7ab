"""Attention in bfloat16 on a CPU that multiplies matrices in hardware: half the time of PyTorch's own.

PyTorch's fused attention computes its products in small blocks, which leaves the CPU's matrix unit idle; as two whole
products they take a fifth of the time. What costs most is then the softmax. Here it is one pass of exp2, its sums being
one more column of the second product. Without each row's largest score subtracted a weight may be larger than bfloat16
can say: where one was, and for all that is not plain attention over whole texts, PyTorch's own attention answers.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel

_NAME = "suyuan_whole_products"
_FEWEST_WEIGHTS = 1_000_000
"""In one layer of a batch: with fewer, as for a question, PyTorch's own is one call instead of ten."""
_MOST_WEIGHTS = 32_000_000
"""64 MB; more would be the thousands of tokens of a long text, which small blocks are for."""


def use_whole_products(model: PreTrainedModel) -> None:
    """Let a model that uses PyTorch's fused attention use this one; another is left as it is."""
    from transformers import AttentionInterface, AttentionMaskInterface
    from transformers.masking_utils import sdpa_mask

    # Only models that look their attention up by its name can be given another.
    if model.config._attn_implementation == "sdpa" and getattr(model, "_supports_attention_backend", False):
        AttentionInterface.register(_NAME, attention)
        AttentionMaskInterface.register(_NAME, sdpa_mask)
        model.set_attn_implementation(_NAME)


def attend(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
    """Attention of every token to all of its text: (n, heads, tokens, width) to (n, tokens, heads, width).

    `seen` is False for padding, (n, tokens). Written out where it is learned: on a CPU the backward pass of PyTorch's
    fused attention takes twice the time of the whole step.
    """
    import torch
    from torch.nn import functional

    mask, scaling = seen[:, None, None, :], query.shape[-1] ** -0.5
    attended: torch.Tensor | None = None
    if torch.is_grad_enabled() and query.requires_grad:
        scores = query @ key.transpose(-1, -2) * scaling
        attended = scores.masked_fill(~mask, torch.finfo(scores.dtype).min).softmax(-1) @ value
    elif query.device.type == "cpu" and query.dtype == torch.bfloat16 and _is_of_fit_size(query):
        attended = _whole_products(query, key, value, mask, scaling)
    if attended is None:
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
    return attended.transpose(1, 2).contiguous()


def attention(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    **others: Any,
) -> tuple[torch.Tensor, None]:
    """Attention as transformers calls it: (batch, heads, tokens, width) in, (batch, tokens, heads, width) out."""
    from transformers.integrations.sdpa_attention import sdpa_attention_forward

    if _is_plain(module, (query, key, value), others) and _hides_same_for_all(attention_mask):
        scaling = others.get("scaling") or query.shape[-1] ** -0.5
        attended = _whole_products(query, key, value, attention_mask, scaling)
        if attended is not None:
            return attended.transpose(1, 2).contiguous(), None
    attended, _ = sdpa_attention_forward(module, query, key, value, attention_mask, **others)
    return attended, None


def _is_plain(module: torch.nn.Module, inputs: tuple[torch.Tensor, ...], others: dict[str, Any]) -> bool:
    """Whether every token looks at all of its text, nothing is learned, and the weights are neither few nor many."""
    import torch

    query = inputs[0]
    causal = others.get("is_causal")
    return (
        not (getattr(module, "is_causal", True) if causal is None else causal)
        and not others.get("dropout")
        and all(others[name] is None for name in others.keys() - {"is_causal", "dropout", "scaling", "position_ids"})
        and not torch.is_grad_enabled()
        and query.dtype == torch.bfloat16
        and all(one.shape == query.shape for one in inputs)
        and _is_of_fit_size(query)
    )


def _is_of_fit_size(query: torch.Tensor) -> bool:
    return _FEWEST_WEIGHTS <= query.shape[:-1].numel() * query.shape[-2] <= _MOST_WEIGHTS


def _hides_same_for_all(mask: torch.Tensor | None) -> bool:
    """Whether a mask hides the same tokens, padding, from all tokens of a text and all heads."""
    import torch

    return mask is None or (
        mask.dtype == torch.bool and mask.shape[1] == 1 and torch.equal(mask, mask[:, :, :1].expand_as(mask))
    )


def _whole_products(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, mask: torch.Tensor | None, scaling: float
) -> torch.Tensor | None:
    """The weighted means of the values, weights being powers of two; None where a sum of weights can't be said."""
    batch, heads, tokens, width = query.shape
    # A column of ones adds up the weights; what is hidden has a row of zeros.
    summed = value.new_ones(batch, heads, tokens, width + 1)
    summed[..., :width] = value
    if mask is not None:
        summed *= mask[:, :, :1].transpose(-1, -2)
    texts = batch * heads
    scaled = query * (scaling * math.log2(math.e))
    weights = (scaled.reshape(texts, tokens, width) @ key.reshape(texts, tokens, width).transpose(1, 2)).exp2_()
    sums = (weights @ summed.view(texts, tokens, width + 1)).view_as(summed)
    total = sums[..., width:]
    if not bool(((total > 0) & total.isfinite()).all()):
        return None
    return sums[..., :width] / total
