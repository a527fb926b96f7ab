"""What can be done with an answer besides reading it: take it away, judge it, record a refused question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ui.asking import messages
from ui.types import FeedbackGiven, Hooks, Turn, is_turn

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOT_IN_NAMES = re.compile(r"[\\/:*?\"<>|\s\x00-\x1f\x7f]+")
_LONGEST_REASON = 500
_LONGEST_NAME = 24


def taken_away(turns: Sequence[Turn], turn: object, form: object) -> str | None:
    """The message with one turn, or for -1 all of them, as a file in `form`, “md” or “docx”; None where there is none.

    Both as the browser sent them: anything at all.
    """
    if not isinstance(turn, int) or not turns or not -1 <= turn < len(turns):
        return None
    chosen = turns if turn == -1 else turns[turn : turn + 1]
    name = _NOT_IN_NAMES.sub(" ", chosen[0].question).strip()[:_LONGEST_NAME].strip(" .") or "问答"
    if form == "md":
        from ui.takeaway.markdown import conversation_markdown

        text = conversation_markdown(chosen).encode("utf-8", errors="replace")
        return messages.file(f"溯源-{name}.md", "text/markdown;charset=utf-8", text)
    if form == "docx":
        # python-docx takes a while to import, and most pages never ask for it.
        from ui.takeaway.word import conversation_docx

        return messages.file(f"溯源-{name}.docx", _WORD, conversation_docx(chosen))
    return None


def judged(hooks: Hooks, turns: Sequence[Turn], turn: object, verdict: object, reason: object) -> str | None:
    """Hand on what the reader thought of turn `turn`; the message that it was noted, None where nothing was."""
    if hooks.feedback is None or not is_turn(turn, turns):
        return None
    answer = turns[turn].answer
    if answer is None or (verdict != "up" and verdict != "down"):
        return None
    snapshot = next((citation.snapshot for citation in (*answer.citations, *answer.nearest)), "")
    why = reason.strip()[:_LONGEST_REASON] if isinstance(reason, str) else ""
    given = FeedbackGiven(answer.question, answer.text, "up" if verdict == "up" else "down", why, snapshot)
    hooks.feedback(given)
    return messages.noted(turn, given.verdict)


def recorded(hooks: Hooks, turns: Sequence[Turn], turn: object) -> str | None:
    """Record the refused question of turn `turn`; the message that it was noted, None where it was not."""
    if hooks.record is None or not is_turn(turn, turns):
        return None
    answer = turns[turn].answer
    if answer is None or not answer.abstained:
        return None
    hooks.record(answer)
    return messages.noted(turn)
