"""What a question asks of items: to list, count, order or sum them up, and the bounds that it sets to figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from embeddings.folding import fold
from embeddings.types import Span
from qa.claims.quantities import Quantity, quantities
from qa.claims.years import years_said

Action = Literal["list", "count", "sum", "most", "least", "first"]
"""sum: 一共多少, which sums up a column of the items, or counts them where none is meant."""
Relation = Literal[">", ">=", "<", "<=", "=", "between"]

LARGEST = re.compile(r"最[多大高好贵长快重强远]|排第一|排名第一|榜首|第一名|排头|最为?突出")
SMALLEST = re.compile(r"最[少低小差短慢轻近]|最便宜|垫底|倒数第一|末位|排最后|最后一名")
_NUMERAL = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_N = rf"[{''.join(_NUMERAL)}]|\d{{1,2}}"
MEASURES = (
    "个家户名位人条项种类座所处起批次场门份件篇辆艘台套支间栋幢村镇乡县区街校站店厂天月年季周笔宗例队班组只口眼"
    "片块段桥路"
)
"""What items are counted by."""
COUNTED = frozenset("个家项条种类座所名位篇村镇乡县区街校站店厂支栋")
"""Of these what a question counts is the items themselves; 多少人, 多少件 may as well be a figure that they state."""
_TOP = re.compile(
    rf"(?:最[多大高少低小]|排名?(?:靠)?)的?前?(?P<a>{_N})[{MEASURES}]|前(?P<b>{_N})[{MEASURES}位]?|倒数(?P<c>{_N})[{MEASURES}位]?"
)
_TOTAL = re.compile(
    r"一共|总共|共计|合计|总计|累计|加起来|加在一起|加总|之和|总和|总量|总数|总额|共(?=[有是多]|\w{0,4}多少)"
    r"|(?:所有|全部)(?=\w{0,12}多少)"
)
_HOW_MANY = re.compile(
    rf"(?:有|是|为|达)?(?:多少|几)(?P<unit>(?:万|亿)?(?:人次|平方米|公里|[元吨亩米度]|[{MEASURES}])?)"
)
_COUNTS = rf"(?:(?:多少|几)[{MEASURES}]|哪些|哪几[{MEASURES}])"
_NUMBER_OF = re.compile(r"(?P<noun>\w{1,2})(?:的?(?:总数|个数|数量|数目)(?:是|有|为)?多少|一?共?有多少)$")
"""How many things there are, with no measure word."""
_SEVERAL = re.compile(rf"哪几|哪些|哪[{''.join(_NUMERAL)}\d]|列出|列举|罗列|名单|有什么|分别|都有")
_NOUN_BEHIND = re.compile(
    rf"(?:{_COUNTS}|哪[{MEASURES}]|前(?:{_N})[{MEASURES}])(?P<noun>(?![有是在的上了还没未已])\w{{1,2}})"
)
_NOUN_BEFORE = re.compile(
    r"(?P<noun>\w{1,2})(?:清单|名单|台账|一览表|里面?|中|当中|一共|总共|共计?|都)*"
    rf"(?:有|是|为)?{_COUNTS}"
)
_NO_COUNT = re.compile(r"几(?:月份?|号|点|时|岁|年级|楼|层|分)(?!之)|(?:星期|周|第)几|多少(?:钱|岁|度)")
_WHICH = re.compile(
    rf"哪(?![天里儿年日]|一[天年])(?:些|几|[{''.join(_NUMERAL)}\d]+)?(?:[{MEASURES}])?|有什么|有啥|[列找挑筛]出|列给|列举|罗列|名单|都?(?:是|有)谁|分别是什么|有没有|有吗"
)
_NUMBER = (
    r"(?:百分之)?(?:\d+(?:\.\d+)?|[零一二三四五六七八九十百千两]+)\s*(?:[百千万亿]*)"
    r"(?:元|人次|平方米|公里|个百分点|公?斤|[%件个家户人名吨亩米次处起座项台辆天岁分])?"
)
_BEFORE: tuple[tuple[Relation, str], ...] = (
    (">", "超过|(?<![通经超])过|超出|高于|多于|大于|突破|高过|多过"),
    (">=", "不低于|不少于|不小于|不下于|至少|达到|达|满|大于等于"),
    ("<", "低于|少于|小于|不足|不到|不满|未达到?|没有?达到|未满|没有?到"),
    ("<=", "不超过|不高于|不多于|不大于|至多|最多|未超过|没有?超过|小于等于"),
    ("=", "等于|正好是|刚好是"),
)
_OPPOSED_WORDS = sorted((word for _, words in _BEFORE for word in words.split("|")), key=len, reverse=True)
_COMPARED = re.compile(
    rf"(?:在)?(?P<low>{_NUMBER})(?:到|至|-|—|~|～)(?P<high>{_NUMBER})(?:之间)?"
    rf"|(?P<word>{'|'.join(_OPPOSED_WORDS)})了?(?P<one>{_NUMBER})"
    rf"|(?:在)?(?P<bare>{_NUMBER})(?P<side>(?:及|或|和|含)?(?:以上|以下|以内|之内|往上|往下|朝上|朝下))"
)
_KEYWORDS = re.compile(r"的\w{1,8}\s*$")
"""What has bounds set to it and is no question: “管理员少于五人的省份”."""
_MONEY = re.compile(rf"(?<=[{''.join(_NUMERAL)}百千\d])块(?:钱|(?=(?:及|或)?[以往][上下内]))")
_PUNCTUATION = re.compile(r"[^\w%.~～—-]+|(?<!\d)\.|\.(?!\d)")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A bound that the question sets to a figure."""

    span: Span
    """Where it stands in the question."""
    words: str
    """As the question puts it: 超过5000万."""
    relation: Relation
    figures: tuple[Quantity, ...]
    """One; of “between” two, the smaller first."""

    def holds(self, value: Decimal, scale: Decimal) -> bool:
        """Whether a value is within the bound; `scale` is what a number without 万 or 亿 is told in."""
        low, *more = (figure.value * (scale if self._is_bare(figure) else 1) for figure in self.figures)
        if self.relation == "between":
            return low <= value <= more[0]
        return {">": value > low, ">=": value >= low, "<": value < low, "<=": value <= low, "=": value == low}[
            self.relation
        ]

    def _is_bare(self, figure: Quantity) -> bool:
        return not figure.unit and not re.search("[百千万亿]", self.words)


