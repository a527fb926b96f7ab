"""Counties, towns and villages that no list of divisions has, known by articles that their offices head or sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from embeddings.places.localities import localities_in
from embeddings.places.places import find_places
from embeddings.snapshot.corpus_store import CorpusStore
from embeddings.structure.sentences import paragraphs
from embeddings.types import Article, Hit
from qa.understanding.question import Question

_AT_TOP, _AT_END = 3, 4
"""Lines of an article among which an office may head or sign it."""
_LONGEST = 24
"""Characters of such a line."""
_SHORTEST = 2


def with_known_localities(question: Question, hits: Sequence[Hit], corpus: CorpusStore) -> Question:
    """The question with what it calls by its short name, where an article that was found is of it: 临溪 of 临溪县.

    A question that names counties or towns by themselves stays as it is.
    """
    if question.localities:
        return question
    articles = (corpus.article(article_id) for article_id in dict.fromkeys(hit.passage.article_id for hit in hits))
    known = {name for article in articles for name in named_by(article)}
    for said in (question.text, *reversed(question.earlier)):
        found = [name for name in known if name in said]
        whole = [name for name in found if not any(name != other and name in other for other in found)]
        if whole:
            return replace(question, localities=tuple(sorted(whole, key=said.index)))
    return question


@lru_cache(maxsize=512)
def named_by(article: Article) -> frozenset[str]:
    """The counties, towns and villages that an article's title, source, authors and signature name; no prefectures."""
    lines = (article.title, article.source, *article.authors, *_short_lines(article))
    names = {name for line in lines for name in localities_in(line)}
    return frozenset(name for name in names if len(name) >= _SHORTEST and not find_places(name))


def _short_lines(article: Article) -> Iterator[str]:
    lines = list(paragraphs(article.text))
    for span in (*islice(lines, _AT_TOP), *lines[-_AT_END:]):
        if span.end - span.start <= _LONGEST:
            yield article.text[span.start : span.end]
