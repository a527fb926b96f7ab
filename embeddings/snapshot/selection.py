"""A snapshot narrowed to some of its articles: whoever asks it finds nothing of the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from embeddings.index.legs import DenseLeg, LexicalLeg, Matches
from embeddings.index.lexical import Scored, best_of
from embeddings.snapshot.corpus_store import ArticleHead, CorpusStore
from embeddings.snapshot.snapshot import Snapshot
from embeddings.types import Article, Outline, Passage


def select(snapshot: Snapshot, article_ids: Collection[str]) -> Snapshot:
    """The snapshot with these articles alone; how rare a term is, and how cosines spread, stays as in the whole.

    Raises:
        KeyError: there is no article of one of these ids.
    """
    ids = frozenset(article_ids)
    for article_id in ids:
        snapshot.corpus.article(article_id)
    numbers = snapshot.corpus.numbers_of(ids)
    return replace(
        snapshot,
        corpus=_SelectedCorpus(snapshot.corpus, ids, frozenset(numbers)),
        dense=_SelectedDense(snapshot.dense, numbers),
        lexical=_SelectedLexical(snapshot.lexical, numbers),
    )


class _SelectedCorpus(CorpusStore):
    """Passages keep the numbers that they have in the whole."""

    def __init__(self, whole: CorpusStore, ids: frozenset[str], numbers: frozenset[int]) -> None:
        self._whole = whole
        self._ids = ids
        self._numbers = numbers

    def count(self) -> tuple[int, int]:
        return len(self._ids), len(self._numbers)

    def articles(self) -> tuple[Article, ...]:
        return tuple(self._whole.article(head.id) for head in self.heads())

    def heads(self) -> tuple[ArticleHead, ...]:
        return tuple(head for head in self._whole.heads() if head.id in self._ids)

    def texts(self) -> Iterator[str]:
        return (article.text[: article.body_end] for head in self.heads() for article in [self._whole.article(head.id)])

    def numbers_of(self, article_ids: Iterable[str]) -> tuple[int, ...]:
        return self._whole.numbers_of(self._ids.intersection(article_ids))

    def texts_with(self, passages: Iterable[int]) -> dict[str, str]:
        return self._whole.texts_with(number for number in passages if number in self._numbers)

    def article(self, article_id: str) -> Article:
        return self._whole.article(self._known(article_id))

    def outline(self, article_id: str) -> Outline:
        return self._whole.outline(self._known(article_id))

    def passage(self, number: int) -> Passage:
        if number not in self._numbers:
            raise KeyError(number)
        return self._whole.passage(number)

    def passages(self, article_id: str) -> tuple[Passage, ...]:
        return self._whole.passages(article_id) if article_id in self._ids else ()

    def passages_at(self, numbers: Iterable[int]) -> tuple[Passage, ...]:
        return self._whole.passages_at(number for number in numbers if number in self._numbers)

    def _known(self, article_id: str) -> str:
        if article_id not in self._ids:
            raise KeyError(article_id)
        return article_id


class _SelectedDense:
    """The spread and the size are those of the whole."""

    def __init__(self, whole: DenseLeg, numbers: Collection[int]) -> None:
        self._whole = whole
        self._chosen = tuple(sorted(numbers))

    @property
    def size(self) -> int:
        return self._whole.size

    @property
    def spread(self) -> float:
        return self._whole.spread

    def vector(self, passage: int) -> NDArray[np.float32]:
        return self._whole.vector(passage)

    def vectors(self, passages: Sequence[int]) -> NDArray[np.float32]:
        return self._whole.vectors(passages)

    def cosines(self, vector: NDArray[np.float32], passages: Sequence[int]) -> NDArray[np.float32]:
        return self._whole.cosines(vector, passages)

    def search(self, vector: NDArray[np.float32], limit: int) -> list[Scored]:
        if not self._chosen:
            return []
        scores = self.cosines(vector, self._chosen)
        order = np.argsort(-scores, kind="stable")[:limit]
        return [Scored(self._chosen[i], float(scores[i])) for i in order]


class _SelectedLexical:
    """The size, and how rare a term is, are those of the whole."""

    def __init__(self, whole: LexicalLeg, numbers: Collection[int]) -> None:
        self._whole = whole
        self._chosen = tuple(sorted(numbers))

    @property
    def size(self) -> int:
        return self._whole.size

    def match(self, question: str) -> _SelectedMatches:
        return _SelectedMatches(self._whole.match(question), self._chosen)

    def search(self, question: str, limit: int) -> list[Scored]:
        return self.match(question).best(limit)

    def holding(self, terms: Iterable[str]) -> NDArray[np.int64]:
        return np.intersect1d(self._whole.holding(terms), np.array(self._chosen, dtype=np.int64), assume_unique=True)

    def idf(self, terms: Iterable[str]) -> dict[str, float]:
        return self._whole.idf(terms)


@dataclass(frozen=True, slots=True)
class _SelectedMatches:
    whole: Matches
    chosen: tuple[int, ...]

    def best(self, limit: int) -> list[Scored]:
        return [replace(hit, passage=self.chosen[hit.passage]) for hit in best_of(self.whole.of(self.chosen), limit)]

    def of(self, passages: Sequence[int]) -> NDArray[np.float32]:
        scores = self.whole.of(passages)
        return np.where(np.isin(passages, self.chosen), scores, np.zeros_like(scores))
