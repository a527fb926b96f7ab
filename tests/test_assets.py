"""Gradio's scripts and styles come from memory, as they are on disk, and nothing else does."""

import gzip
from pathlib import Path

import httpx
import pytest
from gradio.route_utils import BUILD_PATH_LIB

from benchmarks.page.serving import served


@pytest.fixture(scope="module")
def address(sample):
    with served(sample) as url:
        yield url


def script():
    return max(Path(BUILD_PATH_LIB).glob("index-*.js"), key=lambda path: path.stat().st_size)


def test_a_script_is_compressed_kept_for_good_and_the_file_itself(address):
    with httpx.stream("GET", f"{address}/assets/{script().name}", headers={"Accept-Encoding": "gzip"}) as response:
        raw = b"".join(response.iter_raw())
    assert gzip.decompress(raw) == script().read_bytes()
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in response.headers["cache-control"]
    assert "default-src 'self'" in response.headers["content-security-policy"]


def test_who_can_not_unpack_gets_it_plain(address):
    response = httpx.get(f"{address}/assets/{script().name}", headers={"Accept-Encoding": "identity"})
    assert response.content == script().read_bytes()
    assert "content-encoding" not in response.headers


@pytest.mark.parametrize("path", ["none-such.js", "..%2f..%2froutes.py", "%2e%2e/index.html"])
def test_no_other_file_is_given_out(address, path):
    assert httpx.get(f"{address}/assets/{path}").status_code in (403, 404)
