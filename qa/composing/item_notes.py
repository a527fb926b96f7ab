"""What a reader must know of items: by which rule, out of how many, which could not be judged, where counts differ."""

from __future__ import annotations

from collections.abc import Sequence

from embeddings.records.records import Record
from qa.composing.citations import quote_of
from qa.items.found import ItemsFound

_NAMED = 6
"""Items that could not be judged are named up to this many."""


def items_note(found: ItemsFound, most: int) -> str:
    """The note of an answer on items, of which it shows at most so many; in Chinese."""
    return "；".join(part for part in (_rule(found), _left_out(found), _differs(found), _shown(found, most)) if part)


def _rule(found: ItemsFound) -> str:
    total = len(found.records.records)
    where = f"按《{found.article.title}》里"
    rules = "且".join(found.rules)
    if found.action in ("most", "least") and found.column:
        among = f"{rules}的" if rules else ""
        return f"{where}{found.column.spoken}一栏比较了{among} {found.compared} 项"
    if found.action == "sum" and found.column:
        among = f"{rules}的" if rules else ""
        summed = f"{where}{among} {len(found.terms)} 项的{found.column.spoken}相加"
        return summed if found.stated else f"{summed}，文章没有写总数"
    if rules:
        return f"{where}{rules}判断，{total} 项里有 {len(found.chosen)} 项"
    return f"{where}列出的 {total} 项" if found.action != "first" else f"{where}列出的先后，共 {total} 项"


def _left_out(found: ItemsFound) -> str:
    """The items that could not be judged, and those without a figure."""
    parts = []
    for words in dict.fromkeys(one.words for one in found.unjudged):
        records = [one.record for one in found.unjudged if one.words == words]
        why = f"写的是“{words}”" if words else "没有写明"
        parts.append(f"另有 {len(records)} 项{why}，未算在内：{_names(found, records)}")
    if found.action == "sum" and found.without:
        parts.append(f"{len(found.without)} 项没有数字，未加在内：{_names(found, found.without)}")
    return "；".join(parts)


def _differs(found: ItemsFound) -> str:
    stated = found.stated
    if stated is None:
        return ""
    if found.action == "count" and stated.value != len(found.chosen):
        return f"文章说的是 {stated.value.normalize():f}，逐项数出来是 {len(found.chosen)}，两者不一致"
    if found.action == "sum" and found.column and stated.value != found.total:
        told = found.column.told
        return f"文章说的是 {told(stated.value)}，各项相加是 {told(found.total)}，两者不一致"
    return ""


def _shown(found: ItemsFound, most: int) -> str:
    return f"只列出前 {most} 项" if most < len(found.chosen) and found.action != "sum" else ""


def _names(found: ItemsFound, records: Sequence[Record]) -> str:
    named = "、".join(quote_of(found.article, record.name) for record in records[:_NAMED])
    return f"{named}等" if len(records) > _NAMED else named
