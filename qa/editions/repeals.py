"""What a rule says of its own beginning, and of the rules that it ends or revises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from embeddings.folding import fold
from embeddings.structure.numerals import CHINESE_NUMERAL, numeral_value
from embeddings.structure.sentences import sentences
from embeddings.types import Article, Span
from qa.claims.years import in_digits, years_in
from qa.editions.titles import base_of

_ENDS = re.compile(
    r"(?:同时|即行|自行|一并|相应|予以|随之)?(?:废止|失效)|停止(?:执行|施行|使用|实施)|不再(?:执行|施行|适用)"
)
_REVISES = re.compile(
    r"(?:作|做)?(?:出|了)?(?:如下|以下)(?:修订|修改|调整)|予以修订|(?:修订|修改)(?:如下|为)|进行(?:了)?(?:修订|修改|调整)"
)
_FORMER = re.compile(r"原(?!则|因|料|有|定)|旧|此前|先前")
_TITLED = re.compile(r"《([^》]{4,60})》")
_N = rf"(?:\d{{1,2}}|{CHINESE_NUMERAL})"
_BEGINS = re.compile(
    rf"自(?P<y>(?:19|20)\d\d)年(?P<m>{_N})月(?:(?P<d>{_N})日)?(?:零时)?起(?:正式)?(?:施行|执行|实施|生效|实行|试行|启用)"
    rf"|(?:施行|执行|实施|生效)(?:日期|时间)[为是：:]*(?P<y2>(?:19|20)\d\d)年(?P<m2>{_N})月(?P<d2>{_N})日"
)
_UPON_ISSUE = re.compile(r"自(?:印发|发布|公布|颁布|下发)之日起(?:施行|执行|实施|生效|试行)")


@dataclass(frozen=True, slots=True)
class Ending:
    """A sentence that ends or revises a rule."""

    span: Span
    bases: tuple[str, ...]
    """Of the rules that it names by their titles; none where it speaks of its own earlier edition."""
    years: tuple[str, ...]
    """Of the editions that it names by their years."""
    of_its_own: bool
    """Whether it speaks of the earlier edition without a year (原办法同时废止)."""
    ends: bool
    """Whether it ends what it names; else it revises it."""


def begins(article: Article) -> str:
    """The ISO date from which a rule applies, as far as it is known, else that of its page; or empty."""
    text = in_digits(fold(article.text))
    found = _BEGINS.search(text)
    if found:
        year, month, day = (found[key] or found[f"{key}2"] for key in "ymd")
        return f"{year}-{numeral_value(month) or 1:02}-{numeral_value(day or '1') or 1:02}"
    return article.published if article.published and _UPON_ISSUE.search(text) else ""


def endings(article: Article) -> Iterator[Ending]:
    """The sentences of an article that end or revise rules, itself or another."""
    for span in sentences(article.text, Span(article.body_start, article.body_end)):
        said = in_digits(fold(article.text[span.start : span.end]))
        ends, revises = _ENDS.search(said), _REVISES.search(said)
        if not ends and not revises:
            continue
        named = _TITLED.findall(article.text[span.start : span.end])
        bases = tuple(base for title in named if (base := base_of(title)))
        stop = ends.start() if ends else len(said)
        before = said[_clause_start(said, stop) : stop] if ends else said
        years = years_in(before)
        yield Ending(span, bases, years, not years and _FORMER.search(before) is not None, bool(ends))


def _clause_start(said: str, stop: int) -> int:
    """Where the clause begins that says what ends: its year is that rule's, not that of the new one's beginning."""
    return max((said.rfind(mark, 0, stop) for mark in ",;。"), default=-1) + 1
