"""Rows of tables told apart: by the cells that a question says, and tables alike by their captions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from embeddings.folding import squeeze
from embeddings.records.tables import TOGETHER
from embeddings.structure.numerals import numeral_value
from embeddings.structure.tables import Row, tables_within
from embeddings.types import Article, Span
from qa.reading.worded import caption_text
from qa.retrieving.term_weights import TermWeights
from qa.understanding.names import first_said

SUMS_UP = 2.0
"""How a row fits that sums up the others, where the question asks of all together."""
_LISTED = re.compile("[；;、，,]")
_ALL = re.compile(
    "合计|总计|总共|一共|共计|加起来|全(?:[县市区镇乡州省](?!域)|部)|整个|平均"
    "|(?<![汇老一])总(?![结理书工局部经裁监管统则编督][^数量额计]?)[\u4e00-\u9fff]"
)
_ORDINAL = re.compile(r"第([一二三四五六七八九十]{1,3}|\d{1,2})(?![季期届批章条款年月周号])")
_ONE_OF = re.compile("哪|谁|最|第[一二三四五六七八九十\\d]|前[一二三四五六七八九十\\d]")
"""Asks for some of them, and not for all together."""
_WORD = re.compile(r"[^\W\d_]{2}")


def row_fits(article: Article, asked: tuple[str, ...], weights: Sequence[TermWeights]) -> Mapping[int, float]:
    """How the rows of the article's tables fit what is `asked` (squeezed), by their starts; 0 for all others.

    That is the question and, for what it leaves out, those before it, the last first; `weights` are of their terms.

    1 where it says a cell of theirs, or all of their caption that it says of those of tables with the same columns, and
    of another less; -1 where it says cells of others alone, or of another caption the same and more.
    """
    fits = dict(_cell_fits(article, asked))
    for alike in _tables_alike(article):
        captions = [caption_text(article.text, table[0]) for table in alike]
        each = ([one.found(caption) for caption in captions] for one in weights)
        said = next((found for found in each if len(set(found)) > 1), [])
        for table, own in zip(alike, said, strict=False):
            fit = -1.0 if any(own < other for other in said) else float(any(other < own for other in said))
            fits.update({row.span.start: min(fits.get(row.span.start, fit), fit) for row in table if fit})
    return fits


@lru_cache(maxsize=64)
def _cell_fits(article: Article, asked: tuple[str, ...]) -> Mapping[int, float]:
    """By their starts the rows of tables: 1 where the question says a cell, -1 where it says cells of others alone.

    More than 1 for those that sum up the others, where the question asks of all of them together.
    """
    fits: dict[int, float] = {}
    for table in _tables(article):
        rows = [row for row in table if any(row.columns)]
        places = range(max((len(row.cells) for row in rows), default=0))
        cells_told = [[_told(article.text, row, place) for place in places] for row in rows]
        whole = [frozenset[str]().union(*cells) for cells in cells_told]
        for place in places:
            told = [cells[place] for cells in cells_told]
            names = {one for cell in told for one in cell}
            said = (
                first_said(names, asked) or _totals(names, asked) or (frozenset() if place else _ordinal(names, asked))
            )
            if not said or not any(said.isdisjoint(cell) for cell in told):
                continue
            for row, cells in zip(rows, whole, strict=True):
                own = SUMS_UP if any(map(TOGETHER.search, said)) else 1.0
                # Who is on duty by day in one row may be so by night in another.
                fit = -1.0 if said.isdisjoint(cells) else own
                fits[row.span.start] = min(fits.get(row.span.start, fit), fit)
    return fits


def _totals(names: set[str], asked: tuple[str, ...]) -> frozenset[str]:
    """What rows are called that sum up others, where the question asks of all together and of none by name."""
    wanted = asked and _ALL.search(asked[0]) and not _ONE_OF.search(asked[0])
    return frozenset(name for name in names if TOGETHER.search(name)) if wanted else frozenset()


def _ordinal(names: set[str], asked: tuple[str, ...]) -> frozenset[str]:
    """The row that is numbered so in its first cell: “第五本” of 1, 2 and so on."""
    ordinal = _ORDINAL.search(asked[0]) if asked else None
    number = numeral_value(ordinal[1]) if ordinal else None
    return frozenset(name for name in names if name.isdecimal() and int(name) == number)


def _told(text: str, row: Row, place: int) -> frozenset[str]:
    """What a cell says that can tell its row: the cell, and the things listed in it; no figures but in the first."""
    if place >= len(row.cells):
        return frozenset()
    cell = text[row.cells[place].start : row.cells[place].end]
    listed = map(squeeze, (cell, *_LISTED.split(cell)))
    return frozenset(one for one in listed if not place or _WORD.search(one))


@lru_cache(maxsize=64)
def _tables(article: Article) -> tuple[tuple[Row, ...], ...]:
    return tables_within(article.text, Span(article.body_start, article.body_end))


def _tables_alike(article: Article) -> Iterator[list[tuple[Row, ...]]]:
    """Tables that have captions and the same columns as others."""
    alike: dict[tuple[str, ...], list[tuple[Row, ...]]] = {}
    for table in _tables(article):
        if table[0].caption and len(table) > 1:
            names = tuple(article.text[one.start : one.end] for cell in table[-1].columns for one in cell)
            alike.setdefault(names, []).append(table)
    yield from (tables for tables in alike.values() if len(tables) > 1)
