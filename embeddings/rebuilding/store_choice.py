"""Which store a rebuild writes to: the one asked for, or the one that the live snapshot is in."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from embeddings.errors import SnapshotError
from embeddings.manifest import Store
from embeddings.milvus.server import TOKEN, Server, is_file
from embeddings.snapshot.snapshot import live_id, read_manifest

_LOCAL = Store()


def store_of(index: Path, asked: Store | None) -> Store:
    """The store that was asked for, or that of the live snapshot; a Milvus server is there and answers.

    Raises:
        SnapshotError: it does not, or its address holds a password.
    """
    store = asked or _live_store(index)
    if store.kind == "milvus":
        if urlsplit(store.uri).username is not None:
            raise SnapshotError(
                f"--milvus-uri 里不要写用户名和密码，它会记进索引；请放进环境变量 {TOKEN}=用户名:密码\n"
                f"The address is kept in the index: give user:password in the environment variable {TOKEN} instead."
            )
        # By its whole path, for the index is opened from other folders too.
        store = Store("milvus", str(Path(store.uri).resolve()) if is_file(store.uri) else store.uri)
        # Now, and not after an hour of embedding.
        Server(store.uri)
    return store


def _live_store(index: Path) -> Store:
    try:
        return read_manifest(index, live_id(index)).store
    except SnapshotError:
        return _LOCAL


def same_store(one: Store, other: Store) -> bool:
    """Whether both are in the same place, whatever the collection."""
    return (one.kind, one.uri) == (other.kind, other.uri)
