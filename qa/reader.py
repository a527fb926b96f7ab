"""Reads a question and stretches of articles together: does one answer, and with which characters?

The reader that is shipped is a small cross-encoder, trained by the scripts in training/; weights/README.md says on what
and how well. Without its weights there is no reader, and answers rest on words and vectors alone.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from embeddings.folding import fold
from embeddings.sentences import sentences
from embeddings.types import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor

    from qa.cross_encoder.network import ReaderModel
    from qa.cross_encoder.tokens import TokenPair

WEIGHTS = Path(__file__).parent / "cross_encoder" / "weights"
_LONGEST = 512
"""Tokens of question and text that the network can take."""
_WINDOW, _OVERLAP = 350, 120
"""Characters of a text that are read at once: it was trained on 120 to 480, and passages have no more. Longer texts are
read in windows of whole sentences, each with about so much of the one before."""
_BATCH = 4
"""Texts read at once: sorted by length, so that little of a batch is padding."""
_MULTIPLE = 32
_KEPT = 256
_LONGEST_ANSWER = 64
"""Tokens of an answer at most, about 100 characters."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of an article, and the title and headings that it stands under."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ExactAnswer:
    """The likeliest answer within one sentence of an excerpt."""

    span: Span
    """Characters of `Excerpt.text`."""
    score: float
    """How much likelier, as a difference of logits, it is than that the excerpt holds no answer."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one excerpt."""

    score: float
    """Logit of the probability that the excerpt answers the question."""
    answers: tuple[ExactAnswer, ...]
    """One for each sentence, best first; empty for an excerpt without text."""


class Reader(Protocol):
    """What reads; may be called from several threads."""

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> tuple[Reading, ...]:
        """Read each excerpt with the question; readings come in the order of the excerpts."""
        ...


class CrossEncoder:
    """The Reader that is shipped."""

    def __init__(self, model: ReaderModel, tokenizer: Tokenizer) -> None:
        self._model = model.eval()
        self._tokenizer = tokenizer
        self._known: OrderedDict[tuple[str, Excerpt], Reading] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> tuple[Reading, ...]:
        """Read each excerpt with the question; readings come in the order of the excerpts.

        A text that is too long is read in windows: it answers as well as the best of them. The last 256 readings are
        kept: parts and follow-ups of a question often come back to the same passages.
        """
        windows = {excerpt: _windows(excerpt) for excerpt in excerpts}
        read = self._known_or_read(question, [window.excerpt for each in windows.values() for window in each])
        return tuple(_joined(excerpt, windows[excerpt], read) for excerpt in excerpts)

    def _known_or_read(self, question: str, excerpts: Sequence[Excerpt]) -> dict[Excerpt, Reading]:
        with self._lock:
            known = {e: self._known[question, e] for e in excerpts if (question, e) in self._known}
        new = [excerpt for excerpt in dict.fromkeys(excerpts) if excerpt not in known]
        read = dict(zip(new, self._read(question, new), strict=True))
        with self._lock:
            self._known.update({(question, excerpt): reading for excerpt, reading in read.items()})
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return known | read

    def _read(self, question: str, excerpts: Sequence[Excerpt]) -> tuple[Reading, ...]:
        from qa.cross_encoder.tokens import encode_pairs

        headings = [_heading(excerpt) for excerpt in excerpts]
        # The questions it was trained on nearly all end so; people leave it out.
        asked = fold(question).rstrip(" ?。!") + "?"
        pairs = [(asked, heading + fold(e.text)) for heading, e in zip(headings, excerpts, strict=True)]
        coded = encode_pairs(self._tokenizer, pairs, _LONGEST)
        order = sorted(range(len(coded)), key=lambda i: len(coded[i].ids))
        readings: dict[int, Reading] = {}
        for first in range(0, len(order), _BATCH):
            chosen = order[first : first + _BATCH]
            for i, logits in zip(chosen, self._logits([coded[i] for i in chosen]), strict=True):
                readings[i] = _reading(excerpts[i].text, len(headings[i]), coded[i], logits)
        return tuple(readings[i] for i in range(len(excerpts)))

    def _logits(self, coded: Sequence[TokenPair]) -> list[_Logits]:
        import torch

        from qa.cross_encoder.network import ReaderOutput
        from qa.cross_encoder.tokens import pad, special_id

        batch = pad(coded, special_id(self._tokenizer, "<pad>"), _MULTIPLE)
        with torch.inference_mode():
            output: ReaderOutput = self._model(batch.ids, batch.mask)
        return [_Logits(float(output.score[row]), output.start[row], output.end[row]) for row in range(len(coded))]


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of an excerpt's text that is read at once, and where in the text it begins."""

    excerpt: Excerpt
    start: int


