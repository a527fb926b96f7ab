"""Texts to unit vectors: any embedding model behind two methods, the bundled one by default."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.bundled_model import bundled
from embeddings.encoding.device_process import Ready
from embeddings.encoding.devices import BEST, DevicesEncoder, check_devices
from embeddings.encoding.local_models import local_encoder
from embeddings.encoding.served import ServedEncoder, is_served
from embeddings.errors import ModelError

_AT_ONCE = 256
"""Some seconds on two cores, and enough of them for batches of nearly one length."""
_AT_ONCE_A_DEVICE = 1024
_AT_ONCE_SERVED = 2048
"""Eight rounds of all the requests that are on their way together: what waits at the end of a call is little."""


class Encoder(Protocol):
    """What index and retrieval need of an embedding model. Vectors are float32 of length one."""

    @property
    def name(self) -> str:
        """What a snapshot records, and what `load_encoder` takes to load the same model again."""
        ...

    @property
    def revision(self) -> str:
        """A fingerprint of the model, or the empty string where none is known; compare it by `same_revision`."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts that are searched, in their order: (n, dimension)."""
        ...

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Embed a question: (dimension,)."""
        ...


def passages_at_once(encoder: Encoder) -> int:
    """How many passages to hand to it in one call: what is lost when that is broken off, and no device idles long."""
    if isinstance(encoder, DevicesEncoder) and encoder.devices > 1:
        return encoder.devices * _AT_ONCE_A_DEVICE
    return _AT_ONCE_SERVED if isinstance(encoder, ServedEncoder) else _AT_ONCE


def encoder_apart(model: str | None = None, devices: Sequence[str] = ()) -> Encoder:
    """As `load_encoder`, but a model of this machine is in a process of its own even where it is on one device.

    Importing what runs it takes as long as all else where little has changed, and one process does either at a time.
    For the bundled model, of which all is known before, nobody waits until there is something to embed.
    """
    if devices or (model is not None and is_served(model)):
        return load_encoder(model, devices=devices)
    known = None
    if model in (None, bundled.MODEL_NAME) and bundled.is_available():
        known = Ready(bundled.MODEL_NAME, bundled.REVISION, bundled.DIMENSION)
    return DevicesEncoder(model, None, (BEST,), known)


def let_go(encoder: Encoder) -> None:
    """Free what an encoder holds beside this process; it will be asked for nothing more but what it is."""
    if isinstance(encoder, DevicesEncoder):
        encoder.let_go()


def load_encoder(model: str | None = None, cache: Path | None = None, devices: Sequence[str] = ()) -> Encoder:
    """Load an embedding model, or say where one is served.

    `model` is None for the default (the bundled model, or the same one by its hub name where its package is not
    installed), a name that a snapshot recorded, a folder, a hub name, or what `served_name` makes of a server's
    address and its model. `cache` is where the bundled model is unpacked (default: the user's cache). Models are loaded
    from this machine first; the hub is asked only for one that is not here yet. Code that comes with a model is never
    run. `devices` names where it computes, as PyTorch does ("cuda:0", "cpu"): several each have the model once and
    share out the passages; none: the best that there is.

    Raises ModelError, which says what to do, where the model can't be loaded, its server does not answer as one, or
    there is no such device.
    """
    if model is not None and is_served(model):
        if devices:
            raise ModelError(
                "--embed-url 和 --devices 只能给一个：服务用它自己的设备。"
                " / Give --embed-url or --devices, not both: the server has devices of its own."
            )
        return ServedEncoder(model)
    check_devices(devices)
    if len(devices) > 1:
        return DevicesEncoder(model, cache, devices)
    return local_encoder(model, cache, devices[0] if devices else None)
