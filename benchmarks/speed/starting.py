"""How long whoever types a command waits, and on what.

    python -m benchmarks.speed.starting INDEX QUESTION [--corpus FOLDER] [--times N]

Each command is a process of its own, run N times after one that warms the file cache; medians. Of `suyuan ask` the
seconds are told apart: those of imports by what is imported (python -X importtime, which adds a tenth or so), opening
the index, loading the models, answering.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.measuring.machine import describe_machine
from benchmarks.speed.child_process import REPOSITORY
from benchmarks.speed.page_memory import started_page
from embeddings import console
from embeddings.errors import SuyuanError

_IMPORTED = re.compile(r"^import time:\s*(?P<own>\d+) \|\s*\d+ \|\s*(?P<module>[\w.]+)$", re.MULTILINE)
_SHOWN = 6
"""Packages named one by one; the others together."""
_STEPS = """
import sys, time
began = time.perf_counter()
import qa
imported = time.perf_counter()
answerer = qa.load(sys.argv[1], log_unanswered=False)
opened = time.perf_counter()
answerer.ask(sys.argv[2])
first = time.perf_counter()
answerer.ask(sys.argv[2])
second = time.perf_counter()
print(imported - began, opened - imported, (first - opened) - (second - first), second - first)
"""


def main() -> int:
    """Measure and print; returns the exit code."""
    return console.run("benchmarks.speed.starting", _run)


def _run() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("question")
    parser.add_argument("--corpus", type=Path, default=REPOSITORY / "corpus")
    parser.add_argument("--times", type=int, default=3)
    args = parser.parse_args()
    index, question = str(args.index.resolve()), args.question
    print(f"machine {describe_machine()}")
    commands: dict[str, Callable[[], float]] = {
        "suyuan --help": lambda: _seconds("ui.cli", "--help"),
        "suyuan ask, without a question": lambda: _seconds("ui.cli", "ask", code=2),
        "suyuan ask QUESTION": lambda: _seconds("ui.cli", "ask", question, "--index", index, "--no-log"),
        f"rebuild-index {args.corpus.name}, from nothing": lambda: _rebuilt(args.corpus.resolve()),
        "suyuan chat, until the page is there": lambda: _page(args.index.resolve()),
    }
    for name, run in commands.items():
        run()
        print(f"{median(run() for _ in range(args.times)):6.2f} s  {name}", flush=True)
    _print_steps(index, question, args.times)
    return 0


def _seconds(module: str, *arguments: str, code: int = 0) -> float:
    """From the start of a command to its end.

    Raises:
        SuyuanError: it ended with another exit code.
    """
    began = time.perf_counter()
    _ran(["-m", module, *arguments], code)
    return time.perf_counter() - began


def _ran(arguments: list[str], code: int = 0) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run(  # noqa: S603
        [sys.executable, *arguments], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    if ran.returncode != code:
        raise SuyuanError(f"命令没有做完 / the command failed：{' '.join(arguments)}\n{ran.stderr}")
    return ran


def _rebuilt(corpus: Path) -> float:
    with tempfile.TemporaryDirectory() as folder:
        return _seconds("embeddings.rebuild_command", str(corpus), "--index", f"{folder}/index")


def _page(index: Path) -> float:
    """From the start of the command until its page is sent."""
    began = time.perf_counter()
    with started_page(index):
        return time.perf_counter() - began


def _print_steps(index: str, question: str, times: int) -> None:
    runs = [[float(one) for one in _ran(["-c", _STEPS, index, question]).stdout.split()] for _ in range(times)]
    names = ("import qa", "open the index", "load the models, with their imports", "answer")
    print("\nof one question")
    for name, seconds in zip(names, zip(*runs, strict=True), strict=True):
        print(f"{median(seconds):6.2f} s  {name}")
    imports = _ran(["-X", "importtime", "-m", "ui.cli", "ask", question, "--index", index, "--no-log"]).stderr
    packages: Counter[str] = Counter()
    for found in _IMPORTED.finditer(imports):
        packages[found["module"].split(".")[0]] += int(found["own"])
    named = packages.most_common(_SHOWN)
    said = ", ".join(f"{package} {own / 1e6:.2f}" for package, own in named)
    rest = (packages.total() - sum(own for _, own in named)) / 1e6
    print(f"{packages.total() / 1e6:6.2f} s  imports: {said}, others {rest:.2f}")


if __name__ == "__main__":
    sys.exit(main())
