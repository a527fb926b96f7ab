"""How far an answer is to be believed, as HTML: a badge before what is not simply an answer."""

from __future__ import annotations

from qa.standing import SILENT, standing_of
from qa.types import TENTATIVE, TENTATIVE_WORDED, Answer
from ui.wording import said

_LEADS = {
    "extractive": (TENTATIVE, "The articles do not say so outright; the nearest words are:"),
    "generated": (TENTATIVE_WORDED, "Not certain; from the articles, the language model answers:"),
}


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


def set_apart(answer: Answer, words: str) -> str:
    """The HTML of what a tentative answer says, behind the line that no article says."""
    return f'<p class="lead">{said(*_LEADS[answer.mode])}</p><div class="words">{words}</div>'
