"""Where the pinned model is fetched from: ModelScope, Hugging Face, or a mirror that the environment names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from embeddings.addresses import is_server_address
from qa.llm.model import GenerationError
from qa.local_llm.pinned import PinnedModel

HUB = "SUYUAN_MODEL_HUB"
"""Environment variable: `modelscope`, `huggingface`, or the address of a mirror laid out as Hugging Face is."""
ENDPOINT = "HF_ENDPOINT"
"""Hugging Face's own environment variable: the address of its mirror. Where it is set, that is the hub unless told."""
_MODELSCOPE, _HUGGINGFACE = "https://modelscope.cn", "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a file is fetched from."""

    hub: str
    """As the user is told it."""
    url: str


def source_of(model: PinnedModel, hub: str = "", environment: Mapping[str, str] = os.environ) -> Source:
    """The address of the model's file on this hub; without one on that of the environment, else on ModelScope.

    Raises:
        GenerationError: there is no such hub, or what should be its address is none.
    """
    endpoint = environment.get(ENDPOINT, "").strip()
    chosen = hub.strip() or environment.get(HUB, "").strip() or ("huggingface" if endpoint else "modelscope")
    if chosen.lower() == "modelscope":
        return Source(
            f"ModelScope（{urlsplit(_MODELSCOPE).netloc}）",
            f"{_MODELSCOPE}/models/{model.repository}/resolve/master/{model.file}",
        )
    own = chosen.lower() == "huggingface"
    address = ((endpoint or _HUGGINGFACE) if own else chosen).rstrip("/")
    if not is_server_address(address):
        raise GenerationError(
            f"不认识模型站 {address}：请写 modelscope、huggingface 或镜像的地址（--hub、{HUB}、{ENDPOINT}）"
            f" / {address} is no model hub: name modelscope, huggingface or a mirror's address"
        )
    # An address may carry a password, which is not shown.
    host = urlsplit(address).netloc.rpartition("@")[2]
    return Source(
        f"Hugging Face（{host}）" if own else host,
        f"{address}/{model.repository}/resolve/{model.revision}/{model.file}",
    )
