"""Columns of figures: what records say in numbers under one name and in one unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from embeddings.folding import fold, squeeze
from embeddings.records.records import Record, RecordSet
from embeddings.types import Span
from qa.claims.measures import same_unit
from qa.claims.quantities import Quantity, quantities

_NO_MEASURE = re.compile(r"序号|排名|名次|编号|电话|手机|年份|年度|日期|时间|代码|门牌|期限|月份|届|文号|邮编|工期")
_RANK = re.compile(r"^(?:综合|得分)?(?:名次|排名|位次|排序)$")
_BY_RANK = re.compile("第一名|排名?第一|榜首|排头|垫底|倒数第一|末位|排最后|最后一名")
_IMPLIED = (
    (re.compile("贵|便宜"), re.compile("价|费|金额|标准|收")),
    (re.compile("最[远近长短]"), re.compile("里程|距离|路程|长度|全长")),
    (re.compile("年纪|岁数|年龄|最年轻"), re.compile("年龄|岁")),
    (
        re.compile("招[^，。]{0,3}最[多少]|最[多少]的?人|人最[多少]"),
        re.compile("^(?:招聘|招录|需求|计划)?(?:人数|名额)"),
    ),
    (re.compile("金牌"), re.compile("^金牌?$")),
    (re.compile("银牌"), re.compile("^银牌?$")),
    (re.compile("铜牌"), re.compile("^铜牌?$")),
    (re.compile(r"[\d十]分(?!钟|之)"), re.compile("合计|总分|得分|成绩|分数")),
)
"""What a question says of a figure without naming its column, and what such columns are called."""
_UNIT_OF_NAME = re.compile(r"[（(/／\[]\s*(?:单位[：:])?(?P<unit>[^（）()\[\]\d]{1,6})[）)\]]?\s*$")
_COUNT_OF_NAME = re.compile(r"(?:(?P<unit>[人户件家个场次批亩台辆天所座项])数|(?P<unit2>人次|批次|户次|车次))$")
_ABOUT = re.compile(r"^(?:约为?|近|共计?|合计|人民币|¥|￥|\+)?\s*")
_SHARES = frozenset("%‰") | {"个百分点", "百分点", "倍"}
_LEAST_FIGURES, _LEAST_SHARE = 2, 0.4
"""Records with a figure that make a column: so many, and of all of them this share."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a record states."""

    value: Decimal
    """In its unit without 万 or 亿."""
    span: Span
    said: str
    """As the article writes it: 4,200万元, 31,206."""


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """The figures of one name and unit, each with its record, in the order of the text."""

    name: str
    """As written; empty where nothing names it."""
    unit: str
    """In its one spelling (元, 件, %); empty where nothing says it."""
    scale: Decimal
    """What one of the written unit counts: 10000 of 万元."""
    written: str
    """The unit as it is written (万元); empty where nothing says it."""
    figures: tuple[tuple[Record, Figure], ...]
    without: tuple[Record, ...]
    """Records that state no figure here."""

    @property
    def sums_up(self) -> bool:
        """Whether figures of this unit can be added."""
        return self.unit not in _SHARES and not re.search(r"率|比重|占比|比例|均|指数|单价|得分|标准$", self.name)

    @property
    def spoken(self) -> str:
        """As a note calls it."""
        return f"“{self.name}”" if self.name else "数额"

    @property
    def counts_only(self) -> bool:
        """Whether its name says no more than its unit (人数)."""
        return bool(self.unit) and self.name == f"{self.unit}数"

    def told(self, value: Decimal) -> str:
        """A value in the written unit: 3,591万元."""
        scaled = value / self.scale
        return f"{scaled.normalize():,f}{self.written}"


def figure_columns(text: str, records: RecordSet) -> tuple[FigureColumn, ...]:
    """The columns of figures, those with one unit only."""
    names = dict.fromkeys(field.name for record in records.records for field in record.fields)
    columns = (_column(text, records.records, name) for name in names if not _NO_MEASURE.search(name))
    return tuple(column for column in columns if column)