@dataclass(frozen=True, slots=True)
class ItemsAsked:
    """A question that asks of items."""

    text: str
    """The question folded, blanks for its punctuation."""
    action: Action
    number: int | None
    """How many are asked for: the three largest, the first five."""
    unit: str
    """What is counted by: 个, 件, 万元; may be empty."""
    noun: str
    """The one or two characters that say what is counted or listed: 乡镇, 村; empty where nothing does."""
    noun_behind: bool
    """Whether it stands behind the words that count or list (多少名司机), where it can be nothing else."""
    several: bool
    """Whether a list is of more than one (哪些), and not of a single one (哪个)."""
    comparisons: tuple[Comparison, ...]
    words: tuple[Span, ...]
    """Where it says what is asked: 最大的三个, 一共, 多少件."""


def items_asked(text: str) -> ItemsAsked | None:
    """What the question asks of items, or None where it asks for something else."""
    plain = _with_years(fold(text)).replace("俩", "两个").replace("仨", "三个")
    plain = _MONEY.sub("元", plain)
    plain = _PUNCTUATION.sub(" ", re.sub(r"(?<=\d)[,，](?=\d{3})", "", plain))
    comparisons = tuple(_comparisons(plain))
    rest = _blank(plain, [comparison.span for comparison in comparisons])
    top = _TOP.search(rest)
    number = next((_value(numeral) for numeral in top.groups() if numeral), None) if top else None
    smallest = bool(SMALLEST.search(rest) or (top and top["c"]))
    number_of = _NUMBER_OF.search(rest)
    behind = number_of or _NOUN_BEHIND.search(rest)
    noun = behind or _NOUN_BEFORE.search(rest)
    how_many = None if _NO_COUNT.search(rest) else _HOW_MANY.search(rest)
    unit = how_many["unit"] if how_many else ""
    total = _TOTAL.search(rest)
    ranked = bool(
        top and (top["a"] or re.search("排[在名]?$", rest[: top.start()]) or top.group().endswith(("名", "位")))
    )
    largest = bool(LARGEST.search(rest)) or (ranked and not smallest)
    action: Action
    if smallest != largest and (_WHICH.search(rest) or top or "是" in rest):
        action = "least" if smallest else "most"
    elif top and number is not None:
        action = "first"
    elif number_of:
        action, unit = "sum", "个"
    elif total and (how_many or re.search(r"[是为]多少|[是为]$|多大", rest)):
        action = "sum"
    elif how_many and unit and unit in MEASURES and not rest[: how_many.start()].endswith("哪"):
        action = "count"
    elif _WHICH.search(rest) or (comparisons and _KEYWORDS.search(rest)):
        action = "list"
    else:
        return None
    said = (top, how_many, total, LARGEST.search(rest), SMALLEST.search(rest), _WHICH.search(rest))
    words = tuple(Span(*match.span()) for match in said if match)
    kind = noun["noun"].strip("的了") if noun else ""
    several = bool(_SEVERAL.search(rest))
    return ItemsAsked(plain, action, number, unit, kind, bool(behind and kind), several, comparisons, words)


def _with_years(plain: str) -> str:
    """The text with its years written in four digits."""
    for said in reversed(years_said(plain, typed=True)):
        plain = f"{plain[: said.start]}{said.year}{plain[said.end :]}"
    return plain


def extreme_asked(text: str) -> Literal["most", "least"] | None:
    """Whether a question asks for the largest or the smallest; None for neither and for both."""
    smallest = bool(SMALLEST.search(text))
    return None if smallest == bool(LARGEST.search(text)) else "least" if smallest else "most"


def _comparisons(plain: str) -> list[Comparison]:
    found = []
    for match in _COMPARED.finditer(plain):
        figures = [one for one in quantities(match.group()) if not one.is_year]
        if match["low"]:
            relation: Relation = "between"
        elif match["word"]:
            relation = next(name for name, words in _BEFORE if re.fullmatch(words, match["word"]))
        else:
            relation = ">=" if match["side"].endswith("上") else "<="
        if len(figures) == (2 if relation == "between" else 1):
            ordered = tuple(sorted(figures, key=lambda figure: figure.value))
            found.append(Comparison(Span(*match.span()), match.group().strip("在 "), relation, ordered))
    return found


def _blank(text: str, spans: list[Span]) -> str:
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _value(numeral: str) -> int:
    return _NUMERAL.get(numeral) or int(numeral)
