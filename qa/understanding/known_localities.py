"""Counties, towns and villages that no list of divisions has, known by articles that their offices head or sign."""

from __future__ import annotations

import re
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
_LONGEST_PERSON = 4
"""Characters of an author who may be a person, called 海宁 by chance."""
_COMMITTEE = "[县区市旗](?:委(?!员)|人民政府|政府)"
_BRANCH = "(?:生态环境|公安|税务|自然资源|水务|气象)?分局"
_OFFICE = re.compile(rf"(?:^|中共|[市州盟局]|[，,、；;（( ])([\u4e00-\u9fff]{{2,3}}?)(?:{_COMMITTEE}|{_BRANCH})")
"""Committees, governments and branch offices of counties, which name them before 委 and without a suffix."""
_LONGEST = 24
"""Characters of such a line."""


def with_known_localities(question: Question, hits: Sequence[Hit], corpus: CorpusStore) -> Question:
    """The question with what it calls by its short name, where an article that was found is of it: 临溪 of 临溪县.

    A question that names counties or towns by themselves stays as it is; a follow-up may turn to another than those
    named before it.
    """
    if localities_in(question.text):
        return question
    known = known_in(hits, corpus)
    asked = (question.text, *reversed(question.earlier)) if not question.localities else (question.text,)
    said = tuple(sorted(first_said(known, asked), key="\n".join(asked).index))
    return replace(question, localities=said or question.localities)


def known_in(hits: Sequence[Hit], corpus: CorpusStore) -> frozenset[str]:
    """The counties, towns and villages that the articles found call themselves by."""
    return frozenset(name for article_id in article_ids(hits) for name in named_by(corpus.article(article_id)))


@lru_cache(maxsize=512)
def named_by(article: Article) -> frozenset[str]:
    """The counties, towns and villages that an article's title, source, authors and signature name; no prefectures."""
    offices = (author for author in article.authors if len(author) > _LONGEST_PERSON)
    lines = (article.title, article.source, *offices, *_short_lines(article))
    named = (name for line in lines for name in (*localities_in(line), *_OFFICE.findall(line)))
    return frozenset(name for name in named if not find_places(name))


def _short_lines(article: Article) -> Iterator[str]:
    lines = list(paragraphs(article.text))
    for span in (*lines[:_AT_TOP], *lines[-_AT_END:]):
        if span.end - span.start <= _LONGEST:
            yield article.text[span.start : span.end]
