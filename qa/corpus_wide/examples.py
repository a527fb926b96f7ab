"""Example questions drawn from the corpus itself: its numbered names and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from embeddings.snapshot.corpus_store import CorpusStore
from embeddings.types import Article

_NUMBERED_NAME = re.compile(
    r"“(?P<name>[一二两三四五六七八九十]{1,2}[个大项张块档种条级类联抓][^”，,]{0,8}|\d{4,6})”(?P<noun>工作法|工作方法|学习法)?"
)
_ARTICLES = 200
"""Articles looked through for examples."""


def example_questions(corpus: CorpusStore, limit: int) -> tuple[str, ...]:
    """Up to `limit` questions, at most one an article while there are articles left."""
    each = [list(_of_article(article)) for article in corpus.articles()[:_ARTICLES]]
    rounds = max(map(len, each), default=0)
    questions = [found[n] for n in range(rounds) for found in each if n < len(found)]
    return tuple(dict.fromkeys(questions))[:limit]


def _of_article(article: Article) -> Iterator[str]:
    place = f"{article.place}的" if article.place else ""
    for match in _NUMBERED_NAME.finditer(article.text):
        yield f"{place}“{match.group('name')}”{match.group('noun') or ''}是什么？"
    if article.authors and article.body_start:
        yield f"《{article.title}》的作者是谁？"
