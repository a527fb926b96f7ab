"""Milvus Lite as a server in a process of its own, on a port of this machine alone."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embeddings.errors import SnapshotError
from embeddings.milvus.server import Server


@contextmanager
def milvus_lite_server(folder: Path) -> Iterator[str]:
    """The address of a server that keeps its data in the folder."""
    port = free_port()
    command = [sys.executable, "-m", "milvus_lite", "server", "--data-dir", str(folder)]
    with (folder.parent / "milvus-lite.log").open("wb") as log:
        process = subprocess.Popen([*command, "--host", "127.0.0.1", "--port", str(port)], stdout=log, stderr=log)
    try:
        yield answering(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(timeout=30)


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def answering(uri: str, seconds: int = 60) -> str:
    """The address, once something answers there."""
    until = time.monotonic() + seconds
    while True:
        try:
            return Server(uri).uri
        except SnapshotError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
