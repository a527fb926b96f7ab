"""A Milvus server, or a Milvus Lite file: the one place that speaks with it."""

from __future__ import annotations

import importlib.util
import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import SnapshotError
from embeddings.index.lexical import Scored
from embeddings.milvus.schema import Row, passage_indexes, passage_schema

TOKEN = "SUYUAN_MILVUS_TOKEN"  # noqa: S105, this is the name of the variable
"""Environment variable with `user:password` or an API key, where the server asks for one."""
_SECONDS = 60
"""What a search or a query may take. A server that is loading answers late, not never."""
_BUILD_SECONDS = 24 * 3600
"""What flushing, indexing or loading a collection may take."""
_CONNECT_SECONDS = 10
MOST = 16384
"""Rows that a Milvus server gives in one reply (its limit for `topK` and for `offset + limit`)."""
_EF = 256
"""Candidates of a search in the HNSW graph. With it recall@100 was 0.99 on the least friendly vectors, random ones, in
a real 2.3 server."""
_OLDEST = (2, 5)
"""The first that has both sparse vectors and inverted indexes of arrays in every one of its versions."""


def missing_package(uri: str) -> bool:
    """Whether what reaches this address is not installed."""
    needed = ("pymilvus", "milvus_lite") if is_file(uri) else ("pymilvus",)
    return any(importlib.util.find_spec(name) is None for name in needed)


def is_file(uri: str) -> bool:
    """Whether this is a Milvus Lite file, which one process at a time can open."""
    return uri.endswith(".db")


