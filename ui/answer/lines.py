"""Lines of an answer as HTML: paragraphs, and lists within lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an answer; level 0 is a paragraph, 1 a list item, 2 an item of a list in a list, and so on."""

    level: int
    html: str


def nested(rows: Iterable[Row]) -> str:
    """The rows as paragraphs and lists; a level too deep for where it stands is taken for the deepest that fits."""
    parts: list[str] = []
    depth = 0
    for row in rows:
        level = min(row.level, depth + 1)
        if level > depth:
            parts.append("<ul>")
        else:
            parts.append(("</li></ul>" * (depth - level) + "</li>") if level else "</li></ul>" * depth)
        parts.append(f"<li>{row.html}" if level else f"<p>{row.html}</p>")
        depth = level
    parts.append("</li></ul>" * depth)
    return "".join(parts)
