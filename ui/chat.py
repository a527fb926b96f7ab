"""What the page does when someone asks: plain functions from what was known to what is shown next."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

from embeddings.errors import SuyuanError
from ui import reading, render
from ui.types import Answerer, Hooks, Screen, Turn

_logger = logging.getLogger(__name__)

_SECONDS_PER_PIECE = 0.012
"""Apart by one frame of a 60 Hz screen at most, so that sentences appear one by one yet nobody waits for them."""
_MOST_STEPS = 16
"""The whole conversation goes to the browser with each step, so that a long answer grows by several sentences."""
_NO_HOOKS = Hooks()


def ask(
    answerer: Answerer,
    question: str,
    turns: tuple[Turn, ...],
    within: tuple[str, ...] = (),
    hooks: Hooks = _NO_HOOKS,
) -> Iterator[Screen]:
    """Answer a question, sentence by sentence: every Screen holds the conversation as far as it has grown.

    The questions of `turns` are handed on as history; `within` are ids of the articles to ask alone, empty for all.
    Once the answer is complete its sources are shown. A blank question changes nothing. Errors become a sentence in
    the conversation.
    """
    question = question.strip()
    if not question:
        yield Screen(question="")
        return
    yield Screen(conversation=render.conversation((*turns, Turn(question)), hooks=hooks), question="")
    turn = _answered(answerer, question, turns, within)
    asked = (*turns, turn)
    if turn.answer is not None and not turn.answer.abstained:
        pieces = render.piece_count(turn.answer)
        for shown in range(1, pieces, -(-pieces // _MOST_STEPS)):
            yield Screen(conversation=render.conversation(asked, shown, hooks))
            time.sleep(_SECONDS_PER_PIECE)
    yield Screen(conversation=render.conversation(asked, hooks=hooks), pane=_sources(asked), turns=asked)


def _answered(answerer: Answerer, question: str, turns: tuple[Turn, ...], within: tuple[str, ...]) -> Turn:
    history = tuple(turn.question for turn in turns if turn.answer is not None)
    try:
        return Turn(question, answer=answerer.ask(question, history=history, within=within))
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
