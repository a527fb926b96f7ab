"""Whether a sentence is of the time asked for where no year says it: what is planned and what is done, then and now."""

from __future__ import annotations

import re

from qa.claims.years import in_digits, years_in
from qa.understanding.question import Question

_PLANNED = re.compile(
    r"(?<![占超成])(?:计划|规划|目标)(?![的数内外任责管导书])|力争|争取|预计|预期|打算|拟(?=[建投新于在])|明年|下一步"
    r"|将(?=[要会在于]|达到|建成|新[建增]|完成|投入)|要达到|到20\d\d年[^，。；]{0,12}达到"
)
_DONE = re.compile(r"目前|现在|如今|眼下|现有|已经?|实际|至今|迄今|截至|了(?=多少|几)")
_COMPARED = re.compile(r"[比较]|增|降|减少|变化")
_THEN = re.compile(r"(?:其中)?[，,]?(?:(?:19|20)\d\d年|去年|上年|上一年|前年)?同期")


_PAST = re.compile(r"过去(?!的?(?:这?一年|[这两三四五几]))|以前|从前|早先|往年")
"""Of some time before, which is no year that an article was written in."""


def of_another_time(question: Question, sentence: str, before: str) -> bool:
    """Whether a sentence says what is planned where what is done is asked for, or the reverse; or of then for a year.

    `before` is what it says up to the end of its exact answer, or all of it.
    """
    asked, said = _is_planned(question.text), _is_planned(before)
    if asked is not None and said is not None and asked != said:
        return True
    past = _PAST.search(before) and not _PAST.search(question.text) and not years_in(sentence)
    return bool(question.years and past) or _of_another_period(question, sentence)


def _is_planned(text: str) -> bool | None:
    """Whether a text speaks of plans, by the last word of it that says so; None where none does."""
    planned = max((match.start() for match in _PLANNED.finditer(text)), default=-1)
    done = max((match.start() for match in _DONE.finditer(text)), default=-1)
    return None if planned == done else planned > done


def _of_another_period(question: Question, sentence: str) -> bool:
    """Whether one of the two is of the same months of another year (去年同期), and the other is not."""
    begins = _THEN.match(in_digits(sentence)) is not None
    if "同期" in question.text:
        return not _COMPARED.search(question.text) and "同期" not in sentence
    return begins and not any(year in in_digits(sentence) for year in question.years)
