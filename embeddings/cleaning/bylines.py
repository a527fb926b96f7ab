"""Lines that say who wrote an article, in the forms that newspapers, offices and public accounts use."""

from __future__ import annotations

import re
from dataclasses import dataclass

from embeddings.cleaning.labels import read_labels
from embeddings.credits.names import is_organisation, is_person, only_names, split_names

_MARKS = " ■●○◎□▲◆◇△▪•·*＊—-"
_POST = re.compile(
    r"^[（(【\[]?\s*(?:本文)?(?:第一)?作者\s*(?P<name>[\u4e00-\u9fff·]{2,8}?)?\s*"
    r"(?:系|为|是|单位\s*[:：]|简介\s*[:：]|均?任职于|供职于|现任)\s*(?P<post>[^。！？!?]{4,90}?)\s*[。]?[）)】\]]?$"
)
_REPORTER = re.compile(
    r"^(?:(?:[\u4e00-\u9fff]{2,8}(?:报|网|社|台|刊|融媒体?|客户端))?\s*(?:全媒体|融媒体|"
    r"特约|见习|实习|首席|驻\S{2,6}?)?"
    r"(?:记者|通讯员|评论员|特约撰稿人?|撰稿人?)\s*[:：]?\s*)(?P<names>.{2,60})$"
)
_AFTER = re.compile(r"^(?P<names>.{2,20}?)\s*[/／|｜]\s*(?:文|图文|文图|撰文|撰稿|整理)(?:\s*摄影|\s*[/／].*)?$")
_MARKED = re.compile(r"^[■●○◎□▲◆◇△]\s*(?P<names>\S.{1,40})$")
_HOUSE = re.compile(
    r"^(?:本报|本刊|本网|新华社|人民日报|[\u4e00-\u9fff]{2,8}[报网社])(?:特约)?(?:评论员|编辑部|记者|通讯员|课题组)$"
)
_BRACKETED = re.compile(r"^[（(【\[](?P<inner>[^（）()【】\[\]]{2,60})[）)】\]]$")


@dataclass(frozen=True, slots=True)
class Byline:
    """Who a line names as author; a line of posts alone names nobody."""

    people: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    post: str = ""


def read_byline(line: str) -> Byline | None:
    """Return what a line of its own says about the author, or None where it is no byline."""
    if len(line) > 120:
        return None
    if match := _POST.match(line):
        name = match["name"] or ""
        return Byline(people=(name,) if is_person(name) else (), post=match["post"].strip())
    bracketed = _BRACKETED.match(line)
    inner = bracketed["inner"].strip() if bracketed else line
    facts = read_labels(inner)
    if facts and all(fact.field in ("author", "credit") for fact in facts):
        return named(" ".join(fact.value for fact in facts if fact.field == "author"))
    bare = inner.strip(_MARKS)
    if _HOUSE.match(bare):
        return Byline(offices=(bare,))
    for form in (_REPORTER, _AFTER):
        if (match := form.match(bare)) and only_names(match["names"]):
            return named(match["names"])
    if (match := _MARKED.match(inner)) and only_names(match["names"]):
        return named(match["names"])
    return None


def read_lone_names(line: str, *, bracketed_only: bool) -> Byline | None:
    """Return the people or the office that a line consists of, without any label: only its place makes it a byline."""
    bracketed = _BRACKETED.match(line)
    if bracketed_only and bracketed is None:
        return None
    inner = (bracketed["inner"] if bracketed else line).strip(_MARKS)
    if len(inner) > 45 or re.search(r"[，,。：:；;！!？?“”]", inner) or not only_names(inner):
        return None
    people, offices = split_names(inner)
    if len(people) > 6 or (not people and len(offices) != 1):
        return None
    return Byline(people=tuple(people), offices=tuple(offices))


def named(text: str) -> Byline:
    """Return the people and offices in a list of names; a pen name that has no name's form counts as a person."""
    people, offices = split_names(text)
    stripped = text.strip()
    if not people and not offices and 2 <= len(stripped) <= 12:
        return Byline(people=(stripped,))
    return Byline(people=tuple(people), offices=tuple(office for office in offices if is_organisation(office)))
