"""Parts that stand side by side in one sentence, cut where this makes as many as are asked for."""

from __future__ import annotations

import re
from itertools import pairwise

from embeddings.structure.numerals import CHINESE_NUMERAL, numeral_value
from embeddings.types import Span

_OPENING, _CLOSING = "“‘《〈「『（(【[", "”’》〉」』）)】]"
_AND = re.compile("以及|[和与與及]")
_LONGEST_PART = 60
_SEPARATORS = (("；;", "。！？!?"), ("、", "，,；;。！？!?"), ("，,", "；;。！？!?"), ("、，,", "；;。！？!?"))
"""What parts are cut at, and what ends the last of them."""
_TAIL = re.compile(
    rf"(?:等+|这|這|共)*(?P<numeral>{CHINESE_NUMERAL}|[两兩]|\d{{1,2}})"
    r"[个個大项項种種类類条條张張块塊级級支点點份样樣][^，,、]{0,10}$"
)
"""Behind the last part their number may be said (“甲、乙等两个方面”)."""
_TAKES = (
    "为了|按照|围绕|圍繞|通过|通過|依托|聚焦|坚持|堅持|抓好|抓实|做好|做实|做到|做优|打好|打造|打响|提倡|倡导|提出|横跨|符合|成立|建好|建立|建设|建設|构建|構建|构筑|筑牢"
    "|开展|開展|实施|實施|组织|組織|落实|落實|推进|推進|推动|推動|推行|深化|强化|強化|深入|扎实|全面|全力|统筹|統籌|着力|努力|积极|切实"
    "|突出|把握|增强|坚定|坚守|健全|完善|形成|培育|发展|發展|围着|针对|針對|结合|履行|压实|夯实|提升|提高|优化|加强|加強|加快|搭建|创建"
    "|设立|设置|划分为|分为|分成|包括|涵盖|涉及|主要有|有效|主动|重点|紧盯|抓住|抓牢|守好|用好|明确|制定|印发|出台|举办|创新|锻造|锤炼"
)
_TAKEN = re.compile(rf"(?:{_TAKES})了?|[在把将將按从從向由设設]")
_TAKEN_OR_IS = re.compile(rf"{_TAKEN.pattern}|[是让讓使有]")
_ONLY_TAKES = re.compile(rf"(?:{_TAKES}|[^\W\d]好|[^\W\d]实)了?$")
"""Verbs that take the list as their object, and what stands before a name and is no part."""


def bracket_end(text: str, opening: int, end: int) -> int | None:
    """The index of the mark that closes the bracket at `opening`, or None where none does before `end`."""
    depth = 0
    for position in range(opening, end):
        depth += (text[position] in _OPENING) - (text[position] in _CLOSING)
        if depth == 0:
            return position
    return None


def parts_behind(text: str, within: Span, count: int, *, whole: bool, sure: bool) -> list[Span]:
    """The first stretch of text[within] cut into `count` parts, or none where no separator makes as many.

    Cut at ； or 、 or ，outside brackets, and between quotations that touch. With `whole` the parts fill the
    stretch (a bracket); else the last one ends at the next mark of a higher kind. Where it is not `sure` that
    parts are announced, clauses have to begin or end alike to be parts.
    """
    for separators, ends in _SEPARATORS:
        spans = _cut(text, within, separators, "" if whole else ends)
        clausal = "，" in separators
        if clausal and not whole and len(spans) > count and _alike_to(text, spans, count):
            spans = spans[:count]
        spans = _joined_by_and(text, _without_tail(text, spans, count), count)
        if len(spans) != count or not _are_parts(text, spans):
            continue
        if _of_one_form(text, spans, sure) if clausal else whole or _fits_last(spans):
            return spans
    return []


def parts_before(text: str, within: Span, count: int) -> list[Span]:
    """The `count` parts that 、 separates and that end where text[within] ends, or none."""
    end = within.start + len(re.sub(r"(?:等|这|這|共|在内的|的)+$", "", text[within.start : within.end]))
    spans = _joined_by_and(text, _cut(text, Span(within.start, end), "、", ""), count)
    if len(spans) != count or spans[-1].end != end or not _are_parts(text, spans):
        return []
    spans = [_object(text, spans), *spans[1:]]
    said = [text[span.start : span.end] for span in spans]
    lengths = sorted(len(part) for part in said)
    if _ONLY_TAKES.search(said[-1]) or lengths[-1] > 2 * lengths[0] + 3:
        return []
    if any(re.search(rf"[“‘「『](?:{CHINESE_NUMERAL}|两)", part) for part in said):
        return []
    between = text[spans[-2].end : spans[-1].start].strip()
    joined = _AND.fullmatch(between) and lengths[0] > 1
    sure = count > 2 or lengths[0] == lengths[1] or said[0][-1] == said[1][-1] or joined
    return spans if sure else []


