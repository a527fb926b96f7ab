"""How much memory `suyuan chat` takes while it is asked."""

from __future__ import annotations

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from gradio_client import Client

from benchmarks.speed.asking_speed import Question
from benchmarks.speed.child_process import Child, started_module
from embeddings.errors import SuyuanError

_START = 300.0
"""Seconds it may take to start."""


def page_memory(index: Path, questions: Sequence[Question]) -> int | None:
    """Peak memory in bytes of the page's process, asked these questions over its API; None where it can't be known."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with started_module("ui.cli", "chat", "--index", index, "--port", str(port), "--no-log") as child:
        _wait_for(address, child)
        client = Client(address, verbose=False)
        client.predict(offset=0, limit=100, api_name="/articles")
        for one in questions:
            client.predict(question=one.question, history=list(one.history), articles=[], api_name="/ask")
        child.memory.look()
    return child.memory.peak


def _wait_for(address: str, child: Child) -> None:
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline and child.process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10):  # noqa: S310
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    raise SuyuanError(f"页面没有启动：{address}\nThe page did not start.")
