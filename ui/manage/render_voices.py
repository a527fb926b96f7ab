"""HTML of what people asked in vain and thought of the answers. Everything in it is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from qa.records.feedback import Feedback
from qa.standing import UNSURE
from qa.types import LEADS
from ui.manage.questions import RefusedQuestion
from ui.manage.render import local_time
from ui.wording import said

_MOST_FEEDBACK = 200
_VERDICTS = {"up": ("👍", "有用", "useful"), "down": ("👎", "没用", "not useful")}


def refused(questions: Sequence[RefusedQuestion]) -> str:
    """The refused questions with how often each was asked and what was nearest."""
    if not questions:
        return f'<p class="none">{said("还没有没答上的问题。", "No question has been refused yet.")}</p>'
    link = _export("unanswered.csv")
    return f'{link}<ol class="voices">{"".join(map(_refused, questions))}</ol>'


def _refused(question: RefusedQuestion) -> str:
    counted = said(f"{question.times} 次", f"{question.times}×")
    times = f'<span class="times">{counted}</span>' if question.times > 1 else ""
    nearest = "".join(
        f'<li><span class="title">{escape(near.title)}</span> <span class="quote">{escape(near.text)}</span></li>'
        for near in question.nearest
    )
    shown = f"<p class=date>{said('最接近的段落', 'Nearest passages')}</p><ul>{nearest}</ul>" if nearest else ""
    return (
        f'<li><p class="asked">{escape(question.question)} {times}</p>'
        f'<p class="date">{_time(question.latest)} · {escape(question.reason)}</p>{shown}</li>'
    )


def feedback(records: Sequence[Feedback]) -> str:
    """The readers' verdicts, the latest first; `records` has them oldest first."""
    if not records:
        return f'<p class="none">{said("还没有人评价。", "Nobody has given feedback yet.")}</p>'
    ups = sum(record.verdict == "up" for record in records)
    count = said(f"有用 {ups}，没用 {len(records) - ups}", f"{ups} useful, {len(records) - ups} not")
    newest = "".join(_feedback(record) for record in list(records)[: -_MOST_FEEDBACK - 1 : -1])
    return f'{_export("feedback.csv")}<p class="count">{count}</p><ol class="voices">{newest}</ol>'


def _feedback(record: Feedback) -> str:
    sign, zh, en = _VERDICTS[record.verdict]
    reason = f'<p class="reason">{escape(record.reason)}</p>' if record.reason else ""
    unsure = f"{UNSURE.badge} " if record.answer.startswith(LEADS) else ""
    return (
        f'<li><p class="asked"><span aria-hidden="true">{sign}</span><span class="unseen">{said(zh, en)}</span> '
        f'{escape(record.question)}</p><p class="date">{_time(record.time)}</p>{reason}'
        f"<details><summary>{said('答案', 'Answer')}</summary><p>{escape(unsure + record.answer)}</p></details></li>"
    )


def _export(name: str) -> str:
    return f'<p><a class="export" href="export/{name}" download>{said("导出 CSV", "Export CSV")}</a></p>'


def _time(iso: str) -> str:
    try:
        return local_time(datetime.fromisoformat(iso))
    except ValueError:
        return escape(iso)
