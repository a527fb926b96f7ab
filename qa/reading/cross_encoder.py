"""The reader that is shipped, a small cross-encoder; weights/README.md says how it was made and how well it reads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.folding import fold
from embeddings.types import Span
from qa.reading.excerpts import Excerpt
from qa.reading.reader import Reader, Reading, UnitReading

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor

    from qa.reading.network import ReaderModel, ReaderOutput
    from qa.reading.tokens import Asking, TokenPair

WEIGHTS = Path(__file__).parent / "weights"
LONGEST = 512
"""Tokens of question and text that the network can take."""
_BATCH = 4
"""Texts read at once: sorted by length, so that little of a batch is padding."""
_MULTIPLE = 32
_KEPT = 512
_LONGEST_ANSWER = 64
"""Tokens of an exact answer at most, about 100 characters."""
_EARLIER = 2
"""Questions before a follow-up that are read with it: the first, which names the subject, and the last."""
_UNREAD = -10.0
"""The logit of a unit that was cut off."""


class CrossEncoder:
    """The Reader that is shipped."""

    def __init__(self, model: ReaderModel, tokenizer: Tokenizer) -> None:
        self._model = model.eval()
        self._tokenizer = tokenizer
        self._known: OrderedDict[tuple[Asking, Excerpt], Reading] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, question: str, earlier: Sequence[str], excerpts: Sequence[Excerpt]) -> tuple[Reading, ...]:
        """Read each excerpt with the question; readings come in the order of the excerpts.

        The last 512 readings are kept: a question that is asked again comes back to the same excerpts.
        """
        asking = asking_of(question, earlier)
        with self._lock:
            known = {e: self._known[asking, e] for e in excerpts if (asking, e) in self._known}
        new = [excerpt for excerpt in dict.fromkeys(excerpts) if excerpt not in known]
        read = dict(zip(new, self._read(asking, new), strict=True))
        with self._lock:
            self._known.update({(asking, excerpt): reading for excerpt, reading in read.items()})
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return tuple({**known, **read}[excerpt] for excerpt in excerpts)

    def _read(self, asking: Asking, excerpts: Sequence[Excerpt]) -> tuple[Reading, ...]:
        from qa.reading.tokens import encode_pairs

        coded = encode_pairs(self._tokenizer, [(asking, text_of(excerpt)) for excerpt in excerpts], LONGEST)
        order = sorted(range(len(coded)), key=lambda i: len(coded[i].ids))
        readings: dict[int, Reading] = {}
        for first in range(0, len(order), _BATCH):
            chosen = order[first : first + _BATCH]
            for i, logits in zip(chosen, self._logits([coded[i] for i in chosen]), strict=True):
                readings[i] = _reading(excerpts[i], coded[i], logits)
        return tuple(readings[i] for i in range(len(excerpts)))

    def _logits(self, coded: Sequence[TokenPair]) -> list[_Logits]:
        import torch

        from embeddings.network.texts import special_id
        from qa.reading.tokens import pad

        batch = pad(coded, special_id(self._tokenizer, "<pad>"), _MULTIPLE)
        with torch.inference_mode():
            output: ReaderOutput = self._model(batch.ids, batch.mask)
        return [
            _Logits(float(output.score[row]), output.start[row], output.end[row], output.belongs[row])
            for row in range(len(coded))
        ]


def asking_of(question: str, earlier: Sequence[str]) -> Asking:
    """The question as the network is given it: folded, ending in a question mark, as nearly all it learned from.

    Half characters, which the tokenizer does not take, are question marks.
    """
    from qa.reading.tokens import Asking

    kept = dict.fromkeys([*earlier[:1], *earlier[-_EARLIER + 1 :]])
    return Asking(_asked(question), tuple(_asked(one) for one in kept))


def _asked(question: str) -> str:
    return fold(question.encode("utf-8", "replace").decode()).strip().rstrip(" ?。!") + "?"


def text_of(excerpt: Excerpt) -> str:
    """The excerpt as the network is given it, its heading on a line before it."""
    return front_of(excerpt) + fold(excerpt.text)


def front_of(excerpt: Excerpt) -> str:
    """What stands before the excerpt's own text."""
    return f"{fold(excerpt.heading)}\n" if excerpt.heading else ""


@dataclass(frozen=True, slots=True)
class _Logits:
    score: float
    start: Tensor
    end: Tensor
    belongs: Tensor


def _reading(excerpt: Excerpt, coded: TokenPair, logits: _Logits) -> Reading:
    nothing = float(logits.start[0] + logits.end[0])
    shift = len(front_of(excerpt))
    units: list[UnitReading] = []
    for unit in excerpt.units:
        tokens = coded.tokens_of(unit.read.start + shift, unit.read.end + shift)
        if tokens is None:
            units.append(UnitReading(_UNREAD, unit.read, _UNREAD))
            continue
        first, last = tokens
        begin, end, score = _best_span(logits.start[first : last + 1], logits.end[first : last + 1])
        begins, ends = coded.offsets[first - coded.first + begin][0], coded.offsets[first - coded.first + end][1]
        exact = Span(max(begins - shift, unit.read.start), min(ends - shift, unit.read.end))
        units.append(UnitReading(float(logits.belongs[first : last + 1].mean()), exact, score - nothing))
    return Reading(logits.score, tuple(units))


def _best_span(start: Tensor, end: Tensor) -> tuple[int, int, float]:
    """The pair of tokens, the end not before the start and at most 64 tokens on, with the greatest sum of logits."""
    sums = (start[:, None] + end[None, :]).triu()
    allowed = sums.new_ones(sums.shape).triu().tril(_LONGEST_ANSWER - 1).bool()
    best = int(sums.masked_fill(~allowed, float("-inf")).argmax())
    first, last = divmod(best, len(end))
    return first, last, float(sums[first, last])


def load_reader(folder: Path = WEIGHTS) -> Reader:
    """The reader whose files are in the folder.

    Raises:
        ModelError: they are missing, damaged or don't belong together.
    """
    from qa.reading.files import load_model, load_tokenizer

    return CrossEncoder(load_model(folder), load_tokenizer(folder))
