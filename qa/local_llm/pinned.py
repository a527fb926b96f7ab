"""The model that `--llm local` means: which file of which repository, exactly."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PinnedModel:
    """One file of a model hub, whose bytes are known."""

    name: str
    license: str
    repository: str
    """The same on ModelScope and on Hugging Face."""
    revision: str
    """The commit on Hugging Face; ModelScope numbers its commits otherwise and is asked for the newest file."""
    file: str
    size: int
    sha256: str
    """As Hugging Face states it of this commit; what another hub or a mirror sends is held to it too."""


DEFAULT = PinnedModel(
    name="Qwen2.5-1.5B-Instruct",
    license="Apache-2.0",
    repository="Qwen/Qwen2.5-1.5B-Instruct-GGUF",
    revision="91cad51170dc346986eccefdc2dd33a9da36ead9",
    file="qwen2.5-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_736,
    sha256="6a1a2eb6d15622bf3c96857206351ba97e1af16c30d7a74ee38970e434e9407e",
)
"""4 bits a weight (Q4_K_M)."""
