"""How fast the page is: first load, an answer on the screen, fifty people asking at once.

    python -m benchmarks.page.opening INDEX [--questions FILE.jsonl] [--people N]

INDEX is any index; python -m benchmarks.at_scale leaves one of 20,000 articles in its work folder. FILE has one object
with `question` a line; without it the corpus's own example questions are asked. Needs chromium.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from gradio_client import Client
from playwright.sync_api import Browser

import qa
from benchmarks.measuring.machine import describe_machine
from benchmarks.page.chromium import chromium
from benchmarks.page.serving import served
from embeddings import console

_LOADS, _ASKED = 5, 10


def main() -> int:
    """Measure and print; returns the exit code."""
    return console.run("benchmarks.page.opening", _run)


def _run() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--people", type=int, default=50)
    args = parser.parse_args()
    answerer = qa.load(args.index, log_unanswered=False)
    questions = _questions(args.questions) if args.questions else answerer.examples(limit=_ASKED)
    articles, passages = answerer.retriever.snapshot.corpus.count()
    print(f"machine {describe_machine()}\n{articles} articles, {passages} passages")
    answerer.ask(questions[0])
    with served(answerer) as address:
        with chromium() as browser:
            _print_loads(browser, address)
            _print_answers(browser, address, questions)
        _print_crowd(address, answerer, questions, args.people)
    return 0


def _questions(file: Path) -> tuple[str, ...]:
    lines = file.read_text(encoding="utf-8").splitlines()
    asked = (json.loads(line) for line in lines if line.strip())
    return tuple(one["question"] for one in asked if not one.get("history"))[:_ASKED]


def _print_loads(browser: Browser, address: str) -> None:
    """Each by a new visitor with an empty cache, until the box for questions can be typed into."""
    seconds: list[float] = []
    for _ in range(_LOADS):
        context = browser.new_context()
        page = context.new_page()
        began = time.perf_counter()
        page.goto(address, wait_until="domcontentloaded")
        page.wait_for_selector("#question textarea")
        seconds.append(time.perf_counter() - began)
        context.close()
    print(f"first load {_summary(seconds)}")


def _print_answers(browser: Browser, address: str, questions: tuple[str, ...]) -> None:
    """From Enter to the first sentence of the answer, or the refusal, on the screen."""
    page = browser.new_context().new_page()
    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_selector("#question textarea")
    seconds: list[float] = []
    for number, question in enumerate(questions):
        page.fill("#question textarea", question)
        began = time.perf_counter()
        page.press("#question textarea", "Enter")
        page.locator(".turn").nth(number).locator(".answer, .refusal").first.wait_for()
        seconds.append(time.perf_counter() - began)
        page.locator(".turn").nth(number).locator(".sources, .refusal").first.wait_for()
    print(f"answer on the screen {_summary(seconds)}")


def _print_crowd(address: str, answerer: qa.Answerer, questions: tuple[str, ...], people: int) -> None:
    """All ask at the same moment through the API; each has to get the answer to their own question."""
    asked = [questions[n % len(questions)] for n in range(people)]
    expected = {question: answerer.ask(question).text for question in questions}
    clients = [Client(address, verbose=False) for _ in range(people)]

    def ask(number: int) -> tuple[float, bool]:
        began = time.perf_counter()
        answer = clients[number].predict(question=asked[number], api_name="/ask")
        return time.perf_counter() - began, answer["answer"] == expected[asked[number]]

    began = time.perf_counter()
    with ThreadPoolExecutor(people) as pool:
        answered = list(pool.map(ask, range(people)))
    total = time.perf_counter() - began
    right = sum(own for _, own in answered)
    print(f"{people} at once: {right} right, all in {total:.1f} s; each {_summary([took for took, _ in answered])}")


def _summary(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.2f} s (median), {max(seconds):.2f} s (slowest)"


if __name__ == "__main__":
    raise SystemExit(main())
