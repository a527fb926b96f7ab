"""Several questions in one: told apart, each so that it can be answered by itself."""

from __future__ import annotations

import re

from embeddings.reading.places import find_places
from qa.understanding.wording import ASKING

_CLAUSES = re.compile(r"[，,；;？?]|以及")
_EACH = re.compile(r"(?:分别|各自)|各(?![个类种项级地部方单处党支县市区位族界])")
_BETWEEN = re.compile(r"[、及跟]|和(?![谐平睦])|与(?![会时])|以及|(?<=[”》])(?=[“《])")
_OF = re.compile(r"^.+?(?=的)")
_IS_WHAT = re.compile(r"是?(?:什么|哪|啥|指)")


def parts_of(text: str) -> tuple[str, ...]:
    """The single questions asked: “查处多少起，罚款多少” is two, “甲、乙各多少” is “甲各多少” and “乙各多少”."""
    parts = [one for clause in _CLAUSES.split(text) if ASKING.search(clause) for one in _each_of(clause)]
    return tuple(parts) or (text,)


def _each_of(clause: str) -> tuple[str, ...]:
    """One question for each of the things that 分别 or 各 asks about; the last one may say what is asked of all."""
    each = _EACH.search(clause)
    if each is None or not ASKING.search(clause, each.end()):
        return (clause,)
    things = [thing for thing in _BETWEEN.split(clause[: each.start()]) if thing.strip()]
    common = _OF.sub("", things[-1]) if things else ""
    if common and common != things[-1] and all(_is_place(thing) for thing in things[:-1]):
        things = [*(f"{thing}{common}" for thing in things[:-1]), things[-1]]
    # 分别是什么 asks for the parts of each, 各罚款多少 for the amount of each.
    tail = clause[each.start() if _IS_WHAT.match(clause, each.end()) else each.end() :]
    return tuple(f"{thing}{tail}" for thing in things) or (clause,)


def _is_place(text: str) -> bool:
    return bool(find_places(text)) and len(text) <= len(find_places(text)[0]) + 1


def standing_alone(part: str, whole: str) -> str:
    """The part with the place that the whole question names, where it names none itself."""
    places = find_places(whole)
    return f"{places[0]}的{part}" if places and not find_places(part) else part
