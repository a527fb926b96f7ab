"""Articles -> passages: stretches of whole sentences that follow the article's own structure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from embeddings.structure.nested_lines import nested
from embeddings.structure.outline import headings_at
from embeddings.structure.sentences import CELL, clauses, is_row, paragraphs, sentences
from embeddings.structure.tables import rows_within
from embeddings.types import Article, Outline, Passage, Section, Span

_LONGEST = 300
_FULL_AT_PARAGRAPH = 100
_FULL_AT_ITEM = 160
"""A passage is closed before a paragraph or an enumerated item once it has this many characters."""
_LONGEST_SENTENCE = 400
"""Longer sentences (lists without a full stop) are cut at clauses; the encoder reads about 700 characters."""
_REMNANT = 40
"""A last passage shorter than this joins the one before it."""
_LONGEST_CAPTION = 40
_CAPTIONS = 2
"""Lines above a table that are its caption (表1 补助标准) and its unit (单位：万元)."""


@dataclass(frozen=True, slots=True)
class _Atom:
    """What is never cut: a sentence, and how strongly the text breaks off before it."""

    span: Span
    breaks: int
    """0 in running text and below a table's head, 1 before an item or table, 2 a paragraph, 3 a section."""


def cut_passages(article: Article, outline: Outline) -> tuple[Passage, ...]:
    """Passages of about 100 to 300 characters that cover the article in order without overlapping.

    A passage never spans two sections, and no sentence, table row, number, quotation or item shorter than 300
    characters is cut. What the page says of the article is passages of its own, behind those of the body.
    """
    body = _merge_remnants(_pack(article.text, _atoms(article, outline)), _section_starts(outline))
    spans = [*body, *_pack(article.text, [_Atom(line, 0) for line in article.page_lines])]
    return tuple(
        Passage(f"{article.id}#{number}", article.id, span.start, span.end, headings_at(article, outline, span))
        for number, span in enumerate(spans)
    )


def embedded_text(article: Article, passage: Passage) -> str:
    """What both legs index: place, title and headings before the passage's own characters."""
    place = article.place if article.place and article.place not in article.title else ""
    context = " ".join(part for part in (place, article.title, *passage.headings) if part)
    return f"{context}\n{article.text[passage.start : passage.end]}"


def _walk(sections: tuple[Section, ...]) -> Iterator[Section]:
    """All sections but names, which stand inside a sentence and divide no text."""
    for section in sections:
        if section.kind != "name":
            yield section
            yield from _walk(section.children)


def _section_starts(outline: Outline) -> frozenset[int]:
    return frozenset(section.start for section in _walk(outline.sections) if section.kind != "item")


def _section_ends(outline: Outline) -> frozenset[int]:
    return frozenset(section.end for section in _walk(outline.sections) if section.kind != "item")


def _atoms(article: Article, outline: Outline) -> list[_Atom]:
    starts = _section_starts(outline)
    ends = _section_ends(outline)
    items = {section.start for section in _walk(outline.sections) if section.kind == "item"}
    parts = {span.start for span in article.parts}
    headings = {s.heading.end for s in _walk(outline.sections) if s.kind == "heading"}
    atoms: list[_Atom] = []
    lines = list(paragraphs(article.text[: article.body_end], article.body_start))
    tables, heads = _tables(article.text, lines)
    after_heading = after_section = False
    above = 0
    for paragraph in lines:
        depth = nested(article.text, paragraph)
        for span in _sentences_cut_at(article.text, paragraph, items | starts):
            breaks = 3 if span.start in starts else 1 if span.start in items else 0
            if span.start == paragraph.start:
                of_line = 0 if span.start in heads else 1 if depth or span.start in tables else 2
                # What a list begins with belongs to what it lies under.
                breaks = 0 if depth > above else max(breaks, 3 if after_section else of_line)
            # A heading belongs to what follows it in its part.
            atoms.append(_Atom(span, 0 if after_heading and span.start not in parts else breaks))
            after_heading = span.end in headings
            after_section = span.end in ends
        above = depth
    return atoms


