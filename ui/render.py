"""The conversation as HTML: questions, and answers with clickable markers.

HTML is known only to the modules named render. Markdown is never involved, and every character that comes from a
question, an answer or an article passes `escape`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from embeddings.types import Span
from qa.types import Answer, Citation
from ui import render_foot, render_refusal
from ui.markers import Line, Piece, parse
from ui.render_parts import marked, marker
from ui.types import Hooks, Turn
from ui.wording import labelled, said

_NO_HOOKS = Hooks()


def conversation(turns: Sequence[Turn], shown: int | None = None, hooks: Hooks = _NO_HOOKS) -> str:
    """The whole conversation; of the last turn only the first `shown` pieces, or all of them."""
    if not turns:
        return _welcome()
    last = len(turns) - 1
    return "".join(
        _turn(turn, index, shown if index == last else None, index == last, hooks) for index, turn in enumerate(turns)
    )


def piece_count(answer: Answer) -> int:
    """How many pieces (sentences with their marker) an answer is shown in."""
    return sum(len(line.pieces) for line in parse(answer.text, answer.citations))


def _welcome() -> str:
    lead = said(
        "答案逐字摘自文章，每一句都能点回出处。",
        "Answers are the articles’ own sentences; click a marker to see where each one stands.",
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
    lines = parse(answer.text, answer.citations)
    total = sum(len(line.pieces) for line in lines)
    complete = shown is None or shown >= total
    body = _lines(lines if complete else _first_pieces(lines, shown or 0), answer, turn)
    foot = render_foot.answered(answer, turn, last, hooks) if complete else ""
    state = "reply answer" if complete else "reply answer growing"
    return f'<div class="{state}">{render_foot.understood(answer)}{body}{foot}</div>'


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
    parts: list[str] = []
    depth = 0
    for line in lines:
        level = min(line.level, depth + 1)
        if level > depth:
            parts.append("<ul>")
        else:
            parts.append(("</li></ul>" * (depth - level) + "</li>") if level else "</li></ul>" * depth)
        body = "".join(_piece(piece, exact, by_number, turn) for piece in line.pieces)
        parts.append(f"<li>{body}" if level else f"<p>{body}</p>")
        depth = level
    parts.append("</li></ul>" * depth)
    return "".join(parts)


def _piece(piece: Piece, exact: Sequence[Span], by_number: dict[int, Citation], turn: int) -> str:
    if piece.number is None:
        return marked(piece.text, exact, piece.start, "strong")
    # A marker never begins a line: it stays with the two characters before it (“清。[1]”).
    body, tail = piece.text[:-2], piece.text[-2:]
    source = marker(by_number[piece.number], turn)
    opening = marked(body, exact, piece.start, "strong")
    ending = marked(tail, exact, piece.start + len(body), "strong")
    return f'{opening}<span class="tail">{ending}{source}</span>'
