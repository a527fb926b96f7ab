"""Attention as whole products gives what attention is, and leaves to PyTorch's own what it is not made for."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from embeddings.bundled_model import bundled
from embeddings.encoding.loading import load_sentence_transformer
from embeddings.network import attention as attention_module
from embeddings.network.attention import attention, use_whole_products
from embeddings.network.vectors import unit_rows
from embeddings.reading.articles import read_articles
from embeddings.structure.chunking import cut_passages, embedded_text
from embeddings.structure.outline import read_outline
from embeddings.types import Article
from tests.conftest import REPOSITORY

TEXTS, HEADS, TOKENS, WIDTH = 3, 2, 37, 32
SCALING = WIDTH**-0.5
LENGTHS = (37, 20, 1)


class Layer(torch.nn.Module):
    is_causal = False


class CausalLayer(torch.nn.Module):
    is_causal = True


@pytest.fixture(autouse=True)
def any_size(monkeypatch):
    monkeypatch.setattr(attention_module, "_FEWEST_WEIGHTS", 0)


@pytest.fixture(autouse=True)
def nothing_is_learned():
    with torch.inference_mode():
        yield


@pytest.fixture
def inputs():
    torch.manual_seed(0)
    return [torch.randn(TEXTS, HEADS, TOKENS, WIDTH).bfloat16() for _ in range(3)]


@pytest.fixture
def padding():
    """What of each text is seen, by every one of its tokens."""
    seen = torch.arange(TOKENS) < torch.tensor(LENGTHS)[:, None]
    return seen[:, None, None, :].expand(TEXTS, 1, TOKENS, TOKENS)


def by_hand(query, key, value, mask):
    scores = query.float() @ key.float().transpose(-1, -2) * SCALING
    if mask is not None:
        scores = scores.masked_fill(~mask, -torch.inf)
    return (scores.softmax(-1) @ value.float()).transpose(1, 2)


def by_whole_products(monkeypatch, layer, inputs, mask, **others):
    """What came out, and whether PyTorch's own attention was asked."""
    from transformers.integrations import sdpa_attention

    asked, own = [], sdpa_attention.sdpa_attention_forward
    monkeypatch.setattr(
        sdpa_attention, "sdpa_attention_forward", lambda *args, **named: asked.append(1) or own(*args, **named)
    )
    out, _ = attention(layer, *inputs, mask, scaling=SCALING, **others)
    return out.float(), bool(asked)


def test_whole_texts_and_padded_ones(monkeypatch, inputs, padding):
    for mask in (None, padding):
        out, asked = by_whole_products(monkeypatch, Layer(), inputs, mask, dropout=0.0, position_ids=torch.arange(3))
        assert not asked
        torch.testing.assert_close(out, by_hand(*inputs, mask), atol=0.04, rtol=0.02)


def test_weights_beyond_what_can_be_said_are_left_to_the_usual_way(monkeypatch, inputs):
    query, key, value = inputs
    for factor in (400, -400):
        scores = [query.abs() * factor, key.abs(), value]
        out, asked = by_whole_products(monkeypatch, Layer(), scores, None)
        assert asked
        torch.testing.assert_close(out, by_hand(*scores, None), atol=0.04, rtol=0.02)


def test_what_is_not_attention_over_whole_texts_is_left_to_the_usual_way(monkeypatch, inputs, padding):
    near = (torch.arange(TOKENS)[:, None] - torch.arange(TOKENS)).abs() < 5
    cases = [
        (CausalLayer(), None, {}),
        (Layer(), near.expand(TEXTS, 1, TOKENS, TOKENS), {}),
        (Layer(), torch.zeros(TEXTS, 1, TOKENS, TOKENS).bfloat16(), {}),
        (Layer(), None, {"is_causal": True}),
        (Layer(), None, {"position_bias": torch.ones(1, HEADS, TOKENS, TOKENS).bfloat16()}),
    ]
    for layer, mask, others in cases:
        assert by_whole_products(monkeypatch, layer, inputs, mask, **others)[1], (layer, others)
    single = [each.float() for each in inputs]
    assert by_whole_products(monkeypatch, Layer(), single, padding)[1]
    for limit, value in (("_MOST_WEIGHTS", 1000), ("_FEWEST_WEIGHTS", 10_000)):
        with monkeypatch.context() as patched:
            patched.setattr(attention_module, limit, value)
            assert by_whole_products(monkeypatch, Layer(), inputs, None)[1], limit


def test_the_bundled_model_says_the_same_with_it():
    articles = [each for each in read_articles(REPOSITORY / "corpus") if isinstance(each, Article)]
    passages = [(each, passage) for each in articles for passage in cut_passages(each, read_outline(each))]
    texts = [embedded_text(article, passage) for article, passage in passages]
    exact = load_sentence_transformer(str(bundled.unpack()), local_only=True, device="cpu").to(torch.float32)
    fast = load_sentence_transformer(str(bundled.unpack()), local_only=True, device="cpu").to(torch.bfloat16)
    transformer = fast.transformers_model
    transformer.set_attn_implementation("sdpa")
    use_whole_products(transformer)
    assert transformer.config._attn_implementation != "sdpa"
    one, other = (unit_rows(model.encode_document(texts, batch_size=16)) for model in (exact, fast))
    assert np.sum(one * other, axis=1).min() > 0.9998
