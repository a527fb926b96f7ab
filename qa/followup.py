"""Follow-up -> standalone question, by rule: what the last questions were about fills what is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from embeddings.reading.places import find_places
from qa.question import topic, understand

_POINTS_BACK = re.compile(
    r"(?<!其)它们?|(?<![其吉])他们?|她|其中|(?<![尤极何])其(?!他|它|余|实)|(?<!应)该|上述|"
    r"这(?:篇|个|些|项|里|份)?|那(?:篇|个|些|里|份)"
)
_ELLIPSIS = re.compile(r"^(?:那么?|还有)(?P<rest>.+?)呢?[？?]?$")
_BARE = re.compile(r"^(?:那么?|还有)?[，,]?(?P<thing>[^，。？?]{1,20}?)呢[？?]?$")


def standalone(question: str, history: Sequence[str]) -> str:
    """The question with its topic filled in from the earlier ones (oldest first), or as it is.

    A question that names its own place, title or numbered name and does not point back is a new topic.
    """
    previous = ""
    for earlier in history:
        if earlier.strip():
            previous = _filled_in(earlier, previous)
    return _filled_in(question, previous)


def _filled_in(question: str, previous: str) -> str:
    """The question with what it leaves out taken from the previous one, which stands by itself or is empty."""
    if not previous:
        return question
    bare = _BARE.match(question)
    if bare and _POINTS_BACK.match(bare.group("thing")):
        return _about(topic(previous), f"{bare.group('thing')}是什么")
    if bare:
        return _instead(previous, bare.group("thing"))
    asked = understand(question)
    starts_back = _ELLIPSIS.match(question)
    rest = starts_back.group("rest") if starts_back else question
    if _POINTS_BACK.search(rest) or starts_back:
        if asked.places or asked.titles:
            return rest
        return _about(topic(previous), rest)
    if asked.places or asked.titles or asked.names or len(asked.terms) > 4:
        return question
    return _about(topic(previous), question)


def _about(subject: str, rest: str) -> str:
    """“它的作者是谁” about X -> “X的作者是谁”; “五个聚焦是哪些” about X -> “X，五个聚焦是哪些”."""
    named = re.sub(
        r"^(?:它们?|他们?|她|其中的?|其|该|上述|这(?:篇文章|个|些|项|篇)?|那(?:篇文章|个|些|篇))的?", "", rest
    )
    if named != rest:
        return f"{subject}的{named}"
    return f"{subject}，{rest}"


def _instead(previous: str, thing: str) -> str:
    """“那青海呢” after a question about 泰安: the same question about 青海; of another thing: the same place."""
    old_places, new_places = find_places(previous), find_places(thing)
    if old_places and new_places:
        return previous.replace(old_places[0], new_places[0])
    return f"{topic(previous)}，{thing}是什么"
