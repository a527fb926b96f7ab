"""Which edition of a rule a question means: the one of its year, the new or the old one, else the one in force."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from embeddings.snapshot.snapshot import Snapshot
from embeddings.types import Span
from qa.editions.alignment import counterpart
from qa.editions.editions import Edition, Editions, editions_of
from qa.evidence.gathering import Evidence, rated
from qa.evidence.spoken_years import spoken_years
from qa.understanding.question import Question

_CARRIED = 8
"""The best sentences that have those of the edition meant in their place."""
_KIND = "(?:的)?(?:标准|办法|规定|制度|条例|细则|规则|政策|版本|版|价格|收费)"
_NEW = re.compile(rf"(?<!最)最新|新{_KIND}|修订后|修订版|修改后|调整后")
_NOW = re.compile(r"现行|目前|现在|当前|如今")
_OLD = re.compile(rf"[旧老]{_KIND}|原(?:来|先)?{_KIND}|修订前|修改前|调整前|废止的|以前的|过去的|上一版")
DIFFERS = re.compile(
    r"(?:有(?:什么|哪些|何|啥))?(?:不同|区别|变化|差别|差异|不一样|异同)|改了(?:什么|哪些|啥)|"
    r"(?:修订|修改|调整)了?(?:什么|哪些|啥)|对比|相比"
)


@dataclass(frozen=True, slots=True)
class EditionMeant:
    """The edition that a question is answered from."""

    editions: Editions
    edition: Edition
    beside: tuple[Edition, ...]
    """Those named beside it; none where the question asks for this one."""

    def only(self, found: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """The sentences without those of the other editions, best first.

        What reading makes of one of theirs it makes of the sentence in this edition that corresponds to it.
        """
        others = {one.article.id for one in self.editions.all} - {self.edition.article.id}
        kept = {evidence.span: evidence for evidence in found if evidence.article.id == self.edition.article.id}
        for evidence in found[:_CARRIED]:
            if evidence.article.id in others and (carried := self._carried(evidence, kept)):
                kept[carried.span] = carried
        elsewhere = (e for e in found if e.article.id not in others and e.article.id != self.edition.article.id)
        return tuple(sorted((*kept.values(), *elsewhere), key=lambda evidence: -evidence.score))

    def _carried(self, other: Evidence, kept: Mapping[Span, Evidence]) -> Evidence | None:
        article = self.edition.article
        span = counterpart(other.article, other.span, article)
        if span is None:
            return None
        own = kept.get(span)
        if own is None:
            said = article.text[span.start : span.end]
            years = spoken_years(article, (), said)
            return replace(
                other, article=article, span=span, passage=span, exact=None, front=article.title, years=years
            )
        belongs = max(own.features.belongs, other.features.belongs)
        read = max(own.features.read, other.features.read)
        return rated(own, replace(own.features, belongs=belongs, read=read))


def edition_meant(
    question: Question, found: Sequence[Evidence], snapshot: Snapshot, today: date | None = None
) -> EditionMeant | None:
    """The edition meant of the rule that the best sentence stands in; None where it is no rule in several editions.

    `today` tells which edition is in force; None is the day of the call.
    """
    editions = editions_of(found[0].article, snapshot, today or date.today()) if found else None
    if editions is None or len(question.years) > 1:
        return None
    if question.years:
        named = _of_year(question.years[0], editions)
        return EditionMeant(editions, named, ()) if named else None
    if _OLD.search(question.text):
        older = _older(editions)
        return EditionMeant(editions, older, ()) if older else None
    if _NEW.search(question.text):
        return EditionMeant(editions, editions.all[0], ())
    beside = tuple(one for one in editions.all if one is not editions.in_force)
    return EditionMeant(editions, editions.in_force, () if _NOW.search(question.text) else beside)


def _of_year(year: str, editions: Editions) -> Edition | None:
    """The edition of a year: by its title, else by the day from which it applies."""
    titled = [one for one in editions.all if one.year == year]
    begun = [one for one in editions.all if one.begins[:4] == year]
    return next(iter(titled or begun), None)


def _older(editions: Editions) -> Edition | None:
    """The one before the one in force."""
    place = editions.all.index(editions.in_force)
    return editions.all[place + 1] if place + 1 < len(editions.all) else None


def compared_editions(
    question: Question, found: Sequence[Evidence], snapshot: Snapshot, today: date | None = None
) -> tuple[Edition, Edition] | None:
    """The older and the newer edition whose difference is asked for, or None."""
    if not found or not DIFFERS.search(question.text):
        return None
    editions = editions_of(found[0].article, snapshot, today or date.today())
    if editions is None:
        return None
    named = [one for year in question.years if (one := _of_year(year, editions))]
    if len(question.years) > 1:
        chosen = sorted({one.article.id: one for one in named}.values(), key=editions.all.index)
        return (chosen[-1], chosen[0]) if len(chosen) > 1 else None
    newer = named[0] if named else editions.in_force
    place = editions.all.index(newer)
    return (editions.all[place + 1], newer) if place + 1 < len(editions.all) else None
