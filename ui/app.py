"""The chat page: builds it and serves it, from this machine alone."""

from __future__ import annotations

import errno
import logging
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.resources import files
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from embeddings.errors import SuyuanError
from ui import chat, render
from ui.types import Answerer, Screen, Turn

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

_HEADER = """<h1>溯源</h1><p>每句话都有出处的文章问答 <span lang="en">Answers traced to their source</span></p>"""


class PageError(SuyuanError):
    """The page can't be served on the address asked for."""


def build_page(answerer: Answerer) -> gr.Blocks:
    """The page as gradio Blocks: conversation at the left, the cited article at the right."""
    page = gr.Blocks(title="溯源 Suyuan", analytics_enabled=False, fill_height=True, fill_width=True)
    with page:
        turns = gr.State(())
        script = _packaged("page.js")
        with gr.Row(elem_id="header"):
            gr.HTML(_HEADER, elem_id="brand", js_on_load=None, apply_default_css=False)
            start_over = gr.Button("新对话", elem_id="start-over", size="sm", min_width=96, scale=0)
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="chat"):
                conversation = gr.HTML(
                    render.conversation(()), elem_id="conversation", js_on_load=script, apply_default_css=False
                )
                with gr.Column(elem_id="examples"):
                    examples = [gr.Button(text, elem_classes="example") for text in answerer.examples()]
                with gr.Row(elem_id="ask"):
                    question = gr.Textbox(
                        placeholder="输入问题 Ask a question",
                        show_label=False,
                        container=False,
                        lines=1,
                        max_lines=5,
                        max_length=2000,
                        autofocus=True,
                        elem_id="question",
                        scale=1,
                    )
                    send = gr.Button("提问", variant="primary", elem_id="send", scale=0, min_width=88)
            pane = gr.HTML(
                chat.open_library(answerer), elem_id="pane", js_on_load=script, apply_default_css=False, label="原文"
            )

        outputs = [conversation, pane, question, turns]

        def ask(text: str, asked: tuple[Turn, ...]) -> Iterator[tuple[Any, ...]]:
            for screen in chat.ask(answerer, text, asked):
                yield _updates(screen)

        def open_in_pane(asked: tuple[Turn, ...], event: gr.EventData) -> str:
            return _opened(answerer, asked, event)

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        queued: dict[str, Any] = {"concurrency_id": "ask", "concurrency_limit": 8, **quiet}
        asking = [
            gr.on([question.submit, send.click], ask, [question, turns], outputs, **queued),
            *(example.click(ask, [example, turns], outputs, **queued) for example in examples),
        ]
        for clicked in (conversation, pane):
            clicked.click(open_in_pane, [turns], [pane], trigger_mode="multiple", concurrency_limit=16, **quiet)
        start_over.click(lambda: _updates(chat.start_over(answerer)), None, outputs, cancels=asking, **quiet)
    page.queue(max_size=200)
    return page


def _packaged(name: str) -> str:
    return files("ui").joinpath(name).read_text(encoding="utf-8")


def _updates(screen: Screen) -> tuple[Any, ...]:
    parts = (screen.conversation, screen.pane, screen.question, screen.turns)
    return tuple(gr.skip() if part is None else part for part in parts)


def _opened(answerer: Answerer, turns: tuple[Turn, ...], event: gr.EventData) -> str:
    article = getattr(event, "article", None)
    if article is not None:
        return chat.open_article(answerer, article)
    if getattr(event, "library", None):
        return chat.open_library(answerer)
    return chat.open_citation(answerer, turns, getattr(event, "turn", None), getattr(event, "number", None))


def serve(answerer: Answerer, host: str, port: int) -> None:
    """Serve the page until interrupted; says so on stdout once it listens.

    Raises PageError where the address can't be listened on.
    """
    listening = listen(host, port)
    with listening:
        announcement = _announcement(host, listening.getsockname()[1])
        server = page_server(answerer, lambda: print(announcement, flush=True))
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


def page_server(answerer: Answerer, announce: Callable[[], None]) -> uvicorn.Server:
    """The web server of the page, to be run on a socket; calls `announce` once it answers."""
    app = gr.mount_gradio_app(
        FastAPI(docs_url=None, redoc_url=None, openapi_url=None),
        build_page(answerer),
        path="/",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        max_file_size="1kb",  # gradio takes uploads even where no component asks for one
        theme=gr.themes.Base(font=_SANS, font_mono=_MONO),
        css=_packaged("page.css"),
        head=_HEAD,
    )
    config = uvicorn.Config(_WithPolicy(app), log_level="warning", timeout_graceful_shutdown=1)
    return _AnnouncingServer(config, announce)


def _announcement(host: str, port: int) -> str:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"溯源已启动 / Suyuan is running: http://{reachable}:{port}"


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
