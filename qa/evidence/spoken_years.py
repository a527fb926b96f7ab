"""Which years a sentence speaks of: its own, not those it mentions; else its headings', title's, lead's or date's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from embeddings.folding import fold
from embeddings.types import Article
from qa.claims.years import YearSaid, in_digits, relative_years_said, years_in, years_said
from qa.evidence.subject import lead_of

_BEFORE, _BEHIND = 6, 24
"""Characters beside a year that tell whether it is only mentioned."""
_LEAD = 40
"""Characters of the lead that say of when it is."""
_COMPARED = re.compile(r"(?:[比较原]|相比于?|根据|依据|按照|参照|替代|代替|取代|废止)(?:了|之前|于)?$")
_REVISED = re.compile(r"对(?:原|于)?$")
_REVISES = re.compile(r"年[^。；;]{0,14}?(?:修订|修改|调整|如下)")
_GONE = re.compile(
    r"年(?:度?[^，,。；;]{0,12}?(?:同时|即行|自行|予以|一并|相应)(?:废止|失效)|[^，,。；;]{0,12}?(?:停止执行|不再执行|停止施行)"
    r"|度?(?:同期)?(?:相比|持平)|(?:\d{1,2}月(?:\d{1,2}日)?)?(?:印发|发布|出台|制定|下发|颁布|公布)的)"
)
_DATE = re.compile(r"(?P<y>(?:19|20)\d\d)[年.\-/](?P<m>\d{1,2})[月.\-/](?P<d>\d{1,2})日?")
_WITHIN_TITLE = re.compile(r"《[^》]*》|[〔\[](?:19|20)\d\d[〕\]]")


def spoken_years(article: Article, headings: Sequence[str], sentence: str) -> frozenset[str]:
    """The years that a sentence of the article speaks of.

    A year it only mentions (对2021年标准作如下修订, 比2023年多, 2019年印发的办法同时废止) is none of them.
    `headings` are those above it, outermost first, with the caption of its table.
    """
    own = [said.year for said in _own(_without_date(sentence, article.published))]
    if base := own_year(article):
        own += [said.year for said in relative_years_said(sentence, base) if not _is_compared(sentence, said)]
    if own:
        return frozenset(own)
    inherited = (*reversed(headings), article.title, _looked_back_on(article), article.published)
    return next((frozenset(years) for text in inherited if (years := years_in(text))), frozenset())


@lru_cache(maxsize=128)
def _looked_back_on(article: Article) -> str:
    """The one year that its lead begins with, where it is the year before: a report of January is on the last one."""
    years = years_in(lead_of(article)[:_LEAD])
    before = article.published[:4].isdigit() and str(int(article.published[:4]) - 1)
    return years[0] if len(years) == 1 and years[0] == before else ""


def own_year(article: Article) -> int | None:
    """The year that the article speaks from: its title's only one, else that of its date; None where neither is."""
    titled = years_in(article.title)
    if len(titled) == 1:
        return int(titled[0])
    return int(article.published[:4]) if article.published[:4].isdigit() else None


@lru_cache(maxsize=128)
def years_of(article: Article) -> frozenset[str]:
    """All years that an article names, as whatever."""
    base = own_year(article)
    said = relative_years_said(article.text, base) if base else ()
    about = "\n".join((article.title, article.source, article.published, article.text))
    return frozenset((*years_in(about), *(one.year for one in said)))


def _without_date(sentence: str, published: str) -> str:
    """The sentence without the date of the page, which says when it was written and not what of."""
    dates = _DATE.finditer(fold(in_digits(sentence)))
    own = [m.span() for m in dates if f"{m['y']}-{int(m['m']):02}-{int(m['d']):02}" == published]
    for start, end in reversed(own):
        sentence = f"{sentence[:start]} {sentence[end:]}"
    return sentence


def _own(sentence: str) -> Iterator[YearSaid]:
    plain = fold(sentence)
    titles = [match.span() for match in _WITHIN_TITLE.finditer(plain)]
    for said in years_said(sentence):
        behind = plain[said.end : said.end + _BEHIND]
        revised = _REVISED.search(plain[max(0, said.start - _BEFORE) : said.start]) and _REVISES.match(behind)
        titled = any(start <= said.start < end for start, end in titles)
        if not (titled or revised or _GONE.match(behind) or _is_compared(plain, said)):
            yield said


def _is_compared(plain: str, said: YearSaid) -> bool:
    return _COMPARED.search(plain[max(0, said.start - _BEFORE) : said.start]) is not None
