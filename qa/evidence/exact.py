"""Exact answers come out whole: numbers with their units, dates, names, titles and quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from embeddings.types import Span

_NUMERAL = "零〇一二两三四五六七八九十百千万亿"
_FORMAL = "零壹贰貳叁參肆伍陆陸柒捌玖拾佰仟万萬亿億"
_UNIT = (
    r"(?:多|余|几)?[万亿千百]*(?:个百分点|[%％‰℃]|平方公里|平方千米|平方米|立方米|公里|千米|毫米|厘米|公斤|千克|公顷|分钟|小时|"
    r"美元|欧元|日元|英镑|个月|[年月日号时分秒天周届次个名位人户家所座条项件篇本册页张只头匹辆架艘台套吨克斤米里亩元角度级层楼岁倍成折点])?"
)
_WHOLE = re.compile(
    rf"(?:公元前?|约|近|超过?|第)?\d{{1,4}}年(?:\d{{1,2}}月(?:\d{{1,2}}[日号])?)?(?:[至到—-]\d{{1,4}}年(?:\d{{1,2}}月(?:\d{{1,2}}[日号])?)?)?"
    rf"|\d{{1,2}}月\d{{1,2}}[日号]|\d{{1,2}}[:：]\d{{2}}"
    rf"|(?:第|约|近)?\d+(?:[.,]\d+)*(?:[-—~～至]\d+(?:[.,]\d+)*)?{_UNIT}"
    rf"|百分之[{_NUMERAL}点]+|[{_FORMAL}]{{2,}}{_UNIT}整?|第?[{_NUMERAL}]+{_UNIT}"
    r"|[A-Za-z][A-Za-z0-9.-]*"
)
"""What is never cut in two. The longest form comes first."""
_PAIRS = dict(zip("“‘《〈「『（(【[", "”’》〉」』）)】]", strict=True))
_EDGES = "，。、；：！？,;:!? \t\n"
_ALWAYS_WHOLE = "《〈"
"""Brackets whose inside is a title: part of a title is no answer."""


def whole(text: str, span: Span, within: Span) -> Span:
    """The span widened, inside `within`, to whole numbers with units, dates, words, titles and closed quotations.

    Punctuation at its edges is left out. A span of punctuation alone stays as it is.
    """
    before = None
    while before != span:
        before = span
        for unit in (*_units(text, span, within), *_pairs(text, span, within)):
            span = Span(min(span.start, unit.start), max(span.end, unit.end))
        span = _trimmed(text, span)
    return span


def _units(text: str, span: Span, within: Span) -> Iterator[Span]:
    """What is cut by one of the span's edges, or begins where the span begins and goes on behind it."""
    for match in _WHOLE.finditer(text, within.start, within.end):
        start, end = match.span()
        cut_behind = start < span.end < end and span.start < end
        cut_before = start < span.start < end
        if (cut_behind or cut_before) and len(match.group()) > 1:
            yield Span(start, end)


def _pairs(text: str, span: Span, within: Span) -> Iterator[Span]:
    """Pairs of brackets that the span cuts, titles that it lies in, and quotations whose whole inside it is."""
    opened: list[int] = []
    for position in range(within.start, within.end):
        if text[position] in _PAIRS:
            opened.append(position)
        elif opened and text[position] == _PAIRS[text[opened[-1]]]:
            pair = Span(opened.pop(), position + 1)
            inside = pair.start < span.start and span.end < pair.end
            cut = pair.start < span.start < pair.end < span.end or span.start <= pair.start < span.end < pair.end
            fills = pair.start + 1 == span.start and span.end == pair.end - 1
            if cut or fills or (inside and text[pair.start] in _ALWAYS_WHOLE):
                yield pair


def _trimmed(text: str, span: Span) -> Span:
    said = text[span.start : span.end]
    start = span.start + len(said) - len(said.lstrip(_EDGES))
    end = span.end - (len(said) - len(said.rstrip(_EDGES)))
    return Span(start, end) if start < end else span