def _column(text: str, records: Sequence[Record], name: str) -> FigureColumn | None:
    written = unit_of(name)
    found: list[tuple[Record, Figure, Quantity, str]] = []
    without: list[Record] = []
    for record in records:
        spans = [field.value for field in record.fields if field.name == name]
        # Of what nothing names only what stands first can be compared.
        read = figure_in(text, spans[0], written) if len(spans) == 1 or (spans and not name) else None
        if read is None:
            without.append(record)
        else:
            found.append((record, *read))
    units = {quantity.unit for _, _, quantity, _ in found}
    scales = {own for *_, own in found}
    one_unit = all(same_unit(one, other) for one in units for other in units)
    if not one_unit or len(found) < max(_LEAST_FIGURES, _LEAST_SHARE * len(records)):
        return None
    own = written or (scales.pop() if len(scales) == 1 else "")
    scaled = quantities(f"1{own}") if own else ()
    scale = scaled[0].value if scaled else Decimal(1)
    unit = next((one for one in units if one), "")
    return FigureColumn(
        name, unit, scale, own or unit, tuple((record, figure) for record, figure, *_ in found), tuple(without)
    )


def figure_in(text: str, span: Span, unit: str) -> tuple[Figure, Quantity, str] | None:
    """The one number that a value states, in `unit` where it says none itself, and the unit that it is written in."""
    said = text[span.start : span.end].strip()
    bare = _ABOUT.sub("", fold(said)).rstrip("。；;")
    sign = -1 if bare.startswith(("-", "－", "−")) else 1
    bare = bare.lstrip("-－−+ ")
    plain = bare + unit if re.fullmatch(r"\d[\d,]*(?:\.\d+)?", bare) else bare
    stated = quantities(plain)
    if len(stated) != 1 or stated[0].bound or stated[0].start > 0 or stated[0].is_year:
        return None
    if (behind := plain[stated[0].end :].strip()) and not (unit and unit.endswith(behind)):
        return None
    own = re.sub(r"^[\d.,\s]+", "", bare)
    figure = Figure(sign * stated[0].value, span, said)
    return figure, stated[0], own or unit


def meant_column(asked: str, columns: Sequence[FigureColumn], unit: str = "") -> FigureColumn | None:
    """The column of whose name a question says most; else the only one of the unit; None where several may be meant."""
    fitting = [column for column in columns if not unit or same_unit(column.unit, unit)]
    said = sorted(((said_of(asked, column.name), -n) for n, column in enumerate(fitting)), reverse=True)
    if not said:
        return None
    (most, place), second = said[0], said[1][0] if len(said) > 1 else -1
    if most > max(second, 0) or (len(said) == 1 and unit):
        return fitting[-place]
    return None


def implied_column(asked: str, columns: Sequence[FigureColumn]) -> FigureColumn | None:
    """The one column that a question orders by without naming it: 最贵 of prices, 最远 of distances; else None."""
    for words, names in _IMPLIED:
        if words.search(asked):
            meant = [column for column in columns if names.search(column.name)]
            return meant[0] if len(meant) == 1 else None
    return None


def ordering_column(asked: str, columns: Sequence[FigureColumn]) -> FigureColumn | None:
    """The column that a question orders by: the one it names or implies, else the only one."""
    only = columns[0] if len(columns) == 1 else None
    return meant_column(asked, columns) or implied_column(asked, columns) or only


def rank_column(asked: str, text: str, records: RecordSet) -> FigureColumn | None:
    """The column of ranks (名次) where the first or the last is asked for, the first being the smallest; else None."""
    if not _BY_RANK.search(asked):
        return None
    names = dict.fromkeys(field.name for record in records.records for field in record.fields)
    ranks = [column for name in names if _RANK.match(name) and (column := _column(text, records.records, name))]
    return ranks[0] if len(ranks) == 1 else None


def is_ordered_by(asked: str, column: FigureColumn) -> bool:
    """Whether the question may order by a column: for the best and the worst by a rate or a score alone."""
    return not re.search("最[好差]", asked) or re.search("率|分|满意|优|成绩", column.name) is not None


def unit_of(name: str) -> str:
    """The unit that a name gives its figures (受理量（件）, 人数), or empty."""
    match = _UNIT_OF_NAME.search(fold(name)) or _COUNT_OF_NAME.search(fold(name))
    return (match["unit"] or match.groupdict().get("unit2") or "") if match else ""


def said_of(asked: str, name: str) -> int:
    """How many pairs of neighbouring characters of a column's name the question has."""
    plain, said = squeeze(re.sub(r"[（(].*[）)]", "", name)), squeeze(asked)
    return sum(plain[n : n + 2] in said for n in range(len(plain) - 1))
