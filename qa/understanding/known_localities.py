"""Counties, towns and villages that no list of divisions has, known by articles that their offices head or sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from embeddings.places.localities import localities_in
from embeddings.places.places import find_places
from embeddings.snapshot.corpus_store import CorpusStore
from embeddings.structure.sentences import paragraphs
from embeddings.types import Article, Hit
from qa.retrieving.retriever import article_ids
from qa.understanding.names import first_said
from qa.understanding.question import Question

_AT_TOP, _AT_END = 3, 4
"""Lines of an article among which an office may head or sign it."""
_LONGEST = 24
"""Characters of such a line."""


def with_known_localities(question: Question, hits: Sequence[Hit], corpus: CorpusStore) -> Question:
    """The question with what it calls by its short name, where an article that was found is of it: 临溪 of 临溪县.

    A question that names counties or towns by themselves stays as it is.
    """
    if question.localities:
        return question
    known = {name for article_id in article_ids(hits) for name in named_by(corpus.article(article_id))}
    asked = (question.text, *reversed(question.earlier))
    return replace(question, localities=tuple(sorted(first_said(known, asked), key="\n".join(asked).index)))


@lru_cache(maxsize=512)
def named_by(article: Article) -> frozenset[str]:
    """The counties, towns and villages that an article's title, source, authors and signature name; no prefectures."""
    lines = (article.title, article.source, *article.authors, *_short_lines(article))
    return frozenset(name for line in lines for name in localities_in(line) if not find_places(name))


def _short_lines(article: Article) -> Iterator[str]:
    lines = list(paragraphs(article.text))
    for span in (*lines[:_AT_TOP], *lines[-_AT_END:]):
        if span.end - span.start <= _LONGEST:
            yield article.text[span.start : span.end]
