"""What an article leaves out of a question, in the question's own words: the reason a user is given."""

from __future__ import annotations

from dataclasses import dataclass

from embeddings.folding import squeeze
from embeddings.snapshot import Snapshot
from qa.citations import quote_of
from qa.evidence.candidates import named, wanted_thing
from qa.evidence.facts import Evidence
from qa.evidence.features import paragraph_of
from qa.evidence.subject import subject_of
from qa.term_weights import TermWeights
from qa.understanding.question import Question, content_pieces, content_terms

_SAID, _NOT_SAID = 0.67, 0.34
"""Shares of a piece's terms from which it counts as said, up to which as left out; between, nothing is claimed."""
_LONGEST = 14
_NOT_NAMED = {
    "amount": "没有说具体数字",
    "time": "没有说时间",
    "place": "没有说地点",
    "person": "没有说是谁",
    "": "没有句子说到所问的事",
}


@dataclass(frozen=True, slots=True)
class _Piece:
    words: str
    share: float
    """Of its terms, in what was found."""


def left_out(question: Question, best: Evidence, snapshot: Snapshot) -> str:
    """One clause, in Chinese, on what the best evidence does not say of the question."""
    said = f"{paragraph_of(best)} {subject_of(best.article)}"
    pieces = _pieces(question.text, said, snapshot)
    missing = next((piece.words for piece in reversed(pieces) if piece.share <= _NOT_SAID), "")
    present = next((piece.words for piece in pieces if piece.share >= _SAID), "")
    if missing:
        return f"文章说到了“{present}”，没有说到“{missing}”" if present else f"没有文章说到“{missing}”"
    thing = wanted_thing(question)
    asked = squeeze(question.text)
    if thing and all(name in asked for name in named(thing, quote_of(best.article, best.span))):
        return f"文章说到了“{present}”，{_NOT_NAMED[thing]}" if present else f"文章说到了相关的事，{_NOT_NAMED[thing]}"
    return _NOT_NAMED[""]


def _pieces(text: str, said: str, snapshot: Snapshot) -> list[_Piece]:
    """The question's content between words of asking, function words and punctuation, in order."""
    pieces: list[_Piece] = []
    for words in content_pieces(text):
        terms = TermWeights.of(content_terms(words), snapshot.lexical)
        if terms.weights and len(words) <= _LONGEST:
            pieces.append(_Piece(words, terms.share(terms.found(said))))
    return pieces