def _cut(text: str, within: Span, separators: str, ends: str) -> list[Span]:
    """Stretches between separators outside brackets, up to the first of `ends` outside brackets."""
    cuts, depth, stop = [within.start], 0, within.end
    for position in range(within.start, within.end):
        character = text[position]
        depth += (character in _OPENING) - (character in _CLOSING)
        if depth < 0 or (depth == 0 and character in ends):
            stop = position
            break
        touches = character in "”’》」』" and text[position + 1 : position + 2] in tuple("“‘《「『")
        if depth == 0 and (character in separators or touches):
            cuts.append(position + 1)
    return [_trim(text, Span(start, end), separators) for start, end in pairwise([*cuts, stop])]


def _trim(text: str, span: Span, marks: str = "") -> Span:
    start, end = span.start, span.end
    edge = marks + " \t\u3000。；;，,、"
    while start < end and text[start] in edge:
        start += 1
    while start < end and text[end - 1] in edge:
        end -= 1
    return Span(start, end)


def _joined_by_and(text: str, spans: list[Span], count: int) -> list[Span]:
    """The last stretch cut at its one 和 where one part is missing."""
    if len(spans) != count - 1 or not spans:
        return spans
    last = spans[-1]
    found = [m for m in _AND.finditer(text, last.start + 1, last.end - 1) if _is_outside(text, last, m.start())]
    if len(found) != 1:
        return spans
    return [*spans[:-1], _trim(text, Span(last.start, found[0].start())), _trim(text, Span(found[0].end(), last.end))]


def _is_outside(text: str, span: Span, position: int) -> bool:
    before = text[span.start : position]
    return sum(character in _OPENING for character in before) == sum(character in _CLOSING for character in before)


def _without_tail(text: str, spans: list[Span], count: int) -> list[Span]:
    last = spans[-1]
    tail = _TAIL.search(text, last.start + 1, last.end)
    if tail and numeral_value(tail["numeral"]) == count:
        return [*spans[:-1], Span(last.start, tail.start())]
    return [*spans[:-1], Span(last.start, last.end - 1)] if text[last.start + 1 : last.end].endswith("等") else spans


def _are_parts(text: str, spans: list[Span]) -> bool:
    return all(0 < s.end - s.start <= _LONGEST_PART and _is_outside(text, s, s.end) for s in spans)


def _fits_last(spans: list[Span]) -> bool:
    """Whether the last part is no more than a part: it may run on into what is said of all of them."""
    *others, last = (span.end - span.start for span in spans)
    return last <= 2 * max(others) + 4


def _alike_to(text: str, spans: list[Span], count: int) -> bool:
    """Whether the first `count` begin with one character and the next does not: 坚持…，坚持…，不断…."""
    return len({text[s.start] for s in spans[:count]}) == 1 and text[spans[count].start] != text[spans[0].start]


def _of_one_form(text: str, spans: list[Span], sure: bool) -> bool:
    """Clauses are parts where they begin or end alike, or, three and more, are as long as each other but for a word."""
    ends = [{text[s.start] for s in spans}, {text[s.end - 1] for s in spans}]
    if any(len(end) == 1 and end.isdisjoint(_OPENING + _CLOSING) for end in ends):
        return True
    lengths = sorted(s.end - s.start for s in spans)
    return sure and len(spans) > 2 and lengths[-1] <= lengths[0] + 2


def _object(text: str, spans: list[Span]) -> Span:
    """The first part without the verbs that take the whole list as their object (开展甲、乙、丙…)."""
    first, others = spans[0], [text[span.start : span.end] for span in spans[1:]]
    while (verb := _TAKEN.match(text, first.start, first.end)) and verb.end() < first.end:
        if any(other.startswith(verb.group()) for other in others):
            break
        first = Span(verb.end(), first.end)
    if first.end - first.start > max(map(len, others)):
        inside = [m for m in _TAKEN_OR_IS.finditer(text, first.start, first.end) if m.end() < first.end]
        if inside and all(inside[-1].group() not in other for other in others):
            return Span(inside[-1].end(), first.end)
    return first
