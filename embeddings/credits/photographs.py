"""Who took or gave the photographs, as captions say: “张三 摄”, “受访者供图”, “图/某网”, “图片来源：某网”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from embeddings.credits.people import ROLE, only_people
from embeddings.page.characters import HAN
from embeddings.types import Credit

_WORD = rf"[{HAN}A-Za-z·]"
_BREAK = r"(?:^|(?<=[\s。！？!?；;，,、：:（(\[【”）)】△▲▼]))"
_TAKEN = re.compile(
    rf"{_BREAK}(?P<who>(?:{_WORD}{{0,16}}{ROLE}\s*)?{_WORD}{{2,4}}?(?:[ 、]{_WORD}{{2,4}}?){{0,3}}?)\s*[/／]?\s*"
    rf"(?:摄影(?=[）)】\]。；;\s]|$)(?!师|家|展|作品|报道)|(?<!拍)摄(?![像氏入取制政食护自影录])|拍摄(?=[）)】\]。；;]|$))"
)
_GIVEN = re.compile(
    rf"{_BREAK}(?:图片?由)?(?P<who>{_WORD}{{2,16}}(?:\s{_WORD}{{2,4}})?)\s?(?:供图|提供图片|(?<=由)供图)(?![片纸像])"
)
_PROVIDED = re.compile(rf"(?:图片|照片|图)(?:均)?由(?P<who>{_WORD}{{2,16}})(?:提供|拍摄)")
_CREDITED = re.compile(
    rf"(?:(?:图片|照片)(?:来源|源自|来自)于?\s*[:：]?|(?:图源|摄影)\s*[:：])\s*(?P<who>{_WORD}{{2,16}})(?=[\s。，,；;）)】\]\d]|$)|"
    rf"{_BREAK}图[/／]\s*(?P<of>{_WORD}{{2,16}})(?=[\s。，,；;）)】\]\d]|$)"
)
_AGENCY = re.compile(rf"{_BREAK}@?(?P<who>{_WORD}{{3,12}}) 图(?=$|[\s。）)】\]]|\d{{1,2}}月|[{HAN}])(?!片)")
_NOBODY = re.compile(
    r"^(?:资料|示意|效果|网络|截|配|下|上|见|如|本文|以上|部分|文|文字|视频|现场|新闻|图片|来源|来自|记者|通讯员|其)$|资料|截图|的$|^[本文]"
)

_RUNS_ON = re.compile(r"(?:提供|供图|摄|据|当地时间|显示|同时).*$")
"""Where a sentence goes on behind a caption without a break."""
_SENTENCE = re.compile(r"[的了是在称说将]|^.{13,}$")


def read_photographs(text: str) -> list[Credit]:
    """Everyone whom the captions in a text name as having taken or given its photographs, with where."""
    found: list[Credit] = []
    for credit in sorted(_credits(text), key=lambda credit: (credit.start, -credit.end)):
        if not any(credit.start < other.end and other.start < credit.end and credit.name != other.name
                   and (credit.start, credit.end) != (other.start, other.end) for other in found):  # fmt: skip
            found.append(credit)
    return found


def _credits(text: str) -> Iterator[Credit]:
    for match in _TAKEN.finditer(text):
        # A caption may stand before the name: the last words are the name.
        for words in _endings(match["who"]):
            if people := only_people(words, labelled=False):
                start = match.start("who") + len(match["who"]) - len(words)
                yield from (Credit("photographer", name, start, match.end()) for name in people)
                break
    for form in (_GIVEN, _PROVIDED, _CREDITED, _AGENCY):
        for match in form.finditer(text):
            said = (match["who"] or match.groupdict().get("of") or "").strip()
            who = _RUNS_ON.sub("", said)
            people = only_people(who, labelled=False) or tuple(who.split()[-1:])
            start = (
                match.start() + match.group().rfind(said) + said.rfind(people[0])
                if people and form is _GIVEN
                else match.start()
            )
            yield from (
                Credit("photographer", name, start, match.end())
                for name in people
                if not _NOBODY.search(name) and not _SENTENCE.search(name)
            )


def _endings(words: str) -> Iterator[str]:
    starts = [0, *(match.end() for match in re.finditer(r"[ 、]", words))]
    yield from (words[start:] for start in starts)
