"""What a snapshot says of itself, so that opening one needs only its path."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

FORMAT = 1
"""Raised whenever an older reader would misread a snapshot."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """manifest.json of a snapshot."""

    format: int
    id: str
    model: str
    """Name of the embedding model, as `--model` takes it."""
    revision: str
    dimension: int
    chunker: str
    articles: int
    passages: int
    folder: str
    """The folder of articles it was built from, as given."""
    files: dict[str, str]
    """File of the snapshot -> sha256 of its content."""


MANIFEST: TypeAdapter[Manifest] = TypeAdapter(Manifest)
