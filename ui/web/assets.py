"""Gradio's own scripts and styles from memory: it reads and compresses each of them anew for every visitor."""

from __future__ import annotations

import gzip
import mimetypes
from functools import cache
from pathlib import Path

from gradio.route_utils import BUILD_PATH_LIB
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_FOLDER = "/assets/"
_HEADERS = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
"""Their names hold a digest of their content."""
_KINDS = {".js": "text/javascript", ".css": "text/css"}
"""Named here: what `mimetypes` says of a script depends on the version of Python and on the system's own table."""
_SMALL = 1000
"""Bytes below which compressing saves nothing."""


class WithAssets:
    """ASGI middleware: answers for the files of gradio's front end, wherever the page is mounted."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file, compressed once, or hand on what is none."""
        name = _asset(scope)
        if name is None:
            await self._app(scope, receive, send)
            return
        zipped = "gzip" in Headers(scope=scope).get("accept-encoding", "") and _zipped(name) is not None
        body = _zipped(name) if zipped else _plain(name)
        headers = {**_HEADERS, "Content-Encoding": "gzip"} if zipped else _HEADERS
        kind = _KINDS.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        await Response(body, headers=headers, media_type=kind)(scope, receive, send)


def _asset(scope: Scope) -> str | None:
    """The name of the file asked for, if gradio carries one of that name."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return None
    _, found, name = scope["path"].rpartition(_FOLDER)
    return name if found and name in _names() else None


@cache
def _names() -> frozenset[str]:
    return frozenset(path.name for path in Path(BUILD_PATH_LIB).iterdir() if path.is_file())


@cache
def _plain(name: str) -> bytes:
    return (Path(BUILD_PATH_LIB) / name).read_bytes()


@cache
def _zipped(name: str) -> bytes | None:
    body = _plain(name)
    return gzip.compress(body, mtime=0) if len(body) >= _SMALL else None
