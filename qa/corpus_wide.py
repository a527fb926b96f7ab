"""Questions about the corpus: which articles mention something, how many do, which is the earliest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from embeddings.corpus_store import CorpusStore
from embeddings.sentences import sentences
from embeddings.types import Article, Span
from qa.citations import Statement, quote_of
from qa.coverage import squeeze
from qa.facts import shortest_clauses_with
from qa.metadata import head_of
from qa.question import Question
from qa.retriever import Retriever

_MENTIONED = re.compile(
    r"(?:提到|提出|谈到|讲到|说到|写到|提过|涉及|出现|关于)了?(?:过|的)?[“‘「《]?([^”’」》？?，。的]+)"
)
_EARLIEST = re.compile(r"最早|最先|最旧")
_LATEST = re.compile(r"最新|最近|最晚")
_HOW_MANY = re.compile(r"多少篇|(?<!哪)几篇|多少文章")
_CANDIDATES = 200
"""Passages looked through for the term itself: the lexical leg puts those that hold it first."""


def answer_corpus_wide(question: Question, retriever: Retriever) -> list[Statement]:
    """The articles that hold every name asked for, each quoted; or how many there are; or the earliest, the latest."""
    corpus = retriever.snapshot.corpus
    wanted = [squeeze(name) for name in question.names or _MENTIONED.findall(question.text)]
    articles = _holding(wanted, retriever) if wanted else list(corpus.articles())
    articles = [a for a in articles if not question.places or any(place in _about(a) for place in question.places)]
    if not articles:
        return []
    if _EARLIEST.search(question.text) or _LATEST.search(question.text):
        return _by_date(articles, latest=bool(_LATEST.search(question.text)))
    if not wanted:
        return [_counted(articles, "", corpus)] if _HOW_MANY.search(question.text) else _titled(articles)
    mentions = [_mention(article, wanted[0]) for article in articles]
    if _HOW_MANY.search(question.text):
        return [_counted(articles, "、".join(question.names or wanted), corpus), *mentions]
    return mentions


def _holding(wanted: Sequence[str], retriever: Retriever) -> list[Article]:
    corpus = retriever.snapshot.corpus
    hits = retriever.lexical(" ".join(wanted), _CANDIDATES)
    article_ids = {corpus.passage(hit.passage).article_id for hit in hits}
    articles = map(corpus.article, sorted(article_ids))
    return [article for article in articles if all(name in squeeze(article.text) for name in wanted)]


def _about(article: Article) -> str:
    return f"{article.place} {article.title} {article.text}"


def _described(article: Article) -> str:
    about = "·".join(part for part in (article.place, article.source, article.published) if part)
    return f"《{article.title}》{f'（{about}）' if about else ''}"


def _mention(article: Article, name: str) -> Statement:
    whole = Span(0, len(article.text))
    spans = [*sentences(article.text, whole), whole]
    sentence = next(span for span in spans if name in squeeze(article.text[span.start : span.end]))
    span = shortest_clauses_with(article.text, sentence, name)
    return Statement(article, span, indent=1, wording=f"{_described(article)}：“{quote_of(article, span)}”")


def _counted(articles: Sequence[Article], names: str, corpus: CorpusStore) -> Statement:
    """How many, cited to the first of them; those that follow in the answer are each cited on their line."""
    total = corpus.count()[0]
    wording = (
        f"提到“{names}”的文章有 {len(articles)} 篇（共 {total} 篇）。" if names else f"共有 {len(articles)} 篇文章。"
    )
    return Statement(articles[0], head_of(articles[0]), wording=wording)


def _titled(articles: Sequence[Article]) -> list[Statement]:
    return [Statement(a, head_of(a), indent=1, wording=_described(a)) for a in articles]


def _by_date(articles: Sequence[Article], latest: bool) -> list[Statement]:
    dated = [article for article in articles if article.published]
    if not dated:
        return []
    pick = (max if latest else min)(article.published for article in dated)
    return _titled([article for article in dated if article.published == pick])
