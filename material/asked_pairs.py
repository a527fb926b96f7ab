"""Questions as people type them -> pairs for training: the excerpts that material.asked found for each."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from embeddings.types import Span
from material.asked import Asked, CodedExcerpt, Gold
from material.examples import Pair
from qa.reading.tokens import Asking

_ASKED: TypeAdapter[Asked] = TypeAdapter(Asked)
_EXCERPT: TypeAdapter[CodedExcerpt] = TypeAdapter(CodedExcerpt)
_ANSWERS, _PART, _REMOVED, _OWN = 0.46, 0.06, 0.1, 0.22
"""Of the pairs of an answerable question: an excerpt that answers; one of whose answering units some are cut out;
all cut out; another excerpt of its text. What is left: an excerpt of another text."""
_NEAR = 6
"""Of the excerpts that do not answer, those that retrieval ranks first are drawn, each half as often as the one
before."""


@dataclass(frozen=True, slots=True)
class AskedPool:
    """Questions and the excerpts that they name."""

    questions: tuple[Asked, ...]
    excerpts: dict[str, CodedExcerpt]

    def part(self, held_out: bool, share: float = 1.0) -> AskedPool:
        """The questions on texts that are held out, or on those that are not; of these the first `share`."""
        chosen = [one for one in self.questions if one.held_out == held_out]
        return AskedPool(tuple(chosen[: round(share * len(chosen))]), self.excerpts)


def read_asked(work: Path) -> AskedPool:
    """What material.asked wrote.

    Raises:
        OSError, pydantic.ValidationError: it is missing or not of this form.
    """
    excerpts = (_EXCERPT.validate_python(json.loads(line)) for line in _lines(work / "excerpts.jsonl"))
    questions = tuple(_ASKED.validate_python(json.loads(line)) for line in _lines(work / "asked.jsonl"))
    return AskedPool(questions, {excerpt.id: excerpt for excerpt in excerpts})


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines()


def asked_pair(pool: AskedPool, one: Asked, rng: random.Random) -> Pair:
    """A pair of the question and one of its excerpts, as a whole or without some of its units."""
    draw = rng.random()
    if not one.gold:
        near = one.own if draw < 0.85 or not one.others else one.others
        return _silent(pool, one, near, rng)
    gold = rng.choice(one.gold)
    if draw < _ANSWERS:
        return _without(pool, one, gold, frozenset())
    if draw < _ANSWERS + _PART and len(gold.belongs) > 1:
        cut = rng.sample(gold.belongs, rng.randrange(1, len(gold.belongs)))
        return _without(pool, one, gold, frozenset(cut))
    excerpt = pool.excerpts[gold.excerpt]
    if draw < _ANSWERS + _PART + _REMOVED and len(excerpt.units) - len(gold.belongs) >= 2:
        return _without(pool, one, gold, frozenset(gold.belongs))
    if draw < _ANSWERS + _PART + _REMOVED + _OWN and one.own:
        return _silent(pool, one, one.own, rng)
    if one.others:
        return _silent(pool, one, one.others, rng)
    return _silent(pool, one, one.own, rng) if one.own else _without(pool, one, gold, frozenset())


def _asking(one: Asked) -> Asking:
    return Asking(one.question, one.earlier)


def _silent(pool: AskedPool, one: Asked, near: Sequence[str], rng: random.Random) -> Pair:
    number = 0
    while number < min(_NEAR, len(near)) - 1 and rng.random() < 0.5:
        number += 1
    excerpt = pool.excerpts[near[number]]
    return Pair(_asking(one), excerpt.text, excerpt.units)


def _without(pool: AskedPool, one: Asked, gold: Gold, cut: frozenset[int]) -> Pair:
    """The excerpt without some of its units; what is left of the answer belongs to it still."""
    excerpt = pool.excerpts[gold.excerpt]
    text, units, belongs, answers = excerpt.text[: excerpt.units[0].start], [], [], []
    for number, unit in enumerate(excerpt.units):
        if number in cut:
            continue
        end = excerpt.units[number + 1].start if number + 1 < len(excerpt.units) else len(excerpt.text)
        shift = len(text) - unit.start
        text += excerpt.text[unit.start : end]
        if number in gold.belongs:
            belongs.append(len(units))
            inside = (a for a in gold.answers if unit.start <= a.start < unit.end)
            answers.extend(Span(a.start + shift, a.end + shift) for a in inside)
        units.append(Span(unit.start + shift, unit.end + shift))
    return Pair(_asking(one), text, tuple(units), frozenset(belongs), tuple(answers))
