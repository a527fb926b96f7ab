"""The page as served: when it says that it runs, what it refuses, and that it names no other host."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui import scripts
from ui.web.app import PageError, listen

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_a_taken_port_is_named_with_the_option_that_helps(taken: int) -> None:
    with pytest.raises(PageError, match=rf"端口 {taken} 已被占用.*--port {taken + 1}"):
        listen("127.0.0.1", taken)


@pytest.mark.parametrize(
    ("host", "port", "option"),
    [("127.0.0.1", 70_000, "--port"), ("127.0.0.1", -1, "--port"), ("256.1.1.1", 7860, "--host")],
)
def test_an_impossible_address_is_an_error_in_one_sentence(host: str, port: int, option: str) -> None:
    with pytest.raises(PageError, match=option):
        listen(host, port)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _at_rest(process: int, seconds: float) -> tuple[float, int]:
    """Seconds of a core that a process takes within so many, and how often it wakes up; none without a /proc."""
    of_process = Path(f"/proc/{process}")
    if not of_process.exists():
        return 0.0, 0

    def so_far() -> tuple[float, int]:
        user, system = (of_process / "stat").read_text().rpartition(")")[2].split()[11:13]
        threads = [(thread / "status").read_text() for thread in (of_process / "task").iterdir()]
        waits = sum(int(re.findall(r"^voluntary_ctxt_switches:\s*(\d+)", thread, re.M)[0]) for thread in threads)
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK"), waits

    time.sleep(1)  # what the first visit set going
    computed, waits = so_far()
    time.sleep(seconds)
    after = so_far()
    return after[0] - computed, after[1] - waits


@pytest.mark.skipif(sys.platform == "win32", reason="an interrupt can't be sent to another process on Windows")
def test_serve_announces_itself_once_it_answers_and_stops_on_interrupt() -> None:
    port = free_port()
    program = (
        "from ui.web.app import serve; from written import WrittenAnswers; "
        f"serve(WrittenAnswers(), '127.0.0.1', {port})"
    )
    environment = {
        **os.environ,
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": f"{REPOSITORY}{os.pathsep}{REPOSITORY / 'tests' / 'browser'}",
    }
    command = [sys.executable, "-c", program]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, env=environment, encoding="utf-8") as page:
        try:
            assert page.stdout is not None
            assert page.stdout.readline() == f"溯源已启动 / Suyuan is running: http://127.0.0.1:{port}\n"
            asked = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Accept-Encoding": "gzip, br"})
            with urllib.request.urlopen(asked, timeout=20) as response:  # noqa: S310
                html = response.read().decode("utf-8")
                policy = response.headers["Content-Security-Policy"]
            # The lower of two: what starts beside it may slow one down, what polls shows in both.
            computed, woken = min(_at_rest(page.pid, seconds=3) for _ in range(2))
        finally:
            page.send_signal(signal.SIGINT)
            said, complained = page.communicate(timeout=20)
    assert (page.returncode, said, complained) == (0, "", "")
    assert computed < 0.02 * 3
    assert woken < 60 * 3  # 25 looks for requests, 10 of the server for signals, and their slack
    assert "溯源 Suyuan" in html
    assert re.findall(r"<(?:script|link|img)[^>]+https?://", html) == []
    assert "fonts.googleapis" not in html
    assert "default-src 'self'" in policy
    # Gradio's scripts take the language from the browser as soon as they run.
    assert html.partition("<head>")[2].startswith(scripts.LANGUAGE)
