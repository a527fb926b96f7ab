"""The one way to the owner's page: whoever has not logged in gets the login page, and of the rest nothing at all.

It stands in front of every route of the page, gradio's own included: of these some ask for no login.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from embeddings.errors import SuyuanError
from ui.gate.login import SESSION_SECONDS, Login, Refused
from ui.gate.login_page import login_page

_LONGEST_FORM = 8192
"""Bytes."""


class Gate:
    """ASGI middleware in front of the application that is mounted for the owner.

    `exports` maps paths, as /export/a.csv, to what makes their content: CSV in UTF-8.
    """

    def __init__(self, app: ASGIApp, login: Login, exports: Mapping[str, Callable[[], bytes]]) -> None:
        self._app = app
        self._login = login
        self._exports = exports
        # Cookies don't know ports: two pages on one machine must not take each other's.
        self._cookie = f"suyuan-manage-{secrets.token_hex(4)}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on where it comes from who has logged in."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            answer = await self._answer(Request(scope, receive))
            await (answer or self._app)(scope, receive, send)

    async def _answer(self, request: Request) -> Response | None:
        path = _path(request)
        if is_foreign(request):
            return PlainTextResponse("来自别的网站的请求 / a request from another site", status_code=403)
        if path == "/login":
            return await self._log_in(request) if request.method == "POST" else _page()
        token = request.cookies.get(self._cookie, "")
        if not self._login.knows(token):
            return _to_login(request, path)
        if path == "/logout" and request.method == "POST":
            self._login.end(token)
            response = RedirectResponse("login", status_code=303)
            response.delete_cookie(self._cookie, path=_root(request))
            return response
        if path in self._exports and request.method == "GET":
            return await _csv(path, self._exports[path])
        return None

    async def _log_in(self, request: Request) -> Response:
        password = await _password_in(request)
        address = request.client.host if request.client else ""
        attempt = self._login.attempt(password, address)
        if isinstance(attempt, Refused):
            return _page(attempt)
        response = RedirectResponse("./", status_code=303)
        response.set_cookie(
            self._cookie,
            attempt,
            max_age=SESSION_SECONDS,
            path=_root(request),
            secure=_is_encrypted(request),
            httponly=True,
            samesite="strict",
        )
        return response


def is_foreign(request: Request) -> bool:
    """Whether another site's page makes the browser send this; a link to the page itself is not taken for it.

    The session's cookie is not sent from another site. This also stops what runs on another port of the same host,
    which browsers count as the same site, and every browser that does not know SameSite.
    """
    site = request.headers.get("sec-fetch-site")
    if site in ("same-origin", "none"):
        return False
    if site is not None:
        followed = request.headers.get("sec-fetch-mode") == "navigate" and request.method == "GET"
        return not (followed and request.headers.get("sec-fetch-dest") == "document")
    origin = request.headers.get("origin")
    if origin is None:
        return False
    # A page can't make a browser send X-Forwarded-Host without asking first, which is refused.
    host = request.headers.get("x-forwarded-host") or request.headers.get("host", "")
    return urlsplit(origin).netloc.lower() != host.lower()


def _path(request: Request) -> str:
    path, root = str(request.scope["path"]), str(request.scope.get("root_path", ""))
    return path.removeprefix(root) or "/"


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", "")) or "/"


def _is_encrypted(request: Request) -> bool:
    return "https" in (request.url.scheme, request.headers.get("x-forwarded-proto"))


async def _password_in(request: Request) -> str:
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LONGEST_FORM:
                return ""
    except ClientDisconnect:
        return ""
    form = parse_qs(body.decode("utf-8", errors="replace"), keep_blank_values=True)
    return form.get("password", [""])[0]


def _to_login(request: Request, path: str) -> Response:
    if path == "/" and request.method in ("GET", "HEAD"):
        return RedirectResponse("login", status_code=303)
    return PlainTextResponse("请先登录 / log in first", status_code=401)


def _page(refused: Refused | None = None) -> Response:
    headers = {"Cache-Control": "no-store"}
    if refused is None:
        return HTMLResponse(login_page(), headers=headers)
    headers["Retry-After"] = str(refused.seconds)
    return HTMLResponse(login_page(refused.seconds), status_code=403, headers=headers)


async def _csv(path: str, content_of: Callable[[], bytes]) -> Response:
    try:
        content = await run_in_threadpool(content_of)
    except SuyuanError as error:
        return PlainTextResponse(str(error), status_code=409)
    name = path.rsplit("/", 1)[-1]
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
