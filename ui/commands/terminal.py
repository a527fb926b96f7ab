"""An answer as lines of text for a terminal, whole or sentence by sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from embeddings.types import Span
from qa.page_numbers import pages_both
from qa.recognised import notice_line
from qa.standing import badge_line
from qa.types import Answer, Citation
from ui.answer.exact import runs

_BROKEN_OFF = "（以上没有写完，下面另给完整的答案。The above was broken off; here is the whole answer.）"
_LEFT_OUT = "未在原文找到依据，已删去 / not found in the articles, left out:"


def print_answer(answer: Answer) -> None:
    """Print a whole answer with its sources; where it is unsure, or none, its first line says so."""
    print(_as_text(answer, bold=_shows_bold()))


def print_growing(answers: Iterable[Answer]) -> None:
    """Print the sentences of an answer as they come, each once it is checked; then what was left out, and the sources.

    What is printed is never taken back: where another answer takes the place of the one under way, a line says so.
    """
    printed = ""
    last: Answer | None = None
    for last in answers:
        # An unsure answer is printed whole, behind the line that says so.
        if last.mode == "generated" and not last.tentative and last.text.startswith(printed):
            print(last.text[len(printed) :], end="", flush=True)
            printed = last.text
    if last is None:
        return
    if not printed:
        print_answer(last)
    elif last.text == printed:
        print(_behind(last, _left_out(last)))
    else:
        print(f"\n\n{_BROKEN_OFF}")
        print_answer(last)


def _shows_bold() -> bool:
    """Whether stdout is a terminal that knows bold, and the user has not asked for plain text (https://no-color.org)."""
    terminal = os.environ.get("TERM", "")
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or terminal == "dumb":
        return False
    # The old console of Windows prints the codes as they are; Windows Terminal and Unix-like shells give their names.
    return os.name != "nt" or bool(terminal or os.environ.get("WT_SESSION"))


def _as_text(answer: Answer, bold: bool) -> str:
    note = f"{answer.note}\n\n" if answer.note else ""
    # An empty line sets what an unsure answer says of itself apart from what it quotes.
    lead = f"{answer.text[: answer.begins]}\n" if answer.begins else ""
    said = _in_bold(answer) if bold else answer.text[answer.begins :]
    return f"{badge_line(answer)}{note}{lead}{said}{_behind(answer)}"


def _in_bold(answer: Answer) -> str:
    """What the answer quotes, with what answers exactly between the codes for bold and for no bold (ECMA-48, SGR)."""
    exact = [Span(span.start, span.end) for span in answer.answer_spans]
    quoted = runs(answer.text[answer.begins :], exact, answer.begins)
    return "".join(f"\x1b[1m{run.text}\x1b[22m" if run.exact else run.text for run in quoted)


def _left_out(answer: Answer) -> tuple[str, ...]:
    struck = [sentence.text for sentence in answer.sentences if sentence.support == "unsupported"]
    return ("", _LEFT_OUT, *(f"  {' '.join(text.split())}" for text in struck)) if struck else ()


def _behind(answer: Answer, left_out: tuple[str, ...] = ()) -> str:
    """What follows the text, each line on one of its own: what was left out, and the sources."""
    shown = answer.nearest if answer.abstained else answer.citations
    title = "最接近的段落（不是答案） Nearest passages, not an answer:" if answer.abstained else "出处 Sources:"
    sources = ("", title, *map(_source_line, shown)) if shown else ()
    return "".join(f"\n{line}" for line in (*left_out, *sources))


def _source_line(citation: Citation) -> str:
    said = (citation.author, citation.source, citation.published, pages_both(citation))
    about = "，".join(part for part in said if part)
    quote = " ".join(citation.quote.split())
    place = f"({citation.article_id} {citation.start}-{citation.end})"
    told = notice_line(citation)
    recognised = f"\n      （{told}）" if told else ""
    return f"  [{citation.number}] 《{citation.title}》{about} {place}\n      {quote}{recognised}"
