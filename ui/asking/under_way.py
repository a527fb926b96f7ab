"""An answer under way: asked for in a thread of its own, so that whoever waits for it may stop waiting at any time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from types import TracebackType

from qa.types import Answer


class AnswerUnderWay:
    """What an answerer says to one question, the latest state of it at hand.

    A context: leaving it gives the answer up, and its iterator is closed as soon as it is not computing.
    """

    def __init__(self, ask: Callable[[], Iterator[Answer]]) -> None:
        """Begin; `ask` returns the Answers, each further along than the one before it, the last one whole."""
        self._changed = threading.Condition()
        self._latest: Answer | None = None
        self._taken = True
        self._given_up = False
        self._ended = False
        self._error: Exception | None = None
        # A daemon, so that a server that is told to stop need not wait for a language model.
        threading.Thread(target=self._run, args=(ask,), name="answer-under-way", daemon=True).start()

    def __enter__(self) -> AnswerUnderWay:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._given_up = True

    def states(self, pulse: float) -> Iterator[Answer | None]:
        """The latest state, each once; None where no new one came within `pulse` seconds; ends where it is whole."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._ended or not self._taken, pulse)
                if self._ended:
                    return
                state = None if self._taken else self._latest
                self._taken = True
            yield state

    def rest(self, seconds: float) -> None:
        """Wait so long, but not beyond the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended, seconds)

    def whole(self) -> Answer:
        """The whole answer, once it is there. Raises what the answerer raised."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended)
        if self._error is not None:
            raise self._error
        if self._latest is None:
            raise RuntimeError("the answerer gave no answer")
        return self._latest

    def _run(self, ask: Callable[[], Iterator[Answer]]) -> None:
        try:
            self._follow(ask())
        except Exception as error:  # noqa: BLE001 - raised again where the answer is waited for
            self._error = error
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _follow(self, answers: Iterator[Answer]) -> None:
        try:
            for answer in answers:
                with self._changed:
                    if self._given_up:
                        return
                    self._latest, self._taken = answer, False
                    self._changed.notify_all()
        finally:
            # Not every iterator can be closed; a generator can, and that is what ends a request to a model.
            if close := getattr(answers, "close", None):
                close()
