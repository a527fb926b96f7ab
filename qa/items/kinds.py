"""Whether items are of the kind that a question counts or lists."""

from __future__ import annotations

import re

from embeddings.folding import squeeze
from embeddings.structure.sentences import sentences
from embeddings.types import Span
from qa.items.found import ItemsFound


def are_called(noun: str, found: ItemsFound) -> bool:
    """Whether the items are called so: by their column or key, what announces them, the title, or most of their names.

    One character has to be all that they are called by (各村, 12个村, 东岗村).
    """
    if not noun:
        return True
    text = found.article.text
    names = [squeeze(text[record.name.start : record.name.end]) for record in found.records.records]
    announced = _announcement(text, found.records.before)
    own = squeeze(f"{found.article.title}\n{found.records.head}\n{announced}")
    if len(noun) > 1 and (noun in own or 2 * sum(noun in name for name in names) > len(names)):
        return True
    if len(noun) > 1:
        return False
    counted = re.search(rf"(?:\d|[一二三四五六七八九十各每])[个家名]?{re.escape(noun)}(?!级)", own)
    of_names = 2 * sum(name.endswith(noun) for name in names) > len(names)
    return bool(of_names or counted or noun in found.records.head)


def _announcement(text: str, before: Span) -> str:
    """The last sentence before the items."""
    spans = sentences(text, before)
    return text[spans[-1].start : spans[-1].end] if spans else ""
