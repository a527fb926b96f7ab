"""The web server of the page: listens on this machine, and lets the page load nothing from elsewhere."""

from __future__ import annotations

import errno
import logging
import os
import socket
from collections.abc import Callable
from contextlib import suppress

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from embeddings.errors import SuyuanError
from ui import scripts
from ui.manage import MANAGE_PATH, Owner, mount_manage
from ui.types import Answerer, Hooks
from ui.web.assets import WithAssets
from ui.web.page import STYLES, WAITING, build_page, translations

_SANS = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "sans-serif"]
_MONO = ["ui-monospace", "Consolas", "monospace"]

_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
"""The browser itself refuses to load anything from elsewhere. Gradio needs inline scripts and eval."""

_HEAD = """<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E\
%3Crect width='32' height='32' rx='7' fill='%230f5c56'/%3E%3Cpath d='M8 11h16M8 16h16M8 21h9' stroke='%23fff' \
stroke-width='2.5' stroke-linecap='round'/%3E%3C/svg%3E">"""

_NO_HOOKS = Hooks()
_PAGES = ("/", f"{MANAGE_PATH}/")


class PageError(SuyuanError):
    """The page can't be served on the address asked for."""


def serve(
    answerer: Answerer,
    host: str,
    port: int,
    hooks: Hooks = _NO_HOOKS,
    mcp: bool = False,
    owner: Owner | None = None,
) -> None:
    """Serve the page until interrupted; says so on stdout once it listens.

    `mcp`: its functions as MCP tools too. `owner`: for whom there is a page at /manage; None: there is none.

    Raises PageError where the address can't be listened on.
    """
    listening = listen(host, port)
    with listening:
        address = _address(host, listening.getsockname()[1])
        announcement = f"溯源已启动 / Suyuan is running: {address}"
        if owner:
            announcement += f"\n管理页 / Owner’s page: {address}{MANAGE_PATH}/"
        server = page_server(answerer, lambda: print(announcement, flush=True), hooks, mcp, owner)
        with suppress(KeyboardInterrupt):  # uvicorn raises it again once it has closed down
            server.run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the address; port 0 takes any free one.

    Raises PageError, naming the option to change, where it can't.
    """
    if not 0 <= port <= 65535:
        raise PageError(f"端口 {port} 不存在，--port 应在 0 到 65535 之间。（no such port）")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise PageError(f"地址 {host}:{port} 无效（{error}），请检查 --host 和 --port。") from error
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise PageError(_why_not(error, host, port)) from error
    return listening


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno in (errno.EADDRINUSE, errno.EACCES):
        why = "已被占用" if error.errno == errno.EADDRINUSE else "不允许使用"
        return f"端口 {port} {why}，请换一个，例如：suyuan chat --port {port + 1}（port {port} can’t be used）"
    return f"无法在 {host}:{port} 上启动（{error}），请检查 --host 和 --port。"


def page_server(
    answerer: Answerer,
    announce: Callable[[], None],
    hooks: Hooks = _NO_HOOKS,
    mcp: bool = False,
    owner: Owner | None = None,
    waiting: int = WAITING,
) -> uvicorn.Server:
    """The web server of the page, to be run on a socket; calls `announce` once it answers.

    Whoever comes when `waiting` requests wait already is told that it is busy.
    """
    server = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    if owner:
        mount_manage(server, owner)  # first: whatever is mounted at / answers for all paths
    app = gr.mount_gradio_app(
        server,
        build_page(answerer, hooks, waiting),
        path="/",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=mcp,
        pwa=False,
        max_file_size="1kb",  # gradio takes uploads even where no component asks for one
        theme=gr.themes.Base(font=_SANS, font_mono=_MONO),
        css="\n".join(map(scripts.packaged, STYLES)),
        head=_HEAD,
        i18n=translations(),
    )
    config = uvicorn.Config(
        _WithPolicy(WithAssets(_WithLanguage(app))), log_level="warning", timeout_graceful_shutdown=1
    )
    return _AnnouncingServer(config, announce)


def _address(host: str, port: int) -> str:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{reachable}:{port}"


class _AnnouncingServer(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # An open page holds a stream that never ends by itself; cutting it off is no error to report.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets=sockets)


class _WithPolicy:
    """ASGI middleware: the content security policy on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = _POLICY
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        await self._app(scope, receive, send_with_policy)


class _WithLanguage:
    """ASGI middleware: the script that chooses the language, at the head of the page.

    Gradio adds its own `head` only once it has taken the browser's language.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in _PAGES or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)

        await self._app({**scope, "headers": plain}, receive, hold)
        start = held[0]
        body = b"".join(message.get("body", b"") for message in held[1:])
        if Headers(raw=start["headers"]).get("content-type", "").startswith("text/html"):
            body = body.replace(b"<head>", b"<head>" + scripts.LANGUAGE.encode("utf-8"), 1)
            MutableHeaders(raw=start["headers"])["Content-Length"] = str(len(body))
        await send(start)
        await send({"type": "http.response.body", "body": body})
