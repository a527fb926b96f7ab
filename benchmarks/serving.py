"""The page served on a free port of this machine, for as long as a benchmark looks at it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ui.app import listen, page_server
from ui.types import Answerer

_START = 120.0
"""Seconds it may take to start."""


@contextmanager
def served(answerer: Answerer) -> Iterator[str]:
    """Serve the page over this answerer; yields its address."""
    ready = threading.Event()
    listening = listen("127.0.0.1", 0)
    server = page_server(answerer, ready.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        if not ready.wait(_START):
            raise TimeoutError("the page did not start")
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
