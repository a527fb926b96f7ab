"""What a collection of passages looks like, and how it is indexed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_EXACT = 50_000
"""Passages up to which every vector is compared: about a hundredth of a second, and all there is where many passages
are alike, of whose graph some part may not be reached."""
_M, _EF_CONSTRUCTION = 32, 200
"""Of the HNSW graph for more of them, which is built once and searched for long."""
_VARCHAR = 65535
_TERMS = 4096
"""The longest string, in bytes, and the longest array that Milvus takes."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A passage as a collection holds it."""

    number: int
    article: str
    start: int
    end: int
    text: str
    vector: NDArray[np.float32]
    terms: NDArray[np.int64]
    """Numbers of its distinct terms, ascending."""
    scores: NDArray[np.float32]
    """BM25 of each of them."""

    def as_data(self) -> dict[str, object]:
        """The row in pymilvus's form."""
        return {
            "id": self.number,
            "article": self.article,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "dense": self.vector,
            "sparse": dict(zip(self.terms.tolist(), self.scores.tolist(), strict=True)),
            "terms": self.terms.tolist(),
        }


def passage_schema(dimension: int) -> Any:
    """The fields of a row, in pymilvus's form.

    `sparse` holds the scores by term, whose inner product with the counts of a question's terms is BM25; `terms` tells
    which passages hold all of some terms, which sums of scores don't.
    """
    from pymilvus import DataType, MilvusClient

    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("article", DataType.VARCHAR, max_length=_VARCHAR)
    schema.add_field("start", DataType.INT64)
    schema.add_field("end", DataType.INT64)
    schema.add_field("text", DataType.VARCHAR, max_length=_VARCHAR)
    schema.add_field("dense", DataType.FLOAT_VECTOR, dim=dimension)
    schema.add_field("sparse", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_field("terms", DataType.ARRAY, element_type=DataType.INT32, max_capacity=_TERMS)
    return schema


def passage_indexes(size: int, arrays: bool) -> Any:
    """How the fields of so many rows are indexed, in pymilvus's form; `arrays`: whether the server can index those."""
    params = dense_index(size)
    params.add_index("sparse", index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
    if arrays:
        params.add_index("terms", index_type="INVERTED")
    return params


def dense_index(size: int) -> Any:
    """How the vectors alone are indexed, in pymilvus's form: what servers that know no sparse vectors take too."""
    from pymilvus import MilvusClient

    params = MilvusClient.prepare_index_params()
    if size <= _EXACT:
        params.add_index("dense", index_type="FLAT", metric_type="IP")
    else:
        graph = {"M": _M, "efConstruction": _EF_CONSTRUCTION}
        params.add_index("dense", index_type="HNSW", metric_type="IP", params=graph)
    return params
