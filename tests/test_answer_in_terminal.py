"""What `suyuan ask` prints while a language model words the answer, and once it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from qa.types import TENTATIVE, Answer
from tests.conversations import FINES, WORDED, refusal, tentative, worded
from ui.commands.terminal import print_answer, print_growing

FIRST = "港城一年里查处了35起，共罚12.6万元。[1]"
SECOND = "\n- 一是巡查队。[2]"
NOTE = "语言模型中途断开，以下是文章原文。\nThe language model broke off; these are the articles’ own words."
WHERE = "《港城：数字工作法》溯源编写组，溯源示例，2023-05-06"
SOURCES = f"""
出处 Sources:
  [1] {WHERE} (harbour 200-221)
      全年查处违规作业35起，罚款12.6万元。
  [2] {WHERE} (harbour 120-126)
      一是巡查队。
  [3] {WHERE} (harbour 140-146)
      二是救援队。
"""
KEYLESS = f"""{FINES.quote}[1]

出处 Sources:
  [1] {WHERE} (harbour 200-221)
      全年查处违规作业35起，罚款12.6万元。
"""


def keyless(note: str = NOTE) -> Answer:
    text = f"{FINES.quote}[1]"
    return replace(worded(), mode="extractive", text=text, citations=(FINES,), sentences=(), note=note)


def states() -> tuple[Answer, ...]:
    """As they come: nothing yet, one sentence and a half, one struck, the next, the whole."""
    return (
        replace(worded(), text="", citations=(), sentences=()),
        replace(worded(), text=FIRST, sentences=WORDED[:1], pending="这比上"),
        replace(worded(), text=FIRST, sentences=WORDED[:2]),
        replace(worded(), text=FIRST + SECOND, sentences=WORDED[:3], pending="巡查的"),
        worded(),
    )


def test_sentences_are_printed_as_they_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    printed: list[str] = []

    def watched() -> Iterator[Answer]:
        for state in states():
            yield state
            printed.append(capsys.readouterr().out)

    print_growing(watched())
    rest = capsys.readouterr().out
    assert printed == ["", FIRST, "", SECOND, "\n- 巡查的和救援的各有一支。[2][3]"]
    left_out = "\n\n未在原文找到依据，已删去 / not found in the articles, left out:\n"
    assert rest == f"{left_out}  这比上一年多了一倍。\n  第三支正在组建。\n{SOURCES}"


def test_without_anything_made_up_nothing_is_said_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    founded = tuple(sentence for sentence in WORDED if sentence.numbers)
    print_growing([replace(worded(), sentences=founded)])
    assert capsys.readouterr().out == f"{worded().text}\n{SOURCES}"


def test_a_model_that_breaks_off_is_followed_by_the_whole_answer(capsys: pytest.CaptureFixture[str]) -> None:
    print_growing([*states()[:4], keyless()])
    broken_off = "（以上没有写完，下面另给完整的答案。The above was broken off; here is the whole answer.）"
    assert capsys.readouterr().out == f"{FIRST}{SECOND}\n\n{broken_off}\n{NOTE}\n\n{KEYLESS}"


def test_a_model_that_says_nothing_costs_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_growing([states()[0], keyless()])
    assert capsys.readouterr().out == f"{NOTE}\n\n{KEYLESS}"


def test_answers_that_no_model_words_are_printed_as_ever(capsys: pytest.CaptureFixture[str]) -> None:
    print_growing([keyless(note="")])
    assert capsys.readouterr().out == KEYLESS
    print_growing([refusal("金价呢", "没有提到。")])
    assert capsys.readouterr().out == "【○没有找到答案 no answer】\n没有提到。\n"


def test_an_unsure_answer_says_so_first_and_its_quotations_stand_apart(capsys: pytest.CaptureFixture[str]) -> None:
    unsure = tentative("罚了多少", FINES)
    expected = f"【?不确定 unsure】\n{TENTATIVE}\n\n{KEYLESS}"
    print_answer(unsure)
    assert capsys.readouterr().out == expected
    print_growing([unsure])
    assert capsys.readouterr().out == expected
    print_growing([replace(unsure, mode="generated")])
    assert capsys.readouterr().out == expected


def test_a_whole_answer_leaves_out_what_was_made_up(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(worded())
    assert capsys.readouterr().out == f"{worded().text}\n{SOURCES}"
