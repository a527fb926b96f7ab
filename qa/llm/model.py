"""What the rest of the program knows of a language model, whoever serves it."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from embeddings.errors import SuyuanError

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage


class GenerationError(SuyuanError):
    """The language model gave no usable reply; the text says why, for the user, and holds no key."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how often a language model is asked."""

    seconds: float = 60.0
    """For a whole reply, retries included."""
    silence: float = 30.0
    """Until its first piece, and between two pieces."""
    retries: int = 2
    """After a refused connection, 429 or 5xx and before any piece has come, with back-off."""
    at_once: int = 4
    """Replies under way at the same time; who comes later waits, within the limit."""
    prompt_tokens: int = 3000
    """What a prompt may hold, by a cautious estimate of one token a Chinese character."""


class LanguageModel(Protocol):
    """A chat model; may be called from several threads."""

    @property
    def name(self) -> str:
        """As the user named it: provider:model."""
        ...

    @property
    def limits(self) -> Limits:
        """How long and how often it is asked."""
        ...

    def stream(
        self, messages: Sequence[BaseMessage], cancelled: threading.Event | None = None
    ) -> Generator[str, None, None]:
        """The reply in pieces as they come; closing the iterator, or `cancelled`, ends the request.

        Raises:
            GenerationError: no connection, no key, too many requests, too slow, cut off, too long a prompt, no text.
        """
        ...