def _tables(text: str, lines: list[Span]) -> tuple[set[int], set[int]]:
    """Where tables begin, with their captions, and where the lines begin that stay with that beginning.

    Those are the rows that name the columns and the first one below them.
    """
    whole = Span(lines[0].start, lines[-1].end) if lines else Span(0, 0)
    naming = {row.span.start for row in rows_within(text[: whole.end], whole) if not any(row.columns)}
    begins, stays = set[int](), set[int]()
    for number, line in enumerate(lines):
        if not is_row(text, line) or (number and is_row(text, lines[number - 1])):
            continue
        first = number
        while first and number - first < _CAPTIONS and _is_caption(text, lines[first - 1]):
            first -= 1
        last = number
        while last < len(lines) - 1 and lines[last].start in naming and is_row(text, lines[last + 1]):
            last += 1
        begins.add(lines[first].start)
        stays.update(line.start for line in lines[first + 1 : last + 1])
    return begins, stays


def _is_caption(text: str, line: Span) -> bool:
    return line.end - line.start <= _LONGEST_CAPTION and text[line.end - 1] not in "。！？；"


def _sentences_cut_at(text: str, paragraph: Span, starts: set[int]) -> Iterator[Span]:
    """Sentences, cut where a part starts inside one (一是…；二是…) and at clauses where they are too long."""
    for sentence in sentences(text, paragraph):
        inner = sorted(i for i in starts if sentence.start < i < sentence.end)
        for start, end in zip([sentence.start, *inner], [*inner, sentence.end], strict=True):
            yield from _shorten(text, Span(start, end))


def _shorten(text: str, span: Span) -> Iterator[Span]:
    if span.end - span.start <= _LONGEST_SENTENCE:
        yield span
        return
    start = span.start
    for clause in _clauses_of_cells(text, span) if is_row(text, span) else clauses(text, span):
        if clause.end - start > _LONGEST and clause.start > start:
            yield Span(start, clause.start)
            start = clause.start
    while span.end - start > 2 * _LONGEST_SENTENCE:
        stop = _outside_number(text, start + _LONGEST)
        yield Span(start, stop)
        start = stop
    yield Span(start, span.end)


def _clauses_of_cells(text: str, row: Span) -> Iterator[Span]:
    start = row.start
    for cell in text[row.start : row.end].split(CELL):
        yield from clauses(text, Span(start, start + len(cell)))
        start += len(cell) + 1


def _outside_number(text: str, position: int) -> int:
    while text[position - 1].isalnum() and text[position - 1].isascii() and text[position].isalnum():
        position -= 1
    return position


def _pack(text: str, atoms: list[_Atom]) -> list[Span]:
    spans: list[Span] = []
    for number, atom in enumerate(atoms):
        if spans and not _closes(spans[-1], atoms, number):
            spans[-1] = Span(spans[-1].start, atom.span.end)
        else:
            spans.append(atom.span)
    # Tabs at the end are the empty cells of a row.
    return [Span(s.start, s.start + len(text[s.start : s.end].rstrip(" \n\u3000"))) for s in spans]


def _closes(current: Span, atoms: list[_Atom], number: int) -> bool:
    """Whether the passage so far ends before this atom."""
    atom = atoms[number]
    length = current.end - current.start
    if atom.breaks == 3:
        return True
    if atom.breaks == 2 and length >= _FULL_AT_PARAGRAPH:
        return True
    if atom.breaks == 1 and (length >= _FULL_AT_ITEM or _unbroken_end(atoms, number) - current.start > _LONGEST):
        return length >= _REMNANT
    return atom.span.end - current.start > _LONGEST


def _unbroken_end(atoms: list[_Atom], number: int) -> int:
    """Where the item that this atom begins ends."""
    end = atoms[number].span.end
    for atom in atoms[number + 1 :]:
        if atom.breaks:
            break
        end = atom.span.end
    return end


def _merge_remnants(spans: list[Span], starts: frozenset[int]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        short = span.end - span.start < _REMNANT and span.start not in starts
        if merged and short and span.end - merged[-1].start <= _LONGEST + _REMNANT:
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged
