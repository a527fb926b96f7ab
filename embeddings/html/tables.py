"""Which rows of an HTML page's tables are data, and what stands in their cells, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from embeddings.html.regions import BLOCK_ELEMENTS, ancestry
from embeddings.page.cells import joined
from embeddings.page.characters import is_sentence, join_wrapped_source, tidy

_MOST_COLUMNS = 50
_MOST_ROWS = 1000
"""Spans beyond these are cut off; cells never are."""
_MOST_PLACES = 1_000_000
"""A wider table with more places for cells is read cell by cell."""
_LONGEST_CELL = 1500
_LONGEST_ROW = 4000
"""Rows and cells with more characters are layout, not data."""
_OF_PAGE = 0.6
"""Paragraphs of running text in one cell, with more than this share of the page's text, are the page's article."""
_LINKED = 0.6


@dataclass(frozen=True, slots=True)
class DataRow:
    """A row of data: what each of its cells says, empty cells included, with those that reach into it from above."""

    cells: tuple[str, ...]
    own: tuple[Tag, ...]
    """The cells that begin in it."""


def data_rows(soup: BeautifulSoup) -> dict[int, DataRow]:
    """The rows that are data, by the id of their element; all others are layout or lines of text.

    A cell that spans several rows or columns stands in each of them. A row that is one cell across the whole table is
    a line above or below it (a caption, a note); between other rows it is the first cell of a row.
    """
    total = len(tidy(soup.get_text()))
    found: dict[int, DataRow] = {}
    for table in soup.find_all("table"):
        rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
        widest = max((len(_cells(row)) for row in rows), default=0)
        if widest > _MOST_COLUMNS and widest * len(rows) > _MOST_PLACES:
            continue
        grid = _without_idle_columns(list(_grid(rows)))
        width = len(grid[0]) if grid else 0
        if width < 2:
            continue
        several = [number for number, row in enumerate(rows) if len(_cells(row)) > 1]
        read: dict[int, str] = {}
        for number, (row, places) in enumerate(zip(rows, grid, strict=True)):
            own = _cells(row)
            if not own or not _is_data(own, len(several) > 1, total):
                continue
            if len(own) == 1 and all(place is None or place is own[0] for place in places):
                if not several or not several[0] < number < several[-1]:
                    continue
                places = [own[0], *(None for _ in range(width - 1))]
            found[id(row)] = DataRow(tuple(_read(place, [number] == several[:1], read) for place in places), tuple(own))
    return found


def _cells(row: Tag) -> list[Tag]:
    # Told by their names: what looks elements up by rules takes most of the time of a long table.
    return [child for child in row.children if isinstance(child, Tag) and child.name in ("td", "th")]


def _grid(rows: Sequence[Tag]) -> Iterator[list[Tag | None]]:
    """For each row the cells that stand in it, column by column."""
    below: dict[int, tuple[Tag, int]] = {}
    """Column -> the cell from above that reaches into the row, and how many rows further."""
    for row in rows:
        places: list[Tag | None] = []
        from_above, below = below, {}
        pending = _cells(row)
        while pending or (len(places) < _MOST_COLUMNS and any(column >= len(places) for column in from_above)):
            column = len(places)
            if column in from_above:
                cell, left = from_above[column]
                places.append(cell)
                if left > 1:
                    below[column] = (cell, left - 1)
            elif pending:
                cell = pending.pop(0)
                room = _MOST_COLUMNS - column - len(pending)
                deep, wide = _span(cell, "rowspan", _MOST_ROWS), _span(cell, "colspan", room)
                places.extend([cell] * wide)
                if deep > 1:
                    below.update({column + n: (cell, deep - 1) for n in range(wide)})
            else:
                places.append(None)
        yield places


def _without_idle_columns(grid: Sequence[list[Tag | None]]) -> list[list[Tag | None]]:
    """The rows, equally long, without the columns in which no cell begins: a span may be wider than its table."""
    width = max(map(len, grid), default=0)
    padded = [[*places, *[None] * (width - len(places))] for places in grid]
    begun = [n for n in range(width) if not n or any(row[n] is not None and row[n] is not row[n - 1] for row in padded)]
    return [[row[n] for n in begun] for row in padded]


def _span(cell: Tag, name: str, most: int) -> int:
    said = str(cell.get(name) or "").strip()
    return max(1, min(int(said[:6]), most)) if said.isascii() and said.isdecimal() else 1


def _is_data(cells: Sequence[Tag], among_rows: bool, total: int) -> bool:
    """Tell the cells of a row of data from those that a page is laid out in."""
    texts = [tidy(cell.get_text()) for cell in cells]
    if sum(map(len, texts)) > _LONGEST_ROW or max(map(len, texts)) > _LONGEST_CELL:
        return False
    elements = [[tag for tag in cell.descendants if isinstance(tag, Tag)] for cell in cells]
    if any(tag.name in ("table", "h1", "h2", "h3") for within in elements for tag in within):
        return False
    for cell, within, text in zip(cells, elements, texts, strict=True):
        blocks = [tag for tag in within if tag.name in BLOCK_ELEMENTS and tidy(tag.get_text())]
        if len(blocks) < 2:
            continue
        linked = sum(len(tidy(link.get_text())) for link in cell.find_all("a", href=True))
        running = sum(is_sentence(tidy(block.get_text())) for block in cell.find_all(("p", "div")))
        if not among_rows or linked > _LINKED * len(text) or (running > 1 and len(text) > _OF_PAGE * total):
            return False
    return True


def _read(cell: Tag | None, names: bool, read: dict[int, str]) -> str:
    """What a cell says in one line, worked out once however many rows it spans."""
    if cell is None:
        return ""
    if id(cell) not in read:
        read[id(cell)] = joined(list(_items(cell, names or cell.name == "th")))
    return read[id(cell)]


def _items(cell: Tag, names: bool) -> Iterator[str]:
    """The paragraphs, list items and lines of a cell; a line break in a name only wraps it."""
    parts: list[str] = []
    last: Tag | None = None
    for node in cell.descendants:
        breaks = False
        if isinstance(node, Tag):
            breaks = node.name == "br" and not names
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString) and node.strip():
            block = next(tag for tag in ancestry(node.parent or cell) if tag.name in BLOCK_ELEMENTS or tag is cell)
            breaks = last is not None and block is not last
            last = block
        if breaks:
            if item := tidy("".join(parts)):
                yield item
            parts = []
        if isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            parts.append(join_wrapped_source(str(node)))
    if item := tidy("".join(parts)):
        yield item
