"""Small pieces of HTML that the conversation and the reading pane share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from embeddings.types import Span
from qa.page_numbers import pages_en, pages_zh
from qa.recognised import notice_of
from qa.types import Citation
from ui.answer.exact import runs
from ui.wording import labelled, said


def joined(*parts: str) -> str:
    """The parts that are not empty, separated by dots."""
    return " · ".join(part for part in parts if part)


def about(citation: Citation) -> str:
    """Who wrote what is cited, when, about which place, and where it was published."""
    return joined(citation.author, citation.published, citation.place, citation.source)


def pages(*citations: Citation) -> str:
    """On which pages they stand, in both languages as HTML; nothing where their file has no pages."""
    zh = pages_zh(*citations)
    return f'<span class="on-page">{said(zh, pages_en(*citations))}</span>' if zh else ""


def recognised(citations: Iterable[Citation]) -> str:
    """That words were recognised in a picture, on which pages; nothing where they were not."""
    told = notice_of(citation.recognised_page for citation in citations)
    return f'<span class="recognised">{said(told.zh, told.en)}</span>' if told else ""


def by_article(citations: Iterable[Citation]) -> list[tuple[Citation, ...]]:
    """The citations of each article together, in the order in which the articles first appear."""
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.article_id, []).append(citation)
    return [tuple(group) for group in groups.values()]


def marker(citation: Citation, turn: int) -> str:
    """The button that opens a citation of turn `turn` (counted from 0) in the reading pane."""
    quote = citation.quote if len(citation.quote) <= 80 else citation.quote[:79] + "…"
    hint = escape(f"{joined(citation.title, citation.source, citation.published, pages_zh(citation))}\n{quote}")
    number = citation.number
    return (
        f'<button type="button" class="marker" data-turn="{turn}" data-number="{number}" title="{hint}"'
        f" {labelled(f'查看出处 {number}', f'Source {number}')}>[{number}]</button>"
    )


def cited(text: str, exact: Sequence[Span], begins: int, sources: Sequence[Citation], turn: int) -> str:
    """The text, which begins at `begins` in what `exact` counts in, and the markers of its sources."""
    if not sources:
        return marked(text, exact, begins, "strong")
    # A marker never begins a line: it stays with the two characters before it (“清。[1]”).
    body, tail = text[:-2], text[-2:]
    opening = marked(body, exact, begins, "strong")
    ending = marked(tail, exact, begins + len(body), "strong")
    markers = "".join(marker(source, turn) for source in sources)
    return f'{opening}<span class="tail">{ending}{markers}</span>'


def marked(text: str, exact: Iterable[Span], begins: int, tag: str) -> str:
    """The text, which begins at `begins` in what `exact` counts in, escaped, with the exact parts in a `tag`."""
    return "".join(
        f'<{tag} class="exact">{escape(run.text)}</{tag}>' if run.exact else escape(run.text)
        for run in runs(text, exact, begins)
    )
