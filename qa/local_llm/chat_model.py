"""A language model whose server is a process of ours, started again where it died."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from qa.llm.calling import ChatModel
from qa.llm.failures import Secrets
from qa.llm.model import Limits
from qa.local_llm.server import LocalServer


class LocalChatModel(ChatModel):
    """A LanguageModel over a LocalServer; may be called from several threads."""

    def __init__(self, name: str, model: BaseChatModel, server: LocalServer, limits: Limits) -> None:
        """`model` asks the server, which runs already."""
        super().__init__(name, model, limits, tells_end=True, secrets=Secrets((server.key,)))
        self._server = server

    @property
    def server(self) -> LocalServer:
        """What it asks."""
        return self._server

    def stream(
        self, messages: Sequence[BaseMessage], cancelled: threading.Event | None = None
    ) -> Generator[str, None, None]:
        """As of a ChatModel.

        Raises:
            GenerationError: as there, or the server died and does not start again.
        """
        self._server.ensure_running()
        yield from super().stream(messages, cancelled)
