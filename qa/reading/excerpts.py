"""What the reader is given of an article, and where every character of it stands there.

A passage stands under its title, date, place and headings, table rows with the names of their columns, items of lists
within lists behind what they lie under.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from embeddings.places.localities import localities_in
from embeddings.structure.sentences import paragraphs, sentences
from embeddings.structure.tables import Row, rows_within
from embeddings.types import Article, Passage, Span
from qa.claims.years import in_digits
from qa.reading.worded import Piece, caption_text, worded

_LONGEST = 380
"""Characters that are read at once: it was trained on up to 480. A passage has about 300; rows of a table, which
repeat the names of their columns, make it longer."""
_LONGEST_TITLE, _LONGEST_HEADING, _HEADINGS = 44, 24, 2
"""Characters of the title and of a heading, and how many of the innermost headings, that are read before a passage."""
_SHORTEST_OFFICE = 6
"""Characters of an author that is no person."""
_LONGEST_LEAD = 30
"""Characters of a lead that name whom it is about; it has more."""
_FIRST_PARAGRAPHS = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or a table row of an excerpt."""

    read: Span
    """In the excerpt's text."""
    span: Span
    """In the article."""
    pieces: tuple[Piece, ...]
    caption: str = ""
    """What stands above the table that it is a row of."""

    def in_article(self, read: Span) -> Span | None:
        """The article's characters for some of the excerpt's: of a row, the cells; None where they are all names."""
        found = [
            Span(
                piece.start + max(read.start, piece.read.start) - piece.read.start, piece.start + end - piece.read.start
            )
            for piece in self.pieces
            if (end := min(read.end, piece.read.end)) > max(read.start, piece.read.start)
        ]
        return Span(found[0].start, found[-1].end) if found else None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of an article as it is read."""

    heading: str
    text: str
    units: tuple[Unit, ...]


def excerpts_of(article: Article, passage: Passage) -> tuple[Excerpt, ...]:
    """The passage as it is read, in several excerpts of whole units where it is too long for one."""
    heading = heading_of(article, passage)
    spans = sentences(article.text, Span(passage.start, passage.end))
    rows = {row.span.start: row for row in rows_within(article.text, Span(passage.start, passage.end))}
    written = [_written(article.text, span, rows.get(span.start)) for span in spans]
    return tuple(_joined(article.text, heading, group) for group in _grouped(written))


def heading_of(article: Article, passage: Passage) -> str:
    """Title, date, place and subject of the article, and the innermost headings above the passage."""
    own = article.text.startswith(article.title, passage.start)
    place = article.place if article.place not in article.title else ""
    headings = [heading[:_LONGEST_HEADING] for heading in passage.headings[-_HEADINGS:]]
    title = "" if own else article.title[:_LONGEST_TITLE]
    parts = (title, article.published, place, "" if own else _subject(article, passage), *headings)
    return " ".join(part for part in parts if part)


def _subject(article: Article, passage: Passage) -> str:
    """Whom “our” means in the article, where its title and place don't say: the office that signs it, else its lead."""
    offices = (one for one in article.authors if len(one) >= _SHORTEST_OFFICE and one not in article.title)
    if office := next(offices, ""):
        return office[:_LONGEST_TITLE]
    if article.place or localities_in(article.title):
        return ""
    lead = next((span for span in _opening(article) if span.end - span.start >= _LONGEST_LEAD), None)
    if lead is None or passage.start <= lead.start < passage.end:
        return ""
    return article.text[lead.start : lead.start + _LONGEST_LEAD].strip()


def _opening(article: Article) -> Iterator[Span]:
    """The first paragraphs: short ones before the lead are bylines and headings."""
    return islice(paragraphs(article.text[: article.body_end], article.body_start), _FIRST_PARAGRAPHS)


@dataclass(frozen=True, slots=True)
class _Written:
    """A unit by itself: its text as read, with pieces that count from its beginning."""

    text: str
    unit: Unit


def _written(text: str, span: Span, row: Row | None) -> _Written:
    said, pieces = worded(text, span, row, _LONGEST_HEADING)
    return _Written(said, Unit(Span(0, len(said)), span, pieces, caption_text(text, row) if row else ""))


def _grouped(written: Sequence[_Written]) -> Iterator[list[_Written]]:
    group: list[_Written] = []
    length = 0
    for one in written:
        if group and length + len(one.text) > _LONGEST:
            yield group
            group, length = [], 0
        group.append(one)
        length += len(one.text)
    if group:
        yield group


def _joined(text: str, heading: str, group: Sequence[_Written]) -> Excerpt:
    """Units with what stands between them in the article, a line break or nothing; rows below their caption."""
    parts = [f"{group[0].unit.caption}\n"] if group[0].unit.caption else []
    units: list[Unit] = []
    length = sum(map(len, parts))
    for number, one in enumerate(group):
        between = text[group[number - 1].unit.span.end : one.unit.span.start] if number else ""
        gap = "\n" if "\n" in between else between[:1]
        length += len(gap)
        units.append(_moved(one.unit, length))
        parts.append(gap + one.text)
        length += len(one.text)
    # A reader takes 二〇二四年 for another year than 2024年; every character keeps its place.
    return Excerpt(in_digits(heading), in_digits("".join(parts)), tuple(units))


def _moved(unit: Unit, by: int) -> Unit:
    pieces = tuple(Piece(Span(p.read.start + by, p.read.end + by), p.start) for p in unit.pieces)
    return replace(unit, read=Span(unit.read.start + by, unit.read.end + by), pieces=pieces)


def plain_excerpt(heading: str, text: str) -> Excerpt:
    """A text that is no article's, its sentences as units."""
    units = (Unit(span, span, (Piece(span, span.start),)) for span in sentences(text, Span(0, len(text))))
    return Excerpt(heading, text, tuple(units))
