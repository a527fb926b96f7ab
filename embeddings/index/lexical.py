"""The lexical leg: BM25 over character unigrams and bigrams of Chinese, Latin words and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from embeddings.disk.array_file import create_array
from embeddings.folding import fold
from embeddings.index.bm25_matrix import ScoreMatrix, TermBlock, score_matrix
from embeddings.index.vocabulary import TERMS, Term, Vocabulary, inverse_frequencies, write_vocabulary

_HAN = r"㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
_RUNS = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<number>\d+(?:[.,]\d+)*)|(?P<word>[^\W\d_{_HAN}]+)")
_FILES = {"data": "data.csc.index.npy", "passages": "indices.csc.index.npy", "starts": "indptr.csc.index.npy"}
"""The names that bm25s gives to the arrays."""
_BM25S_VOCABULARY = "vocab.index.json"
_PIECE = 1 << 24
"""Entries of the index looked through at a time."""
_K1 = 0.9
_B = 0.4
"""The defaults of Anserini (Yang, Fang and Lin, JDIQ 2018). Passages are nearly of one length and seldom repeat a term
for nothing, so there is little to make up for: fused with the dense leg, the right passage came first half a percent
more often than with 1.2 and 0.75, in 2,261 questions, alone as well as among 30,000 passages of news."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage's number in the snapshot and its score in one leg, higher is better."""

    passage: int
    score: float


def tokenize(text: str) -> list[str]:
    """Terms of the folded text: each Chinese character and each pair of neighbours, words, numbers.

    A comma between digits groups thousands and is dropped: 1,723.7 and 1723.7 are one term.
    """
    terms: list[str] = []
    for match in _RUNS.finditer(fold(text)):
        run = match.group()
        if match.lastgroup == "han":
            terms.extend(run)
            terms.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            terms.append(run.replace(",", ""))
    return terms


@dataclass(frozen=True, slots=True, eq=False)
class PassageTerms:
    """The terms of consecutive passages: of the nth, those from begins[n] on and before begins[n + 1]."""

    begins: NDArray[np.int64]
    numbers: NDArray[np.int64]
    """Ascending within a passage."""
    scores: NDArray[np.float32]
    """BM25 of each."""


@dataclass(frozen=True, slots=True, eq=False)
class ScoreArray:
    """The scores of all passages for one question, computed once."""

    scores: NDArray[np.float32]

    def best(self, limit: int) -> list[Scored]:
        """The best passages that share a term with the question, best first, ties by passage number."""
        return best_of(self.scores, limit)

    def of(self, passages: Sequence[int]) -> NDArray[np.float32]:
        """BM25 of these passages, in their order; 0 where one shares no term with the question."""
        return self.scores[np.asarray(passages, dtype=np.int64)]


