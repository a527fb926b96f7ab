"""The page served on a free port of this machine, for as long as a benchmark or a test looks at it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ui.manage import Owner
from ui.types import Answerer, Hooks
from ui.web.app import listen, page_server
from ui.web.page import WAITING

_NO_HOOKS = Hooks()
_START = 120.0
"""Seconds it may take to start."""


@contextmanager
def served(
    answerer: Answerer,
    hooks: Hooks = _NO_HOOKS,
    mcp: bool = False,
    owner: Owner | None = None,
    waiting: int = WAITING,
) -> Iterator[str]:
    """Serve the page over this answerer, with what `ui.web.app.serve` takes beside; yields its address."""
    ready = threading.Event()
    listening = listen("127.0.0.1", 0)
    server = page_server(answerer, ready.set, hooks, mcp, owner, waiting)
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
