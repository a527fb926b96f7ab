"""Readers that a user names: any cross-encoder or extractive reader that transformers can load, by name or folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from embeddings.errors import ModelError
from embeddings.types import Span
from qa.reading.excerpts import Excerpt, Unit
from qa.reading.reader import Reader, Reading, UnitReading

_LOOKED_INTO = 5
"""Excerpts, the best by their score, whose sentences a cross-encoder scores by themselves; in the others all count
alike."""
_FAR = 4.0
"""By how much a sentence's logit lies below its excerpt's where it was not scored by itself."""
_UNKNOWN = -2.0
"""The certainty of an exact answer by a reader that marks none."""
_LONGEST_ANSWER = 64
_LONGEST_QUESTION = 200
"""Characters of a question and the one before it that are read: a tokenizer refuses more than the network takes."""


class _Scores(Protocol):
    """Logits of pairs of texts, as sentence-transformers' CrossEncoder gives them."""

    def predict(self, pairs: list[tuple[str, str]], **options: Any) -> Any: ...


def load_named_reader(name: str) -> Reader:
    """The reader of this name on a model hub, or in this folder.

    One made for question answering marks exact answers; one made for classification of pairs (a reranker) scores
    sentences.

    Raises:
        ModelError: it can't be loaded, or is neither.
    """
    try:
        from transformers import AutoConfig

        made_for = "".join(AutoConfig.from_pretrained(name).architectures or ())
        if "QuestionAnswering" in made_for:
            return _extractive(name)
        if "SequenceClassification" in made_for:
            return _reranker(name)
    # Each of the libraries that it goes through has errors of its own for a file that is damaged or not there.
    except Exception as error:
        raise ModelError(
            f"无法加载阅读模型 {name}：{error}\n"
            f"The reader {name} can't be loaded; give the name of one on a hub, or its folder."
        ) from error
    raise ModelError(
        f"{name} 不是阅读模型：要交叉编码器（重排模型）或抽取式阅读模型。\n"
        f"{name} is neither a cross-encoder nor an extractive reader."
    )


def _reranker(name: str) -> Reader:
    from sentence_transformers import CrossEncoder
    from torch import nn

    return Reranker(CrossEncoder(name, activation_fn=nn.Identity(), trust_remote_code=False))


def _extractive(name: str) -> Reader:
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    return ExtractiveReader(AutoModelForQuestionAnswering.from_pretrained(name), AutoTokenizer.from_pretrained(name))


class Reranker:
    """A cross-encoder that scores a question and a text: sentences of the best excerpts are scored by themselves."""

    def __init__(self, model: _Scores) -> None:
        self._model = model

    def read(self, question: str, earlier: Sequence[str], excerpts: Sequence[Excerpt]) -> tuple[Reading, ...]:
        """As `Reader.read`."""
        if not excerpts:
            return ()
        asked = " ".join([*earlier[-1:], question])
        scores = self._scores(asked, [f"{excerpt.heading}\n{excerpt.text}" for excerpt in excerpts])
        best = sorted(range(len(excerpts)), key=lambda n: -scores[n])[:_LOOKED_INTO]
        units = [(n, unit) for n in best for unit in excerpts[n].units]
        texts = [f"{excerpts[n].heading}\n{_said(excerpts[n], unit)}" for n, unit in units]
        of_units = dict(zip(units, self._scores(asked, texts), strict=True))
        return tuple(
            Reading(
                score,
                tuple(
                    UnitReading(of_units.get((n, unit), score - _FAR), unit.read, _UNKNOWN)
                    for unit in excerpts[n].units
                ),
            )
            for n, score in enumerate(scores)
        )

    def _scores(self, asked: str, texts: Sequence[str]) -> list[float]:
        if not texts:
            return []
        logits = self._model.predict([(asked, text) for text in texts], show_progress_bar=False)
        # Of two classes the second says that they belong together.
        return [float(logit[-1] - logit[0]) if getattr(logit, "ndim", 0) else float(logit) for logit in logits]


class ExtractiveReader:
    """A reader that marks where an answer begins and ends; “no answer” is marked at its first token."""

    def __init__(self, model: Any, tokenizer: Any) -> None:
        self._model = model.eval()
        self._tokenizer = tokenizer

    def read(self, question: str, earlier: Sequence[str], excerpts: Sequence[Excerpt]) -> tuple[Reading, ...]:
        """As `Reader.read`."""
        asked = " ".join([*earlier[-1:], question])[-_LONGEST_QUESTION:]
        return tuple(self._read(asked, excerpt) for excerpt in excerpts)

    def _read(self, asked: str, excerpt: Excerpt) -> Reading:
        import torch

        text = f"{excerpt.heading}\n{excerpt.text}" if excerpt.heading else excerpt.text
        coded = self._tokenizer(
            asked, text, truncation="only_second", max_length=512, return_offsets_mapping=True, return_tensors="pt"
        )
        offsets = coded.pop("offset_mapping")[0].tolist()
        of_text = [n == 1 for n in coded.sequence_ids(0)]
        with torch.inference_mode():
            output = self._model(**coded)
        start, end = output.start_logits[0].float(), output.end_logits[0].float()
        nothing = float(start[0] + end[0])
        shift = len(text) - len(excerpt.text)
        units = tuple(_marked(unit, shift, offsets, of_text, start, end, nothing) for unit in excerpt.units)
        return Reading(max((unit.certain for unit in units), default=_UNKNOWN), units)


def _marked(
    unit: Unit, shift: int, offsets: list[list[int]], of_text: list[bool], start: Any, end: Any, nothing: float
) -> UnitReading:
    """The likeliest answer within a unit, and by how much it beats “no answer”."""
    inside = [
        n
        for n, (begins, ends) in enumerate(offsets)
        if of_text[n] and begins < ends and unit.read.start + shift <= begins < unit.read.end + shift
    ]
    if not inside:
        return UnitReading(-_LONGEST_ANSWER / 8, unit.read, -_LONGEST_ANSWER / 8)
    pairs = ((a, b) for i, a in enumerate(inside) for b in inside[i : i + _LONGEST_ANSWER])
    first, last = max(pairs, key=lambda pair: float(start[pair[0]] + end[pair[1]]))
    certain = float(start[first] + end[last]) - nothing
    exact = Span(offsets[first][0] - shift, min(offsets[last][1] - shift, unit.read.end))
    return UnitReading(certain, exact, certain)


def _said(excerpt: Excerpt, unit: Unit) -> str:
    return excerpt.text[unit.read.start : unit.read.end]
