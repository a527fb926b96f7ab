"""What can go wrong between a client and a language model's server, done to one request at a time."""

from __future__ import annotations

import http.client
import json
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

Fault = Callable[["Exchange"], None]
"""What becomes of one request."""
STREAM = {"Content-Type": "text/event-stream"}


@dataclass
class Exchange:
    """One request, and what can be done to whoever sent it."""

    path: str
    headers: Message
    body: bytes
    upstream: str | None
    _handler: BaseHTTPRequestHandler
    closed: threading.Event = field(default_factory=threading.Event)
    """Set when the client hung up before it had everything."""
    began: float = field(default_factory=time.monotonic)

    @property
    def asked(self) -> dict[str, object]:
        """The request's JSON."""
        asked: dict[str, object] = json.loads(self.body)
        return asked

    def start(self, status: int, headers: Mapping[str, str]) -> None:
        """Send the head of a response that ends when the connection closes, unless it is chunked."""
        self._handler.send_response(status)
        for name, value in {"Connection": "close", **headers}.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()
        self._handler.wfile.flush()

    def send(self, content: bytes) -> None:
        """Send a part of the response."""
        self._handler.wfile.write(content)
        self._handler.wfile.flush()

    def wait(self, seconds: float) -> None:
        """Say nothing for so long; ConnectionError as soon as the client hangs up."""
        until = time.monotonic() + seconds
        connection = self._handler.connection
        while (left := until - time.monotonic()) > 0:
            readable, _, _ = select.select([connection], [], [], min(left, 0.02))
            if readable and not connection.recv(1, socket.MSG_PEEK):
                raise ConnectionError("the client hung up")


def reply(text: str, *, piece: int = 4, pause: float = 0.0, delay: float = 0.0, finish: str | None = "stop") -> Fault:
    """Stream the text, `piece` characters at a time, `delay` seconds late and with a pause before each piece.

    `finish` is the reason that ends it; None: the stream ends without one, as it does where a server dies.
    """

    def fault(exchange: Exchange) -> None:
        exchange.wait(delay)
        exchange.start(200, STREAM)
        for at in range(0, len(text), piece):
            exchange.wait(pause)
            exchange.send(_event({"content": text[at : at + piece]}))
        if finish is not None:
            exchange.send(_event({}, finish) + b"data: [DONE]\n\n")

    return fault


def cut(text: str, pause: float = 0.0) -> Fault:
    """Stream the text and then break the connection in the midst of a chunk, as a dying server or proxy does."""

    def fault(exchange: Exchange) -> None:
        exchange.start(200, {**STREAM, "Transfer-Encoding": "chunked"})
        for character in text:
            exchange.wait(pause)
            event = _event({"content": character})
            exchange.send(f"{len(event):x}\r\n".encode() + event + b"\r\n")
        exchange.send(b"400\r\ndata: {")

    return fault


def silent(after: str = "", seconds: float = 60.0) -> Fault:
    """Stream `after`, then accept all and say nothing more."""

    def fault(exchange: Exchange) -> None:
        if after:
            exchange.start(200, STREAM)
            exchange.send(_event({"content": after}))
        exchange.wait(seconds)

    return fault


def status(code: int, message: str = "", headers: Mapping[str, str] | None = None) -> Fault:
    """Refuse with an HTTP status and an error as OpenAI words it."""
    return body(json.dumps({"error": {"message": message, "type": "error"}}).encode(), code, headers)


def unauthorized() -> Fault:
    """401."""
    return status(401, "Incorrect API key provided.")


def too_many(retry_after: float | str | None = None) -> Fault:
    """429, with a Retry-After header where one is given."""
    return status(429, "Rate limit reached.", None if retry_after is None else {"Retry-After": str(retry_after)})


def too_long() -> Fault:
    """400: the prompt does not fit, in the words of vLLM."""
    return status(400, "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.")


def refusing() -> Fault:
    """A reply that a filter stopped before a word was said."""
    return reply("", finish="content_filter")


def garbage() -> Fault:
    """A stream whose events are no JSON."""
    return body(b"data: <html>\x00\xff not json\n\n" * 3, 200, STREAM)


def body(content: bytes, code: int = 200, headers: Mapping[str, str] | None = None) -> Fault:
    """Answer with exactly this."""

    def fault(exchange: Exchange) -> None:
        length = {"Content-Length": str(len(content)), "Content-Type": "application/json"}
        exchange.start(code, {**length, **(headers or {})})
        exchange.send(content)

    return fault


def passing(*, delay: float = 0.0, cut_after: int | None = None) -> Fault:
    """Hand the request to the server behind and its answer back, late or cut off after so many lines."""

    def fault(exchange: Exchange) -> None:
        exchange.wait(delay)
        assert exchange.upstream is not None, "there is no server behind this proxy"
        behind = urlsplit(exchange.upstream)
        connection = http.client.HTTPConnection(behind.hostname or "", behind.port, timeout=300)
        try:
            connection.request("POST", exchange.path, exchange.body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            exchange.start(response.status, {"Content-Type": response.headers["Content-Type"]})
            for number, line in enumerate(response):
                if number == cut_after:
                    return
                exchange.send(line)
                exchange.wait(0.0001)
        finally:
            # The server behind stops writing when nobody listens.
            connection.close()

    return fault


def refused_url() -> str:
    """A base URL where nothing listens: connections are refused."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/v1"


def no_upstream_faults() -> Iterator[tuple[str, Sequence[Fault]]]:
    """Every fault after which no reply can come, by its name in a test's id; none needs a server behind."""
    yield "401", [unauthorized()]
    yield "429", [too_many()]
    yield "429 for an hour", [too_many(retry_after=3600)]
    yield "500", [status(500, "boom")]
    yield "silent", [silent()]
    yield "stalled", [silent(after="馆藏")]
    yield "slow", [reply("馆" * 500, piece=1, pause=0.1)]
    yield "cut", [cut("馆藏三千")]
    yield "died", [reply("馆藏三千", finish=None)]
    yield "garbage", [garbage()]
    yield "web page", [body(b"<html><body>It works!</body></html>", 200, {"Content-Type": "text/html"})]
    yield "empty", [reply("")]
    yield "blank", [reply(" \n\n ")]
    yield "filtered", [refusing()]
    yield "too long", [too_long()]


def _event(delta: Mapping[str, str], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    event = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "fake", "choices": [choice]}
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
