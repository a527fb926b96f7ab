"""Whether the items of a set are what a question counts, lists or compares."""

from __future__ import annotations

import re
from collections.abc import Sequence

from embeddings.folding import squeeze
from qa.items.asked import ItemsAsked
from qa.items.context import Surroundings
from qa.items.found import ItemsFound
from qa.items.judged import Judged

_GENERAL = re.compile(r"项目|单位|企业|部门|工程|地方")
"""What anything may be called."""
_ONE = frozenset("月镇村县区乡校店班组队站厂户所院")
_MORE = frozenset("民干委支书长主里内级子")
"""What items of one character are called, and what makes another thing of it (村民, 校长)."""
_MAIN = 0.4
"""Share of an article's body that items must have for its title to be theirs."""


def are_meant(asked: ItemsAsked, found: ItemsFound, judged: Sequence[Judged], by: Surroundings) -> bool:
    """Whether the question means these items; without a condition they have to be called what it counts or lists."""
    if not all(one.firm for one in judged):
        return False
    if found.action in ("most", "least", "sum"):
        return not asked.noun_behind or found.action == "sum" or _known(asked, found, by)
    if not judged:
        listed = asked.several or found.action != "list"
        return listed and bool(asked.noun) and are_called(asked.noun, found, by) and _agrees(asked, found)
    if not asked.several and all(one.of_names for one in judged):
        return False
    named = any(one.of_names and asked.noun in one.state for one in judged)
    return not asked.noun_behind or named or _known(asked, found, by)


def _agrees(asked: ItemsAsked, found: ItemsFound) -> bool:
    """Whether what the article says of their number is said of this list, where it says another than it has."""
    stated = found.stated
    if found.action != "count" or stated is None or stated.value == len(found.chosen):
        return True
    said = found.article.text[stated.span.start : stated.span.end]
    named = (
        most_are_named(asked.noun, found) or most_are_named(asked.noun[0], found) or asked.noun in found.records.head
    )
    return named or re.search("如下|下列|以下|名单", said) is not None


def _known(asked: ItemsAsked, found: ItemsFound, by: Surroundings) -> bool:
    called = are_called(asked.noun, found, by) or asked.noun in by.near
    return called or _GENERAL.fullmatch(asked.noun) is not None


def are_called(noun: str, found: ItemsFound, by: Surroundings) -> bool:
    """Whether the items are called so: by their column or key, what announces them, the title, or most of their names.

    One character has to be all that they are called by (乡镇, 东岗村).
    """
    article = found.article
    length = found.records.span.end - found.records.span.start
    is_main = length >= _MAIN * (article.body_end - article.body_start)
    own = f"{by.announced}\n{squeeze(article.title) if is_main else ''}"
    if len(noun) > 1 and (noun in own or most_are_named(noun, found)):
        return True
    one = noun[0]
    if one not in _ONE or noun[1:] in _MORE:
        return False
    return most_are_named(one, found) or one in found.records.head


def most_are_named(noun: str, found: ItemsFound) -> bool:
    """Whether most names have the noun; of one character, end with it."""
    text = found.article.text
    names = [squeeze(text[record.name.start : record.name.end]) for record in found.records.records]
    having = sum(noun in name if len(noun) > 1 else name.endswith(noun) for name in names)
    return bool(noun) and 2 * having > len(names)
