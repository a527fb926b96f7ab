"""What a snapshot says of itself, so that opening one needs only its path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

from embeddings.types import SetAside

FORMAT = 3
"""Raised whenever an older reader would misread a snapshot."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a snapshot was made of."""

    inputs: str = ""
    """See `inputs_digest`; empty: not known."""
    reprints: int = 0
    """Files that hold an article which another file holds too."""
    set_aside: tuple[SetAside, ...] = ()


@dataclass(frozen=True, slots=True)
class DenseKind:
    """How the vectors of a snapshot are stored and searched; the defaults are what older snapshots hold."""

    name: str = "exact-fp32"
    """One of those in embeddings/index/dense_kinds.py."""
    recall: float = 1.0
    """Share of the ten nearest passages by float32 that are among the ten found, measured when it was built."""


@dataclass(frozen=True, slots=True)
class Store:
    """Where what is searched lies; articles and outlines are in the folder of the snapshot wherever that is."""

    kind: Literal["local", "milvus"] = "local"
    uri: str = ""
    """Of the Milvus server: http://host:port, or a Milvus Lite file, which ends in .db. Without its token."""
    collection: str = ""
    """Of the passages; empty where none has been made yet."""
    spread: float = 0.0
    """See `DenseLeg.spread`."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """manifest.json of a snapshot."""

    format: int
    id: str
    model: str
    """Name of the embedding model, as `--model` takes it."""
    revision: str
    dimension: int
    articles: int
    passages: int
    folder: str
    """The folder of articles it was built from, as given."""
    files: dict[str, str]
    """File of the snapshot -> sha256 of its content."""
    origin: Origin = Origin()
    dense: DenseKind = DenseKind()
    store: Store = Store()


MANIFEST: TypeAdapter[Manifest] = TypeAdapter(Manifest)
