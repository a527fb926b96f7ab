"""Whether a text says a gold answer."""

from __future__ import annotations

import re

from embeddings.folding import fold

_BETWEEN = r"[\W_]*"
_NOT_WITHIN = r"(?<!\d)(?<!\d\.)"
_NOT_WITHIN_THOUSANDS = r"(?<!\d,)"
_NOT_GOING_ON = r"(?!\d|\.\d|,\d{3}(?!\d))"


def plain(text: str) -> str:
    """Folded (see `fold`), letters and digits alone."""
    return re.sub(r"[\W_]", "", fold(text))


def says(text: str, gold: str) -> bool:
    """Whether the letters and digits of a gold answer stand in a text, in order, with no other between them.

    Both are folded. A number is only found whole: neither “13次” nor “2.3次” says “3次”, and “1,200册” says “1200册”
    but not “200册”.
    """
    wanted = plain(gold)
    pattern = _BETWEEN.join(map(re.escape, wanted))
    leading = re.match(r"\d*", wanted)
    if leading and leading[0]:
        pattern = _NOT_WITHIN + (_NOT_WITHIN_THOUSANDS if len(leading[0]) == 3 else "") + pattern
    if wanted[-1:].isdecimal():
        pattern += _NOT_GOING_ON
    return re.search(pattern, fold(text)) is not None
