"""The files of a new snapshot that are searched: texts, words, vectors."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.disk.array_file import create_array
from embeddings.disk.durable_files import flushed_sha256
from embeddings.encoding.encoder import Encoder, let_go
from embeddings.index.dense import DenseIndex
from embeddings.index.lexical import LexicalIndex
from embeddings.manifest import DenseKind
from embeddings.preparation.corpus import PreparedCorpus
from embeddings.progress import Running, Tell
from embeddings.rebuilding.embedding import embed
from embeddings.rebuilding.vector_cache import VectorCache
from embeddings.snapshot.snapshot import CORPUS, LEXICAL, VECTORS

EMBEDDINGS = "embeddings.sqlite"
"""File of an index that keeps the vectors of all its texts."""


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """What the files of a snapshot were made with."""

    encoder: Encoder
    embedded: int
    """Passages whose vectors had to be computed; the others were kept."""
    dense: DenseKind
    hashes: Mapping[str, str]
    """Of those that need no model, see `hash_files`: computed, and flushed to the disk, while it was being loaded."""


def write_files(
    index: Path, building: Path, corpus: PreparedCorpus, encoder: Callable[[], Encoder], tell: Tell
) -> WrittenFiles:
    """Write them into the folder `building`; what needs no model comes first, while that is being loaded.

    Raises:
        OSError, sqlite3.Error: the disk is full or the folder can't be written.
        ModelError: the model can't be loaded.
    """
    stage = Running("lexical", 2, 0, tell)
    corpus.write_corpus(building / CORPUS)
    stage.advance()
    LexicalIndex.write(building / LEXICAL, corpus.vocabulary(), corpus.term_blocks)
    stage.advance()
    hashes = hash_files(building, {})
    model = encoder()
    scratch = building / "vectors.part"
    vectors = create_array(scratch, (corpus.passages, model.dimension), np.float32)
    embedded = embed(model, VectorCache(index / EMBEDDINGS), corpus.digests(), corpus.texts, vectors, tell)
    let_go(model)
    kind = _save_vectors(vectors, building / VECTORS)
    scratch.unlink()
    return WrittenFiles(model, embedded, kind, hashes)


def hash_files(folder: Path, known: Mapping[str, str]) -> dict[str, str]:
    """Flush the files in a folder to the disk; their hashes, by their paths in it, those `known` taken as they are."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in files}
    return {name: known.get(name) or flushed_sha256(path) for name, path in names.items()}


def _save_vectors(vectors: NDArray[np.float32], file: Path) -> DenseKind:
    index = DenseIndex.build(vectors)
    try:
        index.save(file)
    except RuntimeError as error:
        # FAISS says “write error” whatever the system said; by far the likeliest is that the disk is full.
        raise OSError(errno.ENOSPC, f"{os.strerror(errno.ENOSPC)}?", str(file)) from error
    return index.kind
