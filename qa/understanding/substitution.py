"""“那青海呢”, “罚款呢”: the last question with one thing of it replaced by the thing now asked about."""

from __future__ import annotations

import re

from embeddings.reading.places import find_places
from qa.understanding.corpus_questions import read_corpus_question
from qa.understanding.names import names_in, titles_in, years_in
from qa.understanding.page_fields import fields_asked
from qa.understanding.previous_topic import Topic
from qa.understanding.wording import ASKING

_YEAR = re.compile(r"(?:19|20)\d\d年?")
_TIME = re.compile(r"^(?:(?:19|20)\d\d年?|去年|今年|前年|上半年|下半年|全年)(?:\d{1,2}月)?$")
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:个方面|[个项条点种类步招]|方面|部分)")
_UNIT = re.compile(r"(?:局|厅|委|院|馆|站|中心|公司|集团|支部|党组|党委|学校|大学|政府|支队|县|市|镇|村)$")
_OFFICE = "(?:局|厅|委员会|党组|支部|馆|站|中心)(?:党组|党委|党支部)?"
_PERSON = re.compile(r"作者|编辑|局长|厅长|书记|主任|负责人|撰稿人|馆长|站长|院长")
_DATE = re.compile(r"时间|日期")
_MEASURE = re.compile(r"(?:率|比例|浓度|额|量|款|面积|数|费|分|天)$")
_QUOTES = re.compile(r"[“”‘’\"「」『』]")


def in_its_place(thing: str, topic: Topic) -> str:
    """The last question asked of another place, year, title, office, part or name; or of the same owner, this thing."""
    thing = re.sub(r"^(?:那么?|还有|对于|关于)|的$", "", thing)
    question = topic.question
    swapped = (
        _sought(thing, question)
        or _place(thing, question)
        or _title(thing, question)
        or _time(thing, topic)
        or _part(thing, topic)
        or _office(thing, topic)
        or _name(thing, question)
    )
    return swapped or _of_the_same(thing, topic)


def _sought(thing: str, question: str) -> str:
    """Of a question on the corpus: what the articles have to say, or the place that they have to be of."""
    corpus = read_corpus_question(question)
    if corpus is None or (corpus.places and find_places(thing)):
        return ""
    if find_places(thing):
        return f"{thing}{question}"
    old = _QUOTES.sub("", corpus.about[0]) if len(corpus.about) == 1 else ""
    return question.replace(old, _QUOTES.sub("", thing), 1) if old and old in question and not years_in(thing) else ""


def _place(thing: str, question: str) -> str:
    """Another place with the office as named, or the same office of another place."""
    old, new = find_places(question), find_places(thing)
    if not old or not new or names_in(thing):
        return ""
    if _UNIT.search(thing) and len(thing) > len(new[0]) + 1:
        office = re.search(rf"{old[-1]}[省市县州]?[^的，,]{{0,12}}?{_OFFICE}", question)
        if office:
            return question.replace(office.group(), thing, 1)
    return re.sub(rf"{old[-1]}[省市县州]?", thing, question, count=1)


def _title(thing: str, question: str) -> str:
    old, new = titles_in(question), titles_in(thing)
    return question.replace(f"《{old[0]}》", f"《{new[0]}》", 1) if old and new else ""


def _time(thing: str, topic: Topic) -> str:
    if not _TIME.match(thing):
        return ""
    written = f"{thing}年" if years_in(thing) == (thing,) else thing
    if _YEAR.search(topic.question):
        return _YEAR.sub(written, topic.question, count=1)
    behind = topic.question.removeprefix(topic.owner)
    return f"{topic.owner}{written}{behind}" if behind != topic.question else f"{written}{topic.question}"


def _part(thing: str, topic: Topic) -> str:
    ordinal = _ORDINAL.fullmatch(thing)
    if ordinal and _ORDINAL.search(topic.question):
        return _ORDINAL.sub(thing, topic.question, count=1)
    return f"{topic.whole_list}中的{thing}是什么" if ordinal else ""


def _office(thing: str, topic: Topic) -> str:
    if not _UNIT.search(thing) or not _UNIT.search(topic.owner) or topic.owner == topic.thing:
        return ""
    return topic.question.replace(topic.owner, thing, 1)


def _name(thing: str, question: str) -> str:
    """Another quoted or numbered name in the place of the old one."""
    new, old = names_in(thing), names_in(question)
    if not new or not old or find_places(thing):
        return ""
    plain = _QUOTES.sub("", question)
    named = re.search(rf"{re.escape(old[0])}(?:工作法|工作方法|学习法|方法|行动|工程)?", plain, re.IGNORECASE)
    counted = re.search(r"(?:是哪|有哪|哪)[二两三四五六七八九十\d]+个?.*$", plain)
    if not named:
        return ""
    asks = plain[named.end() :] if not counted else "是什么"
    return f"{plain[: named.start()]}{thing}{asks}"


def _of_the_same(thing: str, topic: Topic) -> str:
    """“罚款呢” after a question on 咸宁: 咸宁的罚款, asked for as the last thing was."""
    if fields_asked(thing):
        asks = "是谁" if _PERSON.search(thing) else "是什么时候" if _DATE.search(thing) else "是什么"
        return f"{topic.article}的{thing}{asks}"
    if ASKING.search(thing):
        return f"{topic.owner_then}{thing}"
    asks = "是谁" if _PERSON.search(thing) else "是什么"
    if re.search(r"多少|几|多大|多高", topic.question) and asks == "是什么":
        return f"{topic.owner_then}{thing}{'是' if _MEASURE.search(thing) else '有'}多少"
    return f"{topic.owner}的{thing}{asks}"
