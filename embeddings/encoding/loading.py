"""Loads a sentence-transformers model quietly and in the number format this machine is fast at."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from embeddings.network.attention import use_whole_products
from embeddings.network.number_format import bfloat16_is_fast

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer


def load_sentence_transformer(source: str, *, local_only: bool, device: str | None = None) -> SentenceTransformer:
    """Load a folder or hub name; with `local_only`, without asking the network.

    `device` is PyTorch's name of where it computes (None: the best there is). bfloat16 where the CPU multiplies it in
    hardware, float32 elsewhere and on other devices. Code that comes with a model is never run. Raises whatever
    sentence-transformers raises.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.util import get_device_name

    device = device or get_device_name()
    dtype: torch.dtype = torch.bfloat16 if device == "cpu" and bfloat16_is_fast() else torch.float32
    with _silence():
        model = SentenceTransformer(
            source,
            device=device,
            local_files_only=local_only,
            trust_remote_code=False,
            model_kwargs={"dtype": dtype},
        )
    transformer = model.transformers_model
    if dtype == torch.bfloat16 and transformer is not None:
        use_whole_products(transformer)
    return model


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the libraries' progress bars and load reports off the terminal."""
    from transformers.utils import logging as transformers_logging

    loggers = [logging.getLogger(name) for name in ("transformers", "sentence_transformers", "huggingface_hub")]
    levels = [logger.level for logger in loggers]
    bars = transformers_logging.is_progress_bar_enabled()
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
        if bars:
            transformers_logging.enable_progress_bar()  # type: ignore[no-untyped-call]
