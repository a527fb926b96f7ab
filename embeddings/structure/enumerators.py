"""What a part begins with where it is numbered (一、 （一） 1. 第一，), and how much of its paragraph announces it."""

from __future__ import annotations

import re

from embeddings.bullets import bullet_end
from embeddings.structure.numerals import CHINESE_NUMERAL, FORMAL_NUMERAL
from embeddings.structure.sentences import clauses, sentences
from embeddings.types import Span

_N = CHINESE_NUMERAL
ENUMERATORS: dict[str, re.Pattern[str]] = {
    "chapter": re.compile(rf"第{_N}(?:[章节篇编]|部分)(?:[\s：:、]|(?=[^，,。；;：:]{{1,30}}$))"),
    "chinese": re.compile(rf"(?:{_N}|{FORMAL_NUMERAL})、"),
    "bracketed": re.compile(rf"[（(﹙〔]{_N}[）)﹚〕]、?"),
    "arabic": re.compile(r"\d{1,2}(?:[.．](?!\d)|、)"),
    "half bracketed": re.compile(r"\d{1,2}[）)]"),
    "bracketed arabic": re.compile(r"[（(﹙]\d{1,2}[）)﹚]|[⑴-⒇]"),
    "circled": re.compile(r"[①-⑳❶-❿㈠-㈩]"),
    "ordinal": re.compile(rf"第{_N}[，,、：:]"),
    "step": re.compile(rf"第{_N}[步招关][，,、：:。]"),
    "article": re.compile(rf"第{_N}条[\s：:、]"),
    "sequential": re.compile(r"(?:首先|其次|再[次者]|最[后後])[，,、：:是]"),
    "other": re.compile(rf"其{_N}[，,、：:是]"),
    "quoted": re.compile(
        r"[“‘\"「]\d{1,2}[”’\"」](?:[，,：:、]|(?:即|就|指)?是|指|(?=[\u4e00-\u9fff]{2,8}[。：:，,]))"
    ),
    "verb": re.compile(rf"{_N}[是要]"),
}
"""By style."""
_LONGEST_HEADING = 50
"""Characters of a sentence that is wholly a heading."""


def enumerator_end(text: str, span: Span) -> int:
    """Where the enumerator that the span begins with ends, or the span's start where there is none."""
    matches = (pattern.match(text, span.start, span.end) for pattern in ENUMERATORS.values())
    return next((match.end() for match in matches if match), span.start)


def announcement(text: str, span: Span) -> Span:
    """The whole paragraph where it is one short sentence, else its first sentence or, where that is long, clause."""
    lead = sentences(text, span)[0]
    return lead if lead.end - lead.start <= _LONGEST_HEADING else Span(span.start, clauses(text, span)[0].end)


def without_enumerator(text: str, span: Span) -> Span:
    """The span without the enumerator it begins with (“一、”, “（二）”) or its bullet, if any."""
    start = enumerator_end(text, span)
    if start == span.start:
        start += bullet_end(text[span.start : span.end])
    while start < span.end and text[start].isspace():
        start += 1
    return Span(start, span.end) if start < span.end else span
