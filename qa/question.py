"""A question as understood: its kind, the names, places and numbers it turns on, the terms that carry it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from embeddings.lexical import tokenize
from embeddings.reading.places import find_places
from qa.names import names_in, part_count, titles_in, years_in
from qa.wording import ASKING, FILLERS, Kind, Wanted, kind_of, unit_of, wanted

_KEY_LENGTH = 4
"""Most head nouns of a question are of two or four characters."""
_BREAKS = re.compile(r"[\s，,。；;：:“”‘’「」『』《》（）()\"！!]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood."""

    text: str
    """Standing by itself: what a follow-up left out is filled in."""
    kind: Kind
    names: tuple[str, ...]
    """Quoted or numbered names it turns on (“四大课堂”, 五个坚持, 12345), those just asked first."""
    titles: tuple[str, ...]
    places: tuple[str, ...]
    years: tuple[str, ...]
    count: int | None
    """How many parts the question says there are (五个坚持: 5; 12345: 5)."""
    unit: str
    """The measure word of what is counted (多少起: 起), or empty."""
    wants: Wanted
    terms: tuple[str, ...]
    """Folded terms that carry the question, without the words of asking, in order."""
    focus: tuple[str, ...]
    """Terms of the thing asked for (“青海省生态环境厅的办公电话是多少”: those of 办公电话)."""
    key: tuple[str, ...]
    """Those of the focus that stand nearest to the words of asking (“港务局全年罚款多少”: 罚款)."""
    chinese: bool
    """Whether it is written in Chinese, so that its terms can be looked for in the articles."""
    parts: tuple[str, ...]
    """The single questions asked (“查处多少起，罚款多少”: two)."""


def understand(text: str, asked: str | None = None) -> Question:
    """Read a question that stands by itself; `asked` is the user's own wording where it was a follow-up."""
    own = asked or text
    names = tuple(dict.fromkeys((*names_in(own), *names_in(text))))
    places = find_places(text)
    focus = _focus(own)
    return Question(
        text=text,
        kind=kind_of(own, bool(names), len(places)),
        names=names,
        titles=titles_in(text),
        places=places,
        years=years_in(text),
        count=part_count(own, names),
        unit=unit_of(own),
        wants=wanted(own),
        terms=content_terms(text),
        focus=focus.terms,
        key=focus.key,
        chinese=bool(_HAN.search(text)),
        parts=tuple(part for part in re.split(r"[，,；;？?]|以及", own) if ASKING.search(part)) or (own,),
    )


def content_terms(text: str) -> tuple[str, ...]:
    """Terms of the folded text without the words of asking and the commonest function words.

    A Chinese character stands by itself only where it has no neighbour to pair with.
    """
    found: list[str] = []
    for stretch in _BREAKS.split(ASKING.sub(" ", text)):
        for piece in FILLERS.sub(" ", stretch).split():
            terms = tokenize(piece)
            found.extend(t for t in terms if len(t) > 1 or len(terms) == 1 or t.isdigit())
    return tuple(dict.fromkeys(found))


def topic(text: str) -> str:
    """What a question is about: the question without its words of asking."""
    stripped = ASKING.sub("", text).strip(" ，,。；;：:！!")
    return re.sub(r"^(?:那么?|请|关于)|(?:是|有|的)$", "", stripped)


@dataclass(frozen=True, slots=True)
class _Focus:
    terms: tuple[str, ...]
    key: tuple[str, ...]


def _focus(text: str) -> _Focus:
    """The thing asked for: behind words of counting or explaining (多少座尾矿库, 怎样优化审批), else before them."""
    first = re.sub(r"[“”‘’「」『』\"]", "", re.split(r"[，,；;？?]", text)[0])
    asking = list(ASKING.finditer(first))
    before = _last_piece(first[: asking[0].start()] if asking else first)
    behind = re.split(r"[的了在中里]", first[asking[-1].end() :])[0] if asking else ""
    looks_ahead = asking and re.match(r"是?多少|几|是?哪|怎|如何|为", asking[-1].group())
    if content_terms(behind) and (looks_ahead or not before):
        return _Focus(content_terms(behind), content_terms(behind[:_KEY_LENGTH]))
    return _Focus(content_terms(before), content_terms(before[-_KEY_LENGTH:]))


def _last_piece(text: str) -> str:
    pieces = re.split(r"[的了在中里]", text)
    return next((piece for piece in reversed(pieces) if content_terms(piece)), "")
