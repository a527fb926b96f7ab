"""Who gets to the owner's page, and what everybody else gets: nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import gradio_client
import httpx
import pytest

import qa
from benchmarks.page.serving import served
from embeddings.encoding.encoder import Encoder
from embeddings.rebuilding.rebuild import rebuild
from tests.written_articles import write_articles
from ui.folder.rebuilding import Rebuilder
from ui.gate.login import SESSION_SECONDS, Login, Refused
from ui.manage import Owner

PASSWORD = "正确的密码 & 100%"  # noqa: S105
ROUTES = [
    ("GET", "/"),
    ("GET", "/config"),
    ("GET", "/theme.css"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/openapi.json"),
    ("GET", "/gradio_api/startup-events"),
    ("GET", "/gradio_api/heartbeat/abc"),
    ("GET", "/gradio_api/queue/data?session_hash=abc"),
    ("GET", "/gradio_api/file=/etc/hostname"),
    ("GET", "/gradio_api/file/etc/hostname"),
    ("GET", "/gradio_api/stream/a/0/0/playlist.m3u8"),
    ("GET", "/export/unanswered.csv"),
    ("GET", "/export/feedback.csv"),
    ("POST", "/gradio_api/upload"),
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/gradio_api/run/predict"),
    ("POST", "/gradio_api/call/rest"),
    ("POST", "/gradio_api/cancel"),
    ("POST", "/gradio_api/reset"),
    ("POST", "/gradio_api/component_server"),
    ("POST", "/logout"),
]


@pytest.fixture(scope="module")
def owner(one_model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Owner:
    home = tmp_path_factory.mktemp("owner")
    rebuild(write_articles(home / "articles"), home / "index")
    return Owner(home / "index", home / "articles", PASSWORD)


@pytest.fixture(scope="module")
def managed(owner: Owner) -> Iterator[str]:
    with served(qa.load(owner.index), owner=owner) as url:
        yield f"{url}/manage"


@pytest.fixture(scope="module")
def plain(owner: Owner) -> Iterator[str]:
    with served(qa.load(owner.index)) as url:
        yield url


@pytest.fixture(scope="module")
def logged_in(managed: str) -> Iterator[httpx.Client]:
    with httpx.Client() as client:
        for _ in range(10):
            if log_in(client, managed, PASSWORD).status_code == 303:
                break
            time.sleep(1)
        yield client


def log_in(client: httpx.Client, managed: str, password: str) -> httpx.Response:
    return client.post(f"{managed}/login", data={"password": password})


def test_each_wrong_password_doubles_the_pause_of_its_address_alone() -> None:
    now = [0.0]
    login = Login("right password", clock=lambda: now[0])
    assert login.attempt("wrong", "10.0.0.1") == Refused(1)
    assert login.attempt("right password", "10.0.0.1") == Refused(1)
    assert isinstance(login.attempt("right password", "10.0.0.2"), str)
    pauses = []
    for _ in range(8):
        now[0] += 60
        refused = login.attempt("wrong", "10.0.0.1")
        assert isinstance(refused, Refused)
        pauses.append(refused.seconds)
    assert pauses == [2, 4, 8, 16, 32, 60, 60, 60]
    now[0] += 60
    assert isinstance(login.attempt("right password", "10.0.0.1"), str)
    assert login.attempt("wrong", "10.0.0.1") == Refused(1)


def test_the_addresses_of_one_household_share_a_pause() -> None:
    login = Login("right password", clock=lambda: 0.0)
    assert login.attempt("wrong", "2001:db8:1:2::1") == Refused(1)
    assert login.attempt("right password", "2001:db8:1:2:ffff::9") == Refused(1)
    assert isinstance(login.attempt("right password", "2001:db8:1:3::1"), str)


def test_a_session_ends_by_itself_and_by_logging_out() -> None:
    now = [0.0]
    login = Login("right password", clock=lambda: now[0])
    one, other = (login.attempt("right password", "::1") for _ in range(2))
    assert isinstance(one, str)
    assert isinstance(other, str)
    login.end(one)
    assert (login.knows(one), login.knows(other), login.knows(""), login.knows("guess")) == (False, True, False, False)
    now[0] = SESSION_SECONDS
    assert not login.knows(other)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_no_route_answers_without_the_login(managed: str, method: str, path: str) -> None:
    response = httpx.request(method, managed + path)
    expected = (303, "login") if path == "/" else (401, None)
    assert (response.status_code, response.headers.get("location")) == expected
    assert "gradio" not in response.text


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_without_manage_there_is_no_such_route(plain: str, method: str, path: str) -> None:
    response = httpx.request(method, f"{plain}/manage{path}")
    assert response.status_code in (404, 405)
    assert httpx.post(f"{plain}/manage/login", data={"password": PASSWORD}).status_code in (404, 405)


def test_without_manage_none_of_its_functions_has_a_name(plain: str, managed: str, logged_in: httpx.Client) -> None:
    own = logged_in.get(f"{managed}/config").json()
    names = {dependency["api_name"] for dependency in own["dependencies"]}
    assert {"add", "act", "begin", "end", "roll_back"} <= names
    chat = httpx.get(f"{plain}/config").json()
    assert names.isdisjoint({dependency["api_name"] for dependency in chat["dependencies"]})
    for name in sorted(names):
        assert httpx.post(f"{plain}/gradio_api/call/{name}", json={"data": []}).status_code in (404, 422, 500)
        assert httpx.post(f"{plain}/gradio_api/run/{name}", json={"data": []}).status_code in (404, 422, 500)


def test_uploads_go_nowhere_but_to_the_owner(managed: str, plain: str, logged_in: httpx.Client) -> None:
    file = {"files": ("a.txt", b"x" * 5000)}
    chat = managed.removesuffix("/manage")
    assert httpx.post(f"{plain}/gradio_api/upload", files=file).status_code == 413
    assert logged_in.post(f"{chat}/gradio_api/upload", files=file).status_code == 413
    assert httpx.post(f"{managed}/gradio_api/upload", files=file).status_code == 401
    assert logged_in.post(f"{managed}/gradio_api/upload", files=file).status_code == 200


def test_gradios_own_client_is_refused_without_the_login(managed: str, logged_in: httpx.Client) -> None:
    with pytest.raises(Exception, match="credentials were not provided"):
        gradio_client.Client(f"{managed}/", verbose=False, analytics_enabled=False)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in logged_in.cookies.jar)
    client = gradio_client.Client(f"{managed}/", headers={"Cookie": cookies}, verbose=False, analytics_enabled=False)
    assert client.view_api(return_format="dict", print_info=False)["named_endpoints"] == {}


def test_a_wrong_password_is_refused_and_the_next_has_to_wait(owner: Owner) -> None:
    with served(qa.load(owner.index), owner=owner) as url, httpx.Client() as client:
        wrong = log_in(client, f"{url}/manage", "错误的密码")
        assert (wrong.status_code, wrong.headers["Retry-After"], len(client.cookies)) == (403, "1", 0)
        assert "请过 1 秒再试" in wrong.text
        too_soon = log_in(client, f"{url}/manage", PASSWORD)
        assert (too_soon.status_code, len(client.cookies)) == (403, 0)
        time.sleep(1.1)
        assert log_in(client, f"{url}/manage", PASSWORD).status_code == 303
        assert PASSWORD not in wrong.text + too_soon.text


def test_the_right_password_opens_the_page_with_a_cookie_that_no_other_site_can_use(
    managed: str, logged_in: httpx.Client
) -> None:
    (cookie,) = logged_in.cookies.jar
    assert (cookie.path, cookie.has_nonstandard_attr("HttpOnly")) == ("/manage", True)
    assert cookie.get_nonstandard_attr("SameSite") == "strict"
    page = logged_in.get(f"{managed}/")
    assert page.status_code == 200
    assert page.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert "重建索引" in page.text
    assert PASSWORD not in page.text
    assert logged_in.get(managed, follow_redirects=True).url.path == "/manage/"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://localhost:7860"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    ],
)
def test_another_sites_request_is_refused_even_with_the_cookie(
    managed: str, logged_in: httpx.Client, headers: dict[str, str]
) -> None:
    for path in ("/gradio_api/upload", "/gradio_api/queue/join", "/logout", "/login"):
        assert logged_in.post(managed + path, headers=headers).status_code == 403
    if "Sec-Fetch-Mode" not in headers:
        assert logged_in.get(f"{managed}/config", headers=headers).status_code == 403
    assert logged_in.get(f"{managed}/config").status_code == 200


def test_its_own_page_and_its_proxy_are_let_through(managed: str, logged_in: httpx.Client) -> None:
    own = managed.removesuffix("/manage")
    proxied = {"Origin": "https://suyuan.example", "X-Forwarded-Host": "suyuan.example"}
    for headers in ({"Origin": own}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}, proxied):
        assert logged_in.get(f"{managed}/config", headers=headers).status_code == 200


def test_logging_out_ends_the_session(owner: Owner) -> None:
    with served(qa.load(owner.index), owner=owner) as url, httpx.Client() as client:
        log_in(client, f"{url}/manage", PASSWORD)
        kept = dict(client.cookies)
        assert client.post(f"{url}/manage/logout").headers["location"] == "login"
        assert httpx.get(f"{url}/manage/config", cookies=kept).status_code == 401


def test_a_rebuild_under_way_ends_with_the_server(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    rebuilder = Rebuilder()
    monkeypatch.setattr("ui.manage.mounting.Rebuilder", lambda: rebuilder)
    with served(qa.load(owner.index), owner=owner):
        rebuilder.start([sys.executable, "-c", "import time; time.sleep(60)"])
    assert rebuilder.state.stage == "stopped"


def test_a_form_that_has_no_end_is_not_read(managed: str) -> None:
    assert httpx.post(f"{managed}/login", content=b"password=" + b"x" * 100_000).status_code == 403
