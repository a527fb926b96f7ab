"""Reading examples -> pairs of question and text with what of the text answers: what the reader is trained on."""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from embeddings.folding import fold
from embeddings.structure.sentences import sentences
from embeddings.types import Span
from qa.reading.cross_encoder import asking_of
from qa.reading.tokens import Asking


@dataclass(frozen=True, slots=True)
class Example:
    """A question on a context; `answers` are spans of the context, empty where it does not answer.

    All text is folded as the retriever folds it (`embeddings.folding.fold`), which keeps offsets.
    """

    id: str
    source: str
    question: str
    context: str
    answers: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """What the reader sees, a question and a text, and what it should make of them."""

    asking: Asking
    text: str
    units: tuple[Span, ...]
    """The text's sentences and table rows."""
    belongs: frozenset[int] = frozenset()
    """Those units that belong to the answer; none where the text does not answer."""
    answers: tuple[Span, ...] = ()
    """The exact answers."""


def pair_of(question: str, text: str, answer: Span | None = None, shift: int = 0) -> Pair:
    """The pair of a question and a text whose first `shift` characters are a heading."""
    units = tuple(sentences(text, Span(shift, len(text))))
    if answer is None:
        return Pair(asking_of(question, ()), text, units)
    belongs = (number for number, unit in enumerate(units) if unit.start < answer.end and answer.start < unit.end)
    return Pair(asking_of(question, ()), text, units, frozenset(belongs), (answer,))


def read_examples(file: Path) -> list[Example]:
    """Read JSON lines compressed with xz: id, source, question, context, answers (text, start), impossible.

    Raises:
        OSError, ValueError, KeyError: the file is missing or not of this form.
    """
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        return [_example(json.loads(line)) for line in lines if line.strip()]


def _example(item: dict[str, object]) -> Example:
    context = str(item["context"])
    answers = item["answers"]
    spans = [_span(context, answer) for answer in answers] if isinstance(answers, list) else []
    return Example(
        id=str(item["id"]),
        source=str(item["source"]),
        question=fold(str(item["question"]).strip()),
        context=fold(context),
        answers=() if item["impossible"] else tuple(span for span in spans if span),
    )


def _span(context: str, answer: dict[str, object]) -> Span | None:
    """Where the answer stands, without blanks and a full stop around it; None where the offset is wrong."""
    text, start = str(answer["text"]), int(str(answer["start"]))
    if not text.strip() or context[start : start + len(text)] != text:
        return None
    start += len(text) - len(text.lstrip())
    bare = text.strip().rstrip("。，；,;") or text.strip()
    return Span(start, start + len(bare))


def answer_pair(example: Example, longest: int, rng: random.Random) -> Pair:
    """A window of about `longest` characters that holds one of the answers at a random place in it."""
    answer = example.answers[0] if rng.random() < 0.7 else rng.choice(example.answers)
    window = _window(example.context, answer, longest, rng)
    opening = _opening(example.context, window, rng)
    shift = len(opening) - window.start
    text = opening + example.context[window.start : window.end]
    return pair_of(example.question, text, Span(answer.start + shift, answer.end + shift), len(opening))


def unanswerable_pair(example: Example, longest: int, rng: random.Random) -> Pair:
    """A window of a context that does not answer its question."""
    window = _window(example.context, None, longest, rng)
    opening = _opening(example.context, window, rng)
    return pair_of(example.question, opening + example.context[window.start : window.end], shift=len(opening))


def elsewhere_pair(example: Example, longest: int, rng: random.Random) -> Pair | None:
    """A window of the same context without any of the answers; None where every window of some length holds one."""
    spans = sentences(example.context, Span(0, len(example.context)))
    free = [span for span in spans if not holds_answer(example, example.context[span.start : span.end])]
    runs = _runs(spans, set(free))
    runs = [run for run in runs if run.end - run.start >= 40]
    if not runs:
        return None
    run = rng.choice(runs)
    window = _window(example.context[: run.end], None, longest, rng, begin=run.start)
    opening = _opening(example.context, window, rng)
    opening = "" if holds_answer(example, opening) else opening
    return pair_of(example.question, opening + example.context[window.start : window.end], shift=len(opening))


def removed_pair(example: Example, longest: int, rng: random.Random) -> Pair | None:
    """The window that answers, without the sentences that hold an answer: the same topic, and no answer."""
    window = _window(example.context, rng.choice(example.answers), longest * 5 // 4, rng)
    kept = [example.context[s.start : s.end] for s in sentences(example.context, window)]
    text = "".join(sentence for sentence in kept if not holds_answer(example, sentence))
    return pair_of(example.question, text) if len(text) >= 40 else None


_YEAR = re.compile(r"(?<!\d)(1[5-9]|20)\d\d(?=年)")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])(?=月)")


def altered_pair(example: Example, longest: int, rng: random.Random) -> Pair | None:
    """The question with a year or month that its context does not name, on the window that would have answered."""
    for pattern, choices in ((_YEAR, range(1900, 2030)), (_MONTH, range(1, 13))):
        if found := pattern.search(example.question):
            other = str(rng.choice(choices))
            if other in example.context:
                return None
            question = example.question[: found.start()] + other + example.question[found.end() :]
            pair = answer_pair(example, longest, rng)
            return Pair(asking_of(question, ()), pair.text, pair.units)
    return None


def retrieved_pair(example: Example, passage: str) -> Pair | None:
    """A passage that the retriever ranks high for the question; None where it may hold the answer."""
    return None if holds_answer(example, passage) else pair_of(example.question, passage)


def holds_answer(example: Example, text: str) -> bool:
    """Whether the text holds an answer, or for longer ones half of one."""
    answers = {example.context[span.start : span.end] for span in example.answers}
    return any(answer in text or (len(answer) > 12 and answer[: len(answer) // 2] in text) for answer in answers)


def _window(text: str, around: Span | None, longest: int, rng: random.Random, begin: int = 0) -> Span:
    """Whole sentences of at most about `longest` characters of text[begin:], around a span or at a random place."""
    if len(text) - begin <= longest:
        return Span(begin, len(text))
    spans = sentences(text, Span(begin, len(text)))
    inside = [i for i, s in enumerate(spans) if around and s.start < around.end and around.start < s.end]
    first, last = (inside[0], inside[-1]) if inside else (start := rng.randrange(len(spans)), start)
    while True:
        sides = [side for side in (-1, 1) if _can_grow(spans, first, last, side, longest)]
        if not sides:
            return Span(spans[first].start, spans[last].end)
        if rng.choice(sides) < 0:
            first -= 1
        else:
            last += 1


def _can_grow(spans: Sequence[Span], first: int, last: int, side: int, longest: int) -> bool:
    first, last = (first - 1, last) if side < 0 else (first, last + 1)
    return first >= 0 and last < len(spans) and spans[last].end - spans[first].start <= longest


def _runs(spans: Sequence[Span], members: set[Span]) -> list[Span]:
    """Maximal runs of neighbouring members, each as one span."""
    runs: list[Span] = []
    open_run = False
    for span in spans:
        if span in members and open_run:
            runs[-1] = Span(runs[-1].start, span.end)
        elif span in members:
            runs.append(span)
        open_run = span in members
    return runs


def _opening(context: str, window: Span, rng: random.Random) -> str:
    """For half of the windows, the context's first clause on a line before it, where a passage has its title."""
    clause = re.split(r"[，。,；;！？\n]", context, maxsplit=1)[0][:30]
    if window.start < len(clause) or rng.random() < 0.5:
        return ""
    return clause + "\n"
