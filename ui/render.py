"""The conversation as HTML: questions, answers with clickable markers, their sources, refusals.

HTML is known only here and in `render_article`. Markdown is never involved, and every character that comes from a
question, an answer or an article passes `escape`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from embeddings.types import Span
from qa.types import Answer, Citation
from ui.exact import runs
from ui.markers import Line, Piece, parse
from ui.types import Turn


def conversation(turns: Sequence[Turn], shown: int | None = None) -> str:
    """The whole conversation; of the last turn only the first `shown` pieces, or all of them."""
    if not turns:
        return _welcome()
    last = len(turns) - 1
    return "".join(_turn(turn, index, shown if index == last else None) for index, turn in enumerate(turns))


def piece_count(answer: Answer) -> int:
    """How many pieces (sentences with their marker) an answer is shown in."""
    return sum(len(line.pieces) for line in parse(answer.text, answer.citations))


def _welcome() -> str:
    return (
        '<div class="welcome"><p class="welcome-lead">答案逐字摘自文章，每一句都能点回出处。</p>'
        '<p lang="en">Answers are the articles’ own sentences; click a marker to see where each one stands.</p>'
        '<p><button type="button" class="plain" data-library>浏览全部文章</button></p></div>'
    )


def _turn(turn: Turn, index: int, shown: int | None) -> str:
    if turn.error:
        reply = f'<div class="reply failed" role="alert">{escape(turn.error)}</div>'
    elif turn.answer is None:
        reply = '<div class="reply pending" role="status">正在查找原文…<span lang="en">Searching</span></div>'
    elif turn.answer.abstained:
        reply = _refusal(turn.answer, index)
    else:
        reply = _answer(turn.answer, index, shown)
    return f'<section class="turn"><p class="question">{escape(turn.question)}</p>{reply}</section>'


def _answer(answer: Answer, turn: int, shown: int | None) -> str:
    lines = parse(answer.text, answer.citations)
    total = sum(len(line.pieces) for line in lines)
    complete = shown is None or shown >= total
    body = _lines(lines if complete else _first_pieces(lines, shown or 0), answer, turn)
    foot = _sources(answer, turn) if complete else ""
    state = "reply answer" if complete else "reply answer growing"
    return f'<div class="{state}">{_understood(answer)}{body}{foot}</div>'


def _understood(answer: Answer) -> str:
    if answer.standalone.strip() in ("", answer.question.strip()):
        return ""
    return f'<p class="understood">理解为：{escape(answer.standalone)}</p>'


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
        return _emphasised(piece.text, exact, piece.start)
    # A marker never begins a line: it stays with the two characters before it (“清。[1]”).
    body, tail = piece.text[:-2], piece.text[-2:]
    source = marker(by_number[piece.number], turn)
    opening, ending = _emphasised(body, exact, piece.start), _emphasised(tail, exact, piece.start + len(body))
    return f'{opening}<span class="tail">{ending}{source}</span>'


def _emphasised(text: str, exact: Sequence[Span], begins: int) -> str:
    """The text, which begins at `begins` in the answer, with what of it answers exactly in bold."""
    return "".join(
        f'<strong class="exact">{escape(run.text)}</strong>' if run.exact else escape(run.text)
        for run in runs(text, exact, begins)
    )


def marker(citation: Citation, turn: int) -> str:
    """The button that opens a citation of turn `turn` (counted from 0) in the reading pane."""
    quote = citation.quote if len(citation.quote) <= 80 else citation.quote[:79] + "…"
    hint = escape(f"{joined(citation.title, citation.source, citation.published)}\n{quote}")
    return (
        f'<button type="button" class="marker" data-turn="{turn}" data-number="{citation.number}" title="{hint}"'
        f' aria-label="查看出处 {citation.number}">[{citation.number}]</button>'
    )


def joined(*parts: str) -> str:
    """The parts that are not empty, separated by dots."""
    return " · ".join(part for part in parts if part)


def _sources(answer: Answer, turn: int) -> str:
    by_article: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    rows = "".join(_source(group, turn) for group in by_article.values())
    took = f'<p class="took">{answer.timings.total:.2f} 秒</p>'
    return f'<footer class="sources"><p class="label">出处 <span lang="en">Sources</span></p>{rows}{took}</footer>'


def _source(group: Sequence[Citation], turn: int) -> str:
    first = group[0]
    rest = joined(first.author, first.published, first.source)
    said = f' <span class="of">{escape(rest)}</span>' if rest else ""
    return (
        f'<div class="source"><span class="numbers">{_markers(group, turn)}</span>'
        f'<span><span class="title">{escape(first.title)}</span>{said}</span></div>'
    )


def _markers(group: Sequence[Citation], turn: int) -> str:
    """The markers of a source, a run of three or more numbers as first and last (“[1]–[5]”)."""
    runs: list[list[Citation]] = []
    for citation in group:
        if runs and citation.number == runs[-1][-1].number + 1:
            runs[-1].append(citation)
        else:
            runs.append([citation])
    return "".join(
        f"{marker(run[0], turn)}–{marker(run[-1], turn)}"
        if len(run) > 2
        else "".join(marker(citation, turn) for citation in run)
        for run in runs
    )


def _refusal(answer: Answer, turn: int) -> str:
    reason = ""
    if answer.reason and answer.reason not in answer.text:
        reason = f'<p class="reason">{escape(answer.reason)}</p>'
    return (
        '<div class="reply refusal"><p class="label">没有找到答案 <span lang="en">No answer in the articles</span></p>'
        f"{_understood(answer)}<p>{escape(answer.text)}</p>{reason}{_nearest(answer.nearest, turn)}</div>"
    )


def _nearest(passages: Sequence[Citation], turn: int) -> str:
    if not passages:
        return ""
    rows = "".join(
        f'<div class="source">{marker(passage, turn)}<span><span class="title">{escape(passage.title)}</span>'
        f'<span class="snippet">{escape(passage.quote)}</span></span></div>'
        for passage in passages
    )
    label = '最接近的段落（不是答案） <span lang="en">Nearest passages, not an answer</span>'
    return f'<div class="nearest"><p class="label">{label}</p>{rows}</div>'
