"""Things of one kind, told apart by names: those that contain each other, rows, items with a list, sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from embeddings.folding import squeeze
from embeddings.places.localities import localities_in
from embeddings.snapshot.snapshot import Snapshot
from embeddings.structure.enumerators import without_enumerator
from embeddings.structure.nested_lines import nested, parents_of
from embeddings.structure.sentences import paragraphs
from embeddings.types import Article, Outline, Section, Span
from qa.evidence.fit import AMID, whole_article
from qa.evidence.rows_apart import row_fits
from qa.reading.passages import PassageRead
from qa.retrieving.term_weights import TermWeights
from qa.understanding.names import first_said, is_piece_of, said_of
from qa.understanding.question import Question, content_terms

_QUOTED = re.compile(r"[“‘「『《]([^”’」』》“‘「『《\n]{2,20})[”’」』》]")
_LEAST_SAID = 0.25
"""Share of the question's terms in what an item lies under from which on that is what the question names."""


@dataclass(frozen=True, slots=True)
class Apart:
    """What a question says of things of one kind that were read."""

    weights: TermWeights
    """Of the terms of the question, or of the one before it that names an item."""
    names: tuple[str, ...]
    """Names in quotation marks that the question names, and those that contain them or stand in them; squeezed."""
    meant: frozenset[str]
    """Those of them that the question names."""
    most_said: Mapping[tuple[str, int], float]
    """By article and depth of a list the greatest share of the question's terms in an item that others lie under."""
    rows: Mapping[str, Mapping[int, float]]
    """By article how the rows of its tables fit."""
    sections: Mapping[str, tuple[tuple[Span, bool], ...]]
    """By article its sections that are headed by names of one kind, or by counties and the like, of which the question
    says some, and which."""

    def fit(self, article: Article, span: Span, near: str) -> float:
        """Whether a sentence is of the very thing asked for; `near` is the sentence with its title and headings.

        1 where it says the whole name, is the row of that name or stands in the section of that name, less where only
        its article says it; -1 in an article of another alone, in the row or section of another, and under another item
        of a list, less where it says another and its article both; 0 where the question names none.
        """
        placed = [self.rows[article.id].get(span.start, 0.0), self._section_fit(article, span)]
        if self._is_under_another(article, span) or min(placed) < 0:
            return -1.0
        own = said_of(self.names, squeeze(article.text[span.start : span.end]))
        said = own or said_of(self.names, squeeze(near))
        if said & self.meant or max(placed) > 0:
            return 1.0
        elsewhere = said_of(self.names, whole_article(article))
        if elsewhere & self.meant:
            return -AMID if said else AMID
        return -1.0 if said or elsewhere else 0.0

    def _section_fit(self, article: Article, span: Span) -> float:
        inside = [meant for section, meant in self.sections[article.id] if section.start <= span.start < section.end]
        return 0.0 if not inside else 1.0 if all(inside) else -1.0

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


def apart_in(question: Question, read: Sequence[PassageRead], weights: TermWeights, snapshot: Snapshot) -> Apart:
    """What tells apart the things named in the passages read; what a follow-up leaves out is taken from before it."""
    articles = tuple(dict.fromkeys(passage.article for passage in read))
    texts = [*(article.title for article in articles), *(e.text for passage in read for e in passage.excerpts)]
    names = {squeeze(name) for text in texts for name in _QUOTED.findall(text)}
    alike = [name for name in names if any(_are_kin(name, other) for other in names)]
    before = question.earlier[::-1]
    asked = tuple(map(squeeze, (question.text, *before)))
    meant = first_said(alike, asked)
    kin = [name for name in alike if any(name in one or one in name for one in meant)]
    each = [weights, *(TermWeights.of(content_terms(text), snapshot.lexical) for text in before)]
    said = [_most_said(one, articles) for one in each]
    naming = next((n for n, most in enumerate(said) if max(most.values(), default=0.0) >= _LEAST_SAID), 0)
    return Apart(
        each[naming],
        names=tuple(sorted(kin)),
        meant=meant,
        most_said=said[naming],
        rows={article.id: row_fits(article, asked, each) for article in articles},
        sections={
            article.id: tuple(_sections_apart(question, article, snapshot.corpus.outline(article.id), asked))
            for article in articles
        },
    )


def _are_kin(name: str, other: str) -> bool:
    """Whether one of two names contains the other, and not as one of several names in it (四联, 三亮四联)."""
    contained = name != other and (name in other or other in name)
    return contained and not is_piece_of(name, other) and not is_piece_of(other, name)


def _most_said(weights: TermWeights, articles: Iterable[Article]) -> dict[tuple[str, int], float]:
    return {
        (article.id, depth): max(_share(weights, article, item) for item in items)
        for article in articles
        for depth, items in _opening_items(article).items()
    }


def _sections_apart(
    question: Question, article: Article, outline: Outline, asked: tuple[str, ...]
) -> Iterator[tuple[Span, bool]]:
    """Sections headed by names of one kind (东园区, 西园区), of which the question says some, and whether it says each.

    Names are of one kind that end in the same character, or that name a county, town or the like.
    """
    pending = [outline.sections]
    while pending:
        siblings = [section for section in pending.pop() if section.kind != "name"]
        pending.extend(section.children for section in siblings)
        names = [_heading_of(article, section) for section in siblings]
        of_a_kind = len(names) > 1 and len({name[-1:] for name in names}) == 1
        said = first_said(names, asked) if of_a_kind else frozenset()
        if said and not said.issuperset(names):
            yield from ((Span(one.start, one.end), name in said) for one, name in zip(siblings, names, strict=True))
        else:
            yield from _located(question, siblings, names)


def _located(question: Question, siblings: Sequence[Section], names: Sequence[str]) -> Iterator[tuple[Span, bool]]:
    """Sections whose headings name counties and the like, and whether it is one that the question names."""
    named = [any(squeeze(one) in name for one in question.localities) for name in names]
    if not any(named) or all(named):
        return
    located = [one or bool(localities_in(name)) for one, name in zip(named, names, strict=True)]
    if sum(located) > 1:
        yield from (
            (Span(one.start, one.end), own) for one, own, placed in zip(siblings, named, located, strict=True) if placed
        )


def _heading_of(article: Article, section: Section) -> str:
    heading = without_enumerator(article.text, section.heading)
    return squeeze(article.text[heading.start : heading.end])


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
