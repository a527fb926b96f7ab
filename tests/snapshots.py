"""Snapshots of articles that a test makes up, written as a rebuild writes them."""

from collections.abc import Sequence
from pathlib import Path

from embeddings.encoding.encoder import Encoder
from embeddings.index.bm25_matrix import count_terms
from embeddings.index.lexical import LexicalIndex, tokenize
from embeddings.manifest import Manifest, Store
from embeddings.preparation.corpus import Planned, PreparedCorpus
from embeddings.preparation.prepared import prepare
from embeddings.preparation.store import PreparedStore
from embeddings.rebuilding.snapshot_writer import write_snapshot
from embeddings.types import Article

_LOCAL = Store()


def write_words(folder: Path, texts: Sequence[str]) -> LexicalIndex:
    """The lexical index of the texts, the nth being passage n, in a new folder."""
    vocabulary, block = count_terms(map(tokenize, texts))
    LexicalIndex.write(folder, vocabulary, lambda: [block])
    return LexicalIndex.open(folder)


def write_articles(index: Path, articles: Sequence[Article], encoder: Encoder, store: Store = _LOCAL) -> Manifest:
    """Make a snapshot of the articles, in their order, the live one."""
    index.mkdir(parents=True, exist_ok=True)
    with PreparedStore(index / "prepared.sqlite", "a test") as prepared:
        planned = [
            Planned(each.id, each.path, prepared.keep(each.sha256.encode(), each.id, prepare(each)), each.place, each)
            for each in articles
        ]
        corpus = PreparedCorpus(prepared, planned)
        return write_snapshot(index, "folder", corpus, lambda: encoder, store=store).manifest
