"""What the page does when someone asks: plain functions from what was known to what is shown next."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator

from embeddings.errors import SuyuanError
from ui.answer import conversation as render
from ui.article import reading
from ui.asking.under_way import AnswerUnderWay
from ui.types import Answerer, Hooks, Screen, Turn

_logger = logging.getLogger(__name__)

_SECONDS_PER_PIECE = 0.012
"""Apart by one frame of a 60 Hz screen at most, so that sentences appear one by one yet nobody waits for them."""
_MOST_STEPS = 16
"""The whole conversation goes to the browser with each step, so that a long answer grows by several sentences."""
_SECONDS_PER_STATE = 0.1
"""Apart, at least, that states of an answer are shown in while a language model words it."""
_CHARACTERS_PER_SECOND = 1_000_000
"""Of HTML, at most, that go to the browser meanwhile: a long conversation is sent less often."""
_LONGEST_REST = 1.0
_PULSE = 0.25
"""Seconds after which an empty screen is handed out where there is nothing to show: a generator can be closed only
between two screens, and the reader who stops a silent language model is not to wait for it."""
_NO_HOOKS = Hooks()


def ask(
    answerer: Answerer,
    question: str,
    turns: tuple[Turn, ...],
    within: tuple[str, ...] = (),
    hooks: Hooks = _NO_HOOKS,
) -> Generator[Screen, None, None]:
    """Answer a question, sentence by sentence: every Screen holds the conversation as far as it has grown.

    The questions of `turns` are handed on as history; `within` are ids of the articles to ask alone, empty for all.
    Once the answer is complete its sources are shown. A blank question changes nothing. Errors become a sentence in
    the conversation. Closing the generator gives the answer up, and a language model's request with it.
    """
    question = question.strip()
    if not question:
        yield Screen(question="")
        return
    waiting = (*turns, Turn(question))
    yield Screen(conversation=render.conversation(waiting, hooks=hooks), question="", growing=waiting)
    history = tuple(turn.question for turn in turns if turn.answer is not None)
    with AnswerUnderWay(lambda: answerer.stream(question, history, within)) as under_way:
        yield from _worded(under_way, question, turns, hooks)
        turn = _answered(under_way, question)
    asked = (*turns, turn)
    if turn.answer is not None and turn.answer.mode == "extractive" and not turn.answer.abstained:
        pieces = render.piece_count(turn.answer)
        for shown in range(1, pieces, -(-pieces // _MOST_STEPS)):
            yield Screen(conversation=render.conversation(asked, shown, hooks), growing=asked)
            time.sleep(_SECONDS_PER_PIECE)
    yield Screen(conversation=render.conversation(asked, hooks=hooks), pane=_sources(asked), turns=asked)


def _worded(
    under_way: AnswerUnderWay, question: str, turns: tuple[Turn, ...], hooks: Hooks
) -> Generator[Screen, None, None]:
    """The states of an answer that a language model words, until it is whole."""
    for answer in under_way.states(_PULSE):
        if answer is None:
            yield Screen()
        elif answer.mode == "generated":
            growing = (*turns, Turn(question, answer))
            html = render.conversation(growing, len(answer.sentences), hooks)
            yield Screen(conversation=html, growing=growing)
            under_way.rest(min(max(_SECONDS_PER_STATE, len(html) / _CHARACTERS_PER_SECOND), _LONGEST_REST))


def _answered(under_way: AnswerUnderWay, question: str) -> Turn:
    try:
        return Turn(question, answer=under_way.whole())
    except SuyuanError as error:
        return Turn(question, error=str(error))
    except Exception:
        _logger.exception("answering failed: %r", question)
        return Turn(question, error="回答时出了意外的错误，详情见运行 suyuan chat 的终端。Something went wrong.")


def _sources(turns: tuple[Turn, ...]) -> str | None:
    answer = turns[-1].answer
    if answer is None or answer.abstained or not answer.citations:
        return None
    return reading.open_sources(turns, len(turns) - 1)


def stop(turns: tuple[Turn, ...], asking: str, hooks: Hooks = _NO_HOOKS) -> Screen:
    """The conversation as it was before `asking`, which goes back into the box; nothing where nothing is under way."""
    if not asking:
        return Screen()
    return Screen(conversation=render.conversation(turns, hooks=hooks), question=asking)


def restore(answerer: Answerer, turns: tuple[Turn, ...], hooks: Hooks = _NO_HOOKS) -> Screen:
    """A conversation that the browser kept, with the sources of its last answer."""
    pane = _sources(turns) if turns else None
    return Screen(
        conversation=render.conversation(turns, hooks=hooks),
        pane=pane or reading.open_library(answerer),
        question="",
        turns=turns,
    )


def start_over(answerer: Answerer) -> Screen:
    """An empty conversation."""
    return restore(answerer, ())
