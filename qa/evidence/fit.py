"""Whether a sentence speaks of the year, the place and the names that a question names: features, no gates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from embeddings.folding import squeeze
from embeddings.places.places import find_places
from embeddings.types import Article
from qa.understanding.question import Question

AMID = 0.3
"""What stands only elsewhere in the article."""
_NUMERAL = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_WRITTEN_YEAR = re.compile(r"[一二][〇零○九][〇零○一二三四五六七八九]{2}(?=年)")


@dataclass(frozen=True, slots=True)
class Fit:
    """How names fit, for each kind.

    1 where sentence, headings or title say all that the question names, less where only the article does, -1 where it
    does not, 0 where none is asked for.
    """

    year: float
    place: float
    """Of provinces and prefectures."""
    locality: float
    """Of counties, districts and towns."""
    name: float


def fit_of(question: Question, article: Article, near: str) -> Fit:
    """How the question's names fit; `near` is the sentence with its title, date and headings."""
    close, whole = squeeze(in_digits(near)), whole_article(article)
    return Fit(
        year=_fit(question.years, close, whole),
        place=_fit(question.places, close + article.place, whole),
        locality=_fit(question.localities, close, whole),
        name=_fit([squeeze(name) for name in question.names], close, whole),
    )


def other_years(question: Question, sentence: str) -> bool:
    """Whether a sentence names years, and not one of those that the question names."""
    said = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?=年)", in_digits(sentence)))
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
    """Whether the article nowhere names a county, town or the like of those that the question names."""
    whole = whole_article(article)
    return bool(question.localities) and all(squeeze(name) not in whole for name in question.localities)


def in_digits(text: str) -> str:
    """The text with years in Chinese numerals (二〇二四年) written in digits; lengths stay."""
    return _WRITTEN_YEAR.sub(lambda match: match.group().translate(_NUMERAL), text)


@lru_cache(maxsize=128)
def whole_article(article: Article) -> str:
    """Everything an article says of itself and its subject, squeezed."""
    about = (article.title, article.place, article.source, article.published, *article.authors)
    return squeeze(in_digits("\n".join((*about, article.text))))


def _fit(wanted: Sequence[str], close: str, whole: str) -> float:
    if not wanted:
        return 0.0
    found: Callable[[str], float] = lambda one: 1.0 if one in close else AMID if one in whole else -1.0  # noqa: E731
    return min(found(one) for one in wanted) if len(wanted) == 1 else sum(map(found, wanted)) / len(wanted)
