"""One thread with an event loop, on which requests to language models run: there they can be given up at any moment."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine

_lock = threading.Lock()
_loops: dict[int, asyncio.AbstractEventLoop] = {}
"""By process: a forked child has the dictionary, but not the thread."""


def run(work: Coroutine[object, object, None], ended: Callable[[], None]) -> Callable[[], None]:
    """Start the work and return at once with a function that gives it up, from any thread.

    `ended` is called, on the loop's thread, when the work is over: done, failed or given up.
    """
    loop = _loop()
    begun: list[asyncio.Task[None]] = []

    def begin() -> None:
        task = loop.create_task(work)
        task.add_done_callback(lambda _: ended())
        begun.append(task)

    def cancel() -> None:
        for task in begun:
            task.cancel()

    def give_up() -> None:
        loop.call_soon_threadsafe(cancel)

    loop.call_soon_threadsafe(begin)
    return give_up


def _loop() -> asyncio.AbstractEventLoop:
    """The loop of this process. There is one only: pooled connections are bound to the loop they were opened on."""
    with _lock:
        loop = _loops.get(os.getpid())
        if loop is None:
            loop = _loops[os.getpid()] = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="language-model", daemon=True).start()
        return loop
