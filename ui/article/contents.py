"""An article's outline as a table of contents, each entry a button that scrolls the article to that heading."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from embeddings.types import Outline, Section
from ui.wording import said

_DEPTH = 3
_LENGTH = 48


def contents(outline: Outline, text: str) -> str:
    """The folded table of contents of the article whose text is given; nothing where it has no sections."""
    if not outline.sections:
        return ""
    return (
        f'<details class="contents"><summary class="plain">{said("目录", "Contents")}</summary>'
        f"{_entries(outline.sections, text, 1)}</details>"
    )


def _entries(sections: Sequence[Section], text: str, depth: int) -> str:
    return "<ol>" + "".join(_entry(section, text, depth) for section in sections) + "</ol>"


def _entry(section: Section, text: str, depth: int) -> str:
    heading = " ".join(text[section.heading.start : section.heading.end].split()) or section.label
    shown = heading if len(heading) <= _LENGTH else heading[: _LENGTH - 1] + "…"
    below = _entries(section.children, text, depth + 1) if section.children and depth < _DEPTH else ""
    opener = f'<button type="button" class="plain" data-at="{section.heading.start}">{escape(shown)}</button>'
    return f"<li>{opener}{below}</li>"
