"""Articles, evidence and a small index as a test needs them, all by hand: no model is loaded."""

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from embeddings.snapshot.snapshot import open_live
from embeddings.types import Article, Span
from qa.evidence.gathering import Evidence, SentenceFeatures
from qa.reading.excerpts import Excerpt
from qa.reading.reader import Reading, UnitReading
from qa.retrieving.retriever import Retriever
from tests.fakes import CountingEncoder
from tests.snapshots import write_articles

NOTHING = dict.fromkeys((field.name for field in fields(SentenceFeatures)), 0.0)


def written(name: str, text: str, title: str = "", **more) -> Article:
    """An article whose text begins with its title, where it has one."""
    front = f"{title}\n" if title else ""
    return Article(id=name, title=title or name, text=front + text, path=f"{name}.txt", body_start=len(front), **more)


def place_of(article: Article, said: str) -> Span:
    """Where the article says it."""
    start = article.text.index(said)
    return Span(start, start + len(said))


def evidence(article: Article, said: str, score: float, exact: str = "", front: str = "", **features) -> Evidence:
    """A sentence of the article, with its fitted logit and whichever features matter."""
    span = place_of(article, said)
    start = article.text.index(exact, span.start) if exact else 0
    marked = Span(start, start + len(exact)) if exact else None
    seen = SentenceFeatures(**{**NOTHING, **features})
    return Evidence(article, span, Span(0, len(article.text)), seen, score, marked, front)


class LookedUp:
    """A reader for which a unit belongs, and an excerpt answers, by the highest logit of the strings that stand in it.

    The exact answer is the string; -5 is the logit of all else. What it was asked is kept.
    """

    def __init__(self, **logits: float) -> None:
        self.logits = logits
        self.asked: list[tuple[str, tuple[str, ...], tuple[Excerpt, ...]]] = []

    def read(self, question: str, earlier: Sequence[str], excerpts: Sequence[Excerpt]) -> tuple[Reading, ...]:
        self.asked.append((question, tuple(earlier), tuple(excerpts)))
        return tuple(map(self._read, excerpts))

    def _read(self, excerpt: Excerpt) -> Reading:
        units = tuple(self._of_unit(excerpt.text, unit.read) for unit in excerpt.units)
        return Reading(max((unit.belongs for unit in units), default=-5.0), units)

    def _of_unit(self, text: str, unit: Span) -> UnitReading:
        said = [word for word in self.logits if word in text[unit.start : unit.end]]
        if not said:
            return UnitReading(-5.0, unit, -5.0)
        best = max(said, key=self.logits.__getitem__)
        start = text.index(best, unit.start)
        return UnitReading(self.logits[best], Span(start, start + len(best)), self.logits[best])


def index_of(folder: Path, *articles: Article, watched: str = "水气土声", reader: LookedUp | None = None) -> Retriever:
    """A retriever over an index of the articles; texts are near that hold as much of the watched characters."""
    encoder = CountingEncoder(watched)
    write_articles(folder, articles, encoder)
    return Retriever(open_live(folder), encoder, reader or LookedUp())


def said_by(found: Evidence) -> str:
    """The words of a sentence found."""
    return found.article.text[found.span.start : found.span.end]
