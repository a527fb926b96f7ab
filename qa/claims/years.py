"""Years of the calendar in every script: 2024, ２０２４, 二〇二四年, 24年, '24; last year, of a year that is known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from embeddings.folding import fold

_DIGIT = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_HAN_DIGIT = "[〇零○一二三四五六七八九]"
_COUNTED = (
    r"(?!\s*(?:[名个件户家亩吨篇场处辆册]|米|元(?![旦宵])|人(?![大代民])|公[里斤顷]|平方|美元|[万亿%‰]|人次)"
    r"|,\d{3}(?!\d)|\.\d+(?![\d.]))"
)
"""What no number is followed by that names a year."""
_WHOLE = rf"(?<!\d)(?<!\d\.)(?<!超过)(?<![低高多少]于)(?:19|20)\d\d(?!\d){_COUNTED}"
_HAN = rf"(?<!{_HAN_DIGIT})(?:一九|二[〇零○]){_HAN_DIGIT}{{2}}(?=[年版度级届]|修订|\W|$)"
_NO_SPAN_BEFORE = r"(?<!\d,)(?<![\d.近约满超达去每有了第用干长到历逾整作续役刑限养住读学租贷存缴婚休])"
_OF_A_YEAR = (
    "标准|办法|规定|制度|政策|版|数据|情况|总结|报告|公报|预算|决算|计划|清单|名单|通知|文件|工作|价格|收费|修订"
)
_NO_SPAN_BEHIND = (
    "(?![内来间以之后前龄级多余了中左半代期免无不如磨老陈租]"
    f"|的(?!{_OF_A_YEAR})|工[龄作]|[党教军]龄|经验|历史|时间|寿命|质保|保修|使用|合同)"
)
_TWO_DIGITS = rf"{_NO_SPAN_BEFORE}(?:0\d|1[5-9]|2\d|9\d)"
_AND = r"(?:(?:[和与跟及、,，/]|以及)(?:0\d|1[5-9]|2\d|9\d))*"
"""Years of which only the last has 年: 23和24年."""
_DATED = r"年(?:度|底|初|末|上半年|下半年|全年|[一二三四]季度|\d{1,2}月)"
"""Behind two digits in an article, whose spans of years are of every kind (判了20年)."""
_TYPED = r"(?:0\d|1[5-9]|2\d)"
_MORE = "[多高大快早好少低]?"
_EITHER = rf"{_TYPED}(?=年?{_MORE}还是{_TYPED}年)|(?<=还是){_TYPED}(?=年{_MORE}(?:[，,。？?呢]|$))"
"""One of two years (22年多还是23年多), and no span of more than so many."""
_APOSTROPHE = r"(?<=['’])(?:1[5-9]|2\d)(?![\d'’])"
_YEAR = re.compile(rf"(?P<whole>{_WHOLE})|(?P<han>{_HAN})|(?P<short>{_TWO_DIGITS}(?={_DATED}|版)|{_APOSTROPHE})")
_TYPED_YEAR = re.compile(
    rf"(?P<whole>{_WHOLE})|(?P<han>{_HAN})|(?P<short>{_TWO_DIGITS}(?={_AND}年{_NO_SPAN_BEHIND}|版)|{_EITHER}|{_APOSTROPHE})"
)
"""As people type it: 24年, 19版, '24. Spans of years as long stand behind 近, 有…, or have 内, 工龄… behind them."""
_CENTURY = 50
"""Two digits below it are of this century."""
_RELATIVE = {"前年": -2, "去年": -1, "上年": -1, "上一年": -1, "今年": 0, "本年": 0, "明年": 1, "下年": 1}
_RELATIVE_YEAR = re.compile(r"(?<!以)前年|去年|上一?年(?!级)|今年|(?<!基)本年(?!级)|明年|下年")


@dataclass(frozen=True, slots=True)
class YearSaid:
    """A year of four digits that stands at text[start:end], without 年."""

    year: str
    start: int
    end: int


def years_said(text: str, typed: bool = False) -> tuple[YearSaid, ...]:
    """The years that a text names, in order; no spans of years (20年工龄, 5年内) and no other numbers (2000元).

    Of a question that somebody `typed`, 24年 is a year too, which in an article is one only in a date (24年3月).
    """
    pattern = _TYPED_YEAR if typed else _YEAR
    return tuple(YearSaid(_four_digits(match), *match.span()) for match in pattern.finditer(fold(text)))


def years_in(text: str, typed: bool = False) -> tuple[str, ...]:
    """The same as four digits each, every year once."""
    return tuple(dict.fromkeys(said.year for said in years_said(text, typed)))


def relative_years_said(text: str, year: int) -> tuple[YearSaid, ...]:
    """The years that 去年, 今年… mean in a text that speaks from this year."""
    found = _RELATIVE_YEAR.finditer(text)
    return tuple(YearSaid(str(year + _RELATIVE[match.group()]), *match.span()) for match in found)


def in_digits(text: str) -> str:
    """The text with years in Chinese numerals (二〇二四年) written in digits; lengths stay."""
    return re.sub(_HAN, lambda match: match.group().translate(_DIGIT), text)


def with_plain_years(text: str) -> str:
    """The text with its years in Chinese numerals or full-width digits in plain digits; lengths stay."""
    for said in years_said(text):
        if said.end - said.start == len(said.year):
            text = f"{text[: said.start]}{said.year}{text[said.end :]}"
    return text


def _four_digits(match: re.Match[str]) -> str:
    if match["short"]:
        return f"20{match['short']}" if int(match["short"]) < _CENTURY else f"19{match['short']}"
    return match.group().translate(_DIGIT)
