"""Wrong premises: a name that no article says, where the articles say the same with another number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from embeddings.folding import squeeze
from embeddings.snapshot import Snapshot
from embeddings.types import Hit
from qa.answering.finding import Finding
from qa.answering.list_answer import list_statements
from qa.answering.lists import ARTICLES, ListFound, find_echoed, find_list
from qa.evidence.subject import is_of_place
from qa.retriever import article_ids
from qa.understanding.names import numbered_name
from qa.understanding.question import Question, asking_for
from qa.understanding.wording import ASKING, NUMERALS

_NUMBER = re.compile(rf"^(?:\d{{3,}}|[{NUMERALS}]+)")
_BEHIND_DIGITS = 3
"""Characters behind a name of digits that tell what it is a number of (12345工作法)."""


def other_premise(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> Finding | None:
    """Why it is refused, with the list that comes nearest: five 坚持 for 六个坚持, “四大课堂” for “五大课堂”."""
    if not question.names:
        return None
    asked = question.names[0]
    for other in _said_otherwise(question, hits, snapshot):
        found = find_list(asking_for(question, other), hits, snapshot)
        if found:
            return _other(question, f"没有文章说到“{asked}”；文章说的是“{other}”", found)
    echoed, name = find_echoed(question, hits, snapshot), numbered_name(asked)
    if echoed is None or name is None or len(echoed.parts) == name.count:
        return None
    parts = len(echoed.parts)
    return _other(
        question, f"没有文章说到“{asked}”；文章列出的“{name.head}”是 {parts} 个，不是 {name.count} 个", echoed
    )


def _other(question: Question, reason: str, found: ListFound) -> Finding:
    return Finding((), reason, tuple(list_statements(question, found)))


def _said_otherwise(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> Iterator[str]:
    """Names of the retrieved articles that differ from the one asked for in the number alone."""
    asked = squeeze(question.names[0])
    number = _NUMBER.match(asked)
    kind = asked[number.end() :] or _noun_behind(question, asked) if number else ""
    if number is None or not kind:
        return
    digits = asked[0].isdigit()
    pattern = re.compile((r"\d{3,}" if digits else rf"[{NUMERALS}]+") + f"(?={re.escape(kind)})")
    for article_id in article_ids(hits)[:ARTICLES]:
        article = snapshot.corpus.article(article_id)
        if not is_of_place(article, question):
            continue
        for said in dict.fromkeys(pattern.findall(squeeze(article.text))):
            other = said if digits else said + kind
            if other != asked:
                yield other


def _noun_behind(question: Question, digits: str) -> str:
    """What a name of digits counts: the characters behind it in the question (67890工作法: 工作法)."""
    behind = squeeze(question.text).partition(digits)[2]
    return re.split(r"[的是]", ASKING.split(behind)[0])[0][:_BEHIND_DIGITS]
