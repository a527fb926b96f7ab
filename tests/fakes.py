"""Stand-ins whose results can be worked out by hand: an encoder, an answerer that takes its time."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from embeddings.types import Article
from qa.types import Answer
from tests.over_articles import OverArticles


class CountingEncoder:
    """One dimension for each watched character: how often it occurs, scaled to length 1; 0.001 keeps it off zero."""

    def __init__(self, watched: str, name: str = "counting") -> None:
        self.watched = watched
        self.name = name
        self.revision = "1"
        self.dimension = len(watched)
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded.extend(texts)
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([self._vector(text) for text in texts])

    def encode_query(self, text: str) -> NDArray[np.float32]:
        return self._vector(text)

    def _vector(self, text: str) -> NDArray[np.float32]:
        counts = np.array([text.count(character) + 0.001 for character in self.watched], dtype=np.float32)
        return counts / np.linalg.norm(counts)


class WordedAnswers(OverArticles):
    """Answers as a language model does: the states of one answer, each once the test lets it go on.

    Like a model that thinks aloud it repeats itself meanwhile. `given_up` is set where nobody waited for the end.
    """

    def __init__(self, states: Sequence[Answer], *held: Article) -> None:
        super().__init__(*held)
        self.states = states
        self.asked = threading.Event()
        self.given_up = threading.Event()
        self._steps = threading.Semaphore(0)

    def go_on(self, states: int = 1) -> None:
        self._steps.release(states)

    def stream(self, question: str, history: Sequence[str] = (), within: Sequence[str] = ()) -> Iterator[Answer]:
        self.asked.set()
        state = replace(self.states[0], mode="generated", text="", citations=(), sentences=(), note="", pending="")
        try:
            for following in self.states:
                while not self._steps.acquire(timeout=0.02):
                    yield replace(state, question=question, standalone=question)
                state = following
                yield replace(state, question=question, standalone=question)
        except GeneratorExit:
            self.given_up.set()
            raise
