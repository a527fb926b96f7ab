"""What the page does when someone asks or clicks: plain functions from what was known to what is shown next."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

from embeddings.errors import SuyuanError
from qa.types import Answer
from ui import render, render_article
from ui.types import Answerer, Screen, Turn

_logger = logging.getLogger(__name__)

_SECONDS_PER_PIECE = 0.012
"""Apart by one frame of a 60 Hz screen at most, so that sentences appear one by one yet nobody waits for them."""


def ask(answerer: Answerer, question: str, turns: tuple[Turn, ...]) -> Iterator[Screen]:
    """Answer a question, sentence by sentence: every Screen holds the conversation as far as it has grown.

    The questions of `turns` are handed on as history. Once the answer is complete its first citation is opened. A
    blank question changes nothing. Errors become a sentence in the conversation.
    """
    question = question.strip()
    if not question:
        yield Screen(question="")
        return
    yield Screen(conversation=render.conversation((*turns, Turn(question))), question="")
    turn = _answered(answerer, question, turns)
    asked = (*turns, turn)
    if turn.answer is not None and not turn.answer.abstained:
        for shown in range(1, render.piece_count(turn.answer)):
            yield Screen(conversation=render.conversation(asked, shown))
            time.sleep(_SECONDS_PER_PIECE)
    yield Screen(conversation=render.conversation(asked), pane=_first_citation(answerer, asked), turns=asked)


def _answered(answerer: Answerer, question: str, turns: tuple[Turn, ...]) -> Turn:
    history = tuple(turn.question for turn in turns if turn.answer is not None)
    try:
        return Turn(question, answer=answerer.ask(question, history=history))
    except SuyuanError as error:
        return Turn(question, error=str(error))
    except Exception:
        _logger.exception("answering failed: %r", question)
        return Turn(question, error="回答时出了意外的错误，详情见运行 suyuan chat 的终端。Something went wrong.")


def _first_citation(answerer: Answerer, turns: tuple[Turn, ...]) -> str | None:
    answer: Answer | None = turns[-1].answer
    if answer is None or answer.abstained or not answer.citations:
        return None
    return open_citation(answerer, turns, len(turns) - 1, answer.citations[0].number)


def open_citation(answerer: Answerer, turns: tuple[Turn, ...], turn: object, number: object) -> str:
    """The reading pane for citation `number` of turn `turn`, both as the browser sent them: anything at all."""
    if not (isinstance(turn, int) and isinstance(number, int) and 0 <= turn < len(turns)):
        return render_article.message("这段对话已经过期，请重新提问。")
    cited = turns[turn].cited
    citation = next((citation for citation in cited if citation.number == number), None)
    if citation is None:
        return render_article.message("这个标记没有对应的引文。")
    try:
        article = answerer.article(citation.article_id)
    except KeyError:
        return render_article.lost_article(citation, turn, turns[turn].exact)
    return render_article.article(article, turn, number, cited, turns[turn].exact)


def open_article(answerer: Answerer, article_id: object) -> str:
    """The reading pane for a whole article, nothing highlighted."""
    try:
        return render_article.article(answerer.article(str(article_id)))
    except KeyError:
        return render_article.message("这篇文章已不在索引中。")


def open_library(answerer: Answerer) -> str:
    """The reading pane while nothing is open: which articles there are."""
    return render_article.library(answerer.articles())


def start_over(answerer: Answerer) -> Screen:
    """An empty conversation."""
    return Screen(conversation=render.conversation(()), pane=open_library(answerer), question="", turns=())
