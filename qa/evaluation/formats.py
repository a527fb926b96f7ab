"""The items of four formats of evaluation sets, validated and turned into one form."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, Field, StringConstraints

from qa.evaluation.gold import plain

_Text = Annotated[str, StringConstraints(pattern=r"\S")]
_Said = str | int | float


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what is known of its answer."""

    id: str
    question: str
    history: tuple[str, ...]
    """Earlier questions, oldest first."""
    gold: tuple[tuple[str, ...], ...]
    """Groups of alternatives: a right answer holds one of each group."""
    articles: tuple[str, ...]
    """Ids of the articles that answer; empty where that is not known."""
    answerable: bool
    source: str = ""
    """Where the question comes from, in a set made of several; empty where that is not said."""


@dataclass(frozen=True, slots=True)
class Context:
    """A passage that the set carries with it; equal texts are one context."""

    id: str
    text: str


class NoGoldError(Exception):
    """A question that should have an answer has none to compare with."""


class _Example(BaseModel):
    """What every format may say of a question."""

    id: str | int | None = None
    source: str | None = None


class _Seed(_Example):
    question: _Text
    kind: str
    article: str | list[str] | None = None
    must: list[list[_Said]] = []
    history: list[str] | None = None


class _Gold(BaseModel):
    text: _Said


class Qa(_Example):
    """A question on a context, in SQuAD and in the reading sets."""

    question: _Text
    answers: list[_Gold] = []
    impossible: bool = Field(default=False, validation_alias=AliasChoices("impossible", "is_impossible"))


class _Reading(Qa):
    context: _Text


class _Rgb(_Example):
    query: _Text
    answer: _Said | list[_Said | list[_Said]]
    positive: list[_Text]
    negative: list[_Text] = []


class SquadArticle(BaseModel):
    """An element of SQuAD's `data`; what it holds is validated piece by piece."""

    paragraphs: list[Any]


class SquadParagraph(BaseModel):
    """A context of SQuAD with its questions, which are validated one by one."""

    context: _Text
    qas: list[Any]


def read_line(item: dict[str, Any], number: str) -> Iterator[Asked | Context]:
    """What one JSON object of the line-by-line formats holds; `number` is its id where it states none.

    Raises:
        ValidationError: a field is missing or of the wrong type.
        NoGoldError: it should have an answer and has none.
    """
    if "query" in item:
        yield from _rgb(_Rgb.model_validate(item), number)
    elif "context" in item:
        yield from _reading(_Reading.model_validate(item), number)
    else:
        yield from _seed(_Seed.model_validate(item), number)


def _seed(item: _Seed, number: str) -> Iterator[Asked]:
    articles = [item.article] if isinstance(item.article, str) else item.article or []
    answerable = item.kind != "none"
    yield Asked(
        id=_id(item.id, number),
        question=item.question,
        history=tuple(item.history or ()),
        gold=_gold(item.must) if answerable else (),
        articles=tuple(articles) if answerable else (),
        answerable=answerable,
        source=item.source or "",
    )


def _reading(item: _Reading, number: str) -> Iterator[Asked | Context]:
    context = context_of(item.context)
    yield context
    yield on_context(context, item, number)


def on_context(context: Context, item: Qa, number: str) -> Asked:
    """A question on one context, with one group: its answers are alternatives.

    Raises:
        NoGoldError: it should have an answer and has none.
    """
    return Asked(
        id=_id(item.id, number),
        question=item.question,
        history=(),
        gold=() if item.impossible else _gold([[answer.text for answer in item.answers]]),
        articles=() if item.impossible else (context.id,),
        answerable=not item.impossible,
        source=item.source or "",
    )


def _rgb(item: _Rgb, number: str) -> Iterator[Asked | Context]:
    positive = [context_of(text) for text in item.positive]
    yield from positive
    yield from map(context_of, item.negative)
    groups = item.answer if isinstance(item.answer, list) else [item.answer]
    yield Asked(
        id=_id(item.id, number),
        question=item.query,
        history=(),
        gold=_gold([group if isinstance(group, list) else [group] for group in groups]) if positive else (),
        articles=tuple(dict.fromkeys(context.id for context in positive)),
        answerable=bool(positive),
        source=item.source or "",
    )


def _id(given: str | int | None, number: str) -> str:
    return number if given is None else str(given)


def context_of(text: str) -> Context:
    """Named by its text, so that the same context has the same name in every set and index."""
    return Context(f"context-{hashlib.sha256(text.encode('utf-8')).hexdigest()[:16]}", text)


def _gold(groups: Iterable[Iterable[_Said]]) -> tuple[tuple[str, ...], ...]:
    """Groups of distinct alternatives; one without letters and digits would be found in any text."""
    gold = tuple(tuple(dict.fromkeys(str(said) for said in group if plain(str(said)))) for group in groups)
    if not gold or not all(gold):
        raise NoGoldError
    return gold
