"""A refusal as HTML: what was looked for, what came nearest, and that the corpus's owner may learn of it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qa.types import Answer, Citation
from ui.answer import foot as render_foot
from ui.answer.parts import about, marker, pages, recognised
from ui.answer.standing import badge
from ui.types import Hooks
from ui.wording import said


def refusal(answer: Answer, turn: int, last: bool, hooks: Hooks) -> str:
    """What the page shows where the articles hold no answer to turn `turn`; `last` says that no other turn follows."""
    reason = ""
    if answer.reason and answer.reason not in answer.text:
        reason = f'<p class="reason">{escape(answer.reason)}</p>'
    return (
        f'<div class="reply refusal"><p>{badge(answer)}</p>'
        f"{render_foot.understood(answer)}{render_foot.note(answer)}<p>{escape(answer.text)}</p>{reason}{_looked_for(answer)}"
        f"{_nearest(answer.nearest, turn)}{_recorded(turn, hooks)}"
        f"{render_foot.refused(answer, turn, last, hooks)}</div>"
    )


def _looked_for(answer: Answer) -> str:
    terms = answer.trace.terms if answer.trace else ()
    if not terms:
        return ""
    chips = "".join(f'<span class="term">{escape(term)}</span>' for term in terms)
    return f'<p class="looked">{said("找过的词：", "Looked for: ")}{chips}</p>'


def _nearest(passages: Sequence[Citation], turn: int) -> str:
    if not passages:
        return ""
    rows = "".join(
        f'<div class="source">{marker(passage, turn)}<span><span class="title">{escape(passage.title)}</span> '
        f'<span class="of">{escape(about(passage))}</span>{pages(passage)}'
        f'<span class="snippet">{escape(passage.quote)}</span>{recognised([passage])}</span></div>'
        for passage in passages
    )
    label = said("最接近的段落（不是答案）", "Nearest passages, not an answer")
    return f'<div class="nearest"><p class="label">{label}</p>{rows}</div>'


def _recorded(turn: int, hooks: Hooks) -> str:
    if hooks.records:
        told = said(
            "这个问题已记下，供文库的管理者补充文章。", "This question was recorded for the owner of these articles."
        )
        return f'<p class="recorded">{told}</p>'
    if hooks.record is None:
        return ""
    offer = said("记下这个问题，告诉文库的管理者", "Record this question for the owner of these articles")
    done = said("已记下。", "Recorded.")
    return (
        f'<p class="recorded"><button type="button" class="plain" data-record="{turn}">{offer}</button>'
        f'<span class="thanks" role="status" hidden>{done}</span></p>'
    )
