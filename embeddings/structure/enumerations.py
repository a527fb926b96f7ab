"""Enumerated parts inside running text: 一是…二是…, 一抓…二抓…, 第一…第二…, 首先…其次…, （1）…（2）…, ①…②…."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from embeddings.structure.sentences import clauses, is_row, sentences
from embeddings.types import Section, Span

COUNTED = "年月日天时分秒个名位次届条章季批轮期种步方百千万亿十审线区楼层级等流手号班组排行路院厅室代些般样直同"
"""After a numeral these count something (一年…二年…, 一审…二审…) and enumerate nothing."""
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")
_CIRCLED = ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂", "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", "❶❷❸❹❺❻❼❽❾❿")
_PAUSE = "[，,、：:是]"
_SEQUENTIAL = (f"首先{_PAUSE}?", f"其次{_PAUSE}?", f"再[次者]{_PAUSE}", f"最[后後]{_PAUSE}?")
_LONGEST_ANNOUNCEMENT = 60
"""An item whose first sentence is longer (in characters) is announced by its first clause alone."""
_CLAUSE = r"(?:(?<=[。；;：:，,！？!?”）)\s])|(?<=^))"
_SENTENCE = r"(?:(?<=[。；;：:！？!?”）)\s])|(?<=^))"
"""What an enumerator stands behind: the end of a clause; where it is easily mistaken, of a larger part."""
_DEEPEST = 3
_LEAST_DEFINED = 3


@dataclass(frozen=True, slots=True)
class _Marker:
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Form:
    """The enumerators of one form: patterns for 1, 2, 3…, and what they stand behind ("" for anywhere)."""

    patterns: tuple[str, ...]
    boundary: str = _CLAUSE
    gaps: bool = False
    """Whether any but the first may be missing (首先…最后)."""


@dataclass(frozen=True, slots=True)
class _Enumeration:
    markers: tuple[_Marker, ...]
    restart: int | None
    """Where the same form begins with its first enumerator again, or None."""


def read_items(text: str, within: Span, depth: int = 0) -> tuple[Section, ...]:
    """The enumerated parts of text[within] as nested sections, or none where nothing is enumerated.

    A part runs from its enumerator to the next one; the last one runs to the end of its sentence where
    the parts before it are parts of one sentence, and otherwise to the end of `within` or to the sentence
    in which the same enumerators begin again. What follows the last one may hold another enumeration.
    """
    found = None if is_row(text, within) else _first_enumeration(text, within)
    if found is None:
        return ()
    stop = within.end if found.restart is None else _sentence_start(text, found)
    items: list[Section] = []
    for marker, following in zip(found.markers, [*found.markers[1:], None], strict=True):
        end = following.start if following else _last_end(text, found.markers, stop)
        end = marker.start + len(text[marker.start : end].rstrip())
        heading = _announcement(text, marker, end)
        children = read_items(text, Span(marker.end, end), depth + 1) if depth + 1 < _DEEPEST else ()
        items.append(Section("item", marker.label, heading, marker.start, end, children))
    return (*items, *read_items(text, Span(items[-1].end, within.end), depth))


def _announcement(text: str, marker: _Marker, end: int) -> Span:
    first = sentences(text, Span(marker.start, end))[0]
    if first.end - first.start > _LONGEST_ANNOUNCEMENT:
        first = clauses(text, Span(marker.end, end))[0]
    return Span(marker.start, first.end)


def _last_end(text: str, markers: tuple[_Marker, ...], end: int) -> int:
    before = text[markers[0].start : markers[-1].start].rstrip()
    if before.endswith(("；", ";", "，", ",", "、")):
        return sentences(text, Span(markers[-1].start, end))[0].end
    return end


def _sentence_start(text: str, found: _Enumeration) -> int:
    """Where the sentence begins that holds the restart; the restart itself where no sentence ends before it."""
    last, restart = found.markers[-1].start, found.restart or 0
    return next((s.start for s in sentences(text, Span(last, restart))[::-1] if s.start > last), restart)


def _first_enumeration(text: str, within: Span) -> _Enumeration | None:
    """The enumeration that starts first; of two that start together, the longer."""
    found = [_follow(text, within, form) for form in _forms(text, within)]
    return min(
        (e for e in found if len(e.markers) >= 2 and _is_meant(e.markers)),
        key=lambda e: (e.markers[0].start, -len(e.markers)),
        default=None,
    )


def _is_meant(markers: tuple[_Marker, ...]) -> bool:
    """Of words that also tell a story (首先…最后…) no two alone that no pause sets off."""
    told = markers[0].label.startswith("首先") and not any(m.label[:2] == "其次" for m in markers)
    return not told or all(len(marker.label) > 2 for marker in markers)


def _forms(text: str, within: Span) -> list[_Form]:
    numbers = [f"(?:{n}|{''.join(chr(ord('０') + int(digit)) for digit in str(n))})" for n in range(1, 16)]
    counted = "[个次届条章年季批名位卷轮期种步产三方线级等流时党]"
    return [
        *(_Form(tuple(f"{n}{re.escape(verb)}" for n in _NUMERALS)) for verb in _verbs_after_one(text, within)),
        _Form(tuple(f"第{n}(?:[，,、：:]|(?=是))" for n in _NUMERALS)),
        *(
            _Form(tuple(f"第{n}(?={noun})" for n in _NUMERALS), _SENTENCE)
            for noun in dict.fromkeys(re.findall(rf"第一(?!{counted})([^\W\d_是])", text[within.start : within.end]))
        ),
        _Form(tuple(f"其{n}(?![他它余中实次])[，,、是]?" for n in _NUMERALS)),
        _Form(_SEQUENTIAL, gaps=True),
        _Form(tuple(f"{n}、(?![一二三四五六七八九十]+[、级类年期季])" for n in _NUMERALS), _SENTENCE),
        _Form(tuple(f"[（(]{n}[）)]" for n in _NUMERALS)),
        _Form(tuple(f"[（(]{n}[）)]" for n in numbers), ""),
        # Not the goals of 3：1、2：2.
        _Form(tuple(rf"(?<!\d[:：]){n}(?:[.．](?!\d)|、)" for n in numbers)),
        _Form(tuple(rf"{n}[）)]" for n in numbers), _SENTENCE),
        _Form(tuple(rf"[“‘\"「]{n}[”’\"」](?:[，,：:、]|(?=[即就指]?是)|(?=指))" for n in numbers)),
        *(_Form(tuple(circled), "") for circled in _CIRCLED),
        *(_Form(tuple(map(re.escape, names))) for names in _defined_names(text[within.start : within.end])),
    ]


def _defined_names(stretch: str) -> list[tuple[str, ...]]:
    """Names of one kind, in quotation marks, each of which a clause says what it is: “绿单”为即办单, “红单”为包案单.

    They end in the same character, and there are three at least.
    """
    kinds: dict[str, list[str]] = {}
    for name in re.findall(_CLAUSE + r"(“[^”“，。]{2,6}”)(?=[为是即指])", stretch):
        kinds.setdefault(name[-2], []).append(name)
    return [tuple(dict.fromkeys(names)) for names in kinds.values() if len(set(names)) >= _LEAST_DEFINED]


def _verbs_after_one(text: str, within: Span) -> list[str]:
    """What follows 一 at the start of a clause and follows 二 at the start of a later one: 是, 要, 抓…."""
    verbs: list[str] = []
    stretch = text[within.start : within.end]
    for match in re.finditer(_CLAUSE + rf"一([^\W\d_a-zA-Z{COUNTED}])", stretch):
        verb = match.group(1)
        if verb not in verbs and re.search(_CLAUSE + "二" + re.escape(verb), stretch[match.end() :]):
            verbs.append(verb)
    return verbs


def _follow(text: str, within: Span, form: _Form) -> _Enumeration:
    """Markers 1, 2, 3… in order, each the next match behind the one before; what is missing ends them.

    So does the first enumerator where it comes again, unless it begins an enumeration inside the part (“3、…：1、…”).
    """
    stretch = text[within.start : within.end]
    markers: list[_Marker] = []
    position, restart = 0, None
    for pattern in form.patterns:
        match = re.compile(form.boundary + pattern).search(stretch, position)
        again = _again(form, stretch, position) if markers else None
        if again is not None and (match is None or again < match.start()):
            restart = within.start + again
            break
        if not match and form.gaps and markers:
            continue
        if not match:
            break
        markers.append(_Marker(match.group(), match.start(), match.end()))
        position = match.end()
    moved = (replace(m, start=within.start + m.start, end=within.start + m.end) for m in markers)
    return _Enumeration(tuple(moved), restart)


def _again(form: _Form, stretch: str, position: int) -> int | None:
    """Where the first enumerator stands again, not behind a colon in the same sentence."""
    for match in re.compile(form.boundary + form.patterns[0]).finditer(stretch, position):
        between = stretch[position : match.start()].rstrip()
        if not between.endswith(("：", ":")) or re.search("[。！？!?]", between):
            return match.start()
    return None
