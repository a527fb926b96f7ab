"""Sentences of articles in other words that say the same: what a check of a reply has to accept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from benchmarks.altering.altered import Altered, Original, clauses_of
from embeddings.places.places import find_places

_SYNONYMS = {
    "开展": "进行", "成立": "组建", "举办": "办起", "推动": "推进", "推行": "实行", "组织": "安排", "建立": "设立",
    "完成": "办完", "排查": "检查", "提高": "提升", "缩短": "减少", "帮助": "协助", "制定": "制订", "印发": "发布",
    "获得": "赢得", "评为": "评选为", "打造": "建设", "职工": "员工", "办法": "做法", "群众": "百姓", "每逢": "每到",
    "开放": "对外开放", "一律": "全部", "位于": "坐落在", "担任": "出任", "首次": "第一次", "著名": "知名",
    "创办": "创立", "由于": "因为", "包括": "包含", "主要": "大多", "拥有": "有", "同时": "与此同时", "目前": "现在",
    "约": "大约",
}  # fmt: skip
_HAN = "零一二三四五六七八九"
_SMALL = re.compile(r"(?<![\d.,第年月])([2-9]|[1-9]\d)(?=[个项条名家座次期件户起])")
_HAN_NUMBER = re.compile(
    r"(?<![第一二三四五六七八九十百千几每])([两三四五六七八九])(?=[个项条名家座次期件户](?!人|月))"
)
_LOCAL = re.compile(r"(?<![\u4e00-\u9fff])[我全]([省市])(?=[\u4e00-\u9fff])")


def rewritings(original: Original, others: Sequence[Original]) -> Iterator[Altered]:
    """All that can be done to this sentence; `others` are sentences of other articles, for merging."""
    text = original.text
    yield Altered("as it is", text)
    parts = clauses_of(text)
    if len(parts) >= 3:
        dropped = "".join([*parts[:-2], parts[-1]])
        yield Altered("clause dropped", dropped)
        yield Altered("clauses reordered", "".join([*parts[:-2], _ended(parts[-1], "，"), _ended(parts[-2], "。")]))
    if items := re.search(r"(?<=[，：])([\u4e00-\u9fff]{2,8})、([\u4e00-\u9fff]{2,8})(?=[，。；])", text):
        yield Altered("items reordered", text.replace(items.group(), f"{items.group(2)}、{items.group(1)}", 1))
    if (local := _LOCAL.search(text)) and original.article.place:
        yield Altered("我市 named", text.replace(local.group(), original.article.place + local.group(1), 1))
    if _SMALL.search(text):
        yield Altered("numbers in Chinese", _SMALL.sub(lambda match: _in_han(int(match.group(1))), text))
    if _HAN_NUMBER.search(text):
        yield Altered("numbers in digits", _HAN_NUMBER.sub(lambda match: str(_value(match.group(1))), text))
    words = [word for word in _SYNONYMS if word in text]
    if words:
        for word in words[:3]:
            text = text.replace(word, _SYNONYMS[word])
        yield Altered("synonyms", text)
    yield Altered("led into", f"根据资料，{original.text}")
    if original.article.place and original.article.place not in original.text:
        yield Altered("place named", f"在{original.article.place}，{original.text}")
    if original.following:
        yield Altered("merged with the next", _ended(original.text, "，") + original.following)
    # What names a place carries it over to what follows and names none.
    if others and not find_places(original.text):
        yield Altered("merged of two articles", _ended(original.text, "；") + others[0].text)


def _ended(clause: str, mark: str) -> str:
    return clause.rstrip("，；：。,;:") + mark


def _in_han(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return "两" if ones == 2 else _HAN[ones]
    return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")


def _value(numeral: str) -> int:
    return 2 if numeral == "两" else _HAN.index(numeral)
