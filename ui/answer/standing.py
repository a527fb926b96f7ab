"""How far an answer is to be believed, as HTML: a badge before what is not simply an answer."""

from __future__ import annotations

from qa.standing import SILENT, standing_of
from qa.types import TENTATIVE, Answer
from ui.wording import said

_LEAD_EN = "The articles do not say so outright; the nearest words are:"


def badge(answer: Answer) -> str:
    """The word and the sign of an unsure answer or of none; nothing of a sure one."""
    standing = standing_of(answer)
    if standing is None:
        return ""
    kind = "silent" if standing is SILENT else "unsure"
    return (
        f'<span class="standing {kind}"><span class="sign" aria-hidden="true">{standing.sign}</span>'
        f"{said(standing.zh, standing.en.capitalize())}</span>"
    )


def set_apart(words: str) -> str:
    """The HTML of what a tentative answer quotes, behind the line that no article says."""
    return f'<p class="lead">{said(TENTATIVE, _LEAD_EN)}</p><div class="words">{words}</div>'
