"""Names that number their parts, where one sentence says both: “四会”，即：甲、乙、丙、丁; 甲、乙、丙“三大活动”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from embeddings.structure.inline_parts import bracket_end, parts_before, parts_behind
from embeddings.structure.numerals import CHINESE_NUMERAL, numeral_value
from embeddings.structure.sentences import clauses, sentences
from embeddings.types import Section, Span

_N = CHINESE_NUMERAL
_COUNT = rf"(?:(?<![第\d.,十百千万亿零两]){_N}|(?<![第\d.,．])\d{{1,2}}|[两兩])"
_MEASURE = (
    "(?:[大项項种種类類条條张張块塊级級步件点點支道重档檔场場座层層招样樣份]"
    "|[个個](?![月半多百人小]|星期|季度|年度|钟头|鐘頭|工作日))"
)
_QUOTED = re.compile(
    rf"[“‘「『](?P<name>(?P<numeral>{_N}|[两兩])[^\W\d_]{{1,9}}|(?P<digits>12345678|1234567|123456|12345|1234|123))[”’」』]"
)
_COUNTED_QUOTED = re.compile(rf"(?P<numeral>{_COUNT}){_MEASURE}[“‘「『](?P<name>[^\W_]{{1,8}})[”’」』]")
_HEADS = (
    "环节|方面|领域|阶段|步骤|层面|层次|维度|行动|活动|工程|任务|保卫战|攻坚战|战役|责任|制度|机制|体系|平台|抓手|课堂|清单|关口|重点|目标"
    "|原则|要素|板块|主题|专题|品牌|渠道|产业|区域|意识|能力|作用|举措|措施|问题|项目|支柱|标准|指标|模式|系统|流程|队伍|阵地|基地|关系"
    "|環節|領域|階段|步驟|層面|維度|行動|活動|任務|保衛戰|責任|機制|體系|平臺|課堂|清單|重點|目標|原則|板塊|主題|渠道|產業|區域|問題|項目|標準|指標"
)
_UNQUOTED_BEHIND = re.compile(rf"(?P<name>(?P<numeral>{_COUNT}){_MEASURE}[^\W\d_的]{{0,4}}?(?:{_HEADS}))")
"""Behind its parts an unquoted name has no end of its own, but for a word that such names end with."""
_COMPOUND = re.compile(
    rf"(?P<one>{_N}|[两兩])[^\W\d一二三四五六七八九十]{{1,2}}(?P<other>{_N}|[两兩])[^\W\d一二三四五六七八九十]{{1,2}}$"
)
_ANNOUNCES = re.compile(
    r"(?P<noun>[^\W\d_的了是为為即]{0,6}?)"
    r"(?:[，,]?(?:主要)?(?:[分具][别別体體](?:指的是|是|为|為|包括)|即(?![将將可使便日刻])|也就是|就是|包括了?|包含|涵盖|涵蓋|所?指的是|是指)[：:，,]?"
    r"|[：:]|—{1,2}|(?P<bracket>[（(])(?:(?:即|包括|分别[是为])[：:，,]?)?)"
)
_UNQUOTED = re.compile(
    rf"(?P<name>(?!二[类類级級])(?P<numeral>{_COUNT}){_MEASURE}[^\W\d_的了是即指為为有]{{0,8}}?)"
    rf"(?=(?!\w){_ANNOUNCES.pattern}|主要包括|分别|分別|即|包括|是指|指的是)"
)
"""Before its parts an unquoted name ends where they are announced."""
_ONE_CHARACTER = re.compile(rf"[“‘「『](?:{_N}|[两兩])(?P<head>[^\W\d_])[”’」』]")
_LONGEST_HEADING = 40


@dataclass(frozen=True, slots=True)
class _Name:
    span: Span
    """As written, with its quotation marks."""
    counts: frozenset[int]
    """How many parts it says it has; of 三会一课 that is four."""
    ends_itself: bool
    """Whether marks or its last word tell where it ends, so that its parts may stand before it."""


def read_names(text: str, within: Span) -> tuple[Section, ...]:
    """The names in text[within] that spell out as many parts as they number, with these parts as their children.

    Nothing is read where the number of parts found is another one. No two names overlap.
    """
    found: list[Section] = []
    for sentence in sentences(text, within):
        position = sentence.start
        for name in sorted(_names(text, sentence), key=lambda n: (n.span.start, not n.ends_itself)):
            if name.span.start < position:
                continue
            section = _spelled_out(text, sentence, name) or _repeated(text, within, name)
            if section is not None and section.start >= position:
                found.append(section)
                position = section.end
    return tuple(found)


def _names(text: str, sentence: Span) -> Iterator[_Name]:
    for pattern in (_QUOTED, _COUNTED_QUOTED, _UNQUOTED_BEHIND):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            yield _Name(Span(match.start(), match.end()), _counts(match), True)
    for match in _UNQUOTED.finditer(text, sentence.start, sentence.end):
        yield _Name(Span(match.start("name"), match.end("name")), _counts(match), False)


def _counts(match: re.Match[str]) -> frozenset[int]:
    if match.groupdict().get("digits"):
        return frozenset({len(match.group("digits"))})
    compound = _COMPOUND.match(match.group("name"))
    if compound and set(compound.groups()) == {"一"}:
        return frozenset()
    numerals = compound.groups() if compound else (match.group("numeral"),)
    return frozenset({sum(numeral_value(numeral) or 0 for numeral in numerals)})


def _spelled_out(text: str, sentence: Span, name: _Name) -> Section | None:
    for count in name.counts:
        if count < 2:
            continue
        announces = _ANNOUNCES.match(text, name.span.end, sentence.end)
        if announces is not None:
            stop = bracket_end(text, announces.start("bracket"), sentence.end) if announces["bracket"] else None
            rest = Span(announces.end(), stop or sentence.end)
            parts = parts_behind(text, rest, count, whole=stop is not None, sure=name.ends_itself)
            if parts and not (announces["bracket"] and stop is None):
                heading = Span(_clause_start(text, sentence, name.span), announces.end("noun"))
                return _section(text, name, heading, parts, heading.start, stop + 1 if stop else parts[-1].end)
        if name.ends_itself:
            parts = parts_before(text, Span(_clause(text, sentence, name.span), name.span.start), count)
            if parts:
                return _section(text, name, name.span, parts, parts[0].start, name.span.end)
    return None


def _repeated(text: str, within: Span, name: _Name) -> Section | None:
    """“四看”。看甲、看乙、看丙、看丁: behind the name as many parts that all begin with its one character."""
    called = _ONE_CHARACTER.fullmatch(text, name.span.start, name.span.end)
    if called is None:
        return None
    part = rf"{called['head']}[^、，,。；;\n]{{1,14}}"
    for count in name.counts:
        rest = rf"(?:[、，,；;]{part}){{{count - 1}}}(?=[，,。；;])"
        if found := re.compile(rf"[。：:，,](?P<parts>{part}{rest})").match(text, name.span.end, within.end):
            begin = found.start("parts")
            parts = [Span(begin + one.start(), begin + one.end()) for one in re.finditer(part, found["parts"])]
            return _section(text, name, name.span, parts, name.span.start, parts[-1].end)
    return None


def _section(text: str, name: _Name, heading: Span, parts: list[Span], start: int, end: int) -> Section:
    label = text[name.span.start : name.span.end]
    return Section("name", label, heading, start, end, tuple(Section("item", "", p, p.start, p.end) for p in parts))


def _clause(text: str, sentence: Span, name: Span) -> int:
    return next((c.start for c in clauses(text, sentence) if c.start <= name.start < c.end), name.start)


def _clause_start(text: str, sentence: Span, name: Span) -> int:
    """Where the clause that holds the name begins, or the name itself where that is far away."""
    start = _clause(text, sentence, name)
    return start if name.end - start <= _LONGEST_HEADING else name.start
