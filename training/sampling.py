"""Draws the pairs of each training step; the same seed gives the same steps, from whichever step one goes on."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tokenizers import Tokenizer

from material import examples
from material.asked_pairs import AskedPool, asked_pair
from material.examples import Example, Pair
from qa.reading.tokens import TokenPair, encode_pairs, padded
from training.rewording import reworded

_BLOCK = 512
"""Pairs drawn at a time, then sorted by length into batches of even length."""
_LONGEST = 448
"""Tokens of a pair at most."""
MULTIPLE = 64
"""What lengths are padded to: a batch is cut for the room that it takes when padded."""
_LENGTHS = ((120, 0.25), (200, 0.35), (300, 0.3), (480, 0.1))
"""Characters of a text of the reading examples, and how often. Passages have 100 to 300."""
_SHARES = (("answer", 0.50), ("unanswerable", 0.12), ("elsewhere", 0.10), ("removed", 0.10), ("retrieved", 0.14))
"""How many of the reading pairs are drawn of each kind; what is left, altered questions. A pair that can't be made (no
sentence without the answer, no year in the question) becomes one that answers."""
_REWORDED = 0.4
"""Of the reading examples' questions, those that are worded as people type."""
_TRIES = 20
"""Examples looked at for one that names a year or month: 6% do."""


@dataclass(frozen=True, slots=True)
class TrainingPair:
    """Token ids, whether the text answers, and what of it."""

    tokens: TokenPair
    answers: bool
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    """The tokens that exact answers begin and end with: the first token of all where there is none."""
    units: tuple[tuple[int, int], ...]
    """First and last token of each unit that was not cut off."""
    belongs: tuple[bool, ...]
    """Of each of these whether it belongs to the answer."""


@dataclass(frozen=True, slots=True)
class Pool:
    """What pairs are drawn from. `retrieved`: example id -> passages that the retriever ranks high for its question."""

    answerable: Sequence[Example]
    unanswerable: Sequence[Example]
    retrieved: Mapping[str, Sequence[str]]
    with_retrieved: Sequence[Example]
    """The answerable examples that are in `retrieved`."""
    asked: AskedPool
    asked_share: float
    """Of the pairs, how many are drawn from `asked`."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A batch, and which it is: the block and its place in it."""

    pairs: Sequence[TrainingPair]
    block: int
    place: int


def batches(
    pool: Pool, tokenizer: Tokenizer, seed: int, tokens: int, block: int = 0, place: int = 0
) -> Iterator[Drawn]:
    """Batches of about `tokens` tokens without end, from a place in a block on."""
    while True:
        rng = random.Random(f"{seed}-{block}")
        pairs = [_pair(pool, rng, block * _BLOCK + number) for number in range(_BLOCK)]
        coded = [pair for pair in encoded(pairs, tokenizer) if pair]
        coded.sort(key=lambda pair: len(pair.tokens.ids))
        cut = list(_cut(coded, tokens))
        rng.shuffle(cut)
        for number in range(place, len(cut)):
            yield Drawn(cut[number], block, number)
        block, place = block + 1, 0


def _cut(pairs: Sequence[TrainingPair], tokens: int) -> Iterator[Sequence[TrainingPair]]:
    """Neighbours of like length, as many as fill `tokens` when padded; a last smaller batch is dropped."""
    end = len(pairs)
    while end:
        length = padded(len(pairs[end - 1].tokens.ids), MULTIPLE)
        size = max(1, tokens // length)
        if end < size:
            return
        yield pairs[end - size : end]
        end -= size


def encoded(pairs: Sequence[Pair], tokenizer: Tokenizer) -> Iterator[TrainingPair | None]:
    """The pairs as tokens; None for one all of whose answer was cut off."""
    tokens = encode_pairs(tokenizer, [(pair.asking, pair.text) for pair in pairs], _LONGEST)
    for pair, coded in zip(pairs, tokens, strict=True):
        units = [(number, coded.tokens_of(unit.start, unit.end)) for number, unit in enumerate(pair.units)]
        kept = [(number, place) for number, place in units if place]
        belongs = tuple(number in pair.belongs for number, _ in kept)
        places = [place for answer in pair.answers if (place := coded.tokens_of(answer.start, answer.end))]
        if pair.belongs and not any(belongs):
            yield None
            continue
        yield TrainingPair(
            coded,
            bool(pair.belongs),
            tuple(first for first, _ in places) or (0,),
            tuple(last for _, last in places) or (0,),
            tuple(place for _, place in kept),
            belongs,
        )


def _pair(pool: Pool, rng: random.Random, number: int) -> Pair:
    """The pair with this number in the endless stream; every question comes once before any comes again."""
    if rng.random() < pool.asked_share:
        turn = round(number * pool.asked_share)
        return asked_pair(pool.asked, pool.asked.questions[_in_turn(len(pool.asked.questions), turn)], rng)
    example = pool.answerable[_in_turn(len(pool.answerable), round(number * (1 - pool.asked_share)))]
    return _reading_pair(pool, example, rng)


def _reading_pair(pool: Pool, example: Example, rng: random.Random) -> Pair:
    longest = rng.choices([length for length, _ in _LENGTHS], [share for _, share in _LENGTHS])[0]
    draw = rng.random()
    kind = next((name for name, share in _cumulated() if draw < share), "altered")
    if kind == "unanswerable":
        return examples.unanswerable_pair(_worded(rng.choice(pool.unanswerable), rng), longest, rng)
    other: Pair | None = None
    if kind == "elsewhere":
        other = examples.elsewhere_pair(_worded(example, rng), longest, rng)
    elif kind == "removed":
        other = examples.removed_pair(_worded(example, rng), longest, rng)
    elif kind == "retrieved":
        other = _retrieved(pool, example, longest, rng)
    elif kind == "altered":
        tries = (rng.choice(pool.answerable) for _ in range(_TRIES))
        other = next((pair for e in tries if (pair := examples.altered_pair(e, longest, rng))), None)
    return other or examples.answer_pair(_worded(example, rng), longest, rng)


def _retrieved(pool: Pool, example: Example, longest: int, rng: random.Random) -> Pair | None:
    """A passage that retrieval ranks high; where nothing was retrieved, another part of the question's own text."""
    if not pool.with_retrieved:
        return examples.elsewhere_pair(_worded(example, rng), longest, rng)
    asked = rng.choice(pool.with_retrieved)
    return examples.retrieved_pair(_worded(asked, rng), rng.choice(pool.retrieved[asked.id]))


def _worded(example: Example, rng: random.Random) -> Example:
    return replace(example, question=reworded(example.question, rng)) if rng.random() < _REWORDED else example


def _cumulated() -> Iterator[tuple[str, float]]:
    total = 0.0
    for name, share in _SHARES:
        total += share
        yield name, total


def _in_turn(size: int, number: int) -> int:
    """A walk through all of so many in an order of its own for every round."""
    turn, place = divmod(number, size)
    return _order(size, turn)[place]


@lru_cache(maxsize=4)
def _order(size: int, turn: int) -> tuple[int, ...]:
    order = list(range(size))
    random.Random(turn).shuffle(order)
    return tuple(order)
