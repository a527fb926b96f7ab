"""Words an examination question as people type: everyday words of asking, fewer words, keywords alone, another order.

What the answer depends on stays: numbers, years, quoted names and Latin words are never dropped.
"""

from __future__ import annotations

import random
import re

_ASKING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("是什么时候", ("是啥时候", "哪天", "是几号", "什么时间")),
    ("什么时候", ("啥时候", "哪天", "几号", "多会儿")),
    ("为什么", ("为啥", "咋", "怎么", "什么原因")),
    ("是多少", ("多少", "有多少", "是几")),
    ("多少", ("多少", "几", "好多")),
    ("什么", ("啥", "什么", "哪个")),
    ("哪里", ("哪儿", "哪", "什么地方")),
    ("如何", ("怎么", "咋", "怎样")),
    ("怎么", ("咋", "怎样", "如何")),
    ("谁", ("谁", "哪个", "哪位", "什么人")),
    ("哪些", ("哪几个", "些啥", "都有啥", "什么")),
    ("多长时间", ("多久", "几天", "好久")),
    ("学生", ("娃", "孩子", "学生")),
    ("老人", ("老年人", "老头老太")),
    ("医院", ("医院", "院里")),
    ("费用", ("钱", "花费")),
    ("金额", ("钱", "多少钱")),
    ("资金", ("钱", "款")),
    ("原告", ("告人的", "原告")),
    ("被告", ("被告的", "被告")),
    ("成立", ("建立", "办起来", "成立")),
    ("位于", ("在", "坐落在")),
    ("举行", ("办", "开")),
    ("增加", ("多了", "涨了")),
    ("减少", ("少了", "降了")),
)
_QUOTED = "“[^”]*”|《[^》]*》"
_FUNCTION = re.compile(
    rf"(?P<quoted>{_QUOTED})|的|了|是|在|于|由|被|把|和|与|对|请问|其中|根据|关于|一共|总共|主要|具体"
)
_KEPT = re.compile(r"\d|[a-z]|《|“|”|》")
_PIECE = re.compile(rf"(?:{_QUOTED}|[^的了是在于由被把和与对，,、\s])+")
_PUNCTUATION = re.compile(r"[，。？?！!,、；;：:\s]+")


def reworded(question: str, rng: random.Random) -> str:
    """The question in one of these ways; the same question where nothing of it can be changed."""
    way = rng.random()
    text = _everyday(question, rng)
    if way < 0.4:
        return text
    if way < 0.65:
        return _FUNCTION.sub(lambda match: match.group() if match["quoted"] or rng.random() < 0.4 else "", text)
    pieces = _PIECE.findall(_PUNCTUATION.sub(" ", text))
    if way < 0.8 or len(pieces) < 3:
        rng.shuffle(pieces)
        return " ".join(pieces) or question
    free = [number for number, piece in enumerate(pieces) if len(piece) > 1 and not _KEPT.search(piece)]
    dropped = rng.choice(free[1:]) if len(free) > 1 else -1
    return " ".join(piece for number, piece in enumerate(pieces) if number != dropped)


def _everyday(question: str, rng: random.Random) -> str:
    parts = re.split(f"({_QUOTED})", question)
    for words, others in _ASKING:
        # Every second part is a quoted name.
        place = next((n for n in range(0, len(parts), 2) if words in parts[n]), None)
        if place is not None and rng.random() < 0.7:
            parts[place] = parts[place].replace(words, rng.choice(others), 1)
    return "".join(parts)
