"""What a question names and an article never does, speaking of others of its kind: offices, posts, lines, months."""

from __future__ import annotations

import re

from embeddings.folding import squeeze
from embeddings.structure.numerals import numeral_value
from embeddings.types import Article
from qa.understanding.question import Question

_OFFICE = re.compile(
    r"(?P<called>(?![^局厅院学道区]{0,1}[哪什么各几这那个其该本某])[\u4e00-\u9fff]{2})"
    r"(?P<kind>局(?![势部面限域长])|厅(?!长)|医院|中学|小学|大学|学院|街道|社区)(?!长)"
)
"""The two characters before what kind of office it is: they tell 教育局 from 公安局, and stand in its longer names."""
_DEPUTY = re.compile(
    r"副(?P<post>(?:会|县|市|镇|乡|区|局|处|科|院|校|组|部|厅|站|队|馆|所|秘书|社|团|理事|董事)长|书记|主任|主席|总经理|教授)"
)
_LINE = re.compile(r"(?<![\d第])\d{1,3}(?:路(?!段|口|径)|号线)")
_MONTH = re.compile(
    r"(?<![\d〇零一二三四五六七八九十])(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?!\d{1,2}[日号]以?[前后])"
)


def speaks_of_others(question: Question, article: Article, whole: str) -> bool:
    """Whether the article names other offices, or the head and not the deputy, than the question; `whole` is all of it.

    An office is the same in a longer name: 住建局 and 住房和城乡建设局.
    """
    asked = squeeze(question.text)
    for office in _OFFICE.finditer(asked):
        called, kind = office["called"], office["kind"]
        same = rf"{called[0]}[^，,。；;、\s]{{0,8}}?{called[1]}[^，,。；;、\s]{{0,8}}?{kind}"
        if kind in whole and not re.search(same, whole):
            return True
    lines = _LINE.findall(asked)
    if lines and _LINE.search(whole) and not any(re.search(rf"(?<!\d){line}", whole) for line in lines):
        return True
    return any(post["post"] in whole and f"副{post['post']}" not in whole for post in _DEPUTY.finditer(asked))


def of_another_month(question: Question, article: Article, whole: str) -> bool:
    """Whether the article's title says that it is of a month, and it nowhere speaks of the one that is asked for."""
    asked = _months(question.text)
    titled = _months(article.title)
    return bool(asked and titled) and asked.isdisjoint(titled | _months(whole))


def _months(text: str) -> frozenset[int]:
    values = (numeral_value(match["month"]) for match in _MONTH.finditer(text))
    return frozenset(value for value in values if value and value <= 12)
