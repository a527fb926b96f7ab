"""A process that has a model on one device, and embeds what it is sent until its pipe ends.

Why not sentence-transformers' own pool: its processes wait for ever where their parent was killed.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from embeddings.encoding.local_models import LocalEncoder, local_encoder
from embeddings.errors import ModelError, SuyuanError
from embeddings.network.allocation import keep_freed_memory


@dataclass(frozen=True, slots=True)
class Ready:
    """What the process says of the model that it has loaded."""

    name: str
    revision: str
    dimension: int


@dataclass(frozen=True, slots=True)
class _Failed:
    """What it says instead of what it should have said."""

    message: str


@dataclass(frozen=True, slots=True)
class _Task:
    """Texts to embed: passages, or questions."""

    texts: tuple[str, ...]
    questions: bool


class DeviceProcess:
    """The parent's end of it; for one thread at a time."""

    def __init__(self, device: str, threads: int, model: str | None, cache: Path | None) -> None:
        """Start it; it loads the model meanwhile. `threads` is what it may use of the CPU; no `device`: the best."""
        context = multiprocessing.get_context("spawn")
        self._device = device
        self._ready: Ready | None = None
        self._connection, theirs = context.Pipe()
        arguments = (theirs, device, threads, model, cache)
        self._process = context.Process(target=_work, args=arguments, daemon=True)
        self._process.start()
        # Held by the process alone, it ends with it.
        theirs.close()

    def ready(self) -> Ready:
        """Wait until the model is loaded, if it is not yet.

        Raises ModelError where it can't be loaded.
        """
        if self._ready is None:
            reply = self._received()
            if not isinstance(reply, Ready):
                raise TypeError(f"{reply} before the model was loaded")
            self._ready = reply
        return self._ready

    def vectors(self, texts: tuple[str, ...], questions: bool = False) -> NDArray[np.float32]:
        """The texts' vectors, (n, dimension), once the model is loaded.

        Raises ModelError where the model can't be loaded or fails, or the process has ended.
        """
        self.ready()
        with suppress(OSError):  # Nobody listens any more: the missing reply says so.
            self._connection.send(_Task(texts, questions))
        reply = self._received()
        if not isinstance(reply, np.ndarray):
            raise TypeError(f"{reply} instead of vectors")
        return reply

    def let_go(self) -> None:
        """Let the process end by itself: nothing more will be asked of it."""
        self._connection.close()

    def end(self) -> None:
        """End the process, which has nothing to lose."""
        self.let_go()
        self._process.join(0.1)
        self._process.terminate()
        self._process.join(2)

    def _received(self) -> object:
        try:
            reply = self._connection.recv()
        except (EOFError, OSError):
            raise ModelError(_stopped(self._device, "ended")) from None
        if isinstance(reply, _Failed):
            raise ModelError(reply.message)
        return reply


def _work(connection: Connection, device: str, threads: int, model: str | None, cache: Path | None) -> None:
    # Ctrl-C reaches all processes of a terminal; this one ends when its parent does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Its own lock between processes would be said to have leaked where this process is ended.
    tqdm.set_lock(threading.RLock())
    with suppress(EOFError, OSError):
        try:
            keep_freed_memory()
            import torch

            torch.set_num_threads(threads)
            encoder = local_encoder(model, cache, device or None)
            connection.send(Ready(encoder.name, encoder.revision, encoder.dimension))
            while True:
                connection.send(_done(encoder, connection.recv()))
        except SuyuanError as error:
            connection.send(_Failed(str(error)))
        except RuntimeError as error:  # PyTorch's: a device out of memory, or gone.
            connection.send(_Failed(_stopped(device, str(error))))


def _done(encoder: LocalEncoder, task: _Task) -> NDArray[np.float32]:
    if task.questions:
        return np.stack([encoder.encode_query(text) for text in task.texts])
    return encoder.encode_passages(task.texts)


def _stopped(device: str, why: str) -> str:
    why = " ".join(why.split())[:300]
    return (
        f"设备 {device} 上的模型停了（{why}）：请换 --devices 后重新运行，算好的不会重算。"
        f" / The model on {device} stopped ({why}): run again with other --devices; what was embedded is kept."
    )
