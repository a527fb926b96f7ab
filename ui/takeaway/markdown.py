"""A conversation as Markdown, its sources as footnotes; what articles say is text and never markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ui.takeaway.contents import Entry, Mark, Row, contents_of
from ui.types import Turn

_SPECIAL = re.compile(r"[\\`*_\[\]()<>&|~$^#@]|(?<=www)\.|:(?=//)", re.IGNORECASE)
"""Characters that open markup in CommonMark or in GitHub's dialect, and what makes a bare address a link there.

Round brackets are among them, because one behind a footnote's mark would make a link of it."""
_LINE_START = re.compile(r"^(\d{1,9})([.)])|^([-+=:])")
"""Signs that begin a list item, an underlined heading or a definition."""


def conversation_markdown(turns: Sequence[Turn]) -> str:
    """The conversation in Markdown with footnotes, numbered throughout; a question is a heading of level 2."""
    contents = contents_of(turns, date.today())
    entries = [_entry(entry) for entry in contents.entries]
    notes = [f"[^{number}]: {_escaped(text, begins=True)}" for number, text in enumerate(contents.notes, 1)]
    closing = f"---\n\n{_escaped(contents.closing, begins=True)}"
    return "\n\n".join([*entries, closing, *notes]) + "\n"


def _entry(entry: Entry) -> str:
    blocks = [f"## {_escaped(entry.question, begins=True)}"]
    previous = 0
    for row in entry.rows:
        # Items of one list stand on lines of their own; an empty line parts everything else.
        blocks.append("\n" if previous and row.level else "\n\n")
        blocks.append(_row(row))
        previous = row.level
    return "".join(blocks)


def _row(row: Row) -> str:
    quoted = "> " if row.kind == "quote" else ""
    bullet = "  " * (row.level - 1) + "- " if row.level else ""
    said = "".join(
        f"[^{part.number}]" if isinstance(part, Mark) else _escaped(part.text, begins=index == 0)
        for index, part in enumerate(row.parts)
    )
    return f"**{said}**" if row.kind == "badge" else f"{quoted}{bullet}{said}"


def _escaped(text: str, begins: bool) -> str:
    """The text so that Markdown shows it as it is; `begins`: it begins a line."""
    escaped = _SPECIAL.sub(r"\\\g<0>", text.lstrip(" ") if begins else text)
    return _LINE_START.sub(_escaped_start, escaped) if begins else escaped


def _escaped_start(match: re.Match[str]) -> str:
    return rf"{match[1]}\{match[2]}" if match[1] else rf"\{match[3]}"
