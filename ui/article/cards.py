"""The sources of one answer as cards, one an article: what the reading pane shows before an article is opened."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from embeddings.types import Span
from qa.types import AnswerSpan, Citation
from ui.answer.parts import about, by_article, marked, pages, recognised
from ui.answer.standing import badge
from ui.types import Turn
from ui.wording import said


def cards(turn: Turn, index: int) -> str:
    """One card an article that the turn cites, which is number `index` of its conversation, counted from 0.

    The articles come in the order in which the answer first cites them, and so do the quotes on a card, each of which
    opens its place.
    """
    refused = turn.answer is not None and turn.answer.abstained
    title = said("最接近的段落（不是答案）", "Nearest passages, not an answer") if refused else said("出处", "Sources")
    groups = by_article(turn.cited)
    standing = badge(turn.answer) if turn.answer is not None else ""
    return (
        f'<div class="reading cards" data-cards="{index}"><nav class="bar">'
        f'<button type="button" class="plain back" data-close>{said("← 返回", "← Back")}</button>'
        f'{standing}<span class="label">{title} · {_count(len(groups), len(turn.cited))}</span>'
        f'<button type="button" class="plain" data-library>{said("全部文章", "All articles")}</button></nav>'
        f"{''.join(_card(group, index, turn.exact) for group in groups)}</div>"
    )


def _count(articles: int, quotes: int) -> str:
    def counted(number: int, noun: str) -> str:
        return f"{number} {noun}{'' if number == 1 else 's'}"

    return said(f"{articles} 篇 {quotes} 处", f"{counted(articles, 'article')}, {counted(quotes, 'quote')}")


def _card(citations: Sequence[Citation], turn: int, spans: Sequence[AnswerSpan]) -> str:
    first = citations[0]
    quotes = "".join(f"<li>{_quote(citation, turn, spans)}</li>" for citation in citations)
    return (
        f'<section class="card"><h3 class="title">{escape(first.title)}</h3>'
        f'<p class="of">{escape(about(first))}</p><ul>{quotes}</ul></section>'
    )


def _quote(citation: Citation, turn: int, spans: Sequence[AnswerSpan]) -> str:
    words = marked(citation.quote, exact_in(citation, spans), 0, "mark")
    return (
        f'<button type="button" class="place" data-turn="{turn}" data-number="{citation.number}">'
        f'<span class="badge">[{citation.number}]</span><span class="quoted">{words}{recognised([citation])}</span>'
        f"{pages(citation)}</button>"
    )


def exact_in(citation: Citation, spans: Sequence[AnswerSpan]) -> tuple[Span, ...]:
    """What of the citation's quote answers exactly, counted from the quote's first character."""
    return tuple(
        Span(span.article_start - citation.start, span.article_end - citation.start)
        for span in spans
        if span.number == citation.number
    )
