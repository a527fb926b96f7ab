"""Wrong premises: a name that no article read says, where they say the same with another number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from embeddings.folding import squeeze
from embeddings.snapshot.snapshot import Snapshot
from embeddings.structure.sentences import sentences
from embeddings.types import Article, Span
from qa.composing.citations import Statement
from qa.composing.finding import Finding
from qa.composing.list_lines import list_lines
from qa.evidence.completion import named_list
from qa.evidence.fit import whole_article
from qa.evidence.mentions import find_mentions
from qa.reading.passages import PassageRead
from qa.understanding.names import part_count
from qa.understanding.question import Question
from qa.understanding.wording import ASKING, NUMERALS

_NUMBER = re.compile(rf"^(?:\d{{3,}}|[{NUMERALS}]+)")
_BEHIND_DIGITS = 3
"""Characters behind a name of digits that tell what it is a number of (12345工作法)."""


def other_premise(question: Question, read: Sequence[PassageRead], snapshot: Snapshot) -> Finding | None:
    """Why it is refused, with the list or the sentence that says otherwise: “四大课堂” for “五大课堂”, 12345 for 67890.

    Looked for in the articles of what was read. None where some article of the corpus says the very name.
    """
    if not question.names or find_mentions(question.names[:1], snapshot).exact_ids:
        return None
    asked = question.names[0]
    for article in dict.fromkeys(passage.article for passage in read):
        if _says_so_elsewhere(squeeze(asked), whole_article(article)):
            continue
        for other in _said_otherwise(question, squeeze(asked), article):
            said = _said(replace(question, names=(other,), count=part_count("", (other,))), other, article, snapshot)
            reason = f"没有文章说到“{asked}”；文章说的是“{other}”"
            return Finding((), reason, tuple(said), contradicted=True)
    return None


def _says_so_elsewhere(asked: str, whole: str) -> bool:
    """Whether the article says the number of such things without naming them again: 二级 for 二级古树."""
    number = _NUMBER.match(asked)
    if number is None or number.end() == len(asked) or asked[0].isdigit():
        return False
    return asked[: number.end() + 1] in whole


def _said(question: Question, other: str, article: Article, snapshot: Snapshot) -> list[Statement]:
    """The list of that name, else the first sentence that holds it."""
    if listed := named_list(question, [article], snapshot):
        return list_lines(question, listed)
    spans = sentences(article.text, Span(article.body_start, article.body_end))
    holding = (span for span in spans if other in squeeze(article.text[span.start : span.end]))
    return [Statement(article, span) for span in holding][:1]


def _said_otherwise(question: Question, asked: str, article: Article) -> Iterator[str]:
    """Names of the article that differ from the one asked for in the number alone."""
    number = _NUMBER.match(asked)
    kind = asked[number.end() :] or _noun_behind(question, asked) if number else ""
    if number is None or not kind:
        return
    digits = asked[0].isdigit()
    pattern = re.compile((r"\d{3,}" if digits else rf"[{NUMERALS}]+") + f"(?=[“”]?{re.escape(kind)})")
    for said in dict.fromkeys(pattern.findall(squeeze(article.text))):
        other = said if digits else said + kind
        if other != asked:
            yield other


def _noun_behind(question: Question, digits: str) -> str:
    """What a name of digits counts: the characters behind it in the question (67890工作法: 工作法)."""
    behind = squeeze(question.text).partition(digits)[2]
    return re.split(r"[的是]", ASKING.split(behind)[0])[0][:_BEHIND_DIGITS]
