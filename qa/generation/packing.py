"""Which passages a language model is given, and in which order, within a number of tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from embeddings.snapshot.snapshot import Snapshot
from embeddings.structure.outline import headings_at
from embeddings.structure.sentences import sentences
from embeddings.types import Article, Hit, Span
from qa.checking.sources import Source
from qa.composing.citations import Statement
from qa.generation.untrusted import trusted_spans
from qa.grounds import Grounds

_MORE = 6
"""Passages at most beside those that a sure extractive answer comes from."""
_LIKELY = 0.0
"""Logit of the reader from which a passage that it read may answer; with none there are the first three retrieved."""
_RETRIEVED = 3
_BEHIND_A_PART = 120
"""Characters that may follow a part of a list, so that it can be said in a few words what it is."""
_CLOSE = 60
"""Stretches of one article no further apart than this, in characters, are one."""
PER_SOURCE = 60
"""Tokens that the tags around a passage take."""
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


def pack(grounds: Grounds, tokens: int) -> tuple[Source, ...]:
    """The passages, numbered as they stand in the prompt, in at most `tokens` (by `estimated_tokens`).

    Those that the extractive answer comes from go before all others. The best evidence stands first and the second
    best last, since models overlook what is in the middle (Liu et al., Lost in the Middle, TACL 2024).
    """
    corpus = grounds.retriever.snapshot.corpus
    ranked: list[tuple[Article, Span]] = []
    left = tokens
    for article, span in _candidates(grounds):
        for piece in trusted_spans(article, span):
            if any(article.id == other.id and piece.overlaps(taken) for other, taken in ranked):
                continue
            cost = estimated_tokens(article.text[piece.start : piece.end]) + PER_SOURCE
            if cost <= left:
                ranked.append((article, piece))
                left -= cost
    return tuple(
        Source(number, article, span, headings_at(article, corpus.outline(article.id), span))
        for number, (article, span) in enumerate(_best_first_and_last(ranked), 1)
    )


def estimated_tokens(text: str) -> int:
    """A cautious estimate: one token a Chinese character, one for two others."""
    wide = len(_WIDE.findall(text))
    return wide + (len(text) - wide + 1) // 2


def _candidates(grounds: Grounds) -> Iterator[tuple[Article, Span]]:
    corpus = grounds.retriever.snapshot.corpus
    yield from _said(grounds.finding.statements, grounds.retriever.snapshot)
    read = sorted(grounds.finding.read, key=lambda passage: -passage.score)
    if not grounds.is_sure or grounds.question.asks_several:
        # Where reading is unsure, or may lack a part, all that was read is put to the model, as far as there is room.
        yield from ((one.article, _span(one.hit)) for one in read)
        return
    likely = [(one.article.id, _span(one.hit)) for one in read if one.score >= _LIKELY]
    first = [(hit.passage.article_id, _span(hit)) for hit in grounds.hits[:_RETRIEVED]]
    for article_id, span in dict.fromkeys([*likely[:_MORE], *first]):
        yield corpus.article(article_id), span


def _span(hit: Hit) -> Span:
    return Span(hit.passage.start, hit.passage.end)


def _said(statements: Sequence[Statement], snapshot: Snapshot) -> Iterator[tuple[Article, Span]]:
    """Where the extractive answer stands: parts of a list with what explains them, anything else with its passage."""
    spans: dict[str, list[Span]] = {}
    articles: dict[str, Article] = {}
    is_list = any(statement.indent for statement in statements)
    for statement in statements:
        article = articles.setdefault(statement.article.id, statement.article)
        around = _part(article, statement.span) if is_list else _passage(article, statement.span, snapshot)
        spans.setdefault(article.id, []).append(around)
    for article_id, found in spans.items():
        for span in _merged(found):
            yield articles[article_id], span


def _part(article: Article, span: Span) -> Span:
    """The sentences that the span touches, and those behind in its paragraph up to 120 characters more."""
    text = article.text
    line = Span(text.rfind("\n", 0, span.start) + 1, _line_end(text, span.end))
    whole = sentences(text, line)
    start = next((s.start for s in whole if s.end > span.start), span.start)
    end = next((s.end for s in whole if s.end >= span.end), span.end)
    for sentence in whole:
        if sentence.start >= end and sentence.end - end <= _BEHIND_A_PART:
            return Span(start, sentence.end)
    return Span(start, end)


def _line_end(text: str, position: int) -> int:
    newline = text.find("\n", position)
    return newline if newline >= 0 else len(text)


def _passage(article: Article, span: Span, snapshot: Snapshot) -> Span:
    """The indexed passages that the span touches, as one stretch; the span itself where none does."""
    touched = [p for p in snapshot.corpus.passages(article.id) if p.start < span.end and span.start < p.end]
    return Span(min(p.start for p in touched), max(p.end for p in touched)) if touched else span


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start):
        if merged and span.start - merged[-1].end <= _CLOSE:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _best_first_and_last(ranked: Sequence[tuple[Article, Span]]) -> list[tuple[Article, Span]]:
    if len(ranked) < 3:
        return list(ranked)
    return [ranked[0], *ranked[2:], ranked[1]]
