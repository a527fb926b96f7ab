"""Ruled tables that go on on the next page: one table, its names said once, rows that a page ends in joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from embeddings.page.signs import page_turn, without_turns
from embeddings.pdf.furniture import is_at_edge
from embeddings.pdf.lines import PdfLine, RuledCell, RuledRow
from embeddings.pdf.paragraphs import ITEM, SENTENCE_ENDS, SLACK, first_width

_SAME = 3.0
"""Points by which the columns of one table may differ in width from page to page."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a table stands on one page, or what stands between tables."""

    lines: tuple[PdfLine, ...]
    rows: tuple[RuledRow, ...]
    """None of what is no table."""


def over_pages(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """The lines, without the names that the parts of a table repeat on their pages.

    A cell that spans rows on both pages stands in those of the next page, too, and a row that is cut at the end of a
    page is one, where its text tells.
    """
    found: list[PdfLine] = []
    last: _Part | None = None
    names: tuple[RuledRow, ...] = ()
    table = 0
    """Where in `found` the last row of the last table is."""
    for part in map(_part, _runs(lines)):
        if not part.rows:
            last = last if all(map(is_at_edge, part.lines)) else None
            found += part.lines
            continue
        if last is None or not _goes_on(last, part):
            names = _names(part.rows)
        else:
            part = _filled(last, _without(names, part))
            if part.rows and _is_one_row(last, part.rows[0]):
                found[table] = _joined(found[table], part.lines[0])
                ended = _part((found[table],))
                part = _part(part.lines[1:])
                last = ended if not part.rows else last
        if part.rows:
            found += part.lines
            last, table = part, len(found) - 1
    return found


def _runs(lines: Sequence[PdfLine]) -> Iterator[tuple[PdfLine, ...]]:
    for _, run in groupby(lines, key=lambda line: (line.page, line.row.table) if line.row else None):
        yield tuple(run)


def _part(lines: tuple[PdfLine, ...]) -> _Part:
    return _Part(lines, tuple(line.row for line in lines if line.row is not None))


def _goes_on(part: _Part, following: _Part) -> bool:
    """Whether the columns of two parts agree, wherever they stand on their pages, and one page follows the other."""
    one, other = part.rows[-1].edges, following.rows[0].edges
    if following.lines[0].page != part.rows[-1].last_page + 1 or len(one) != len(other):
        return False
    return all(abs((a - one[0]) - (b - other[0])) <= _SAME for a, b in zip(one, other, strict=True))


def _names(rows: Sequence[RuledRow]) -> tuple[RuledRow, ...]:
    """The rows at the top of a table down to the last that names columns."""
    last = max((number for number, row in enumerate(rows) if row.names), default=-1)
    return tuple(rows[: last + 1])


def _without(names: Sequence[RuledRow], part: _Part) -> _Part:
    repeated = [_said(row) for row in part.rows[: len(names)]] == [_said(row) for row in names]
    return _part(part.lines[len(names) :]) if repeated else part


def _said(row: RuledRow) -> list[str]:
    return ["".join(cell.text.split()) for cell in row.cells]


def _spanning(part: _Part) -> set[int]:
    """The columns whose last cell reaches down from a row above."""
    last, above = part.rows[-1], part.rows[-2:-1]
    return {
        place
        for row in above
        for place, (one, other) in enumerate(zip(row.cells, last.cells, strict=True))
        if one.number == other.number
    }


def _filled(above: _Part, part: _Part) -> _Part:
    """The part with what the last cells of the one above say in those at its top that go on with them."""
    if not part.rows or above.rows[-1].alone or part.rows[0].alone:
        return part
    first, below = part.rows[0].cells, [cell.number for row in part.rows[1:] for cell in row.cells]
    spanning = _spanning(above)
    going_on = {
        place: cell
        for place, cell in enumerate(above.rows[-1].cells)
        if cell.text and not first[place].text and (place in spanning or first[place].number in below)
    }
    lines = []
    for line, row in zip(part.lines, part.rows, strict=True):
        cells = [
            replace(cell, text=without_turns(going_on[place].text))
            if place in going_on and cell.number == first[place].number
            else cell
            for place, cell in enumerate(row.cells)
        ]
        lines.append(_with_cells(line, row, cells))
    return _part(tuple(lines))


def _is_one_row(part: _Part, below: RuledRow) -> bool:
    """Whether a row goes on with the one that ends the page before.

    Cells of the one break off amid what they say, where the first word of the other had no room, and others of it say
    nothing more; of cells of one line each, all may be as narrow as what they say.
    """
    above = part.rows[-1]
    if above.alone or below.alone:
        return False
    spanning = _spanning(part)
    pairs = [
        (cell, following)
        for place, (cell, following) in enumerate(zip(above.cells, below.cells, strict=True))
        if place not in spanning and (cell.text or following.text)
    ]
    going_on = [(cell, following) for cell, following in pairs if following.text]
    return (
        0 < len(going_on) < len(pairs)
        and all(_breaks_off(cell, following) for cell, following in going_on)
        and any(max(cell.lines, following.lines) > 1 for cell, following in going_on)
    )


def _breaks_off(cell: RuledCell, following: RuledCell) -> bool:
    if not cell.text or SENTENCE_ENDS.search(cell.text) or ITEM.match(following.text):
        return False
    return cell.room < first_width(following.text) + SLACK


def _joined(above: PdfLine, below: PdfLine) -> PdfLine:
    """One row of the two, with signs where its text goes on to another page, and back."""
    if above.row is None or below.row is None:
        return above
    cells, page = [], above.row.last_page
    first, last = page, below.page
    for cell, following in zip_longest(above.row.cells, below.row.cells):
        text = cell.text
        if text and page != first:
            text, page = page_turn(first + 1) + text, first
        if following.text and following.text != cell.text:
            apart = cell.text[-1:].isascii() and following.text[:1].isascii()
            text += (" " if apart else "") + page_turn(last + 1) + following.text
            page = last
            cell = replace(following, lines=cell.lines + following.lines)
        cells.append(replace(cell, text=text))
    return _with_cells(above, replace(above.row, last_page=last), cells)


def _with_cells(line: PdfLine, row: RuledRow, cells: Sequence[RuledCell]) -> PdfLine:
    text = line.text if row.alone else "\t".join(cell.text for cell in cells)
    return replace(line, text=text, row=replace(row, cells=tuple(cells)))
