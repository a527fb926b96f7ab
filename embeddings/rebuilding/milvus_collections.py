"""The collections of one index: the alias follows the live snapshot, and those of no snapshot go."""

from __future__ import annotations

from pathlib import Path

from embeddings.errors import SnapshotError
from embeddings.manifest import Manifest
from embeddings.milvus.ledger import Made, read_ledger, write_ledger
from embeddings.milvus.server import Server
from embeddings.snapshot.snapshot import live_id, read_manifest


def settle(index: Path) -> None:
    """Let the alias stand for the live snapshot's collection, and drop those that no snapshot of the index is in.

    Raises:
        SnapshotError: the server of the live snapshot can't be reached.
    """
    ledger = read_ledger(index)
    if ledger is None:
        return
    live = read_manifest(index, live_id(index)).store
    if live.kind == "milvus":
        Server(live.uri).point(ledger.name, live.collection)
    drop_unused(index)


def drop_unused(index: Path) -> None:
    """Drop the collections of this index that no snapshot of it is in: older ones, and what killed runs have left."""
    ledger = read_ledger(index)
    if ledger is None:
        return
    try:
        used = {Made(m.store.uri, m.store.collection) for m in _manifests(index)}
    except SnapshotError:
        # Which collection a damaged snapshot is in can't be told; once it has been replaced the next call knows.
        return
    for made in ledger.made:
        if made not in used and _dropped(made):
            ledger = ledger.without(made)
            write_ledger(index, ledger)


def _manifests(index: Path) -> list[Manifest]:
    folders = [path for path in (index / "snapshots").iterdir() if path.name[0] != "."]
    return [read_manifest(index, folder.name) for folder in folders]


def _dropped(made: Made) -> bool:
    try:
        Server(made.uri).drop(made.collection)
    except SnapshotError:
        # A server that was given up must not stop every rebuild from then on; the ledger keeps what is there.
        return False
    return True
