"""How much memory `suyuan chat` takes: `python -m benchmarks.speed.page_memory INDEX QUESTIONS.jsonl`.

QUESTIONS has an object with `question` and `history` a line.
"""

from __future__ import annotations

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gradio_client import Client

from benchmarks.measuring.machine import describe_machine
from benchmarks.speed.asking_speed import Question, asking_arguments, read_questions
from benchmarks.speed.child_process import Child, started_module
from embeddings import console
from embeddings.errors import SuyuanError

_START = 300.0
"""Seconds it may take to start."""
_PERIOD = 0.05
"""Seconds between two tries."""


def main() -> int:
    """Ask all questions of the page of the index and print what its process held at most; returns the exit code."""
    return console.run("benchmarks.speed.page_memory", _run)


def _run() -> int:
    args = asking_arguments(__doc__).parse_args()
    questions = read_questions(args.questions)
    peak = page_memory(args.index, questions)
    held = "unknown" if peak is None else f"{peak / 1e6:,.0f} MB"
    print(f"machine {describe_machine()}\npage, {len(questions)} questions: peak memory {held}")
    return 0


def page_memory(index: Path, questions: Sequence[Question]) -> int | None:
    """Peak memory in bytes of the page's process, asked these questions over its API; None where it can't be known."""
    with started_page(index) as page:
        client = Client(page.address, verbose=False)
        client.predict(offset=0, limit=100, api_name="/articles")
        for one in questions:
            client.predict(question=one.question, history=list(one.history), articles=[], api_name="/ask")
        page.child.memory.look()
    return page.child.memory.peak


@dataclass(frozen=True, slots=True)
class StartedPage:
    """A page that answers."""

    address: str
    child: Child


@contextmanager
def started_page(index: Path) -> Iterator[StartedPage]:
    """`suyuan chat` as a process of its own, on a free port, once its page is sent.

    Raises:
        SuyuanError: it did not start.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    page = f"http://127.0.0.1:{port}"
    with started_module("ui.cli", "chat", "--index", index, "--port", str(port), "--no-log") as child:
        _wait_for(page, child)
        yield StartedPage(page, child)


def _wait_for(address: str, child: Child) -> None:
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline and child.process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10):  # noqa: S310
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(_PERIOD)
    raise SuyuanError(f"页面没有启动：{address}\nThe page did not start.")


if __name__ == "__main__":
    raise SystemExit(main())
