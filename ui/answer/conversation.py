"""The conversation as HTML: questions, and answers with clickable markers.

HTML is known only to the modules named render. Markdown is never involved, and every character that comes from a
question, an answer or an article passes `escape`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from embeddings.types import Span
from qa.types import Answer
from ui.answer import foot as render_foot
from ui.answer import refusal as render_refusal
from ui.answer.lines import Row, nested
from ui.answer.markers import Line, Piece, parse
from ui.answer.parts import cited
from ui.answer.sentences import sentences
from ui.answer.standing import badge, set_apart
from ui.types import Hooks, Turn
from ui.wording import labelled, said

_NO_HOOKS = Hooks()


def conversation(turns: Sequence[Turn], shown: int | None = None, hooks: Hooks = _NO_HOOKS) -> str:
    """The whole conversation; of the last turn only the first `shown` pieces, or all of them.

    An answer in a language model's words is shown as far as it has come, and is whole where `shown` is None.
    """
    if not turns:
        return _welcome()
    last = len(turns) - 1
    return "".join(
        _turn(turn, index, shown if index == last else None, index == last, hooks) for index, turn in enumerate(turns)
    )


def piece_count(answer: Answer) -> int:
    """How many pieces (sentences with their marker) an extractive answer is shown in."""
    return sum(len(line.pieces) for line in parse(answer.text, answer.citations))


def _welcome() -> str:
    lead = said(
        "每一句答案都能点回文章里的原话。",
        "Every sentence of an answer leads back to the articles’ own words: click a marker to see them.",
    )
    browse = said("浏览全部文章", "Browse all articles")
    return (
        f'<div class="welcome"><p class="welcome-lead">{lead}</p>'
        f'<p><button type="button" class="plain" data-library>{browse}</button></p></div>'
    )


def _turn(turn: Turn, index: int, shown: int | None, last: bool, hooks: Hooks) -> str:
    if turn.error:
        reply = f'<div class="reply failed" role="alert">{escape(turn.error)}</div>'
        reply += render_foot.failed(index) if last else ""
    elif turn.answer is None:
        waiting = said("正在查找原文…", "Searching the articles…")
        return (
            f'<section class="turn"><p class="question">{escape(turn.question)}</p>'
            f'<div class="reply pending" role="status">{waiting}</div></section>'
        )
    elif turn.answer.abstained:
        reply = render_refusal.refusal(turn.answer, index, last, hooks)
    else:
        reply = _answer(turn.answer, index, shown, last, hooks)
    name = labelled("修改这个问题", "Edit this question")
    edit = f'<button type="button" class="plain edit" data-edit="{index}" {name}>{said("修改", "Edit")}</button>'
    return f'<section class="turn"><p class="question">{escape(turn.question)}</p>{edit}{reply}</section>'


def _answer(answer: Answer, turn: int, shown: int | None, last: bool, hooks: Hooks) -> str:
    if answer.mode == "generated":
        complete = shown is None
        body = sentences(answer, turn) or ("" if complete else _writing())
    else:
        lines = parse(answer.text, answer.citations)
        complete = shown is None or shown >= sum(len(line.pieces) for line in lines)
        kept = lines if complete else _first_pieces(lines, shown or 0)
        # The line that says that it is unsure comes first, and is said in the reader's language.
        body = _lines(kept[1:] if answer.begins else kept, answer, turn)
    foot = render_foot.answered(answer, turn, last, hooks) if complete else ""
    state = "reply answer" if complete else "reply answer growing"
    told = f"{render_foot.understood(answer)}{render_foot.note(answer)}"
    if answer.tentative:
        state = f"{state} tentative"
        told, body = f"<p>{badge(answer)}</p>{told}", set_apart(answer, body)
    return f'<div class="{state}">{told}{body}{foot}</div>'


def _writing() -> str:
    return f'<p class="unchecked" role="status">{said("正在成文…", "Writing…")}</p>'


def _first_pieces(lines: Iterable[Line], shown: int) -> tuple[Line, ...]:
    kept: list[Line] = []
    for line in lines:
        pieces = line.pieces[:shown]
        if not pieces:
            break
        kept.append(Line(line.level, pieces))
        shown -= len(pieces)
    return tuple(kept)


def _lines(lines: Iterable[Line], answer: Answer, turn: int) -> str:
    by_number = {citation.number: citation for citation in answer.citations}
    exact = [Span(span.start, span.end) for span in answer.answer_spans]

    def html(piece: Piece) -> str:
        sources = () if piece.number is None else (by_number[piece.number],)
        return cited(piece.text, exact, piece.start, sources, turn)

    return nested(Row(line.level, "".join(map(html, line.pieces))) for line in lines)
