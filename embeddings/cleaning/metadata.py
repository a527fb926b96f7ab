"""The facts that a page's labels, bylines and footers give -> one value for each field of an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from embeddings.cleaning.bylines import Byline
from embeddings.cleaning.labels import Fact, Field
from embeddings.credits.names import is_medium, is_organisation, is_person, split_names
from embeddings.credits.people import ROLE
from embeddings.page.front_matter import Stated, split_tags
from embeddings.types import Credit, CreditRole

_NOBODY = re.compile(
    r"(?i)admin\w*|root|editor|webmaster|管理员|网站管理员|系统管理员|佚名|本站|本网|未知|匿名|小编|网络"
)
_OWN = frozenset(
    {
        "本网",
        "本站",
        "本网站",
        "原创",
        "互联网",
        "网络",
        "转载",
        "作者",
        "原作者",
        "本报",
        "本刊",
        "整理",
        "其他",
        "其它",
        "不详",
        "未知",
    }
)
_REGISTERED = re.compile(r"(?i)icp备|公网安备|备案号")
"""The number under which a site is registered."""
_NOTICE_SITE = (
    re.compile(
        r"版权(?:均|皆)?(?:归属?于?|属于?|为)\s*(?:本网|本站)?[“\"《]?(?P<site>[^”\"》，。,、]{2,24}?)[”\"》]"
        r"?\s*(?:网站)?(?:所有|独家所有|和)"
    ),
    re.compile(r"注明\s*[“\"]?(?:来源|稿件来源|文章来源)?\s*[:：]?\s*[“\"]?(?P<site>[^”\"，。,]{2,20})[”\"]"),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found on a page, in the order of the page, apart from its text."""

    stated: Stated
    masthead: tuple[Fact, ...]
    """From labels above the text."""
    tail: tuple[Fact, ...]
    """From labels in and below the text."""
    chrome: tuple[Fact, ...]
    """From labels in navigation, sidebars and footers of the page."""
    bylines: tuple[Byline, ...]
    notices: tuple[str, ...]
    urls: tuple[str, ...]
    credits: tuple[Credit, ...] = ()
    """What sentences of the text say of it."""
    signature_date: str = ""
    """The date under the text's last line (落款), ISO 8601."""


def source_of(evidence: Evidence) -> str:
    """Return the source: stated, labelled, else the office or site that the page's footer and notices name."""
    # A word without a label may be anything: “上午9:00”, “制表：镇财政所”.
    sources = _values(evidence, "source", lambda fact: fact.labelled or is_medium(fact.value))
    labelled = (evidence.stated.source, *sources, *_values(evidence, "office"))
    told = _credited(evidence, "source")
    if named := next(filter(None, map(_clean_source, (*labelled, *told))), ""):
        return named
    sites = (
        match["site"]
        for notice in evidence.notices
        for form in _NOTICE_SITE
        for match in form.finditer(notice)
        if match["site"] not in _OWN
    )
    if site := next(filter(None, map(_clean_source, sites)), ""):
        return site
    owners = (word for line in _footer_values(evidence) for word in line.split() if is_organisation(word))
    return evidence.stated.site or next(filter(None, map(_clean_source, owners)), "")


def published_of(evidence: Evidence) -> str:
    """Return the date of publication; dates of signing and of changes count where there is no other."""
    days = (
        evidence.stated.published,
        *_values(evidence, "published"),
        *_values(evidence, "issued"),
        evidence.signature_date,
        *_values(evidence, "updated"),
    )
    return next(filter(None, days), "")


def authors_of(evidence: Evidence) -> tuple[tuple[str, ...], str]:
    """Return the authors and the post or office given for them; an office alone is itself the author."""
    named = (*(name for line in evidence.bylines for name in line.people), *_credited(evidence, "author"))
    people = _unique(name for name in named if not _NOBODY.fullmatch(name))
    offices = _unique(name for line in evidence.bylines for name in line.offices)
    post = next((line.post for line in evidence.bylines if line.post), "")
    if not people and not offices and evidence.stated.authors:
        found, stated_offices = split_names(evidence.stated.authors)
        stated = evidence.stated.authors.strip()
        people = tuple(found) or (() if stated_offices or _NOBODY.fullmatch(stated) or len(stated) > 30 else (stated,))
        offices = tuple(stated_offices)
    if people:
        return people, post or (offices[0] if offices else "")
    return offices, post


def editors_of(evidence: Evidence) -> tuple[str, ...]:
    """Return the editors, without those who checked, signed or designed the page."""
    labelled = (name for value in _values(evidence, "editor") for name in _people(value))
    return _unique([*labelled, *_credited(evidence, "editor")])


def uploader_of(evidence: Evidence) -> str:
    """Return who put the article on the site."""
    return next((value for value in _values(evidence, "uploader") if value and not _NOBODY.fullmatch(value)), "")


def tags_of(evidence: Evidence) -> tuple[str, ...]:
    """Return the tags: stated ones first, then labelled keywords."""
    return _unique([*evidence.stated.tags, *(tag for value in _values(evidence, "tags") for tag in split_tags(value))])


def url_of(evidence: Evidence) -> str:
    """Return the article's address: stated, labelled, else a line of its own that is one."""
    labelled = (value for value in _values(evidence, "url") if value.startswith("http"))
    return evidence.stated.url or next(labelled, "") or next(iter(evidence.urls), "")


def footer_of(evidence: Evidence) -> str:
    """Return what the page's footer and notices say, for the place that they name."""
    return "\n".join([*_footer_values(evidence), *_values(evidence, "support"), *evidence.notices])


def _values(evidence: Evidence, field: Field, admits: Callable[[Fact], bool] = lambda fact: True) -> list[str]:
    facts = (*evidence.masthead, *evidence.tail, *evidence.chrome)
    return [fact.value.strip() for fact in facts if fact.field == field and admits(fact)]


def _credited(evidence: Evidence, role: CreditRole) -> list[str]:
    """Names in a role, in the order of the text."""
    return [credit.name for credit in evidence.credits if credit.role == role]


def _footer_values(evidence: Evidence) -> list[str]:
    facts = (*evidence.tail, *evidence.chrome, *evidence.masthead)
    return [fact.value for field in ("footer", "contact") for fact in facts if fact.field == field]


def _clean_source(value: str) -> str:
    name = re.sub(rf"(?:https?://|www\.)\S+|\s+{ROLE}.*$|\s*[|｜丨]?\s*(?:作者|编译)[\s/：:|].*$", "", value).strip(
        ' 《》“”"[]【】()（）:：'
    )
    words = name.split()
    if len(words) > 1 and is_person(words[-1]) and not is_person(words[0]):
        name = " ".join(words[:-1])
    return "" if name in _OWN or len(name) < 2 or _REGISTERED.search(name) else name


def _people(value: str) -> Sequence[str]:
    people, offices = split_names(value)
    return people or ([] if offices else [word for word in value.split() if 1 < len(word) <= 8])


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
