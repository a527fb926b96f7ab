"""What a report opens with: “新华社北京8月6日电（记者张三、李四）”, “【某时报特约记者 张三】”, “某晚报记者 张三”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from embeddings.credits.outlets import KIND, LETTER, outlet_ending, outlet_in
from embeddings.credits.people import ROLE, only_people, scan_people
from embeddings.page.characters import HAN
from embeddings.types import Credit

WITHIN = 220
"""Characters at the beginning of the text within which its dateline stands, behind a title or a caption."""
_NEAR = 40
"""Characters behind the dateline within which the reporter is named (“晚报讯 记者张三报道：”)."""
_DAY = r"(?:\d{4}\s*年\s*)?(?:\d{1,2}\s*月\s*)?\d{1,2}\s*日"
_EARLY, _LATE = (rf"(?:\s*[（(【](?P<{name}>[^（()）】]{{2,60}})[）)】])?" for name in ("early", "late"))
_DATELINE = re.compile(
    rf"(?P<outlet>{LETTER}{{0,14}}{KIND}){_EARLY}(?P<place>[{HAN}·\-—A-Za-z]{{0,14}}?)"
    rf"(?:{ROLE}[\s|｜]*(?P<named>(?:(?!摄)[{HAN}、 ]){{2,24}}?))?\s*{_DAY}\s*"
    rf"(?:电|讯|消息|报道(?![，,称说]))(?:\s*[|｜])?{_LATE}"
)
_SENT = re.compile(
    rf"(?:^|(?<=[\s。！？!?”）)】]))[（(]?(?P<outlet>{LETTER}{{2,14}})"
    rf"(?:(?<![资通短喜音问快简电])讯(?=[（(）)\s—：:\d]|记者|通讯员|$)|(?:消息|报道)\s*(?=[:：]))[）)]?[\s—：:]*{_LATE}"
)
_RUN_ON = re.compile(
    rf"(?P<outlet>{LETTER}{{0,14}}{KIND}|{LETTER}{{0,14}}本[报网刊])讯\s*[（(](?P<late>[^（()）]{{0,16}}{ROLE}[^（()）]{{2,50}})[）)]"
)
"""Behind a headline without a break."""
_HEADED = re.compile(
    rf"【(?:文[/／]\s*)?(?P<outlet>{LETTER}{{2,20}}?)(?:(?:综合)?报道|(?={ROLE})|(?=[\s·]))\s*(?P<named>[^【】]{{0,30}})】"
)
_EDITED = re.compile(r"(?:责任)?编辑[\s:：]+(?P<names>.{2,20})$")
_REPORTER = re.compile(rf"(?P<outlet>{LETTER}{{0,16}}?)\s?[|｜]?\s?(?P<role>{ROLE}|作者)(?P<gap>\s*[:：|｜]?\s*)")
_LETTER = re.compile(LETTER)
_CITED = re.compile(r"(?:据|引述|援引|引用|综合|来自|告诉|通过)[“《]?$")
_TAKEN = re.compile(r"(?:本文|文章)?(?:转自|转载自|来源于)\s*[:：]?\s*[【《“](?P<outlet>[^】》”]{2,16})[】》”]")


@dataclass(frozen=True, slots=True)
class _Opening:
    """A dateline: where it begins, its outlet included, and whom it names."""

    start: int
    end: int
    outlet: str
    people: tuple[str, ...]
    editors: tuple[str, ...] = ()

    def credits(self) -> list[Credit]:
        sources = [Credit("source", self.outlet, self.start, self.end)] if self.outlet else []
        edited = (Credit("editor", name, self.start, self.end) for name in self.editors)
        return [*sources, *(Credit("author", name, self.start, self.end) for name in self.people), *edited]


def read_opening(text: str) -> list[Credit]:
    """The outlet and the reporters that the beginning of a text names, with where; nothing where it cites others."""
    first = next(_openings(text), None)
    if first is None:
        taken = _TAKEN.search(text[:WITHIN])
        said = [Credit("source", taken["outlet"], *taken.span())] if taken else []
        return [*said, *(credit for found in _reporters(text, 0, WITHIN) for credit in found.credits())]
    near = () if first.people else _reporters(text, first.end, _NEAR)
    return [*first.credits(), *(credit for found in near for credit in found.credits() if credit.role == "author")]


def opening_at(text: str, since: int) -> int | None:
    """Where the first dateline or reporter behind `since` begins in the opening; None where there is none."""
    found = [*_openings(text), *_reporters(text, since, WITHIN)]
    return min((each.start for each in found if each.start >= since), default=None)


def _openings(text: str) -> Iterator[_Opening]:
    for form in (_DATELINE, _SENT, _HEADED, _RUN_ON):
        for match in form.finditer(text[:WITHIN]):
            if found := _opening(match, text):
                yield found


def _opening(match: re.Match[str], text: str) -> _Opening | None:
    words, at = match["outlet"], match.start("outlet")
    own = re.search(r"本[报网刊台]$", words)
    outlet = "" if own else outlet_ending(words, _is_broken(text, at), first=at == 0)
    if outlet and match.re is _RUN_ON and text.count(outlet) < 2:
        return None
    if not outlet and not own and match.re is _SENT and text[match.end("outlet")] == "讯" and _is_broken(text, at):
        outlet = words if 3 <= len(words) <= 6 else ""
    if not outlet and not own:
        return None
    start = at + own.start() if own else at + len(words) - len(outlet)
    # A bracket that opens before the outlet belongs to what is said.
    start = match.start() if start == at else start
    if _CITED.search(text[max(0, start - 5) : start]):
        return None
    edited = _EDITED.match(match.groupdict().get("late") or "")
    editors = only_people(edited["names"], labelled=True) if edited else ()
    return _Opening(start, match.end(), outlet, () if editors else _people_of(match), editors)


def _people_of(match: re.Match[str]) -> tuple[str, ...]:
    groups = match.groupdict()
    for told, labelled in ((groups.get("late"), False), (groups.get("early"), False), (groups.get("named"), True)):
        if told and (people := only_people(told, labelled)):
            return people
    return ()


def _is_broken(text: str, at: int) -> bool:
    return at == 0 or (_LETTER.match(text, at - 1) is None and not text[at - 1].isdecimal())


def _reporters(text: str, since: int, within: int) -> tuple[_Opening, ...]:
    """“…晚报记者 张三 通讯员 李四”, the first in the text, where the last name is seen to end."""
    for match in _REPORTER.finditer(text, since, min(len(text), since + within)):
        at, words = match.start("outlet"), match["outlet"]
        broken = at == since or _is_broken(text, at)
        glued = not match["gap"] and (not broken or match["role"] == "作者")
        if glued or _CITED.search(text[max(0, at - 5) : at] + words[:1]) or words[:1] in tuple("对向有名该"):
            continue
        named = scan_people(text, match.end())
        if named and not re.match(r"\s*摄(?!影报道)", text[named.end :]):
            outlet = outlet_ending(words, broken)
            start = match.start("outlet") + len(words) - len(outlet) if outlet else match.start("role")
            return (_Opening(start, named.end, outlet_in(outlet), named.people),)
    return ()