class Server:
    """One server; may be used from several threads."""

    def __init__(self, uri: str) -> None:
        """Connect.

        Raises:
            SnapshotError: the extra is not installed, or nothing answers there.
        """
        if missing_package(uri):
            raise SnapshotError(
                "--store milvus 需要另装：pip install 'suyuan[milvus]'\nThis needs the extra milvus, as above."
            )
        from pymilvus import MilvusClient

        # Whatever it logs is raised as well, and said in our words.
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
        logging.getLogger("milvus_lite").setLevel(logging.CRITICAL)
        self.uri = uri
        # Milvus Lite hangs up, and says so on stderr, where it is asked every ten seconds whether it is still there.
        options = {"grpc_options": {"grpc.keepalive_time_ms": 600_000}} if is_file(uri) else {}
        with self._speaking():
            self._client: Any = MilvusClient(uri, token=os.environ.get(TOKEN, ""), timeout=_CONNECT_SECONDS, **options)
            self._version = str(self._client.get_server_version())

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        from pymilvus.exceptions import MilvusException

        try:
            yield
        except MilvusException as error:
            why = "这个文件同一时间只能由一个进程打开" if is_file(self.uri) else f"请检查服务和 {TOKEN}"
            raise SnapshotError(
                f"Milvus（{self.uri}）出错：{error.message}。{why}；"
                "或改回本机：rebuild-index 文章文件夹 --store local\n"
                f"Milvus failed. Does it run? Is {TOKEN} right, if it asks for a token? Is a .db file open in another"
                " process? Or go back to --store local."
            ) from error

    def create(self, collection: str, dimension: int) -> None:
        """Make an empty collection for passages.

        Raises:
            SnapshotError: the server refuses it; this and what follows, whenever it does not do as it is told.
        """
        numbered = re.match(r"v?(\d+)\.(\d+)", self._version)
        if numbered and (int(numbered[1]), int(numbered[2])) < _OLDEST:
            # One of 2.3 takes this schema, refuses the rows, and crashes when it is to load the collection.
            raise SnapshotError(
                f"{self.uri} 是 Milvus {self._version}，需要 {_OLDEST[0]}.{_OLDEST[1]} 或更新的；索引未动。\n"
                f"Milvus {_OLDEST[0]}.{_OLDEST[1]} or newer is needed; the index is untouched."
            )
        with self._speaking():
            # Nothing in a collection changes once it is served, so nobody has to wait for the latest state of it.
            self._client.create_collection(collection, schema=passage_schema(dimension), consistency_level="Bounded")

    def insert(self, collection: str, rows: Sequence[Row]) -> None:
        """Add passages."""
        with self._speaking():
            self._client.insert(collection, [row.as_data() for row in rows], timeout=_SECONDS)

    def index(self, collection: str, size: int) -> None:
        """Index all `size` passages that were added. Before it is flushed a collection is searched row by row."""
        # Milvus Lite has no index of arrays.
        params = passage_indexes(size, arrays=not self._version.startswith("milvus_lite"))
        with self._speaking():
            self._client.flush(collection, timeout=_BUILD_SECONDS)
            self._client.create_index(collection, params, timeout=_BUILD_SECONDS)

    def load(self, collection: str) -> None:
        """Get a collection ready to be searched; one that is ready is left as it is."""
        with self._speaking():
            self._client.load_collection(collection, timeout=_BUILD_SECONDS)

    def has(self, collection: str) -> bool:
        """Whether there is a collection, or an alias, of this name."""
        with self._speaking():
            return bool(self._client.has_collection(collection, timeout=_SECONDS))

    def count(self, collection: str) -> int:
        """How many passages a collection holds."""
        with self._speaking():
            rows = self._client.query(
                collection, filter="", output_fields=["count(*)"], consistency_level="Strong", timeout=_SECONDS
            )
            return int(rows[0]["count(*)"])

    def nearest(self, collection: str, vector: NDArray[np.float32], limit: int) -> list[Scored]:
        """The passages of the largest inner products with a vector, best first, ties by number."""
        params = {"metric_type": "IP", "params": {"ef": max(_EF, min(limit, MOST))}}
        return self._search(collection, "dense", vector, limit, params, "")

    def matching(
        self, collection: str, weights: dict[int, float], limit: int, among: Sequence[int] | None = None
    ) -> list[Scored]:
        """The passages with the largest sums of weighted scores of terms, best first, ties by number.

        Only those `among` these numbers, if they are given; none whose sum is zero.
        """
        expression = f"id in {list(among)}" if among is not None else ""
        found = self._search(collection, "sparse", weights, limit, {"metric_type": "IP", "params": {}}, expression)
        return [hit for hit in found if hit.score > 0]

    def _search(
        self, collection: str, field: str, asked: object, limit: int, params: Mapping[str, object], expression: str
    ) -> list[Scored]:
        with self._speaking():
            hits = self._client.search(
                collection,
                data=[asked],
                anns_field=field,
                filter=expression,
                limit=min(limit, MOST),
                search_params=params,
                output_fields=["id"],
                timeout=_SECONDS,
            )[0]
        return sorted((Scored(int(h["id"]), float(h["distance"])) for h in hits), key=lambda h: (-h.score, h.passage))

    def vectors(self, collection: str, passages: Sequence[int]) -> NDArray[np.float32]:
        """Vectors of these passages, at most MOST, in their order, shape (passages, dimension)."""
        with self._speaking():
            rows = self._client.query(
                collection, filter=f"id in {list(passages)}", output_fields=["id", "dense"], timeout=_SECONDS
            )
        by_number = {int(row["id"]): row["dense"] for row in rows}
        return np.array([by_number[number] for number in passages], dtype=np.float32)

    def holding(self, collection: str, terms: Sequence[int]) -> NDArray[np.int64]:
        """Numbers, ascending, of all passages that hold every one of these terms."""
        expression = f"ARRAY_CONTAINS_ALL(terms, {list(terms)})"
        with self._speaking():
            rows = self._client.query(collection, filter=expression, output_fields=["id"], limit=MOST, timeout=_SECONDS)
            if len(rows) >= MOST:
                rows = self._all_rows(collection, expression)
        return np.sort(np.array([row["id"] for row in rows], dtype=np.int64))

    def _all_rows(self, collection: str, expression: str) -> list[dict[str, Any]]:
        found = self._client.query_iterator(
            collection, batch_size=MOST, filter=expression, output_fields=["id"], timeout=_SECONDS
        )
        following: Callable[[], list[dict[str, Any]]] = found.next
        rows = [row for batch in iter(following, []) for row in batch]
        found.close()
        return rows

    def point(self, alias: str, collection: str) -> None:
        """Make an alias stand for a collection, whatever it stood for."""
        exists = self.has(alias)
        with self._speaking():
            (self._client.alter_alias if exists else self._client.create_alias)(collection, alias)

    def drop(self, collection: str) -> None:
        """Delete a collection and the aliases that stand for it, if there is one."""
        if self.has(collection):
            with self._speaking():
                for alias in self._client.list_aliases(collection)["aliases"]:
                    self._client.drop_alias(alias)
                self._client.drop_collection(collection)
