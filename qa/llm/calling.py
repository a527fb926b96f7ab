"""Asks a chat model of LangChain: within limits of time and number, again where that helps, and given up at once."""

from __future__ import annotations

import asyncio
import queue
import random
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage

from qa.llm import background, failures
from qa.llm.failures import Failure, Secrets, ending, failure_of, failure_of_ending
from qa.llm.model import Limits

DEFAULT_LIMITS = Limits()
_TICK = 0.1
"""Seconds after which a waiting thread looks whether it was cancelled or is late."""
_BACK_OFF = 0.5
"""Seconds before the second attempt; doubled before each later one."""
_LONGEST = 100_000
"""Characters of a reply: no answer has so many, and a server that never stops must not fill the memory."""


@dataclass(frozen=True, slots=True)
class _News:
    """What the request tells whoever waits for it."""

    piece: str = ""
    alive: float = 0.0
    """Until when, on the monotonic clock, silence is no bad sign."""
    over: bool = False
    failure: Failure | None = None


class _Line:
    """From the request, which runs on the loop's thread, to the thread that reads the reply."""

    def __init__(self) -> None:
        self.news: queue.SimpleQueue[_News] = queue.SimpleQueue()
        self.length = 0
        """Characters of the reply so far."""
        self.blank = True
        """Whether those are white space only."""

    def say(self, piece: str) -> None:
        self.length += len(piece)
        self.blank = self.blank and not piece.strip()
        self.news.put(_News(piece, time.monotonic()))

    def wait(self, seconds: float = 0.0) -> None:
        self.news.put(_News(alive=time.monotonic() + seconds))

    def end(self, failure: Failure | None = None) -> None:
        self.news.put(_News(over=True, failure=failure))


class ChatModel:
    """A LanguageModel over any chat model of LangChain; may be called from several threads."""

    def __init__(
        self,
        name: str,
        model: BaseChatModel,
        limits: Limits = DEFAULT_LIMITS,
        *,
        tells_end: bool = False,
        secrets: Secrets | None = None,
    ) -> None:
        """`name` is what errors call it.

        `tells_end`: its replies end with a reason, so that one without was cut off. `secrets` are kept out of a
        server's words that errors quote; None: none are quoted.
        """
        self._name = name
        self._model = model
        self._limits = limits
        self._tells_end = tells_end
        self._secrets = secrets
        self._places = threading.BoundedSemaphore(limits.at_once)

    def __repr__(self) -> str:
        # Not the model's own: some of LangChain's show the key.
        return f"ChatModel({self._name!r})"

    @property
    def name(self) -> str:
        """As the user named it: provider:model."""
        return self._name

    @property
    def limits(self) -> Limits:
        """How long and how often it is asked."""
        return self._limits

    def stream(
        self, messages: Sequence[BaseMessage], cancelled: threading.Event | None = None
    ) -> Generator[str, None, None]:
        """The reply in pieces as they come; closing the iterator, or `cancelled`, ends the request.

        Raises:
            GenerationError: no connection, no key, too many requests, too slow, cut off, too long a prompt, no text, or
                `cancelled` was set, so that half a reply is never taken for a whole one.
        """
        deadline = time.monotonic() + self._limits.seconds
        self._wait_for_place(deadline, cancelled)
        line = _Line()
        # The place is free when the request has really ended, not when nobody reads it any more.
        give_up = background.run(self._request(list(messages), deadline, line), ended=self._places.release)
        try:
            yield from self._pieces(line, deadline, cancelled)
        finally:
            give_up()

    def _wait_for_place(self, deadline: float, cancelled: threading.Event | None) -> None:
        while not self._places.acquire(timeout=max(0.0, min(_TICK, deadline - time.monotonic()))):
            if cancelled is not None and cancelled.is_set():
                raise failures.STOPPED.error(self._name)
            if time.monotonic() >= deadline:
                raise failures.BUSY.error(self._name)

    def _pieces(self, line: _Line, deadline: float, cancelled: threading.Event | None) -> Iterator[str]:
        alive = time.monotonic()
        while True:
            if cancelled is not None and cancelled.is_set():
                raise failures.STOPPED.error(self._name)
            try:
                news = line.news.get(timeout=_TICK)
            except queue.Empty:
                # Looked at only when nothing is waiting: a slow reader must not lose what came in time.
                if time.monotonic() >= deadline:
                    raise failures.SLOW.error(self._name) from None
                if time.monotonic() - alive >= self._limits.silence:
                    raise failures.SILENT.error(self._name) from None
                continue
            if news.failure is not None:
                raise news.failure.error(self._name)
            if news.over:
                return
            alive = news.alive
            if news.piece:
                yield news.piece

    async def _request(self, messages: list[BaseMessage], deadline: float, line: _Line) -> None:
        """Tell the line the reply, then that it is over; asked again where that may help."""
        try:
            await asyncio.wait_for(self._attempts(messages, deadline, line), max(0.0, deadline - time.monotonic()))
        except asyncio.TimeoutError:
            line.end(failures.SLOW)

    async def _attempts(self, messages: list[BaseMessage], deadline: float, line: _Line) -> None:
        for attempt in range(self._limits.retries + 1):
            line.wait()
            failure = await self._attempt(messages, line)
            if failure is None or not failure.passes or line.length or attempt == self._limits.retries:
                break
            # A little chance in it, so that those who were turned away together don't come back together.
            pause = _BACK_OFF * 2**attempt * random.uniform(0.8, 1.2)  # noqa: S311
            pause = pause if failure.wait is None else max(failure.wait, _TICK)
            if time.monotonic() + pause >= deadline:
                break
            line.wait(pause)
            await asyncio.sleep(pause)
        line.end(failure)

    async def _attempt(self, messages: list[BaseMessage], line: _Line) -> Failure | None:
        """Ask once; why that gave no whole reply, or None."""
        metadata: dict[str, object] = {}
        try:
            # Closed here and now, whatever happens, and with it the connection.
            async with aclosing(self._model.astream(messages)) as chunks:  # type: ignore[type-var]
                async for chunk in chunks:
                    metadata.update(chunk.response_metadata)
                    # An empty one is a sign of life: a model that thinks before it speaks sends them.
                    line.say(_text(chunk))
                    if line.length > _LONGEST:
                        return failures.LONG_REPLY
        except Exception as error:  # noqa: BLE001 (each provider's package has errors of its own)
            return failure_of(error, begun=line.length > 0, secrets=self._secrets)
        if failure := failure_of_ending(metadata):
            return failure
        if line.blank:
            return failures.EMPTY
        return failures.CUT if self._tells_end and ending(metadata) is None else None


def _text(chunk: AIMessageChunk) -> str:
    """What a chunk adds to the text, without what the model thought."""
    return str(chunk.text)
