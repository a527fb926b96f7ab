"""What a question names and an article never does, speaking of others of its kind: offices, posts, lines, feasts."""

from __future__ import annotations

import re

from embeddings.folding import squeeze
from embeddings.structure.numerals import numeral_value
from embeddings.types import Article
from qa.claims.posts import POST

_OFFICE = re.compile(
    r"(?P<called>(?!学校|医院|单位)(?![^局厅院学道区]{0,1}[哪什么各几这那个其该本某])[\u4e00-\u9fff]{2})"
    r"(?P<kind>局(?![势部面限域长])|厅(?!长)|医院|中学|小学|大学|学院|街道|社区)(?!长)"
)
"""The two characters before what kind of office it is: they tell 教育局 from 公安局, and stand in its longer names."""
_CODE = re.compile(r"(?<![A-Za-z])(?P<letters>[A-Za-z]{1,3})-?(?P<digits>\d{2,4})(?![\d.])")
_NUMBERED = re.compile(
    r"第?(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<of>号(?=通告|公告|通报|令|文)|期(?!间|限|末|初|货)|届|批次?)"
)
_LINE = re.compile(r"(?<![\d第])\d{1,3}(?:路(?!段|口|径)|号线)")
_OPENING = 60
"""Characters of the text behind the title that may say which issue it is."""
_MONTH = re.compile(
    r"(?<![\d〇零一二三四五六七八九十])(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?!\d{1,2}[日号]以?[前后])"
)

_QUARTER = re.compile(r"([一二三四1-4])季度")
_HALF = re.compile(r"(?<!多)[上下]半年")
_FEASTS = (
    "元旦", "春节|过年|新春|除夕|大年", "元宵", "清明", "五一|劳动节", "端午", "中秋", "国庆|十一(?:长假|假期|黄金周)",
    "暑假|暑期", "寒假",
)  # fmt: skip
"""Feasts and holidays, with what else they are called."""


def names_others(asked: str, article: Article, whole: str) -> bool:
    """Whether the article, all of which is `whole`, has none of those of a kind that a question names but others.

    Offices, which are the same in a longer name (住建局 and 住房和城乡建设局), lines, codes and numbers of issues.
    """
    plain = squeeze(asked)
    kinds = (
        [_is_other_office(office, whole) for office in _OFFICE.finditer(plain)],
        [_is_other_line(line, whole) for line in _LINE.finditer(plain)],
        [_is_other_code(code, whole) for code in _CODE.finditer(plain)],
        [_is_other_number(number, article) for number in _NUMBERED.finditer(plain)],
    )
    return any(others and all(others) for others in kinds)


def speaks_of_another_post(asked: str, said: str, whole: str) -> bool:
    """Whether a sentence is of the head of an office where a question asks for the deputy, or the reverse."""
    others = [_is_other_post(post, squeeze(said), whole) for post in POST.finditer(squeeze(asked))]
    return bool(others) and all(others)


def _is_other_office(office: re.Match[str], whole: str) -> bool:
    called, kind = office["called"], office["kind"]
    same = rf"{called[0]}[^，,。；;、\s]{{0,8}}?{called[1]}[^，,。；;、\s]{{0,8}}?{kind}"
    return kind in whole and not re.search(same, whole)


def _is_other_line(line: re.Match[str], whole: str) -> bool:
    return _LINE.search(whole) is not None and not re.search(rf"(?<!\d){line.group()}", whole)


def _is_other_code(code: re.Match[str], whole: str) -> bool:
    """E06, of an article that has E07."""
    letters = re.escape(code["letters"])
    others = set(re.findall(rf"(?<![A-Za-z]){letters}-?(\d{{2,4}})(?![\d.])", whole, re.IGNORECASE))
    return bool(others) and code["digits"] not in others


def _is_other_number(number: re.Match[str], article: Article) -> bool:
    """“第8号通告”, of the ninth: the title or opening says another number of the kind, the article never this one."""
    numbered = rf"(\d{{1,3}}|[一二三四五六七八九十]{{1,3}}){number['of'][0]}"
    head = squeeze(article.text[: article.body_start + _OPENING])
    its_own = set(map(numeral_value, re.findall(f"第{numbered}", head)))
    everywhere = set(map(numeral_value, re.findall(numbered, squeeze(article.text))))
    return bool(its_own) and numeral_value(number["number"]) not in its_own | everywhere


def _is_other_post(post: re.Match[str], said: str, whole: str) -> bool:
    """The deputy, of an article that knows the head alone; or the head, of a sentence that speaks of the deputy."""
    name = post["post"]
    if post["deputy"]:
        return name in whole and f"副{name}" not in whole
    return f"副{name}" in said and re.search(rf"(?<!副){name}", said) is None


def of_another_time_of_year(text: str, article: Article, whole: str) -> bool:
    """Whether the title says of which month, quarter, half or feast an article is, and it never speaks of the asked."""
    for times in (_months, _quarters, _halves, _feasts):
        asked, titled = times(text), times(article.title)
        if asked and titled and asked.isdisjoint(titled | times(whole) | times(article.text)):
            return True
    return False


def _months(text: str) -> frozenset[int]:
    values = (numeral_value(match["month"]) for match in _MONTH.finditer(text))
    return frozenset(value for value in values if value and value <= 12)


def _quarters(text: str) -> frozenset[int]:
    return frozenset(numeral_value(quarter) or 0 for quarter in _QUARTER.findall(text))


def _halves(text: str) -> frozenset[str]:
    return frozenset(_HALF.findall(text))


def _feasts(text: str) -> frozenset[int]:
    """Their places in the list, however they are called."""
    return frozenset(place for place, names in enumerate(_FEASTS) if re.search(names, text))
