"""A language model whose replies are written down, and which remembers what it was sent."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence

from langchain_core.messages import BaseMessage

from qa.llm.model import GenerationError, Limits


class ScriptedModel:
    """Gives one reply after another, in pieces of `size` characters; an exception among them is raised in its place."""

    def __init__(self, *replies: str | GenerationError, size: int = 3, limits: Limits | None = None) -> None:
        self.name = "scripted:model"
        self.limits = limits or Limits()
        self.sent: list[str] = []
        self.closed = 0
        self._replies = list(replies)
        self._size = size

    def stream(
        self, messages: Sequence[BaseMessage], cancelled: threading.Event | None = None
    ) -> Generator[str, None, None]:
        self.sent.append("\n\n".join(message.text for message in messages))
        reply = self._replies.pop(0)
        if isinstance(reply, GenerationError):
            raise reply
        try:
            for start in range(0, len(reply), self._size):
                yield reply[start : start + self._size]
        finally:
            self.closed += 1


class Breaking(ScriptedModel):
    """Dies half way through its reply."""

    def stream(
        self, messages: Sequence[BaseMessage], cancelled: threading.Event | None = None
    ) -> Generator[str, None, None]:
        for number, piece in enumerate(super().stream(messages, cancelled)):
            if number == 8:
                raise GenerationError("语言模型的回答中断了。\nThe reply broke off.")
            yield piece