def _windows(excerpt: Excerpt) -> tuple[_Window, ...]:
    """The excerpt whole or, where it is too long, in overlapping windows of whole sentences."""
    if len(excerpt.text) <= _WINDOW:
        return (_Window(excerpt, 0),)
    spans = sentences(excerpt.text, Span(0, len(excerpt.text)))
    found: list[_Window] = []
    first = 0
    while first < len(spans):
        last = first
        while last + 1 < len(spans) and spans[last + 1].end - spans[first].start <= _WINDOW:
            last += 1
        start, end = spans[first].start, spans[last].end
        found.append(_Window(Excerpt(excerpt.heading, excerpt.text[start:end]), start))
        if last + 1 == len(spans):
            break
        back = [i for i in range(first + 1, last + 1) if end - spans[i].start <= _OVERLAP]
        first = back[0] if back else last + 1
    return tuple(found)


def _joined(excerpt: Excerpt, windows: Sequence[_Window], read: Mapping[Excerpt, Reading]) -> Reading:
    """One reading of all windows: the best score, and of a sentence that two of them share the better answer."""
    if len(windows) == 1:
        return read[windows[0].excerpt]
    starts = [sentence.start for sentence in sentences(excerpt.text, Span(0, len(excerpt.text)))]
    best: dict[int, ExactAnswer] = {}
    for window in windows:
        for answer in read[window.excerpt].answers:
            span = Span(window.start + answer.span.start, window.start + answer.span.end)
            sentence = bisect_right(starts, span.start)
            if sentence not in best or answer.score > best[sentence].score:
                best[sentence] = ExactAnswer(span, answer.score)
    score = max(read[window.excerpt].score for window in windows)
    return Reading(score, tuple(sorted(best.values(), key=lambda answer: -answer.score)))


@dataclass(frozen=True, slots=True)
class _Logits:
    score: float
    start: Tensor
    end: Tensor


def _heading(excerpt: Excerpt) -> str:
    return f"{fold(excerpt.heading)}\n" if excerpt.heading else ""


def _reading(text: str, shift: int, coded: TokenPair, logits: _Logits) -> Reading:
    """The best span of tokens within each sentence; `shift` characters of heading stand before the text."""
    nothing = float(logits.start[0] + logits.end[0])
    found: list[ExactAnswer] = []
    for sentence in sentences(text, Span(0, len(text))):
        inside = [
            i for i, (s, e) in enumerate(coded.offsets) if s < e and sentence.start + shift <= s < sentence.end + shift
        ]
        if not inside:
            continue
        first, last = coded.first + inside[0], coded.first + inside[-1] + 1
        start, end, score = _best_span(logits.start[first:last], logits.end[first:last])
        begins, ends = coded.offsets[inside[0] + start][0], coded.offsets[inside[0] + end][1]
        span = Span(max(begins - shift, 0), min(ends - shift, len(text)))
        found.append(ExactAnswer(span, score - nothing))
    return Reading(logits.score, tuple(sorted(found, key=lambda answer: -answer.score)))


def _best_span(start: Tensor, end: Tensor) -> tuple[int, int, float]:
    """The pair of tokens, the end not before the start and at most 64 tokens on, with the greatest sum of logits."""
    sums = (start[:, None] + end[None, :]).triu()
    allowed = sums.new_ones(sums.shape).triu().tril(_LONGEST_ANSWER - 1).bool()
    best = int(sums.masked_fill(~allowed, float("-inf")).argmax())
    first, last = divmod(best, len(end))
    return first, last, float(sums[first, last])


def load_reader(folder: Path = WEIGHTS) -> Reader | None:
    """The reader whose files are in the folder, or None where there are none.

    Raises:
        ModelError: the files are damaged or don't belong together.
    """
    from qa.cross_encoder.files import FILE, load_model, load_tokenizer

    if not (folder / FILE).is_file():
        return None
    return CrossEncoder(load_model(folder), load_tokenizer(folder))
