"""A question as understood: its kind, the names, places and numbers it turns on, the terms that carry it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from embeddings.folding import fold
from embeddings.lexical import tokenize
from embeddings.reading.places import find_places
from qa.understanding.names import names_in, part_count, titles_in, years_in
from qa.understanding.parts import parts_of
from qa.understanding.wording import ASKING, FILLERS, NUMERALS, Kind, Wanted, kind_of, unit_of, wanted

_KEY_LENGTH = 4
"""Most head nouns of a question are of two or four characters."""
_BREAKS = re.compile(r"[\s，,。；;：:“”‘’「」『』《》（）()\"！!]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FOCUS_BREAKS = re.compile(r"[的了在中里]|上(?![半年级报市海学级])|方面")
_BROAD_NOUN = re.compile(r"(?:措施|做法|举措|办法|经验|方式|途径|手段|情况|内容)$")
_COUNT = re.compile(rf"(?:这|那)?[{NUMERALS}\d]+[个大项种条类点件]?")
_PRONOUN = re.compile(r"我们?|你们?|他们?|咱们?|它们?|[本贵该](?:单位|局|厅|市|省|县)|文章|文中")
_WHO = re.compile(r"谁|哪位|何人")
_EMPTY_VERB = re.compile(
    r"(?:做|规定|办|开展|进行|实施|落实|处理|要求|安排|部署|抓|管|说|讲|写|讲述|做到|推进|实现)(?:好|到)?"
)
"""Behind 怎么 these say nothing of what is asked about (…是怎么规定的)."""


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
    owner: tuple[str, ...]
    """Terms of whose the first name is (泰安市的“四大课堂”: those of 泰安市), or none."""
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
        kind=kind_of(own, bool(names)),
        names=names,
        titles=titles_in(text),
        places=places,
        owner=_owner(text, names),
        years=years_in(text),
        count=part_count(own, names),
        unit=unit_of(own),
        wants=wanted(own),
        terms=content_terms(text),
        focus=focus.terms,
        key=focus.key,
        chinese=bool(_HAN.search(text)),
        parts=parts_of(own),
    )


def asking_for(question: Question, name: str) -> Question:
    """The same question about this name alone."""
    return replace(question, names=(name,), count=part_count("", (name,)))


def content_terms(text: str) -> tuple[str, ...]:
    """Terms of the folded text without the words of asking and the commonest function words.

    A Chinese character stands by itself only where it has no neighbour to pair with.
    """
    found: list[str] = []
    for piece in content_pieces(text):
        terms = tokenize(piece)
        found.extend(t for t in terms if len(t) > 1 or len(terms) == 1 or t.isdigit())
    return tuple(dict.fromkeys(found))


def content_pieces(text: str) -> Iterator[str]:
    """The stretches between words of asking, the commonest function words and punctuation, in order."""
    for stretch in _BREAKS.split(ASKING.sub(" ", text)):
        yield from FILLERS.sub(" ", stretch).split()


def topic(text: str) -> str:
    """What a question is about: the question without its words of asking."""
    stripped = ASKING.sub("", text).strip(" ，,。；;：:！!")
    return re.sub(r"^(?:那么?|请|关于)|(?:是|有|的)$", "", stripped)


def _owner(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The terms of what stands before “的” and the first name; none for a pronoun."""
    if not names:
        return ()
    before = re.search(rf"([^，,。；;：:的]{{2,16}})的[“‘「『\"]?{re.escape(names[0])}", fold(text))
    return content_terms(_PRONOUN.sub("", before.group(1))) if before else ()


@dataclass(frozen=True, slots=True)
class _Focus:
    terms: tuple[str, ...]
    key: tuple[str, ...]


def _focus(text: str) -> _Focus:
    """The thing asked for: behind words of counting or explaining (多少座尾矿库, 怎样优化审批), else before them."""
    first = re.sub(r"[“”‘’「」『』\"]", "", re.split(r"[，,；;？?]", text)[0])
    asking = list(ASKING.finditer(first))
    before = _last_piece(first[: asking[0].start()] if asking else first)
    behind = _FOCUS_BREAKS.split(first[asking[-1].end() :])[0] if asking else ""
    behind = "" if _EMPTY_VERB.fullmatch(behind) else _BROAD_NOUN.sub("", behind) or behind
    if asking and _WHO.search(asking[-1].group()) and not content_terms(before):
        whom = _last_piece(first[asking[-1].end() :])
        return _Focus(content_terms(whom), content_terms(whom[-_KEY_LENGTH:]))
    looks_ahead = asking and re.match(r"是?多少|几|[是在从到]?哪|怎|如何|为", asking[-1].group())
    if content_terms(behind) and (looks_ahead or not before):
        return _Focus(content_terms(behind), content_terms(behind[:_KEY_LENGTH]))
    return _Focus(content_terms(before), content_terms(before[-_KEY_LENGTH:]))


def _last_piece(text: str) -> str:
    pieces = (_BROAD_NOUN.sub("", piece) or piece for piece in reversed(_FOCUS_BREAKS.split(text)))
    return next((piece for piece in pieces if content_terms(piece) and not _COUNT.fullmatch(piece)), "")
