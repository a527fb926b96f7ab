"""Tables in plain text: lines of cells between pipes, bars, tabs, or gaps of several blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_ENUMERATOR = re.compile(
    r"\s*(?:第[〇零一二三四五六七八九十百\d]+[章节条款项]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[①-⑳•●■◆·*-])\s*"
)
_BAR = re.compile(r"[ \u3000]*[｜│┃|][ \u3000]*")
_ASKEW = 2
"""Columns of a terminal by which a cell may begin beside the name of its column."""
_GAP = re.compile(r"[ \u3000]{2,}")
_RULE = re.compile(r"[ \u3000]*[-─━═=_—┄┈┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋+＋│┃ ]{5,}")
_LEAST_ROWS, _LEAST_COLUMNS, _LONGEST_CELL = 3, 3, 30
"""Of a table whose cells gaps or bars separate: with less, and longer cells, names and remarks are set apart so too."""


def is_row(line: str) -> bool:
    """Tell a line that may be a row of a table, which is never joined to the next one."""
    return "\t" in line.strip() or line.lstrip().startswith("|")


def lines_with_rows(lines: Sequence[str]) -> Iterator[str]:
    """The lines, the cells of every table's row separated by tabs; what stands alone with a pipe or tab is no table.

    Lines that only rule a table whose cells bars or gaps separate are left out, as the row of dashes is.
    """
    lines = _without_rules(lines)
    number = 0
    while number < len(lines):
        size = _pipe_table(lines, number)
        if size:
            names = _cells(lines[number])
            for row in (lines[number], *lines[number + 2 : number + size]):
                cells = _cells(row)
                yield "\t".join([*cells, *[""] * (len(names) - len(cells))])
            number += size
        elif size := _set_apart(lines, number, _BAR):
            yield from ("\t".join(_parts(line, _BAR)) for line in lines[number : number + size])
            number += size
        elif size := _set_apart(lines, number, _GAP):
            yield from ("\t".join(_under(lines[number], line)) for line in lines[number : number + size])
            number += size
        else:
            yield _with_tabs(lines, number)
            number += 1


def _pipe_table(lines: Sequence[str], first: int) -> int:
    """How many lines from `first` on are a table: a row of names, a row of dashes for as many columns, and the rest."""
    if first + 1 >= len(lines) or not _PIPE.search(lines[first]) or not _DELIMITER.fullmatch(lines[first + 1]):
        return 0
    dashes = lines[first + 1]
    if "|" not in dashes or len(_cells(dashes)) != len(_cells(lines[first])):
        return 0
    stop = first + 2
    while stop < len(lines) and _PIPE.search(lines[stop]):
        stop += 1
    return stop - first


def _cells(row: str) -> list[str]:
    inner = row.strip()
    inner = inner[1:] if inner.startswith("|") else inner
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [" ".join(cell.replace("\\|", "|").split()) for cell in _PIPE.split(inner)]


def _without_rules(lines: Sequence[str]) -> list[str]:
    """The lines without those that rule a table, above a row, below one or between two."""
    return [
        line
        for n, line in enumerate(lines)
        if not (_RULE.fullmatch(line) and any(map(_is_set_apart, (*lines[max(0, n - 1) : n], *lines[n + 1 : n + 2]))))
    ]


def _is_set_apart(line: str) -> bool:
    return any(len(_short_cells(line, between)) >= _LEAST_COLUMNS for between in (_BAR, _GAP))


def _set_apart(lines: Sequence[str], first: int, between: re.Pattern[str]) -> int:
    """How many lines from `first` on are a table whose cells gaps or bars separate: as many each, and no sentences."""
    width = len(_short_cells(lines[first], between))
    stop = first
    while width >= _LEAST_COLUMNS and stop < len(lines):
        cells = _short_cells(lines[stop], between)
        aligned = between is _GAP and 1 < len(cells) < width and len(_under(lines[first], lines[stop])) == width
        if len(cells) != width and not aligned:
            break
        stop += 1
    return stop - first if stop - first >= _LEAST_ROWS else 0


def _under(names: str, line: str) -> list[str]:
    """The cells of a line that gaps separate, empty ones where nothing stands under a cell of the line of names.

    As they are where one of them stands under none.
    """
    cells, columns = _parts(line, _GAP), _begins(names)
    if len(cells) == len(columns):
        return cells
    places = [
        next((n for n, begin in enumerate(columns) if abs(begin - start) <= _ASKEW), None) for start in _begins(line)
    ]
    if None in places or len(set(places)) < len(places):
        return cells
    by_place = dict(zip(places, cells, strict=True))
    return [by_place.get(n, "") for n in range(len(columns))]


def _begins(line: str) -> list[int]:
    """Where the cells that gaps separate begin, in columns of a terminal, of which a Chinese character takes two."""
    starts = [0 if not line[:1].isspace() else len(line) - len(line.lstrip())]
    starts += [gap.end() for gap in _GAP.finditer(line.rstrip()) if gap.start() > 0]
    return [sum(1 + (east_asian_width(char) in "WF") for char in line[:start]) for start in starts]


def _short_cells(line: str, between: re.Pattern[str]) -> list[str]:
    """The cells of a line that are set apart so; none of one that has a tab, or a cell that is no cell."""
    cells = _parts(line, between)
    return [] if "\t" in line or any(len(cell) > _LONGEST_CELL or "。" in cell for cell in cells) else cells


def _parts(line: str, between: re.Pattern[str]) -> list[str]:
    said = line.strip()
    if between is _BAR and said[:1] in "｜│┃|" and said[-1:] in "｜│┃|":
        said = said[1:-1]
    return between.split(said.strip()) if said else []


def _with_tabs(lines: Sequence[str], number: int) -> str:
    """A line whose empty cells are kept where the line above or below has as many cells.

    Elsewhere a tab may indent, line up or follow an enumerator.
    """
    line = lines[number]
    alike = [each for each in (_beside(lines, number, -1), _beside(lines, number, 1)) if _same_width(line, each)]
    if alike and any(_has_columns(each) for each in (line, *alike)) and not is_enumerated(line):
        return line
    said = [cell for cell in line.split("\t") if cell.strip()]
    return (" " if is_enumerated(line) else "\t").join(said)


def _same_width(line: str, other: str) -> bool:
    return "\t" in line and line.count("\t") == other.count("\t")


def _has_columns(line: str) -> bool:
    return sum(bool(cell.strip()) for cell in line.split("\t")) > 1 and not is_enumerated(line)


def is_enumerated(line: str) -> bool:
    """Tell an enumerator and the text that a tab sets off from it."""
    said = [cell for cell in line.split("\t") if cell.strip()]
    return len(said) == 2 and _ENUMERATOR.fullmatch(said[0]) is not None


def _beside(lines: Sequence[str], number: int, step: int) -> str:
    """The next line in this direction that is not blank, or nothing at the end."""
    number += step
    while 0 <= number < len(lines) and not lines[number].strip():
        number += step
    return lines[number] if 0 <= number < len(lines) else ""
