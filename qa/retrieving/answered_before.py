"""Which articles answered the questions before a follow-up."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from qa.retrieving.retriever import Retriever
from qa.types import Answer

_KEPT = 1000
_MOST = 3
"""Articles of an answer that a follow-up is looked for in."""


class AnsweredBefore:
    """Remembers the last thousand conversations; may be used from several threads."""

    def __init__(self) -> None:
        self._articles: OrderedDict[tuple[str, tuple[str, ...]], tuple[str, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def remember(self, retriever: Retriever, questions: Sequence[str], answer: Answer) -> None:
        """The answer to the last of these questions; one that abstains is remembered by what came nearest."""
        cited = answer.citations or answer.nearest[:1]
        with self._lock:
            self._articles[self._key(retriever, questions)] = tuple(dict.fromkeys(c.article_id for c in cited))[:_MOST]
            while len(self._articles) > _KEPT:
                self._articles.popitem(last=False)

    def articles(self, retriever: Retriever, questions: Sequence[str]) -> tuple[str, ...] | None:
        """The articles that answered the last of these questions; None where they were not asked."""
        with self._lock:
            return self._articles.get(self._key(retriever, questions))

    def _key(self, retriever: Retriever, questions: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        return retriever.asked, tuple(questions)
