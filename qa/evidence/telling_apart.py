"""Things of one kind, told apart by their names: names that contain each other, rows of a table, items with a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from embeddings.folding import squeeze
from embeddings.structure.nested_lines import nested, parents_of
from embeddings.structure.sentences import is_row, paragraphs
from embeddings.structure.tables import Row, rows_within
from embeddings.types import Article, Span
from qa.evidence.fit import AMID, whole_article
from qa.reading.passages import PassageRead
from qa.retrieving.term_weights import TermWeights
from qa.understanding.question import Question

_QUOTED = re.compile(r"[“‘「『《]([^”’」』》“‘「『《\n]{2,20})[”’」』》]")
_LISTED = re.compile("[；;、，,]")
_WORD = re.compile(r"[^\W\d_]{2}")
_SHORTEST = 2
"""Characters of a name that a question can be seen to say."""
_LEAST_SAID = 0.25
"""Share of the question's terms in what an item lies under from which on that is what the question names."""


@dataclass(frozen=True, slots=True)
class Apart:
    """What a question says of things of one kind that were read."""

    asked: str
    """The question, squeezed."""
    weights: TermWeights
    """Of its terms."""
    names: tuple[str, ...]
    """Names in quotation marks that the question names, and those that contain them or stand in them; squeezed."""
    meant: frozenset[str]
    """Those of them that the question names."""
    most_said: Mapping[tuple[str, int], float]
    """By article and depth of a list the greatest share of the question's terms in an item that others lie under."""

    def fit(self, article: Article, span: Span, near: str) -> float:
        """Whether a sentence is of the very thing asked for; `near` is the sentence with its title and headings.

        1 where it says the whole name or is the row of that name, less where only its article says it; -1 in an article
        of another alone, in the row of another, and under another item of a list, less where it says another and its
        article both; 0 where the question names none.
        """
        if is_row(article.text, span) and (row := _row_fits(article, self.asked).get(span.start, 0.0)):
            return row
        if self._is_under_another(article, span):
            return -1.0
        own = said_of(self.names, squeeze(article.text[span.start : span.end]))
        said = own or said_of(self.names, squeeze(near))
        if said & self.meant:
            return 1.0
        elsewhere = said_of(self.names, whole_article(article))
        if elsewhere & self.meant:
            return -AMID if said else AMID
        return -1.0 if said or elsewhere else 0.0

    def _is_under_another(self, article: Article, span: Span) -> bool:
        """Whether an item of a list lies under one of which the question says less than half as much as of another."""
        if not nested(article.text, span):
            return False
        for one in (*parents_of(article.text, span), span):
            most = self.most_said.get((article.id, nested(article.text, one)), 0.0)
            if most >= _LEAST_SAID and 2 * _share(self.weights, article, one) < most:
                return True
        return False


def _share(weights: TermWeights, article: Article, span: Span) -> float:
    return weights.share(weights.found(article.text[span.start : span.end]))


def apart_in(question: Question, read: Sequence[PassageRead], weights: TermWeights) -> Apart:
    """What tells apart the things named in the passages read."""
    articles = dict.fromkeys(passage.article for passage in read)
    texts = [*(article.title for article in articles), *(e.text for passage in read for e in passage.excerpts)]
    names = {squeeze(name) for text in texts for name in _QUOTED.findall(text)}
    alike = [name for name in names if any(name != other and (name in other or other in name) for other in names)]
    asked = squeeze(question.text)
    meant = said_of(alike, asked)
    kin = [name for name in alike if any(name in one or one in name for one in meant)]
    most_said = {
        (article.id, depth): max(_share(weights, article, item) for item in items)
        for article in articles
        for depth, items in _opening_items(article).items()
    }
    return Apart(asked, weights, tuple(sorted(kin)), frozenset(meant), most_said)


def said_of(names: Iterable[str], text: str) -> frozenset[str]:
    """The names that a text says as a whole, and not within a longer one of them."""
    found = {name for name in names if len(name) >= _SHORTEST and name in text}
    longest_first = sorted(found, key=lambda name: (-len(name), name))
    return frozenset(re.findall("|".join(map(re.escape, longest_first)), text)) if found else frozenset()


@lru_cache(maxsize=64)
def _row_fits(article: Article, asked: str) -> Mapping[int, float]:
    """By their starts the rows of tables: 1 where the question says a cell, -1 where it says cells of others alone."""
    fits: dict[int, float] = {}
    for table in _tables(article):
        rows = [row for row in table if any(row.columns)]
        for place in range(max((len(row.cells) for row in rows), default=0)):
            told = [_told(article.text, row, place) for row in rows]
            said = said_of({one for cell in told for one in cell}, asked)
            if not said or not any(said.isdisjoint(cell) for cell in told):
                continue
            for row, cell in zip(rows, told, strict=True):
                fits[row.span.start] = min(fits.get(row.span.start, 1.0), -1.0 if said.isdisjoint(cell) else 1.0)
    return fits


def _told(text: str, row: Row, place: int) -> frozenset[str]:
    """What a cell says that can tell its row: the cell, and the things listed in it; no figures but in the first."""
    if place >= len(row.cells):
        return frozenset()
    cell = text[row.cells[place].start : row.cells[place].end]
    listed = map(squeeze, (cell, *_LISTED.split(cell)))
    return frozenset(one for one in listed if not place or _WORD.search(one))


@lru_cache(maxsize=64)
def _opening_items(article: Article) -> dict[int, tuple[Span, ...]]:
    """The lines at the depths of lists at which there are lists under some: things, and what is said of each."""
    lines = list(paragraphs(article.text[: article.body_end], article.body_start))
    depths = [nested(article.text, line) for line in lines]
    opening = {one for one, other in pairwise(depths) if other > one}
    inside = [any(depths[max(0, n - 1) : n + 2]) for n in range(len(lines))]
    return {
        depth: tuple(line for line, own, near in zip(lines, depths, inside, strict=True) if own == depth and near)
        for depth in opening
    }


@lru_cache(maxsize=64)
def _tables(article: Article) -> tuple[tuple[Row, ...], ...]:
    rows = rows_within(article.text, Span(article.body_start, article.body_end))
    # Rows of one table follow each other: between two tables stands a line at least.
    ends = {row.span.end + 1: row for row in rows}
    starts = [number for number, row in enumerate(rows) if row.span.start not in ends]
    return tuple(tuple(rows[a:b]) for a, b in zip(starts, [*starts[1:], len(rows)], strict=True))
