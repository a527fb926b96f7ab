"""Pages whose line breaks were lost: the headline before the first sentence, the site's own words behind the last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from embeddings.cleaning.boilerplate import site_ending
from embeddings.credits.datelines import opening_at
from embeddings.page.blocks import Block
from embeddings.page.characters import is_sentence
from embeddings.page.dates import DATE

_LABEL = re.compile(r"^原标题\s*[:：]\s*")
_SHORTEST, _LONGEST = 8, 70
_DAY_OPENS = re.compile(
    r"(?<![，,、：:\d至到从在于自截—-])(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:[上下]?[午]|晚|凌晨|清晨|早上|起)?[，,]|"
    r"(?:近日|日前|近期|连日来|近年来|昨日|今日|昨天|今天|今年以来)[，,]|\d{1,2}日(?:[上下]午|晚|凌晨)[，,]|"
    r"(?<![数根证依占单收票])据[^，。]{2,16}(?:消息|报道|了解|介绍|通报)[，,])"
)
"""What a report's first sentence opens with, where the headline did not go on to it by a sign or a preposition."""
_LEADS_ON = re.compile(r"(?:截至|截止|当地时间|北京时间|美东时间|【[^【】]{2,10}】)\s*$")
_RUNS_ON = re.compile(
    r"[。；;…]|[，！？]”|供图|[^地] ?图$|摄$|资料图|图说|近日|日前|记者 |讯\s*[（(]|以下简称|编辑[:：]|"
    r"据[^，]{2,12}，"
)
"""What stands in a report or a caption, so that a headline that holds it would have run on into one."""
_PAIRS = ("“”", "《》", "（）", "()", "【】")


def headline_apart(blocks: Sequence[Block]) -> tuple[str, list[Block]]:
    """The headline that the first line calls the original one (原标题), and the blocks with it in a line of its own.

    Where it can't be told where the headline ends, it is empty and the blocks are as they were.
    """
    first = next((at for at, block in enumerate(blocks) if not block.chrome), None)
    if first is None or not (label := _LABEL.match(blocks[first].text)):
        return "", list(blocks)
    block = blocks[first]
    end = _headline_end(block.text, label.end())
    headline = block.text[label.end() : end].strip() if end else ""
    if not end or not headline:
        return "", list(blocks)
    pieces = [replace(block.piece(label.end(), end), level=0)]
    if block.text[end:].strip():
        pieces.append(replace(block.piece(end, len(block.text)), level=0))
    return headline, [*blocks[:first], *pieces, *blocks[first + 1 :]]


def without_site_ending(block: Block) -> list[Block]:
    """The block without what the site wrote behind its last sentence, and that as a block of its own."""
    at = site_ending(block.text)
    if at is None or at == 0 or not block.text[:at].strip():
        return [block]
    return [block.piece(0, at), replace(block.piece(at, len(block.text)), level=0)]


def _headline_end(text: str, since: int) -> int | None:
    if len(text) - since <= _LONGEST and not is_sentence(text):
        return len(text)
    dated = DATE.search(text, since + _SHORTEST, since + _LONGEST + 20)
    found = (
        dated and dated.start(),
        _repeated(text, since),
        opening_at(text, since + _SHORTEST),
        _day_opening(text, since + _SHORTEST),
    )
    ends = (since + len(_LEADS_ON.sub("", text[since:end])) for end in found if end)
    likely = (end for end in ends if _is_headline(text[since:end].strip()))
    return min(likely, default=None)


def _repeated(text: str, since: int) -> int | None:
    """Where the headline begins anew: some sites print it twice."""
    again = text.find(text[since : since + _SHORTEST], since + _SHORTEST)
    said = text[since:again].strip() if again > 0 else ""
    return again if said and text.startswith(said, again) else None


def _day_opening(text: str, since: int) -> int | None:
    match = _DAY_OPENS.search(text, since, since + _LONGEST + 20)
    return match.start() if match else None


def _is_headline(said: str) -> bool:
    if not _SHORTEST <= len(said) <= _LONGEST or _RUNS_ON.search(said):
        return False
    return said[-1] not in "，,、：:" and all(said.count(pair[0]) == said.count(pair[1]) for pair in _PAIRS)
