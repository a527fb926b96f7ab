"""What `suyuan ask` prints of the words that answer exactly: bold on a terminal, as they are elsewhere."""

import contextlib
import json
import os
import sys
from dataclasses import replace

import pytest

from qa.types import TENTATIVE, Answer, AnswerSpan, Citation, Timings
from ui.cli import main

EXACT = Answer(
    question="何时由谁签约？",
    standalone="何时由谁签约？",
    text="甲村于2021年5月签约。[1]\n- 由王某、李某签。[2]",
    citations=(
        Citation(1, "a", "签约", "", "", "", "", 10, 23, "甲村于2021年5月签约。", "", "s"),
        Citation(2, "a", "签约", "", "", "", "", 30, 38, "由王某、李某签。", "", "s"),
    ),
    nearest=(),
    abstained=False,
    reason="",
    confidence=1.0,
    mode="extractive",
    timings=Timings(0.1, 0.1, 0.25),
    answer_spans=(AnswerSpan(3, 10, 1, 13, 20), AnswerSpan(20, 25, 2, 31, 36)),
)
SOURCES = """
出处 Sources:
  [1] 《签约》 (a 10-23)
      甲村于2021年5月签约。
  [2] 《签约》 (a 30-38)
      由王某、李某签。
"""
PLAIN = f"{EXACT.text}\n{SOURCES}"
BOLD = f"甲村于\x1b[1m2021年5月\x1b[22m签约。[1]\n- 由\x1b[1m王某、李某\x1b[22m签。[2]\n{SOURCES}"


LEAD = f"{TENTATIVE}\n"
TENTATIVELY = replace(
    EXACT,
    text=f"{LEAD}{EXACT.text}",
    answer_spans=tuple(
        replace(one, start=one.start + len(LEAD), end=one.end + len(LEAD)) for one in EXACT.answer_spans
    ),
    tentative=True,
)


class AlwaysExact:
    """In the place of an answerer."""

    def ask(self, question, history=(), within=()):
        return TENTATIVELY if "怕是" in question else EXACT


@pytest.fixture
def exact_answer(monkeypatch):
    """Whatever is asked is answered by EXACT, in an environment that says nothing of terminals."""
    monkeypatch.setattr("qa.load", lambda *arguments, **options: AlwaysExact())
    for name in ("NO_COLOR", "TERM", "WT_SESSION", "SUYUAN_LLM"):
        monkeypatch.delenv(name, raising=False)


def on_a_terminal(monkeypatch, *arguments):
    """What `suyuan` writes to a terminal that is stdout."""
    import pty

    terminal, stdout = pty.openpty()
    with open(stdout, "w", encoding="utf-8") as out:  # noqa: PTH123
        monkeypatch.setattr(sys, "stdout", out)
        assert main(arguments) == 0
    written = b""
    # What was written comes in pieces; once all is read, a terminal that is closed on the other side gives an error.
    with contextlib.suppress(OSError):
        while piece := os.read(terminal, 65_536):
            written += piece
    os.close(terminal)
    return written.decode().replace("\r\n", "\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, BOLD),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, BOLD),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, PLAIN),
        ({"TERM": "dumb"}, PLAIN),
    ],
)
def test_the_exact_words_are_bold_on_a_terminal_that_wants_it(exact_answer, monkeypatch, environment, expected):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert on_a_terminal(monkeypatch, "ask", EXACT.question) == expected


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_the_exact_words_of_an_unsure_answer_are_bold_too(exact_answer, monkeypatch):
    assert on_a_terminal(monkeypatch, "ask", "怕是何时签约？") == f"【?不确定 unsure】\n{LEAD}\n{BOLD}"


def test_elsewhere_the_exact_words_are_like_the_others(exact_answer, monkeypatch, capsys):
    monkeypatch.setenv("TERM", "xterm-256color")
    assert main(["ask", EXACT.question]) == 0
    assert capsys.readouterr().out == PLAIN


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_json_names_the_exact_words_and_is_never_bold(exact_answer, monkeypatch):
    printed = on_a_terminal(monkeypatch, "ask", EXACT.question, "--json")
    assert "\x1b" not in printed
    assert json.loads(printed)["answer_spans"] == [
        {"text": "2021年5月", "start": 3, "end": 10, "number": 1, "article_start": 13, "article_end": 20},
        {"text": "王某、李某", "start": 20, "end": 25, "number": 2, "article_start": 31, "article_end": 36},
    ]
