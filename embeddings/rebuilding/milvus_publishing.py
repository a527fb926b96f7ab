"""A verified local snapshot -> a Milvus collection that holds what is searched of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from embeddings.disk.durable_files import flushed_sha256, write_durably
from embeddings.errors import SnapshotError
from embeddings.index.dense import DenseIndex
from embeddings.index.lexical import LexicalIndex
from embeddings.index.vocabulary import TERMS
from embeddings.manifest import MANIFEST, Manifest
from embeddings.milvus.ledger import new_ledger, read_ledger, write_ledger
from embeddings.milvus.legs import open_legs
from embeddings.milvus.schema import Row
from embeddings.milvus.server import Server
from embeddings.progress import Running, Tell, silent
from embeddings.snapshot.corpus_store import CorpusStore
from embeddings.snapshot.snapshot import CORPUS, LEXICAL, VECTORS

_BLOCK = 16384
"""Passages whose terms are looked up at a time."""
_ROWS = 500
"""Passages sent at a time, about four megabytes."""
_SAMPLES, _DEPTH = 50, 10
"""Passages, and about so many terms, for which a new collection has to find what the local index finds, at so many
places, before it goes live."""
_RECALL = 0.98
"""Of the dense leg, which may be approximate."""
_ROUNDING = 1e-4


def publish(index: Path, building: Path, manifest: Manifest, tell: Tell = silent) -> Manifest:
    """Move what is searched from the local snapshot in `building` to the Milvus server that its manifest names.

    Returns the new manifest, which is written there too. The collection is entered in the ledger of the index.

    Raises:
        SnapshotError: the server can't be reached, refuses the passages, or does not find them again.
    """
    server = Server(manifest.store.uri)
    ledger, made = (read_ledger(index) or new_ledger(index)).with_collection_of(manifest.id, server.uri)
    write_ledger(index, ledger)
    corpus = CorpusStore(building / CORPUS)
    dense, lexical = DenseIndex.open(building / VECTORS), LexicalIndex.open(building / LEXICAL)
    server.create(made.collection, manifest.dimension)
    stage = Running("publishing", manifest.passages, 0, tell)
    for rows in _batches(corpus, dense, lexical):
        server.insert(made.collection, rows)
        stage.advance(len(rows))
    server.index(made.collection, manifest.passages)
    shutil.copyfile(building / LEXICAL / TERMS, building / TERMS)
    moved = replace(
        manifest,
        files={CORPUS: manifest.files[CORPUS], TERMS: flushed_sha256(building / TERMS)},
        store=replace(manifest.store, collection=made.collection, spread=dense.spread),
    )
    _verify(building, moved, dense, lexical)
    write_durably(building / "manifest.json", MANIFEST.dump_json(moved, indent=1))
    (building / VECTORS).unlink()
    shutil.rmtree(building / LEXICAL)
    return moved


def _batches(corpus: CorpusStore, dense: DenseIndex, lexical: LexicalIndex) -> Iterator[list[Row]]:
    for first in range(0, dense.size, _BLOCK):
        last = min(first + _BLOCK, dense.size)
        terms = lexical.passage_terms(first, last)
        for begin in range(first, last, _ROWS):
            numbers = range(begin, min(begin + _ROWS, last))
            rows: list[Row] = []
            for number, passage, vector in zip(
                numbers, corpus.passages_at(numbers), dense.vectors(numbers), strict=True
            ):
                own = slice(terms.begins[number - first], terms.begins[number - first + 1])
                text = corpus.article(passage.article_id).text[passage.start : passage.end]
                rows.append(
                    Row(
                        number=number,
                        article=passage.article_id,
                        start=passage.start,
                        end=passage.end,
                        text=text,
                        vector=vector,
                        terms=terms.numbers[own],
                        scores=terms.scores[own],
                    )
                )
            yield rows


def _verify(building: Path, manifest: Manifest, dense: DenseIndex, lexical: LexicalIndex) -> None:
    """Of a sample, both legs have to find in the collection what the local ones find."""
    there_dense, there_lexical = open_legs(building, manifest)
    sample = np.unique(np.linspace(0, dense.size - 1, min(_SAMPLES, dense.size)).astype(np.int64)).tolist()
    found = wanted = 0
    for vector in dense.vectors(sample):
        # Passages of equal text tie, so what is compared is the scores, not the numbers.
        here, there = ([hit.score for hit in leg.search(vector, _DEPTH)] for leg in (dense, there_dense))
        wanted += len(here)
        found += sum(score > here[-1] - _ROUNDING for score in there)
    if found < _RECALL * wanted:
        raise _failed(f"向量检索只找到 {found}/{wanted} the dense leg")
    terms = [term.text for term in lexical.terms() if term.holding]
    for term in terms[:: max(1, len(terms) // _SAMPLES)]:
        here, there = ([hit.score for hit in leg.search(term, _DEPTH)] for leg in (lexical, there_lexical))
        if not np.allclose(here, there, rtol=_ROUNDING):
            raise _failed(f"词汇检索对“{term}”的结果不同 the lexical leg")


def _failed(what: str) -> SnapshotError:
    return SnapshotError(
        f"Milvus 里的新索引自检未通过：{what}；原索引未动。\n"
        "The new collection failed its self-check, as above; the live index is untouched."
    )
