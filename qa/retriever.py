"""The one retrieval path: dense and lexical legs over a snapshot, fused by reciprocal rank."""

from __future__ import annotations

from dataclasses import dataclass

from embeddings.encoding.encoder import Encoder
from embeddings.lexical import Scored
from embeddings.snapshot import Snapshot
from embeddings.types import Hit

_RRF_CONSTANT = 60
"""k of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)."""
_DENSE_WEIGHT = 1.0
_LEXICAL_WEIGHT = 1.0
_CANDIDATES = 100
"""Passages each leg offers to the fusion."""


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds the passages of one snapshot that fit a question."""

    snapshot: Snapshot
    encoder: Encoder

    def retrieve(self, question: str, limit: int = 10) -> tuple[Hit, ...]:
        """The best passages by fused score, best first; ties go to the one that stands first in the corpus."""
        dense = {hit.passage: (rank, hit) for rank, hit in enumerate(self.dense(question), 1)}
        lexical = {hit.passage: (rank, hit) for rank, hit in enumerate(self.lexical(question), 1)}
        fused = {
            number: _reciprocal(_DENSE_WEIGHT, dense.get(number)) + _reciprocal(_LEXICAL_WEIGHT, lexical.get(number))
            for number in dense.keys() | lexical.keys()
        }
        best = sorted(fused, key=lambda number: (-fused[number], number))[:limit]
        return tuple(
            Hit(
                passage=self.snapshot.corpus.passage(number),
                score=fused[number],
                dense_rank=dense[number][0] if number in dense else None,
                lexical_rank=lexical[number][0] if number in lexical else None,
                dense_score=dense[number][1].score if number in dense else None,
                lexical_score=lexical[number][1].score if number in lexical else None,
            )
            for number in best
        )

    def dense(self, question: str, limit: int = _CANDIDATES) -> list[Scored]:
        """Passages nearest in meaning, best first."""
        return self.snapshot.dense.search(self.encoder.encode_query(question), limit)

    def lexical(self, question: str, limit: int = _CANDIDATES) -> list[Scored]:
        """Passages that share the question's terms, best first."""
        return self.snapshot.lexical.search(question, limit)


def _reciprocal(weight: float, ranked: tuple[int, Scored] | None) -> float:
    return weight / (_RRF_CONSTANT + ranked[0]) if ranked else 0.0
