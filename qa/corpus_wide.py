"""Questions about the corpus: which articles mention something, how many do."""

from __future__ import annotations

import re

from embeddings.sentences import sentences
from embeddings.types import Article, Span
from qa.citations import Statement
from qa.coverage import squeeze
from qa.facts import shortest_clauses_with
from qa.question import Question
from qa.retriever import Retriever

_MENTIONED = re.compile(
    r"(?:提到|提出|谈到|讲到|说到|写到|提过|涉及|出现|关于)了?(?:过|的)?[“‘「《]?([^”’」》？?，。的]+)"
)
_CANDIDATES = 200
"""Passages looked through for the term itself: the lexical leg puts those that hold it first."""


def answer_corpus_wide(question: Question, retriever: Retriever) -> list[Statement]:
    """One line an article that holds every name asked for: its title and the words that mention it."""
    names = question.names or tuple(_MENTIONED.findall(question.text))
    if not names:
        return []
    wanted = [squeeze(name) for name in names]
    corpus = retriever.snapshot.corpus
    hits = retriever.lexical(" ".join(names), _CANDIDATES)
    article_ids = dict.fromkeys(corpus.passage(hit.passage).article_id for hit in hits)
    found: list[Statement] = []
    for article_id in sorted(article_ids):
        article = corpus.article(article_id)
        if all(name in squeeze(article.text) for name in wanted):
            found.append(_mention(article, wanted[0]))
    return found


def _mention(article: Article, name: str) -> Statement:
    sentence = next(
        span
        for span in [*sentences(article.text, Span(0, len(article.text))), Span(0, len(article.text))]
        if name in squeeze(article.text[span.start : span.end])
    )
    span = shortest_clauses_with(article.text, sentence, name)
    about = "·".join(part for part in (article.place, article.source, article.published) if part)
    quoted = article.text[span.start : span.end]
    return Statement(
        article, span, indent=1, wording=f"《{article.title}》{f'（{about}）' if about else ''}：“{quoted}”"
    )
