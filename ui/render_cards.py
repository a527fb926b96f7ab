"""The sources of one answer as cards, one a citation: what the reading pane shows before an article is opened."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from embeddings.types import Span
from qa.types import AnswerSpan, Citation
from ui.render_parts import about, marked
from ui.types import Turn
from ui.wording import said


def cards(turn: Turn, index: int) -> str:
    """One card a citation of the turn, which is number `index` of its conversation, counted from 0."""
    refused = turn.answer is not None and turn.answer.abstained
    title = said("最接近的段落（不是答案）", "Nearest passages, not an answer") if refused else said("出处", "Sources")
    return (
        f'<div class="reading cards" data-cards="{index}"><nav class="bar">'
        f'<button type="button" class="plain back" data-close>{said("← 返回", "← Back")}</button>'
        f'<span class="label">{title} · {len(turn.cited)}</span>'
        f'<button type="button" class="plain" data-library>{said("全部文章", "All articles")}</button></nav>'
        f"{''.join(_card(citation, index, turn.exact) for citation in turn.cited)}</div>"
    )


def _card(citation: Citation, turn: int, spans: Sequence[AnswerSpan]) -> str:
    rest = escape(about(citation))
    return (
        f'<button type="button" class="card" data-turn="{turn}" data-number="{citation.number}">'
        f'<span class="badge">[{citation.number}]</span><span class="title">{escape(citation.title)}</span>'
        f'<span class="of">{rest}</span><span class="quoted">{_quote(citation, spans)}</span></button>'
    )


def _quote(citation: Citation, spans: Sequence[AnswerSpan]) -> str:
    exact = exact_in(citation, spans)
    return marked(citation.quote, exact, 0, "mark")


def exact_in(citation: Citation, spans: Sequence[AnswerSpan]) -> tuple[Span, ...]:
    """What of the citation's quote answers exactly, counted from the quote's first character."""
    return tuple(
        Span(span.article_start - citation.start, span.article_end - citation.start)
        for span in spans
        if span.number == citation.number
    )
