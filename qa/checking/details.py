"""Short words that a share of all words overlooks: items of a list, what a number counts, the level of an office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from embeddings.folding import fold
from embeddings.structure.sentences import clauses
from embeddings.types import Span
from qa.checking.part import Part
from qa.claims.measures import COUNTS_THINGS
from qa.claims.wording import runs, terms

_LIST = re.compile(r"[^，,；;：:。！？!?]*、[^，,；;：:。！？!?]*")
_LIST_BREAK = re.compile(r"、|以及|[和与及并]")
_LONGEST_ITEM = 6
_LEVEL = re.compile(r"(?:国家|[中央部省市县区州乡镇])(?:直|级|委(?!员|托|任|屈)|政府)")
_BROAD_WORDS = "步骤 方面 部分 内容 要点 环节 措施 做法 举措 办法 领域 角度 阶段 板块 类别 问题 情况 工作"
_BROAD = frozenset(_BROAD_WORDS.split())


def details_of(part: Part) -> tuple[tuple[str, ...], ...]:
    """For each of them the pairs of characters of which a source must hold one."""
    levels = ((level[-2:],) for level in _LEVEL.findall(fold(part.text)))
    return (*_items(part), *_counted(part), *levels)


def _items(part: Part) -> Iterator[tuple[str, ...]]:
    """Terms of the short items of lists; the first and last may run into the rest of the clause."""
    for match in _LIST.finditer(part.text):
        items = [item.strip("“”「」《》 ") for item in _LIST_BREAK.split(match.group())]
        for item in items:
            wanted = terms(item)
            if len(item) <= _LONGEST_ITEM and wanted:
                yield wanted


def _counted(part: Part) -> Iterator[tuple[str, ...]]:
    """Terms of the word right behind a number of things (4500个村庄)."""
    for quantity in part.claims.quantities:
        if quantity.unit in COUNTS_THINGS:
            behind = next(iter(clauses(part.text, Span(quantity.end, len(part.text)))), None)
            found = runs(part.text[behind.start : behind.end]) if behind and behind.start == quantity.end else []
            if found and len(found[0]) >= 2 and found[0][:2] not in _BROAD:
                yield (found[0][:2],)
