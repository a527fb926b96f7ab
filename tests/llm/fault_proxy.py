"""A real HTTP server that speaks OpenAI's streaming protocol and does what it is told to do wrong.

with FaultProxy() as proxy:                         # answers by itself
    proxy.plan(too_many(retry_after=1), reply("好。"))  # the first request, the second and all after it
    ask(proxy.base_url)

with FaultProxy(upstream=llm_server) as proxy:      # in front of a real server
    proxy.plan(passing(cut_after=5))
"""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler

from tests.llm.faults import Exchange, Fault, passing, reply
from tests.llm.loopback import LoopbackServer


class FaultProxy(LoopbackServer):
    """The server."""

    def __init__(self, upstream: str | None = None) -> None:
        """`upstream` is the base URL of the server behind, which `passing` hands requests to."""
        super().__init__(self._handler())
        self._upstream = upstream
        self._lock = threading.Lock()
        self._plan: list[Fault] = [passing() if upstream else reply("馆藏三千册。[1]")]
        self._at_once = 0
        self.most_at_once = 0
        """Requests that were under way at the same time, at most."""
        self.exchanges: list[Exchange] = []
        """Every request for a reply, in order."""

    @property
    def base_url(self) -> str:
        """What a client is given."""
        return f"{self.address}/v1"

    def plan(self, *faults: Fault) -> None:
        """What becomes of the next requests, in order; of all later ones what becomes of the last."""
        self._plan = list(faults)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self.close_connection = True
                proxy._exchange(Exchange(self.path, self.headers, content, proxy._upstream, self))

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler

    def _exchange(self, exchange: Exchange) -> None:
        with self._lock:
            self.exchanges.append(exchange)
            fault = self._plan.pop(0) if len(self._plan) > 1 else self._plan[0]
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            fault(exchange)
        except OSError:
            exchange.closed.set()
        finally:
            with self._lock:
                self._at_once -= 1
