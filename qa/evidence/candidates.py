"""What a question wants named (an amount, a time, a place, a person), and what of it a sentence names."""

from __future__ import annotations

import re
from typing import Literal

from embeddings.folding import squeeze
from qa.understanding.question import Question

WantedThing = Literal["amount", "time", "place", "person", ""]

_PERSON_ASKED = re.compile(r"谁|哪位|何人|哪个人|姓名|叫什么名字|主演|导演$|主教练$")
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
"""The hundred most frequent surnames."""
_HAN = r"[\u4e00-\u9fff]"
_PERSON = re.compile(
    rf"{_HAN}{{1,6}}·(?:{_HAN}|·){{1,12}}|(?:欧阳|司马|诸葛|上官){_HAN}{{1,2}}|[{_SURNAMES}]{_HAN}{{1,2}}"
)
_NO_NAME_ENDS = re.compile(r"[的了是在和与及对中上下前后有为年月日时方面度路]$")
_NUMERAL = "一二两三四五六七八九十百千万亿"
_AMOUNT = re.compile(
    rf"\d+(?:[.,]\d+)*\s*(?:[%％‰]|[^\W\d]{{1,2}})|\d{{3,}}|百分之[{_NUMERAL}]+|第[{_NUMERAL}\d]+|"
    rf"[{_NUMERAL}]+(?:分之|余|多)?[次个名家起项件座类年届位人元只条天]"
)
_TIME = re.compile(
    r"\d{1,4}年|\d{1,2}月|\d{1,2}[日号]|\d+:\d+|[一二三四五六七八九十]+[年月日]|每[天日周月季年]|世纪|年代|\d+分钟|"
    r"\d+个?小时|上午|下午|星期|周[一二三四五六日末]|去年|今年|明年"
)
_PLACE = re.compile(
    r"[^\W\d]{1,6}(?:省|市|县|区|州|镇|乡|村|街|路|岛|国|馆|场|大学|学院|公园|广场|中心|宫|山|湖)|"
    r"[在于到赴][^\W\d]{2,4}(?:举行|召开|举办|出生|成立|开幕|落成|工作|去世)|位于|地处|坐落"
)
_PATTERNS = {"person": _PERSON, "amount": _AMOUNT, "time": _TIME, "place": _PLACE}


def wanted_thing(question: Question) -> WantedThing:
    """What the answer has to name, or nothing in particular."""
    if _PERSON_ASKED.search(question.text):
        return "person"
    return "amount" if question.unit and not question.wants else question.wants


def named(thing: WantedThing, sentence: str) -> frozenset[str]:
    """What the sentence names of it, squeezed; rather too much than too little: 万元 begins like a surname's bearer."""
    if not thing:
        return frozenset()
    found = (match.group() for match in _PATTERNS[thing].finditer(sentence))
    return frozenset(squeeze(one) for one in found if thing != "person" or not _NO_NAME_ENDS.search(one))
