"""The words of Chinese questions: which of them ask, and what kind of answer they ask for."""

from __future__ import annotations

import re
from typing import Literal

from qa.understanding.comparison_questions import read_comparison
from qa.understanding.corpus_questions import read_corpus_question
from qa.understanding.page_fields import fields_asked

Kind = Literal["fact", "list", "definition", "explanation", "metadata", "corpus", "comparison"]
Wanted = Literal["amount", "time", "place", ""]

NUMERALS = "一二两三四五六七八九十"
_MEASURES = "次个年座起家名篇类项条天月件岁元吨亩户批处钱人张份期场届米里度倍斤克册棵"

ASKING = re.compile(
    r"请问|请|"
    r"是?(?:在|去|到)?(?:哪些|什么|哪个|哪家|哪一个)(?:地方|方面|单位|部门|时间|名字|节目|内容|组织|城市|文章)?|"
    r"是什么时候|什么时候|是什么|什么是|指的是什么|指什么|什么|"
    rf"[是在]?哪(?:几|[{NUMERALS}\d]+)[个项种类篇张条件大]?(?:方面)?|是哪|在?哪里|在哪儿|哪|"
    rf"是?多少(?:[{_MEASURES}]+|万元|亿元)?|多长时间|多久|多大|多高|多长|几[{_MEASURES}]|"
    r"变化(?:情况)?(?:怎么样|怎样|如何)|是谁|谁|怎么样|怎么|怎样|如何|为什么|为何|何时|何处|分别|具体|包括|包含|有没有|吗|呢|叫|名字|啊|吧|？|\?"
)
"""What asks, and says nothing of what is asked about."""

FILLERS = re.compile(r"的|了|在|和|与|是|有|对|把|被|那|这|一下|告诉我|介绍|简述|说明|要|都|、")
"""The commonest function words, where two words may be told apart."""

_LIST = re.compile(rf"哪些|哪几|哪[{NUMERALS[1:]}\d]+|分别|包括|包含|列举|有什么")
_COUNTED_THINGS = re.compile(
    rf"(?<!第)[{NUMERALS[1:]}\d]+[个大项种条类点][^，,。？?]{{0,8}}(?:是什么|是啥|指什么|内容)"
)
_EACH_AMOUNT = re.compile(r"(?:分别|各自?|各有|分别有)[是有为达占]?(?:多少|几|怎么|怎样|如何|什么时候|何时|在哪)")
"""Asks one fact of each of several things, and not for a list."""
_DEFINITION = re.compile(r"是什么|是啥|什么是|指什么|指的是|什么意思|内容|含义|介绍|叫什么")
_EXPLANATION = re.compile(r"(?:如何|怎么|怎样)(?!样?[？?]?$)|为什么|为何|什么原因")
_TIME = re.compile(r"什么时候|何时|多久|哪年|哪一年|哪天|几月|几号|几点|时间")
_PLACE = re.compile(r"在哪里|在哪儿|位于哪|(?<!如)何处|什么地方")
_AMOUNT_OF_TIME = re.compile(r"时间[^，,是为]{1,6}(?:多少|百分之几)")
"""How much a time was cut by, and not when (审批时间缩短了多少)."""
_AMOUNT = re.compile(r"多少|几|多大|多高|多长|比例|占比|浓度|数量")
_COUNTED = re.compile(r"(?:多少|几)([^\W\d_a-zA-Z，。？])")
_NOT_UNITS = frozenset("了的呢吗是")


def kind_of(text: str, named: bool) -> Kind:
    """The kind of question; `named` where it turns on a quoted or numbered name."""
    if read_corpus_question(text):
        return "corpus"
    if read_comparison(text):
        return "comparison"
    if fields_asked(text):
        return "metadata"
    if _LIST.search(_EACH_AMOUNT.sub("", text)) or (not named and _COUNTED_THINGS.search(text)):
        return "list"
    # A name by itself (“泰安的12345工作法”) asks what it is.
    if named and (_DEFINITION.search(text) or not ASKING.search(text)):
        return "definition"
    return "explanation" if _EXPLANATION.search(text) else "fact"


def wanted(text: str) -> Wanted:
    """What the answer has to hold: an amount, a time, a place, or nothing in particular."""
    if _PLACE.search(text):
        return "place"
    if _TIME.search(text) and not _AMOUNT_OF_TIME.search(text):
        return "time"
    return "amount" if _AMOUNT.search(text) else ""


def unit_of(text: str) -> str:
    """The measure word of what is counted (多少起: 起; 多少钱: 元), or empty."""
    units = (unit for unit in _COUNTED.findall(text) if unit not in _NOT_UNITS)
    return next(("元" if unit == "钱" else unit for unit in units), "")
