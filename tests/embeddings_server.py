"""A small OpenAI-compatible embeddings server on this machine, as a test wants it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Embed = Callable[[Sequence[str]], list[list[float]]]


@dataclass
class Asked:
    """One request as the server saw it."""

    path: str
    authorization: str
    model: str
    texts: list[str]


@dataclass
class EmbeddingsServer:
    """Answers with `embed`; `plan` holds statuses or whole bodies to answer with first, one a request."""

    embed: Embed
    plan: list[int | str] = field(default_factory=list)
    limit: int = 10**9
    """Characters of the longest text that it takes: 413 beyond."""
    asked: list[Asked] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    def __enter__(self) -> EmbeddingsServer:
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def answer(self, asked: Asked) -> tuple[int, str]:
        with self._lock:
            self.asked.append(asked)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            planned = self.plan.pop(0) if self.plan else 200
        try:
            if isinstance(planned, str):
                return 200, planned
            if planned == 200 and max(map(len, asked.texts)) > self.limit:
                planned = 413
            if planned != 200:
                return planned, json.dumps({"error": {"message": f"no, {asked.authorization}"}})
            data = [{"object": "embedding", "index": i, "embedding": v} for i, v in enumerate(self.embed(asked.texts))]
            # Their order says nothing: the index does.
            return 200, json.dumps({"object": "list", "model": asked.model, "data": data[::-1]})
        finally:
            with self._lock:
                self.at_once -= 1


def _handler(server: EmbeddingsServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            authorization = self.headers.get("Authorization", "")
            status, answer = server.answer(Asked(self.path, authorization, body["model"], body["input"]))
            content = answer.encode("utf-8")
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            if status == 429:
                self.send_header("Retry-After", "0.01")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
