"""Names that one paragraph lists by what is said of them: “已上报的有东岗村、西岗村；未上报的有柳林村、新民村”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from embeddings.records.records import HEADING, Field, Record, RecordSet
from embeddings.structure.sentences import is_row, paragraphs
from embeddings.types import Article, Span

_NAME = r"[^\s、，,；;。：:（）()有是为]{2,16}(?:[（(][^）)]{1,20}[）)])?"
_GROUP = re.compile(
    rf"(?P<head>[^\s，,；;。：:、]{{2,16}}?的(?:[^\s，,；;。：:、]{{0,8}}?))(?:共?\d{{0,3}}[个家户项处所座名]?[，,：:]?)?(?:分别)?(?:有|是|为|包括)[：:]?"
    rf"(?P<names>{_NAME}(?:(?:、|和|以及|及){_NAME})*)(?:等[\d一二三四五六七八九十两]*[个家户项处所座名村]*)?(?=[；;。，,\n]|$)"
)
_BETWEEN = re.compile(r"、|以及|和|及")
_LEAST_GROUPS, _LEAST_NAMES = 2, 3


def name_sets(article: Article) -> Iterator[RecordSet]:
    """The paragraphs of an article's body that list names under two heads and more."""
    text = article.text
    for line in paragraphs(text[: article.body_end], article.body_start):
        groups = [] if is_row(text, line) else list(_GROUP.finditer(text, line.start, line.end))
        records = tuple(record for group in groups for record in _records(text, group))
        if len(groups) >= _LEAST_GROUPS and len(records) >= _LEAST_NAMES:
            yield RecordSet("names", Span(line.start, groups[0].start()), records)


def _records(text: str, group: re.Match[str]) -> Iterator[Record]:
    head = Span(*group.span("head"))
    start = group.start("names")
    for match in [*_BETWEEN.finditer(text, start, group.end("names")), None]:
        end = match.start() if match else group.end("names")
        if end > start:
            name = Span(start, end)
            yield Record(name, name, (Field(HEADING, head),), head)
        start = match.end() if match else end
