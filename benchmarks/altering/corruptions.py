"""Sentences of articles made false: what a check of a reply has to catch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

from benchmarks.altering.altered import Altered, Original
from embeddings.places.places import find_places

_NUMBER = re.compile(r"(?<![\d.A-Za-z])\d+(?:\.\d+)?(?![\d.A-Za-z])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_COUNTED = re.compile(
    r"(?<![\d.A-Za-z])(\d+(?:\.\d+)?[多余]?)"
    r"(万元|元|%|％|人|名|户|家|次|起|件|分钟|小时|天|个月|斤|吨|公里|米|座|项|个)"
)
_HAN_COUNTED = re.compile(r"(?<![第一二三四五六七八九十百千])([二两三四五六七八九])(?=[个大项条级名家座次])")
_OTHER_UNIT = {
    "万元": "亿元", "元": "万元", "%": "个百分点", "％": "个百分点", "人": "户", "名": "家", "户": "人", "家": "人",
    "次": "年", "起": "元", "件": "吨", "分钟": "小时", "小时": "分钟", "天": "个月", "个月": "年", "斤": "吨",
    "吨": "公斤", "公里": "米", "米": "公里", "座": "公里", "项": "年", "个": "万元",
}  # fmt: skip
_VERBS = (
    "开展 完成 制定 组织 建立 召开 推进 学习 参加 举办 检查 印发 成立 设立 落实 解决 提高 要求 获得 排查 实施 办理 使用"
    " 进行 采用 成为 出现 发现 属于 拥有 位于 担任 毕业 加入 支持 允许 接受 包括"
)
_VERB = re.compile("|".join(_VERBS.split()))
_NEGATED = re.compile(r"没有|不许|不得|不能|禁止|严禁|未|不(?!断|仅|但|同|少|过|管|论|久|时|足|到|超|低|高|良|一)")
_TURNED = (
    ("提高", "降低"), ("提升", "下降"), ("增加", "减少"), ("增长", "下降"), ("上升", "下降"), ("缩短", "延长"),
    ("下降", "上升"), ("减少", "增加"), ("降低", "提高"), ("不超过", "超过"), ("不少于", "少于"), ("以内", "以上"),
    ("允许", "禁止"),
)  # fmt: skip
_QUOTED = re.compile(r"“([^“”]{2,20})”|《([^《》]{2,30})》")
_NAMED = re.compile(
    r"(?:(?![的是在了和各个余到往从有驻帮扶为])[\u4e00-\u9fff]){2}(?:村|镇|县|大学|医院|分局|学院|港区|矿区)|(?<![A-Za-z])[A-Z][A-Za-z]{2,}"
)


def corruptions(original: Original, others: Sequence[Original], random: Random) -> Iterator[Altered]:
    """All that can be done to this sentence; `others` are sentences of other articles, none of which is a source."""
    text, article = original.text, original.article.text
    yield from _numbers(text, article, random)
    yield from _units_and_years(text, article, random)
    if places := find_places(text):
        elsewhere = _elsewhere(original, others, places)
        if elsewhere:
            yield Altered("place swapped", text.replace(places[0], elsewhere))
    elif original.article.place and (elsewhere := _elsewhere(original, others, (original.article.place,))):
        yield Altered("told of another place", f"在{elsewhere}，{text}")
    yield from _names(original, others, random)
    if (verb := _VERB.search(text)) and not _NEGATED.search(text[max(0, verb.start() - 2) : verb.start()]):
        yield Altered("negation added", f"{text[: verb.start()]}没有{text[verb.start() :]}")
    if negated := _NEGATED.search(text):
        positive = {"禁止": "允许", "严禁": "允许", "不许": "允许", "不得": "可以", "不能": "能"}.get(
            negated.group(), ""
        )
        yield Altered("negation removed", text[: negated.start()] + positive + text[negated.end() :])
    for word, opposite in _TURNED:
        if word in text and not (word == "超过" and "不超过" in text):
            yield Altered("turned round", text.replace(word, opposite, 1))
            break
    yield Altered("of no source", random.choice(others).text)


def _numbers(text: str, article: str, random: Random) -> Iterator[Altered]:
    found = [match for match in _NUMBER.finditer(text) if not _YEAR.match(text, match.start())]
    if found:
        number = random.choice(found)
        changed = _changed(number.group(), article, random)
        yield Altered("number changed", text[: number.start()] + changed + text[number.end() :])
        borrowed = [n for n in dict.fromkeys(_NUMBER.findall(article)) if n not in text]
        if borrowed:
            other = random.choice(borrowed)
            yield Altered("number borrowed", text[: number.start()] + other + text[number.end() :])
    if counted := _HAN_COUNTED.search(text):
        digit = random.choice([d for d in "三四五六七八九" if d != counted.group()])
        yield Altered("number changed", text[: counted.start()] + digit + text[counted.end() :])
    pairs = [(a, b) for a, b in pairwise(found) if a.group() != b.group()]
    if pairs:
        a, b = random.choice(pairs)
        swapped = text[: a.start()] + b.group() + text[a.end() : b.start()] + a.group() + text[b.end() :]
        yield Altered("numbers swapped", swapped)


def _changed(number: str, article: str, random: Random) -> str:
    while True:
        position = random.randrange(len(number))
        if number[position].isdigit():
            digit = random.choice([d for d in "123456789" if d != number[position]])
            changed = number[:position] + digit + number[position + 1 :]
            if changed not in article:
                return changed
            number = changed + random.choice("123456789")


def _units_and_years(text: str, article: str, random: Random) -> Iterator[Altered]:
    if counted := _COUNTED.search(text):
        start, end = counted.span(2)
        yield Altered("unit changed", text[:start] + _OTHER_UNIT[counted.group(2)] + text[end:])
    if year := _YEAR.search(text):
        said = [y for y in dict.fromkeys(_YEAR.findall(article)) if y not in text]
        changed = random.choice(said) if said else str(int(year.group()) + random.choice((-2, -1, 1, 2)))
        yield Altered("year changed", text[: year.start()] + changed + text[year.end() :])


def _names(original: Original, others: Sequence[Original], random: Random) -> Iterator[Altered]:
    text, article = original.text, original.article.text
    if quoted := _QUOTED.search(text):
        group = quoted.lastindex or 1
        inside, (start, end) = quoted.group(group), quoted.span(group)
        position = random.randrange(len(inside))
        other = random.choice([c for c in "山水新大中民安文" if c != inside[position]])
        altered = inside[:position] + other + inside[position + 1 :]
        yield Altered("quoted term altered", text[:start] + altered + text[end:])
        same = [t for t in (a or b for a, b in _QUOTED.findall(article)) if t not in text and inside not in t]
        if same:
            yield Altered("quoted term borrowed", text[:start] + random.choice(same) + text[end:])
    if named := _NAMED.search(text):
        same = [
            n for other in others for n in _NAMED.findall(other.text) if n[-1] == named.group()[-1] and n not in article
        ]
        if same:
            yield Altered("name swapped", text.replace(named.group(), random.choice(same)))
    known = [answer for other in others for answer in other.answers if answer not in article]
    for answer in original.answers[:1]:
        alike = [other for other in known if abs(len(other) - len(answer)) <= 1]
        if alike:
            yield Altered("asked-for words swapped", text.replace(answer, random.choice(alike)))


def _elsewhere(original: Original, others: Sequence[Original], places: Sequence[str]) -> str:
    """A place that another article is about, and this one does not name."""
    named = (other.article.place for other in others if other.article.place)
    return next((place for place in named if place not in places and place not in original.article.text), "")
