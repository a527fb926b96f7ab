"""Whether a sentence speaks of the year, the place and the names that a question names: features, no gates."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from embeddings.folding import squeeze
from embeddings.places.places import find_places
from embeddings.types import Article
from qa.claims.years import in_digits, years_in
from qa.evidence.others_of_kind import names_others, of_another_time_of_year, speaks_of_another_post
from qa.evidence.spoken_years import years_of
from qa.understanding.known_localities import named_by
from qa.understanding.question import Question

AMID = 0.3
"""What stands only elsewhere in the article."""
_ABOVE = 0.65
"""The year of the title or the date above a sentence that speaks of another."""
_WHOSE = re.compile(r"(?P<who>[\u4e00-\u9fff]{1,5}?[国省市县区州乡镇村庄屯寨局厅院校厂社司馆所站])的(?!是)")
"""At the head of a question: some place or office, and not “现行的” or “大家说的”."""
_TURNED = re.compile(
    r"(?:那么?|换成)?(?P<who>[\u4e00-\u9fff]{2,6}?)(?:的|在)?(?:(?:19|20)\d\d|\d\d)年(?:的|那边|这边)?(?:呢|怎么样|如何)[？?。]?$"
)
"""A follow-up that names somebody and a year, and nothing more."""
_NARROW = "镇乡村庄寨屯"
_WIDER = re.compile(r"(?:^|[，,、；;：:。年 ])[\u4e00-\u9fff]{2,4}[县市区](?![域内级里场镇委长民])|全[县市区](?!域)")
"""What speaks of a whole county or city."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How names fit, for each kind.

    1 where sentence, headings or title say all that the question names, less where only the article does, -1 where it
    does not, 0 where none is asked for.
    """

    year: float
    """1 only where the sentence speaks of the year, not where it mentions it; less where its title or date does."""
    place: float
    """Of provinces and prefectures."""
    locality: float
    """Of counties, districts and towns."""
    name: float


def fit_of(question: Question, article: Article, said: str, near: str, spoken: frozenset[str]) -> Fit:
    """How the question's names fit the sentence `said`; `near` is the same with its title, date and headings.

    `spoken` are the years that the sentence speaks of.
    """
    close, whole = squeeze(in_digits(near)), whole_article(article)
    # Of the county whose office heads or signs the article, all of it speaks.
    own = f"{close} {' '.join(named_by(article))}"
    year = _fit(question.years, spoken, years_of(article), years_in(f"{article.title} {article.published}"))
    other_time = _of_another_time_of_year(question.text, article)
    other = other_time or _names_others(question.text, article) or speaks_of_another_post(question.text, said, whole)
    other = other or of_wider(question, said, close)
    return Fit(
        year=-1.0 if other_time else year,
        place=_fit(question.places, close + article.place, whole),
        locality=-1.0 if other else _fit(question.localities, own, whole),
        name=_fit([*map(squeeze, question.names), *_books(question, article)], close, whole),
    )


@lru_cache(maxsize=128)
def _of_another_time_of_year(asked: str, article: Article) -> bool:
    return of_another_time_of_year(asked, article, whole_article(article))


@lru_cache(maxsize=128)
def _names_others(asked: str, article: Article) -> bool:
    return names_others(asked, article, whole_article(article))


def _books(question: Question, article: Article) -> list[str]:
    """The titles in 《》 that are not the article's own: books and the like that it writes of."""
    return [title for title in map(squeeze, question.titles) if title not in squeeze(article.title)]


def of_wider(question: Question, said: str, near: str) -> bool:
    """Whether a sentence is of a county or city, and what the question names is a town or village of it.

    `near` is the sentence with its title, date and headings, squeezed; the town stands nowhere in it.
    """
    text = question.text
    narrow = [
        one
        for one in question.localities
        if one.endswith(tuple(_NARROW)) or re.search(f"{re.escape(one)}(?:[{_NARROW}]|街道|社区)", text)
    ]
    return bool(narrow) and not any(squeeze(one) in near for one in narrow) and _WIDER.search(said) is not None


def other_years(question: Question, sentence: str) -> bool:
    """Whether a sentence names years, and not one of those that the question names."""
    said = set(years_in(sentence))
    return bool(question.years and said) and said.isdisjoint(question.years)


def in_other_years(question: Question, names: str) -> bool:
    """Whether names of columns say several years, and not one of those that the question names."""
    said = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", in_digits(names)))
    return bool(question.years) and len(said) > 1 and said.isdisjoint(question.years)


def other_places(question: Question, sentence: str) -> bool:
    """Whether a sentence names places, and not one of those that the question names."""
    said = set(find_places(sentence)) if question.places else set()
    return bool(said) and said.isdisjoint(question.places)


def names_another(question: Question, article: Article) -> bool:
    """Whether the article nowhere names a county, town or the like of those that the question names.

    Or whose the named thing is: nothing of “泰国” stands in an article on a port's “123工作方法”. Or whom a follow-up
    turns to: “茅坪2023年呢”.
    """
    whole = whole_article(article)
    if question.localities and all(squeeze(name) not in whole for name in question.localities):
        return True
    turned = _TURNED.match(question.text) if question.earlier else None
    whose = turned or (_WHOSE.match(question.text) if question.names else None)
    return whose is not None and all(pair not in whole for pair in map("".join, pairwise(squeeze(whose["who"]))))


@lru_cache(maxsize=128)
def whole_article(article: Article) -> str:
    """Everything an article says of itself and its subject, its lines and cells squeezed."""
    about = (article.title, article.place, article.source, article.published, *article.authors)
    lines = re.split(r"[\n\t]", in_digits("\n".join((*about, article.text))))
    return "\n".join(map(squeeze, lines))


def _fit(wanted: Sequence[str], close: Container[str], whole: Container[str], above: Container[str] = ()) -> float:
    if not wanted:
        return 0.0
    found = [1.0 if one in close else _ABOVE if one in above else AMID if one in whole else -1.0 for one in wanted]
    return sum(found) / len(found)
