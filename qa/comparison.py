"""Questions that compare two places: the same question asked of each, both answers side by side."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from qa.citations import Statement
from qa.question import Question

_COMPARING = re.compile(
    r"(?:之间)?(?:的)?(?:有(?:什么|哪些|何))?(?:不同点?|区别|异同|差异|差别|共同点|相同点?|相比|对比|比较)(?:之处|在哪里?|是什么|有哪些|如何)?[？?]?"
)
_JOINED = re.compile(r"^(?:和|与|跟|同|、|及|以及|相比|对比|比较)+|(?:和|与|跟|同|、|及|以及)+$")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the places compared and what the corpus says of it: nothing where it does not say."""

    place: str
    statements: tuple[Statement, ...]


def compare(question: Question, answer_one: Callable[[str], tuple[Statement, ...]]) -> list[Side]:
    """Ask of each place what is asked of both; `answer_one` answers one question that stands by itself."""
    common = _COMPARING.sub("", question.text)
    for place in question.places:
        common = re.sub(rf"{place}[省市县]?", "\0", common)
    asked = "".join(_JOINED.sub("", piece) for piece in common.split("\0")).strip("的，,？? ")
    return [Side(place, answer_one(f"{place}的{asked}是什么")) for place in question.places]
