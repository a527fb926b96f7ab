"""Puts the owner's page into the web application, behind its gate."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse

from ui.folder.owner import Owner
from ui.folder.rebuilding import Rebuilder
from ui.gate.gate import Gate
from ui.gate.login import Login
from ui.manage import MANAGE_PATH
from ui.manage.export import feedback_csv, unanswered_csv
from ui.manage.page import build_page
from ui.manage.words import WORDS
from ui.scripts import packaged

_LARGEST_UPLOAD = "100mb"
_HEAD = '<meta name="referrer" content="same-origin"><meta name="robots" content="noindex">'
"""Without a referrer policy of its own, the form that logs out would not say which site it is from."""


def mount(app: FastAPI, owner: Owner) -> FastAPI:
    """Add the owner's page at /manage; a rebuild under way is stopped as the application shuts down."""
    rebuilder = Rebuilder()
    _stop_at_shutdown(app, rebuilder)
    exports = {
        "/export/unanswered.csv": partial(unanswered_csv, owner.index),
        "/export/feedback.csv": partial(feedback_csv, owner.index),
    }
    app.add_route(MANAGE_PATH, _add_slash)
    gr.mount_gradio_app(
        app,
        build_page(owner, rebuilder),
        path=MANAGE_PATH,
        app_kwargs={"middleware": [Middleware(Gate, Login(owner.password), exports)]},
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        max_file_size=_LARGEST_UPLOAD,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        css=packaged("manage/manage.css"),
        head=_HEAD,
        i18n=gr.I18n(**{"zh-CN": {word: word for word in WORDS}, "en": WORDS}),
    )
    return app


def _stop_at_shutdown(app: FastAPI, rebuilder: Rebuilder) -> None:
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def outer(running: FastAPI) -> AsyncIterator[Any]:
        async with inner(running) as state:
            yield state
        await run_in_threadpool(rebuilder.stop)

    app.router.lifespan_context = outer


def _add_slash(_request: Request) -> RedirectResponse:
    return RedirectResponse(f"{MANAGE_PATH.lstrip('/')}/", status_code=307)
