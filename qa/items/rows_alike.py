"""“北线是哪两个镇”: the rows that share the cells that a question says, where reading took a row of their table.

And “表上的机构都有哪些”: all rows, where it says no cell and asks for what a column is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from embeddings.folding import squeeze
from embeddings.records.records import Record, RecordSet
from qa.evidence.gathering import Evidence
from qa.items.asked import items_asked
from qa.items.found import ItemsFound
from qa.items.tables_read import tables_read
from qa.understanding.names import said_of
from qa.understanding.question import Question

_FROM = 3
"""The best sentences, one of which has to be a row of the table."""
_DENIED = re.compile(r"没|未|不|除|非|无(?!锡)|以外|之外|[只仅](?!有?\d)")
"""Asks for others than those that have the cell, or for less than all of them."""
_AND_MORE = re.compile("[及或]?以上(?:学历|文化程度)?$")
"""Behind what a cell asks for at least: who has just that meets it."""
_LONGEST = 40
"""Rows of a table that are given whole."""
_BEGINS = 2
_CALLED = re.compile(r"[\u4e00-\u9fff]{2,8}")
"""What a column is called, without its unit or hours: 晚上 of “晚上 19:40—21:10”."""
_WHICH = "(?:哪些|哪?几[个种类项位家样]|什么|啥|所有|全部)(?:的)?"
_ARE_WHICH = (
    "(?:的?名[字称]|名单|清单|时段|时候|情况|信息)?(?:都|各|分别|一共|总共|共|里)*(?:给我)?(?:有|是|设|列|说|讲|干|做|叫|为)*"
    "(?:哪|什么|啥|谁|出来|给我|全|一下|下|依次)"
)
_LISTED = re.compile(r"[；;、，,/]|(?<=:\d\d)[—–~～至到-]+")
_OF_COUNTY = re.compile("^[省市县区镇乡州](?=[\u4e00-\u9fff]{2})")
_OF_EACH = re.compile("各(?![自位])|全部|所有")
_NAMES_ROWS = re.compile("谁|哪[^里儿]|叫什么|叫啥|名[单字]|日子|几[家位所个].*叫|大夫|医生|专家|老师")
"""Asks which there are, without saying that they are several."""
_NEAR = 5
_FEW = 6
"""Rows at most that are given where it does not say so, one of them among the best five sentences."""
_TELLING = re.compile(r"[^\W\d_]{2}|\d月\d|\d:\d\d")


def rows_alike(question: Question, found: Sequence[Evidence]) -> ItemsFound | None:
    """The rows, two at least, that have what the question says of a column; None where it asks for no list of them."""
    asked = items_asked(question.text)
    listed = question.kind in ("list", "definition") or _OF_EACH.search(question.text) is not None
    listed = listed or (asked is not None and asked.action == "list" and asked.several)
    plain = as_in_tables(question.text)
    bounded = asked is not None and bool(asked.comparisons)
    if bounded or _DENIED.search(question.text):
        return None
    for article, table in tables_read(found[:_FROM], totals=False):
        if not (listed or _names_rows(question.text, table)):
            continue
        chosen, names, rules = _having(article.text, table, plain)
        near = {evidence.span for evidence in found[:_NEAR]}
        if not listed and (len(chosen) > _FEW or near.isdisjoint(row.span for row in chosen)):
            continue
        if names and 1 < len(chosen) < len(table.records):
            return ItemsFound("list", article, table, chosen, (), rules, (), names, "")
        whole = listed and not names and len(table.records) <= _LONGEST
        column = _column_asked(plain, article.text, table) if whole else ""
        if column:
            return ItemsFound("list", article, table, table.records, (), (), (), (column,), "")
    return None


def leaves_out(items: ItemsFound, alike: ItemsFound | None) -> bool:
    """Whether items of a table were chosen by other conditions than a cell that the question says: 立案 beside 气站."""
    if alike is None or not alike.rules or items.article.id != alike.article.id or not items.states:
        return False
    said = {state for state, _ in items.states}
    other = all(state not in rule for rule in alike.rules for state in said)
    return other and set(items.chosen) != set(alike.chosen) and items.records.span == alike.records.span


def _names_rows(asked: str, table: RecordSet) -> bool:
    """Whether it asks which there are, by its words or as keywords: “10月10日前要整改的学校”."""
    head = _called(table.head)
    ends = bool(head) and re.search(rf"的{head}(?:[^\w]|$)", asked) is not None
    return ends or _NAMES_ROWS.search(asked) is not None


def _column_asked(asked: str, text: str, table: RecordSet) -> str:
    """The column whose cells all are asked for; empty where none is, or where one row alone is named."""
    first = (squeeze(text[record.name.start : record.name.end]) for record in table.records)
    if any(called[:_BEGINS] in asked or called[-_BEGINS:] in asked for called in first if len(called) >= _BEGINS):
        return ""
    if (head := _called(table.head)) and re.search(f"各.{{0,2}}{head}", asked):
        return table.head
    for name in _columns(table):
        called = _called(name)
        if called and re.search(f"{_WHICH}{re.escape(called)}|{re.escape(called)}{_ARE_WHICH}", asked):
            return name
    return ""


def _having(text: str, table: RecordSet, asked: str) -> tuple[tuple[Record, ...], tuple[str, ...], tuple[str, ...]]:
    """The rows with the cells that are said, the columns of these, and the rules as a note puts them.

    Of what stands in several columns (who is on duty by day or by night) those count that the question says.
    """
    cells = {name: {row: _pieces(text, row, name) for row in table.records} for name in _columns(table)}
    every = {piece for column in cells.values() for pieces in column.values() for piece in pieces}
    said_in: dict[tuple[str, ...], list[str]] = {}
    for one in sorted(said_of({piece for piece in every if _TELLING.search(piece)}, asked)):
        standing = [name for name, column in cells.items() if any(one in pieces for pieces in column.values())]
        named = [name for name in standing if _called(name) and _called(name) in asked]
        said_in.setdefault(tuple(named or standing), []).append(one)
    for name, column in cells.items():
        said_in.setdefault((name,), []).extend(sorted(_figures_said(name, column.values(), asked)))
    said_in = {columns: said for columns, said in said_in.items() if said}
    chosen = list(table.records)
    for columns, said in said_in.items():
        chosen = [row for row in chosen if any(not cells[name][row].isdisjoint(said) for name in columns)]
    rules = (f"“{'”或“'.join(columns)}”为" + "、".join(f"“{one}”" for one in said) for columns, said in said_in.items())
    return tuple(chosen), tuple(dict.fromkeys(name for columns in said_in for name in columns)), tuple(rules)


def as_in_tables(asked: str) -> str:
    """The question squeezed, days, hours and places of honour as tables write them: 10月10号, 8点半, 冠军."""
    plain = re.sub(r"(?<=月)(\d{1,2})号", r"\1日", squeeze(asked))
    plain = re.sub(r"(?<!\d)(\d{1,2})[点时]半", r"\1:30", plain)
    plain = re.sub(r"(?<!\d)(\d{1,2})[点时](?!\d)", r"\1:00", plain)
    return re.sub("冠军|头名|状元", "第一名", plain)


def _figures_said(name: str, cells: Iterable[frozenset[str]], asked: str) -> set[str]:
    """The cells that are figures and that the question says of their column: “挂号要20块” of a 挂号费（元） of 20."""
    called = _called(name)
    if len(called) < _BEGINS or called[:_BEGINS] not in asked:
        return set()
    said = set(re.findall(r"(?<![\d.:月])\d+(?:\.\d+)?(?![\d.:月日年])", asked))
    return {piece for pieces in cells for piece in pieces if piece in said}


def _columns(table: RecordSet) -> tuple[str, ...]:
    """The names of the columns, that of what the rows are called first."""
    named = (table.head, *(field.name for row in table.records for field in row.fields))
    return tuple(dict.fromkeys(filter(None, named)))


def _called(name: str) -> str:
    match = _CALLED.match(squeeze(name))
    return match[0] if match else ""


def _pieces(text: str, row: Record, name: str) -> frozenset[str]:
    """What a cell says, one after the other, and without the county before an office."""
    value = next((field.value for field in row.fields if field.name == name), None)
    said = squeeze(text[value.start : value.end]) if value else ""
    pieces = {_AND_MORE.sub("", piece) for piece in (said, *_LISTED.split(said))}
    return frozenset(pieces | {_OF_COUNTY.sub("", piece) for piece in pieces})
