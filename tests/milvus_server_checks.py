"""Starts a real Milvus server, asks it what the tests want to know, and prints that as one JSON object.

`python -m tests.milvus_server_checks FOLDER`, in a network namespace of its own: the server listens on every address.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from embeddings.errors import SnapshotError
from embeddings.index.lexical import Scored
from embeddings.milvus.legs import MilvusDense
from embeddings.milvus.schema import dense_index
from embeddings.milvus.server import Server
from tests.milvus_lite_server import answering

PASSAGES, DIMENSION, QUESTIONS = 3000, 64, 100
_SIOCSIFFLAGS, _IFF_UP, _IFF_LOOPBACK = 0x8914, 0x1, 0x8


def main(folder: Path) -> None:
    """Start the server, check, stop it."""
    if [name for _, name in socket.if_nameindex()] != ["lo"]:
        raise SystemExit("there is more than the loopback device here")
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _IFF_UP | _IFF_LOOPBACK))
    command = [sys.executable, "-c", "import milvus; milvus.main()", "--data", str(folder), "--proxy-port", "19540"]
    with (folder.parent / "server.log").open("wb") as log:
        # The server is a child of that process, and is ended with it.
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        server = Server(answering("http://127.0.0.1:19540", seconds=120))
        print(json.dumps(dense_leg(server) | refused(server)))
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=30)


def dense_leg(server: Server) -> dict[str, object]:
    """Search by the graph, exact cosines, and the alias."""
    from pymilvus import DataType, MilvusClient

    client = server._client
    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("dense", DataType.FLOAT_VECTOR, dim=DIMENSION)
    client.create_collection("dense_alone", schema=schema, consistency_level="Bounded")
    random = np.random.default_rng(7)
    vectors = random.normal(size=(PASSAGES, DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    client.insert("dense_alone", [{"id": number, "dense": vector} for number, vector in enumerate(vectors)])
    client.flush("dense_alone")
    # The graph of a large collection.
    client.create_index("dense_alone", dense_index(1_000_000))
    server.load("dense_alone")
    server.point("live", "dense_alone")
    leg = MilvusDense(server, "live", server.count("live"), 0.02)
    questions = random.normal(size=(QUESTIONS, DIMENSION)).astype(np.float32)
    questions /= np.linalg.norm(questions, axis=1, keepdims=True)
    started = time.monotonic()
    found = [leg.search(question, 10) for question in questions]
    seconds = time.monotonic() - started
    exact = [np.argsort(-(vectors @ question))[:10].tolist() for question in questions]
    right = sum(len({hit.passage for hit in hits} & set(best)) for hits, best in zip(found, exact, strict=True))
    some = [2999, 0, 17]
    cosines_off_by = float(np.abs(leg.cosines(questions[0], some) - vectors[some] @ questions[0]).max())
    server.drop("dense_alone")
    return {
        "version": server._version,
        "size": leg.size,
        "recall": right / (10 * QUESTIONS),
        "in_order": all(hits == sorted(hits, key=_place) for hits in found),
        "score_off_by": max(
            abs(hits[0].score - float(max(vectors @ question))) for hits, question in zip(found, questions, strict=True)
        ),
        "milliseconds": 1000 * seconds / QUESTIONS,
        "gone": not server.has("live"),
        "cosines_off_by": cosines_off_by,
    }


def _place(hit: Scored) -> tuple[float, int]:
    return -hit.score, hit.passage


def refused(server: Server) -> dict[str, object]:
    """A collection with both legs is not made on a server that would crash of it."""
    try:
        server.create("both_legs", DIMENSION)
    except SnapshotError as error:
        return {"refused": str(error), "made": server.has("both_legs")}
    return {"refused": ""}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
