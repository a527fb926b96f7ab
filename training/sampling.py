"""Draws the pairs of each training step; the same seed gives the same steps, from whichever step one goes on."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tokenizers import Tokenizer

from qa.cross_encoder.tokens import TokenPair, encode_pairs, padded
from training import examples
from training.examples import Example, Pair

_BLOCK = 512
"""Pairs drawn at a time, then sorted by length into batches of even length."""
_LONGEST = 384
"""Tokens of a pair at most."""
MULTIPLE = 64
"""What lengths are padded to: a batch is cut for the room that it takes when padded."""
_LONG_BLOCKS = 34
_LONG_LENGTHS = ((160, 0.2), (300, 0.55), (480, 0.25))
_LENGTHS = ((120, 0.3), (200, 0.4), (300, 0.25), (480, 0.05))
"""Characters of a text, and how often. Passages have 100 to 300; the first 34 blocks are of longer texts, so that the
reader has met whole paragraphs, the others give nearly twice as many pairs in the same time."""
_SHARES = (("answer", 0.50), ("unanswerable", 0.12), ("elsewhere", 0.10), ("removed", 0.10), ("retrieved", 0.14))
"""How many of the pairs are drawn of each kind; what is left, altered questions. A pair that can't be made (no sentence
without the answer, no year in the question) becomes one that answers."""


_TRIES = 20
"""Examples looked at for one that names a year or month: 6% do."""


@dataclass(frozen=True, slots=True)
class TrainingPair:
    """Token ids, whether the text answers, and the tokens that the answer begins and ends with (0: no answer)."""

    tokens: TokenPair
    answers: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pool:
    """What pairs are drawn from. `retrieved`: example id -> passages that the retriever ranks high for its question."""

    answerable: Sequence[Example]
    unanswerable: Sequence[Example]
    retrieved: Mapping[str, Sequence[str]]
    asked: Sequence[Example]
    """The answerable examples that are in `retrieved`."""


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
        lengths = _LONG_LENGTHS if block < _LONG_BLOCKS else _LENGTHS
        pairs = [_pair(pool, rng, block * _BLOCK + number, lengths) for number in range(_BLOCK)]
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
    """The pairs as tokens; None for one whose answer was cut off."""
    tokens = encode_pairs(tokenizer, [(pair.question, pair.text) for pair in pairs], _LONGEST)
    for pair, coded in zip(pairs, tokens, strict=True):
        place = coded.tokens_of(pair.answer.start, pair.answer.end) if pair.answer else (0, 0)
        yield TrainingPair(coded, pair.answer is not None, *place) if place else None


def _pair(pool: Pool, rng: random.Random, number: int, lengths: Sequence[tuple[int, float]]) -> Pair:
    """The pair with this number in the endless stream; every answerable example comes once before any comes again."""
    longest = rng.choices([length for length, _ in lengths], [share for _, share in lengths])[0]
    draw = rng.random()
    kind = next((name for name, share in _cumulated() if draw < share), "altered")
    if kind == "unanswerable":
        return examples.unanswerable_pair(rng.choice(pool.unanswerable), longest, rng)
    example = _in_turn(pool.answerable, number)
    other: Pair | None = None
    if kind == "elsewhere":
        other = examples.elsewhere_pair(example, longest, rng)
    elif kind == "removed":
        other = examples.removed_pair(example, longest, rng)
    elif kind == "retrieved":
        asked = rng.choice(pool.asked) if pool.asked else example
        found = pool.retrieved.get(asked.id, ())
        other = examples.retrieved_pair(asked, rng.choice(found)) if found else None
    elif kind == "altered":
        tries = (rng.choice(pool.answerable) for _ in range(_TRIES))
        other = next((pair for e in tries if (pair := examples.altered_pair(e, longest, rng))), None)
    return other or examples.answer_pair(example, longest, rng)


def _cumulated() -> Iterator[tuple[str, float]]:
    total = 0.0
    for name, share in _SHARES:
        total += share
        yield name, total


def _in_turn(pool: Sequence[Example], number: int) -> Example:
    """A walk through the whole pool in an order of its own for every round."""
    turn, place = divmod(number, len(pool))
    return pool[_order(len(pool), turn)[place]]


@lru_cache(maxsize=2)
def _order(size: int, turn: int) -> tuple[int, ...]:
    order = list(range(size))
    random.Random(turn).shuffle(order)
    return tuple(order)
