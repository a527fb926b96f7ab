"""“哪个镇最多”: the rows of a table with the largest or smallest figure in the column that the question means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from embeddings.folding import squeeze
from embeddings.structure.tables import Row, rows_within
from embeddings.types import Article, Span
from qa.evidence.gathering import Evidence
from qa.understanding.question import Question

_LARGEST = re.compile(r"最[多大高好贵长快重强远]|排第一|排名第一|榜首|第一名|排头")
_SMALLEST = re.compile(r"最[少低小差短慢轻近]|最便宜|垫底|倒数第一|末位|排最后|最后一名")
_FIGURE = re.compile(r"(?P<figure>-?\d[\d,，]*(?:\.\d+)?)\s*(?P<unit>[%％‰]|[^\W\d]{0,4})")
_NO_MEASURE = re.compile(r"序号|排名|名次|编号|电话|手机|年份|年度|日期|时间|代码|门牌")
_TOGETHER = re.compile(r"合计|总计|小计|平均|全[县市区镇乡村省国校院厂]|总[数体]")
_FROM = 5
"""The best sentences, one of which has to be a row of the table."""
_LEAST_ROWS = 3


@dataclass(frozen=True, slots=True)
class ExtremeRows:
    """The rows, in the order of the table, and what they were found by."""

    article: Article
    rows: tuple[Row, ...]
    column: str
    compared: int
    """How many rows have a figure in this column, without those that sum up others."""


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    figures: tuple[tuple[Row, float], ...]


def extreme_rows(question: Question, found: Sequence[Evidence]) -> ExtremeRows | None:
    """The rows that have most or least, where the question asks for that and one of the best sentences is a row.

    None where no column, or more than one, is meant, or where its figures have different units.
    """
    smallest = bool(_SMALLEST.search(question.text))
    if smallest == bool(_LARGEST.search(question.text)):
        return None
    for evidence in found[:_FROM]:
        table = _table_of(evidence)
        column = _meant(question, list(_columns(evidence.article.text, table)))
        if column is None:
            continue
        figures = [figure for _, figure in column.figures]
        extreme = min(figures) if smallest else max(figures)
        rows = tuple(row for row, figure in column.figures if figure == extreme)
        return ExtremeRows(evidence.article, rows, column.name, len(figures))
    return None


def _table_of(evidence: Evidence) -> tuple[Row, ...]:
    """The rows of the table that the sentence is one of; none where it is no row."""
    text = evidence.article.text
    rows = rows_within(text, Span(evidence.article.body_start, evidence.article.body_end))
    place = next((n for n, row in enumerate(rows) if row.span == evidence.span), None)
    if place is None:
        return ()
    first, last = place, place
    while first and _follows(rows[first - 1], rows[first]):
        first -= 1
    while last + 1 < len(rows) and _follows(rows[last], rows[last + 1]):
        last += 1
    return rows[first : last + 1]


def _follows(row: Row, following: Row) -> bool:
    return following.span.start - row.span.end <= 1


def _columns(text: str, table: Sequence[Row]) -> Iterator[_Column]:
    """The columns of figures of one unit, by their names."""
    named = [row for row in table if any(row.columns)]
    for place in range(1, max((len(row.cells) for row in named), default=0)):
        figures: list[tuple[Row, float]] = []
        units: set[str] = set()
        for row in named:
            first = text[row.cells[0].start : row.cells[0].end]
            cell = row.cells[place] if place < len(row.cells) else Span(0, 0)
            said = _FIGURE.fullmatch(text[cell.start : cell.end].strip())
            if said and not _TOGETHER.search(first):
                figures.append((row, float(re.sub("[,，]", "", said["figure"]))))
                units.add(said["unit"])
        if len(figures) < _LEAST_ROWS or len(units) != 1:
            continue
        name = " ".join(text[one.start : one.end] for one in figures[0][0].columns[place])
        if not _NO_MEASURE.search(name):
            yield _Column(name, tuple(figures))


def _meant(question: Question, columns: Sequence[_Column]) -> _Column | None:
    """The only column; else the one of whose name the question says most."""
    if len(columns) <= 1:
        return columns[0] if columns else None
    asked = squeeze(question.text)
    said = sorted(((_said(asked, column.name), -n) for n, column in enumerate(columns)), reverse=True)
    (most, place), (second, _) = said[0], said[1]
    return columns[-place] if most > second else None


def _said(asked: str, name: str) -> int:
    """How many pairs of neighbouring characters of the column's name the question has."""
    plain = squeeze(name)
    return sum(plain[n : n + 2] in asked for n in range(len(plain) - 1))
