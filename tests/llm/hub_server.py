"""A real HTTP server that serves one file as a model hub does, with ranges, and does what it is told to do wrong."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler

from tests.llm.loopback import LoopbackServer


@dataclass(frozen=True, slots=True)
class Served:
    """What becomes of one request."""

    status: int = 0
    """An error in place of the file."""
    cut_after: int | None = None
    """Bytes after which the connection breaks, though all were promised."""
    ranges: bool = True
    """Whether ranges are known; without, the whole is sent."""
    shift: int = 0
    """Bytes by which the range that is sent is not the one that was asked for."""
    chunked: bool = False
    """Whether the length is not stated."""
    body: bytes | None = None
    """Another file in its place."""


class HubServer(LoopbackServer):
    """The server; its address is what SUYUAN_MODEL_HUB or HF_ENDPOINT name."""

    def __init__(self, body: bytes) -> None:
        super().__init__(self._handler())
        self.body = body
        self.asked: list[tuple[str, str]] = []
        """Path and range of every request, in order; a redirect's once more."""
        self._plan = [Served()]

    def plan(self, *served: Served) -> None:
        """What becomes of the next requests, in order; of all later ones what becomes of the last."""
        self._plan = list(served)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = self.headers.get("Range", "")
                hub.asked.append((self.path, asked))
                if not self.path.startswith("/cdn/"):
                    # The hubs keep large files elsewhere.
                    self.send_response(302)
                    self.send_header("Location", f"{hub.address}/cdn{self.path}")
                    self.end_headers()
                    return
                plan = hub._plan.pop(0) if len(hub._plan) > 1 else hub._plan[0]
                if plan.status:
                    self.send_error(plan.status)
                    return
                body = hub.body if plan.body is None else plan.body
                found = re.fullmatch(r"bytes=(\d+)-", asked) if plan.ranges else None
                start = int(found[1]) + plan.shift if found else 0
                if start >= len(body):
                    self.send_error(416)
                    return
                self.send_response(206 if found else 200)
                if found:
                    self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
                if not plan.chunked:
                    self.send_header("Content-Length", str(len(body) - start))
                self.end_headers()
                end = len(body) if plan.cut_after is None else start + plan.cut_after
                # A client that refuses what it gets hangs up.
                with contextlib.suppress(ConnectionError):
                    self.wfile.write(body[start:end])

            def log_message(self, format: str, *arguments: object) -> None:
                """Say nothing."""

        return Handler
