"""“写成三句话”, “这几篇都讲了什么”: whole articles for a language model, section by section where they are long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from embeddings.structure.outline import headings_at
from embeddings.types import Article, Outline, Span
from qa.checking.sources import Source
from qa.generation.packing import PER_SOURCE, estimated_tokens
from qa.generation.untrusted import trusted_spans
from qa.grounds import Grounds

_ASKS = re.compile(
    r"^(?:请|帮我?|给我)?(?:概括|归纳|总结|提炼|浓缩|缩写|综述)(?!会|报告|材料|里|的)|(?:概括|归纳|总结|提炼|浓缩|小结)(?:一下|下|成|为|出|$)|"
    r"(?:写|整理|说|讲|缩)成.{0,4}[句段]话|[这那][几些两三]篇.{0,6}(?:讲|说|写)了?(?:些|的)?(?:什么|啥)"
)
_MOST_ARTICLES = 5
"""Articles summed up: all of a selection that has no more, else the one that the question means."""
_MOST_PORTIONS = 12
"""Requests made at most."""


def asks_for_summary(text: str) -> bool:
    """Whether the question wants an article, or several, in a few words."""
    return _ASKS.search(text) is not None


def portions(grounds: Grounds, tokens: int) -> Iterator[tuple[Source, ...]]:
    """The sources of each request, in the order of the articles: as many sections at a time as fit in `tokens`."""
    corpus = grounds.retriever.snapshot.corpus
    count = 0
    for article in _articles(grounds):
        outline = corpus.outline(article.id)
        for spans in _fitting(article, _sections(article, outline), tokens):
            if count == _MOST_PORTIONS:
                return
            count += 1
            numbered = enumerate(spans, 1)
            yield tuple(Source(n, article, span, headings_at(article, outline, span)) for n, span in numbered)


def _articles(grounds: Grounds) -> Sequence[Article]:
    corpus = grounds.retriever.snapshot.corpus
    if corpus.count()[0] <= _MOST_ARTICLES:
        return corpus.articles()
    said = [statement.article for statement in grounds.finding.statements]
    retrieved = [corpus.article(hit.passage.article_id) for hit in grounds.hits[:1]]
    return [*said, *retrieved][:1]


def _sections(article: Article, outline: Outline) -> list[Span]:
    """The whole body in stretches: what stands before the first section, and each section of the first level."""
    starts = sorted({article.body_start, *(s.start for s in outline.sections if s.kind in ("heading", "lead"))})
    ends = [*starts[1:], article.body_end]
    whole = [Span(start, end) for start, end in zip(starts, ends, strict=True) if start < end]
    return [span for section in whole for span in trusted_spans(article, section)]


def _fitting(article: Article, spans: Sequence[Span], tokens: int) -> Iterator[list[Span]]:
    """The stretches in groups that fit; one that is too long alone is cut to what fits."""
    taken, group = 0, 0
    grouped: list[tuple[int, Span]] = []
    for span in spans:
        cost = estimated_tokens(article.text[span.start : span.end]) + PER_SOURCE
        if taken and taken + cost > tokens:
            taken, group = 0, group + 1
        taken += cost
        grouped.append((group, Span(span.start, min(span.end, span.start + tokens - PER_SOURCE))))
    for _, members in groupby(grouped, key=lambda pair: pair[0]):
        yield [span for _, span in members]