class LexicalIndex:
    """BM25 (Lucene's variant) over the passages of one snapshot; scores are computed when it is built."""

    def __init__(self, index: bm25s.BM25, vocabulary: Vocabulary) -> None:
        self._index = index
        self._vocabulary = vocabulary

    @classmethod
    def write(cls, folder: Path, vocabulary: Sequence[str], blocks: Callable[[], Iterable[TermBlock]]) -> None:
        """Write the index of counted passages into a new folder, as `open` takes it.

        `vocabulary` names the terms that the blocks number; the blocks are asked for twice. The scores are computed in
        the files they end in: only the vocabulary has to fit in memory.

        Raises:
            OSError, sqlite3.Error: the disk is full or the folder can't be written.
        """
        folder.mkdir()
        matrix = score_matrix(
            blocks, _K1, _B, lambda name, length, dtype: create_array(folder / f"{name}.part", (length,), dtype)
        )
        arrays = {name: getattr(matrix, name)[:0] for name in _FILES}
        _index(replace(matrix, **arrays)).save(folder, show_progress=False)
        (folder / _BM25S_VOCABULARY).unlink()
        write_vocabulary(folder / TERMS, _terms(vocabulary, matrix))
        for name, file in _FILES.items():
            (folder / f"{name}.part").replace(folder / file)

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """Open what `write` wrote; the arrays are memory-mapped, the terms stay in their file.

        Raises:
            OSError, ValueError, KeyError, sqlite3.Error: a file is missing or damaged.
        """
        index = bm25s.BM25.load(folder, mmap=True, load_corpus=False, load_vocab=False, show_progress=False)
        vocabulary = Vocabulary(folder / TERMS)
        vocabulary.known([""])
        return cls(index, vocabulary)

    @property
    def size(self) -> int:
        """How many passages are indexed."""
        return int(self._index.scores["num_docs"])

    def search(self, question: str, limit: int) -> list[Scored]:
        """The best passages that share a term with the question, best first, ties by passage number."""
        return self.match(question).best(limit)

    def match(self, question: str) -> ScoreArray:
        """Match the words of a question, for both its best passages and the scores of any others."""
        return ScoreArray(self.scores(question))

    def scores(self, question: str) -> NDArray[np.float32]:
        """BM25 of every passage for the question, shape (passages,); 0 where it shares no term with it."""
        terms = tokenize(question)
        known = self._vocabulary.known(terms)
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        numbers = [known[term].number for term in terms if term in known]
        return np.asarray(self._index.get_scores_from_ids(numbers), dtype=np.float32)

    def holding(self, terms: Iterable[str]) -> NDArray[np.int64]:
        """Numbers, ascending, of the passages that hold every one of these terms; all passages where there is none."""
        starts, passages = self._index.scores["indptr"], self._index.scores["indices"]
        found = np.arange(self.size)
        wanted = list(dict.fromkeys(terms))
        known = self._vocabulary.known(wanted)
        if len(known) < len(wanted):
            return np.empty(0, dtype=np.int64)
        for term in known.values():
            number = term.number
            found = np.intersect1d(found, passages[starts[number] : starts[number + 1]], assume_unique=True)
        return found

    def idf(self, terms: Iterable[str]) -> dict[str, float]:
        """Inverse document frequency of each term, that of the scores above: see `inverse_frequencies`."""
        return inverse_frequencies(self._vocabulary, self.size, terms)

    def terms(self) -> Iterator[Term]:
        """Each term."""
        yield from self._vocabulary

    def passage_terms(self, first: int, last: int) -> PassageTerms:
        """The terms of the passages from `first` on and before `last`; looks through the whole index once."""
        starts, passages = self._index.scores["indptr"], self._index.scores["indices"]
        # In pieces, because what is compared lies in a file that may be larger than memory.
        places = np.concatenate(
            [np.empty(0, dtype=np.int64)]
            + [
                begin + np.flatnonzero((piece >= first) & (piece < last))
                for begin in range(0, len(passages), _PIECE)
                for piece in [passages[begin : begin + _PIECE]]
            ]
        )
        found = passages[places]
        # Stable, so that the terms of a passage stay ascending.
        by_passage = np.argsort(found, kind="stable")
        places = places[by_passage]
        numbers = np.searchsorted(starts, places, side="right") - 1
        begins = np.searchsorted(found[by_passage], np.arange(first, last + 1))
        return PassageTerms(begins, numbers, np.asarray(self._index.scores["data"][places]))


def _terms(vocabulary: Sequence[str], matrix: ScoreMatrix) -> Iterator[Term]:
    for column, term in enumerate(matrix.terms.tolist()):
        yield Term(vocabulary[term], column, int(matrix.starts[column + 1] - matrix.starts[column]))


def _index(matrix: ScoreMatrix) -> bm25s.BM25:
    index = bm25s.BM25(method="lucene", k1=_K1, b=_B)
    # Its own would have to be in memory, a hundred million bytes for 20,000 articles.
    index.vocab_dict = {}
    index.nonoccurrence_array = None
    index.scores = {
        "data": matrix.data, "indices": matrix.passages, "indptr": matrix.starts, "num_docs": matrix.size,
    }  # fmt: skip
    return index


def best_of(scores: NDArray[np.float32], limit: int) -> list[Scored]:
    """The best of the passages with a score above zero, best first, ties by passage number; row n is passage n."""
    count = min(limit, len(scores))
    if count == 0:
        return []
    candidates = np.argpartition(-scores, count - 1)[:count]
    best = sorted((int(i) for i in candidates if scores[i] > 0), key=lambda i: (-float(scores[i]), i))
    return [Scored(i, float(scores[i])) for i in best]
