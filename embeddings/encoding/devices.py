"""An encoder that shares out passages among several devices, each with the model in a process of its own."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue

import numpy as np
from numpy.typing import NDArray

from embeddings.encoding.device_process import DeviceProcess, Ready
from embeddings.errors import ModelError

_SHARE = 128
"""Passages handed to one of several devices at a time: small, so that all end together."""
BEST = ""
"""The name of the best device that there is."""


def device_names(listed: str) -> tuple[str, ...]:
    """The names in a list such as "cuda:0,cuda:1"."""
    return tuple(name.strip() for name in listed.split(",") if name.strip())


def check_devices(devices: Sequence[str]) -> None:
    """Find out whether PyTorch can compute on each of them.

    Raises ModelError, which names the device.
    """
    if not devices:
        return
    import torch

    for device in devices:
        try:
            usable = torch.device(device).type != "meta" and torch.ones(1, device=device).sum().item() == 1
        except (RuntimeError, AssertionError, NotImplementedError):
            usable = False
        if not usable:
            raise ModelError(
                f"本机没有设备 {device}：--devices 应像 cuda:0,cuda:1 或 cpu；不给就自动选。"
                f" / There is no device {device} on this machine: --devices looks like that; without it one is chosen."
            )


class DevicesEncoder:
    """An Encoder over one model on several devices; may be called from several threads, which take turns."""

    def __init__(
        self, model: str | None, cache: Path | None, devices: Sequence[str], known: Ready | None = None
    ) -> None:
        """Load the model on each of the devices; arguments as of `load_encoder`, which also says what is raised.

        Where it is `known` what they will say of the model, they are waited for only when there is something to embed,
        and what keeps the model from being loaded is raised then.
        """
        threads = max(1, (os.cpu_count() or 1) // max(1, sum(device.startswith("cpu") for device in devices)))
        self._processes = [DeviceProcess(device, threads, model, cache) for device in devices]
        self._lock = threading.Lock()
        self._end = weakref.finalize(self, _end, self._processes)
        try:
            if known is None:
                known, *_ = [process.ready() for process in self._processes]
        except ModelError:
            self._end()
            raise
        self._ready = known

    @property
    def devices(self) -> int:
        """How many share the work."""
        return len(self._processes)

    @property
    def name(self) -> str:
        """As of `SentenceEncoder`."""
        return self._ready.name

    @property
    def revision(self) -> str:
        """As of `SentenceEncoder`."""
        return self._ready.revision

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._ready.dimension

    def let_go(self) -> None:
        """Let the processes end: nothing more will be asked."""
        for process in self._processes:
            process.let_go()

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed passages, in their order: (n, dimension), rows of length one.

        Raises ModelError where a device fails or its process has ended.
        """
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        shares: SimpleQueue[list[int]] = SimpleQueue()
        # The longest first: the last ones, which some devices wait for, are quickly done.
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        share = _SHARE if self.devices > 1 else max(1, len(order))
        for start in range(0, len(order), share):
            shares.put(order[start : start + share])

        def work_off(process: DeviceProcess) -> None:
            while True:
                try:
                    rows = shares.get_nowait()
                except Empty:
                    return
                vectors[rows] = process.vectors(tuple(texts[row] for row in rows))

        with self._lock, ThreadPoolExecutor(len(self._processes)) as pool:
            list(pool.map(work_off, self._processes))
        return vectors

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Embed one question on the first device: (dimension,), of length one. Raises as `encode_passages`."""
        with self._lock:
            row: NDArray[np.float32] = self._processes[0].vectors((text,), questions=True)[0]
        return row


def _end(processes: Sequence[DeviceProcess]) -> None:
    for process in processes:
        process.end()
