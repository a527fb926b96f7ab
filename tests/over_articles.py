"""What an answerer says of the articles it holds: what the fakes of the page's tests have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from embeddings.snapshot.corpus_store import ArticleHead
from embeddings.snapshot.sampling import PassageSample
from embeddings.types import Article, Outline, Passage
from qa.types import Answer


class OverArticles:
    """Holds a few articles without an outline; each is one passage, the vectors are those of the axes.

    Answers are whole at once, as `ask`, which whoever derives from it may define, gives them.
    """

    snapshot = "s"

    def __init__(self, *held: Article) -> None:
        self.held = held

    def ask(self, question: str, history: Sequence[str] = (), within: Sequence[str] = ()) -> Answer:
        raise NotImplementedError

    def stream(self, question: str, history: Sequence[str] = (), within: Sequence[str] = ()) -> Iterator[Answer]:
        yield self.ask(question, history, within)

    def articles(self) -> tuple[Article, ...]:
        return self.held

    def article(self, article_id: str) -> Article:
        return {article.id: article for article in self.held}[article_id]

    def heads(self) -> tuple[ArticleHead, ...]:
        return tuple(map(ArticleHead.of, self.held))

    def texts(self) -> Iterator[str]:
        return (article.text for article in self.held)

    def sampled(self, limit: int) -> PassageSample:
        passages = tuple(Passage(f"{one.id}#0", one.id, 0, len(one.text), ()) for one in self.held[:limit])
        return PassageSample(passages, np.eye(len(passages), 4, dtype=np.float32), len(self.held))

    def outline(self, article_id: str) -> Outline:
        self.article(article_id)
        return Outline(())

    def examples(self, limit: int = 6) -> tuple[str, ...]:
        return ()
