"""What an item of a list begins with that has no number."""

from __future__ import annotations

import re

_BULLET = re.compile(r"[●•▪■◆◇○▶➢✓✔·]\s*(?=\w|[“《【（(])|[-*+–]\s+(?=\S)")
"""What an item without a number begins with in plain text."""


def bullet_end(line: str) -> int:
    """How many characters the bullet is that the line begins with, with the blank behind it; 0 where it has none."""
    bullet = _BULLET.match(line)
    return bullet.end() if bullet else 0
